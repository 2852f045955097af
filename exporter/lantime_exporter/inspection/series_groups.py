"""Series grouped by the part that they describe: a slot, a port, a slot and a sensor, or the device itself."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from lantime_exporter.exposition.metric import Kind, Metric
from lantime_exporter.inspection.leaf_account import Series
from lantime_exporter.inspection.units import bare_name, with_unit

WORDS = frozenset({"state", "condition", "alarm"})
"""Labels whose values are words; those whose series is 1 hold."""

KIND = "type"
"""A label that describes a series but does not identify it."""

Labels = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledText:
    """A named value of a part; ``text`` is None if none of the possible states holds.

    ``long_name`` is used if another metric of the part has the same name.
    """

    about: Labels
    name: str
    long_name: str
    text: str | None

    @property
    def labels(self) -> tuple[str, ...]:
        """Return the names of the labels that identify the part."""
        return tuple(label for label, _ in self.about)

    @property
    def thing(self) -> tuple[str, ...]:
        """Return the values of these labels."""
        return tuple(value for _, value in self.about)


@dataclass(frozen=True, slots=True)
class SeriesGroup:
    """The values of all parts of one type, by part and by name. ``labels`` identify the parts."""

    labels: tuple[str, ...]
    things: dict[tuple[str, ...], dict[str, list[str]]] = field(default_factory=dict)

    @property
    def names(self) -> list[str]:
        """The names of all values, in the order of their appearance."""
        return list(dict.fromkeys(name for texts in self.things.values() for name in texts))

    def text(self, thing: tuple[str, ...], name: str) -> str:
        """Return a value of a part, empty if there is none."""
        texts = self.things[thing].get(name)
        return "" if texts is None else ", ".join(texts) or "none"


def groups(collector: str, series: Iterable[Series]) -> list[SeriesGroup]:
    """Return the series of a collector as groups, each with its own set of labels."""
    texts = list(_with_type_as_text([text for one in series for text in _labelled_texts(collector, one)]))
    long_names: dict[tuple[tuple[str, ...], str], set[str]] = defaultdict(set)
    for item in texts:
        long_names[item.labels, item.name].add(item.long_name)
    found: dict[tuple[str, ...], SeriesGroup] = {}
    for item in texts:
        is_clear = len(long_names[item.labels, item.name]) == 1
        group = found.setdefault(item.labels, SeriesGroup(item.labels))
        values = group.things.setdefault(item.thing, {}).setdefault(item.name if is_clear else item.long_name, [])
        if item.text is not None and item.text not in values:
            values.append(item.text)
    return list(found.values())


def natural(texts: Iterable[str]) -> list[tuple[int, str]]:
    """Return a key that sorts ``io2`` before ``io10``."""
    return [(int(part or -1), "") if part.isdecimal() else (-1, part) for part in re.split(r"(\d+)", " ".join(texts))]


def short_name(collector: str, metric: Metric) -> str:
    """Return the short name of a metric in the section of its collector: ``time quality``."""
    name = bare_name(metric)
    family = collector.partition("_")[0]
    for prefix in (family, family.removesuffix("s")):
        name = name.removeprefix(f"{prefix}_")
    return name.replace("_", " ")


def _labelled_texts(collector: str, series: Series) -> Iterator[LabelledText]:
    metric, labels = series.metric, tuple(series.labels.items())
    name, long_name = short_name(collector, metric), metric.name.removeprefix("lantime_").replace("_", " ")
    if metric.kind is Kind.INFO:
        for label, value in series.found.items():
            if value:
                text_name = label.replace("_", " ")
                yield LabelledText(
                    about=tuple(series.fixed.items()), name=text_name, long_name=f"{name} {text_name}", text=value
                )
    elif labels and labels[-1][0] in WORDS:
        word = labels[-1][1] if series.value == 1 else None
        yield LabelledText(about=labels[:-1], name=name, long_name=long_name, text=word)
    else:
        yield LabelledText(about=labels, name=name, long_name=long_name, text=with_unit(metric, series.value))


def _with_type_as_text(texts: Sequence[LabelledText]) -> Iterator[LabelledText]:
    """Yield the texts, with the label ``type`` as one of them if the other labels identify the parts."""
    things = {item.about for item in texts}
    for item in texts:
        rest = tuple(pair for pair in item.about if pair[0] != KIND)
        if len(rest) == len(item.about) or not rest or not _needless(rest, things):
            yield item
        else:
            yield LabelledText(about=rest, name=KIND, long_name=KIND, text=dict(item.about)[KIND])
            yield replace(item, about=rest)


def _needless(rest: Labels, things: set[Labels]) -> bool:
    """Return whether the parts with these other labels all have one type."""
    return sum(1 for thing in things if tuple(pair for pair in thing if pair[0] != KIND) == rest != thing) == 1
