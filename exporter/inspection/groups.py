"""Series put together by what they are about: a slot, a port, a slot and a sensor, or the device itself."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from exporter.inspection.quantity import bare_name, quantity
from exporter.inspection.survey import Series
from exporter.mapping.metric import Kind, Metric

WORDS = frozenset({"state", "condition", "alarm"})
"""Labels whose values are words; those whose series is 1 hold."""

KIND = "type"
"""A label that mostly tells more of a thing without telling things apart."""

Labels = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing said: of what, under which name; ``text`` is None where nothing holds of what could."""

    about: Labels
    name: str
    text: str | None


@dataclass(frozen=True, slots=True)
class Group:
    """What is said of all things of one kind: texts by thing and by name. ``labels`` tell the things apart."""

    labels: tuple[str, ...]
    things: dict[tuple[str, ...], dict[str, list[str]]] = field(default_factory=dict)

    @property
    def names(self) -> list[str]:
        """Everything that is said of any of the things, in the order in which it came."""
        return list(dict.fromkeys(name for said in self.things.values() for name in said))

    def text(self, thing: tuple[str, ...], name: str) -> str:
        """Return what is said of a thing, empty where nothing is."""
        said = self.things[thing].get(name)
        return "" if said is None else ", ".join(said) or "none"


def groups(collector: str, series: Iterable[Series]) -> list[Group]:
    """Return the series of a collector as groups, each with its own set of labels."""
    found: dict[tuple[str, ...], Group] = {}
    for statement in _told_apart([said for item in series for said in _statements(collector, item)]):
        labels = tuple(label for label, _ in statement.about)
        things = found.setdefault(labels, Group(labels)).things
        texts = things.setdefault(tuple(value for _, value in statement.about), {}).setdefault(statement.name, [])
        if statement.text is not None and statement.text not in texts:
            texts.append(statement.text)
    return list(found.values())


def natural(texts: Iterable[str]) -> list[tuple[int, str]]:
    """Return a key that sorts ``io2`` before ``io10``."""
    return [(int(part or -1), "") if part.isdecimal() else (-1, part) for part in re.split(r"(\d+)", " ".join(texts))]


def short_name(collector: str, metric: Metric) -> str:
    """Return the name of a metric for a part of a page that is about its collector: ``time quality``."""
    name = bare_name(metric)
    for prefix in (collector, collector.removesuffix("s")):
        name = name.removeprefix(f"{prefix}_")
    return name.replace("_", " ")


def _statements(collector: str, series: Series) -> Iterator[Statement]:
    labels = tuple(series.labels.items())
    name = short_name(collector, series.metric)
    if series.metric.kind is Kind.INFO:
        about = tuple(series.fixed.items())
        for label, value in series.found.items():
            if value:
                yield Statement(about, label.replace("_", " "), value)
    elif labels and labels[-1][0] in WORDS:
        yield Statement(labels[:-1], name, labels[-1][1] if series.value == 1 else None)
    else:
        yield Statement(labels, name, quantity(series.metric, series.value))


def _told_apart(statements: Sequence[Statement]) -> Iterator[Statement]:
    """Yield the statements with the label ``type`` as one more of them where the other labels tell things apart."""
    things = {statement.about for statement in statements}
    for statement in statements:
        rest = tuple(pair for pair in statement.about if pair[0] != KIND)
        if len(rest) == len(statement.about) or not rest or not _needless(rest, things):
            yield statement
        else:
            yield Statement(rest, KIND, dict(statement.about)[KIND])
            yield Statement(rest, statement.name, statement.text)


def _needless(rest: Labels, things: set[Labels]) -> bool:
    """Return whether there is one type only among the things with these other labels."""
    return sum(1 for thing in things if tuple(pair for pair in thing if pair[0] != KIND) == rest != thing) == 1
