"""Each leaf of a response is changed in turn: only series from that leaf are lost.

The sources of a series are known from the bindings of the context and, independently, from the keys in the rows of the
tables.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby, zip_longest
from typing import Any

import pytest
from lantime_exporter.config.settings import Module
from lantime_exporter.document.enumeration import normalise
from lantime_exporter.document.parse import parse
from lantime_exporter.document.shape import Scalar, flatten
from lantime_exporter.document.tree import Leaf, Node
from lantime_exporter.errors import DecodeError
from lantime_exporter.mapping.binding import Binding
from lantime_exporter.mapping.binding_context import BindingContext
from lantime_exporter.mapping.mapper import Mapper
from lantime_exporter.mapping.readers import Reader
from lantime_exporter.mapping.registry import CollectorRegistry
from lantime_exporter.mapping.result import Mapped

REMOVED = object()

MUTATIONS: dict[str, object] = {
    "null": None,
    "a text": "mutant",
    "a number": 7,
    "a list": [7, "mutant"],
    "an object": {"mutant": 7},
    "removed": REMOVED,
}

SECTIONS = (
    *("system-information", "rest-api", "system", "notification", "network", "services", "ntp", "syncmon", "syncteam"),
    *("chassis0", "object-id", "changes", "links"),
)

FOUND_BY_FUNCTION = {
    "lantime_led_state": ("current-color", "current-state"),
    "lantime_module_temperature_celsius": ("temperature-1", "temperature-2"),
    "lantime_ntp_association_reach": ("reach", "status-peer-reach-ok"),
    "lantime_receiver_condition": ("synchronized", "tracking", "warm-boot", "cold-boot"),
}
"""Keys of rows without a list of keys, by metric."""

GENERIC = ("lantime_module_value", "lantime_module_flag", "lantime_module_state")


@dataclass(frozen=True)
class Place:
    """A scalar of the document: its object or list, its key, and its leaf in the tree."""

    holder: Any
    key: Any
    leaf: Leaf
    element: tuple[str, ...]
    """Path of the innermost list element that contains the leaf; empty if there is none."""

    @property
    def name(self) -> str:
        """Return the key that describes the leaf; for an element of a list, that of the list."""
        return next(part for part in reversed(self.leaf.path) if not part.isdigit())

    @contextmanager
    def changed(self, value: object) -> Iterator[None]:
        """Replace the leaf during a ``with`` block."""
        before = self.holder.copy()
        if value is REMOVED:
            del self.holder[self.key]
        else:
            self.holder[self.key] = value
        yield
        self.holder.clear()
        self.holder.update(before) if isinstance(before, dict) else self.holder.extend(before)


def places(holder: Any, node: Node, element: tuple[str, ...] = ()) -> Iterator[Place]:
    """Yield every scalar of a document with its leaf."""
    keys = range(len(holder)) if isinstance(holder, list) else holder
    for key, child in zip(keys, node.children.values(), strict=True):
        if isinstance(child, Leaf):
            yield Place(holder, key, child, element)
        else:
            inside = child.path if node.is_list and not child.is_list else element
            yield from places(holder[key], child, inside)


def unlike(found: Iterator[Place]) -> tuple[Place, ...]:
    """Return the places without duplicates: the same key and type in another element of the same list."""
    kinds = {
        (place.element[:-1], place.leaf.path[len(place.element) :], type(place.leaf.value)): place for place in found
    }
    return tuple(kinds.values())


def lines(mapped: Mapped) -> set[str]:
    return {line for _, text in mapped.families for line in text.splitlines()}


def metric(line: str) -> str:
    return re.split("[{ ]", line, maxsplit=1)[0]


def labels(line: str) -> set[str]:
    return set(re.findall(r'="([^"]*)"', line))


def keys(reader: Reader) -> Iterator[str]:
    """Yield the keys of the leaves that a reader reads."""
    spellings = [key for keys in reader.label_keys.values() for key in keys] or reader.keys
    for spelling in spellings:
        yield normalise(spelling.rsplit(".", 1)[-1])


def rendered(binding: Binding, leaves: list[Scalar]) -> str:
    """Return the lines of a binding, none for a value that cannot be decoded."""
    try:
        return binding.render(leaves)
    except DecodeError:
        return ""


class Baseline:
    """The unchanged response: its leaves, its series, and their sources."""

    def __init__(self, catalogue: CollectorRegistry, body: bytes) -> None:
        self.catalogue = catalogue
        self.mapper = Mapper(catalogue, Module())
        self.document = parse(body)
        self.context: BindingContext = self.mapper.bind(self.document)[0]
        self.places = unlike(places(self.document, self.context.root))
        self.lines = lines(self.mapper.map(self.document))

    @cached_property
    def sources(self) -> dict[str, tuple[Leaf, ...]]:
        """The leaves of each series."""
        values = flatten(self.document, self.catalogue.summaries).leaves
        return {
            line: binding.sources
            for bindings in self.context.bindings.values()
            for binding in bindings
            for line in rendered(binding, values).splitlines()
        }

    @cached_property
    def metrics_by_key(self) -> dict[str, set[str]]:
        """The metrics whose rows read a key."""
        found: dict[str, set[str]] = defaultdict(set)
        for collector in self.catalogue.collectors:
            for _, row in collector.rows():
                for key in keys(row.read):
                    found[key].add(row.metric.name)
        for name, spellings in FOUND_BY_FUNCTION.items():
            for key in spellings:
                found[normalise(key)].add(name)
        return found

    @cached_property
    def metrics_by_leaf(self) -> dict[int, set[str]]:
        """The metrics that are read from a leaf, with or without a current value."""
        found: dict[int, set[str]] = defaultdict(set)
        for bindings in self.context.bindings.values():
            for binding in bindings:
                for leaf in binding.sources:
                    found[leaf.index].add(binding.metric.name)
        return found

    def names_something(self, place: Place) -> bool:
        """Return whether a decision depends on the leaf: a name, a label, the existence of a part."""
        return place.leaf.index in self.context.guards or (place.key == "object-id" and bool(place.element))

    def comes_from(self, line: str, place: Place) -> bool:
        """Return whether a series is read from the leaf, or is one of the element that the leaf names."""
        sources = self.sources[line]
        if place.leaf in sources:
            return True
        if not self.names_something(place):
            return False
        within = any(leaf.path[: len(place.element)] == place.element for leaf in sources)
        return bool(place.element) and (within or bool(labels(line) & self.names(place)))

    def names(self, place: Place) -> set[str]:
        """Return the names of the element of a leaf."""
        return {place.element[-1], str(place.leaf.value)} if place.element else set()

    def may_add(self, line: str, place: Place, mutation: object) -> bool:
        """Return whether a changed leaf may create this series."""
        name = metric(line)
        if name in GENERIC:
            return any(place.name in label for label in labels(line))
        if name in self.metrics_by_leaf[place.leaf.index]:
            return True
        position = str(self.places_in_list(place))
        return self.names_something(place) and bool(labels(line) & (self.names(place) | {str(mutation), position}))

    def places_in_list(self, place: Place) -> int | None:
        """Return the position of the leaf's element in its list."""
        block: Node | Leaf = self.context.root
        for part in place.element[:-1]:
            assert isinstance(block, Node)
            block = block.children[part]
        return list(block.children).index(place.element[-1]) if place.element and isinstance(block, Node) else None


@pytest.fixture(scope="module")
def baseline(catalogue: CollectorRegistry, response: bytes) -> Baseline:
    return Baseline(catalogue, response)


def section(place: Place) -> str:
    path = place.leaf.path
    return path[1] if path[0] == "data" else path[0]


def together(found: tuple[Place, ...], mutation: str) -> Iterator[tuple[Place, ...]]:
    """Yield the places that are changed at the same time.

    A scalar is replaced by a scalar alone, which keeps the plan. Mutations that change the shape need a new plan, so
    they change one leaf of each section at a time; the name of the mutation shifts the sections, for other
    combinations.
    """
    if isinstance(MUTATIONS[mutation], Scalar):
        yield from ((place,) for place in found)
        return
    sections = [list(places) for _, places in groupby(sorted(found, key=section), section)]
    turned = [
        places[(turn := number * len(mutation) % len(places)) :] + places[:turn]
        for number, places in enumerate(sections)
    ]
    for places in zip_longest(*turned):
        yield tuple(place for place in places if place)


def problems(baseline: Baseline, changed: tuple[Place, ...], mutation: object) -> Iterator[str]:
    """Yield the forbidden effects of some changed leaves."""
    # If the shape changes, thousands of useless plans would slow the machine down.
    mapper = baseline.mapper if isinstance(mutation, Scalar) else Mapper(baseline.catalogue, Module())
    with ExitStack() as changes:
        for place in changed:
            changes.enter_context(place.changed(mutation))
        mapped = mapper.map(baseline.document)
    where = ", ".join("/".join(place.leaf.path) for place in changed)
    after = lines(mapped)
    for line in baseline.lines - after:
        origins = [place for place in changed if baseline.comes_from(line, place)]
        if not origins:
            yield f"{where}: lost {line}"
        for place in origins:
            if not (baseline.names_something(place) or metric(line) in baseline.metrics_by_key[normalise(place.name)]):
                yield f"{where}: no row of {metric(line)} reads {place.name}, but lost {line}"
    for line in after - baseline.lines:
        if not any(baseline.may_add(line, place, mutation) for place in changed):
            yield f"{where}: came up {line}"
    for result in mapped.collectors:
        if result.error:
            yield f"{where}: {result.name} failed: {result.error}"


def test_every_series_of_the_response_has_its_sources(baseline: Baseline) -> None:
    assert set(baseline.sources) == baseline.lines


def test_every_leaf_of_the_response_is_changed_in_some_section(baseline: Baseline) -> None:
    assert {section(place) for place in baseline.places} == set(SECTIONS)


@pytest.mark.parametrize("mutation", MUTATIONS)
def test_a_leaf_that_is_changed_costs_only_what_comes_from_it(baseline: Baseline, mutation: str) -> None:
    value = MUTATIONS[mutation]
    found = [problem for some in together(baseline.places, mutation) for problem in problems(baseline, some, value)]
    assert found == []


def test_the_response_is_unchanged_afterwards(baseline: Baseline, response: bytes) -> None:
    assert baseline.document == parse(response)
    assert lines(baseline.mapper.map(baseline.document)) == baseline.lines


def test_a_document_without_any_leaf_maps_to_nothing(collect: Callable[..., dict[str, Any]]) -> None:
    assert collect({"data": {"system": {}}}) == {}
