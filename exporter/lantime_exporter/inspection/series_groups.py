"""Series grouped by the part that they describe: a slot, a port, a slot and a sensor, or the device itself."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from lantime_exporter.exposition.metric import Kind, Metric
from lantime_exporter.inspection.leaf_account import Series
from lantime_exporter.inspection.units import bare_name, with_unit

WORDS = frozenset({"state", "condition", "alarm"})
"""Labels whose values are words; those whose series is 1 hold."""

KIND = "type"
"""A label that describes a series but does not identify it."""

Labels = tuple[tuple[str, str], ...]

Table = dict[tuple[str, ...], dict[str, str]]
"""The values of all parts of one type: the label values that identify a part, then the names of its values."""


class LabelledText(NamedTuple):
    """A named value of a part; ``text`` is None if none of the possible states holds.

    ``long_name`` is used if another metric of the part has the same name.
    """

    about: Labels
    name: str
    long_name: str
    text: str | None


def groups(collector: str, series: Iterable[Series]) -> dict[tuple[str, ...], Table]:
    """Return the series of a collector as tables, by the names of the labels that identify the parts."""
    texts = list(_with_type_as_text([text for one in series for text in _labelled_texts(collector, one)]))
    long_names = defaultdict(set)
    for about, name, long_name, _ in texts:
        long_names[_names(about), name].add(long_name)
    found: dict[tuple[str, ...], dict[tuple[str, ...], dict[str, list[str]]]] = {}
    for about, name, long_name, text in texts:
        labels = _names(about)
        clear_name = name if len(long_names[labels, name]) == 1 else long_name
        part = found.setdefault(labels, {}).setdefault(tuple(value for _, value in about), {})
        values = part.setdefault(clear_name, [])
        if text is not None and text not in values:
            values.append(text)
    return {
        labels: {
            part: {name: ", ".join(values) or "none" for name, values in texts.items()} for part, texts in parts.items()
        }
        for labels, parts in found.items()
    }


def natural(texts: Iterable[str]) -> list[tuple[int, str]]:
    """Return a key that sorts ``io2`` before ``io10``."""
    return [(int(part or -1), "") if part.isdecimal() else (-1, part) for part in re.split(r"(\d+)", " ".join(texts))]


def short_name(collector: str, metric: Metric) -> str:
    """Return the short name of a metric in the section of its collector: ``time quality``."""
    family = collector.partition("_")[0].removesuffix("s")
    return re.sub(rf"^({family}s?_)+", "", bare_name(metric)).replace("_", " ")


def _names(labels: Labels) -> tuple[str, ...]:
    return tuple(name for name, _ in labels)


def _labelled_texts(collector: str, series: Series) -> Iterator[LabelledText]:
    metric, labels = series.metric, tuple(series.labels.items())
    name, long_name = short_name(collector, metric), metric.name.removeprefix("lantime_").replace("_", " ")
    if metric.kind is Kind.INFO:
        for label, value in series.found.items():
            if value:
                text_name = label.replace("_", " ")
                yield LabelledText(tuple(series.fixed.items()), text_name, f"{name} {text_name}", value)
    elif labels and labels[-1][0] in WORDS:
        yield LabelledText(labels[:-1], name, long_name, labels[-1][1] if series.value == 1 else None)
    else:
        yield LabelledText(labels, name, long_name, with_unit(metric, series.value))


def _with_type_as_text(texts: Sequence[LabelledText]) -> Iterator[LabelledText]:
    """Yield the texts, with the label ``type`` as one of them if the other labels identify the parts."""
    types = Counter(_without_type(about) for about in {text.about for text in texts} if KIND in _names(about))
    for text in texts:
        rest = _without_type(text.about)
        if rest == text.about or not rest or types[rest] > 1:
            yield text
        else:
            yield LabelledText(rest, KIND, KIND, dict(text.about)[KIND])
            yield text._replace(about=rest)


def _without_type(labels: Labels) -> Labels:
    return tuple(pair for pair in labels if pair[0] != KIND)
