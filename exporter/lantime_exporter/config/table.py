"""Mappings and lists of the document, described by tables of keys.

One table both reads a mapping and documents it: ``decode`` makes the dataclass, ``encode`` writes it for ``/config``
and ``tools.configuration_reference`` prints the keys. All faults of a document are found in one go, each with its path.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import KW_ONLY, dataclass, fields
from types import MappingProxyType
from typing import Any, Generic, TypeVar

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from lantime_exporter.config import tree
from lantime_exporter.config.fault import Fault, Faults, did_you_mean, fail, known, quoted
from lantime_exporter.config.kinds import Context, Kind, read_name

T = TypeVar("T")

Rule = Callable[[Collection[str]], str | None]
"""Given the keys of a mapping, returns what is wrong with their combination."""

Values = dict[str, Any]
"""Decoded values by key; keys that were not given are not in it."""


@dataclass(frozen=True, slots=True)
class Key:
    """One key of a mapping. ``implied`` is the text that an absent key stands for, checked like a given one."""

    name: str
    kind: Kind[Any]
    meaning: str
    example: str
    _: KW_ONLY
    required: bool = False
    implied: str | None = None


def _unchanged(values: Values, _: Context) -> Values:
    return values


def _fields(model: Any) -> Mapping[str, Any]:
    return {part.name: getattr(model, part.name) for part in fields(model)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Table(Generic[T]):
    """A mapping with fixed keys, read into the dataclass ``model``.

    ``finish`` turns values by key into values by field and checks them against each other; ``parts`` gives the values
    by key back. ``confidential`` tables hold secrets, of which a missing quote could make a key; their unknown keys are
    therefore not shown.
    """

    model: type[T]
    keys: tuple[Key, ...]
    rules: tuple[Rule, ...] = ()
    finish: Callable[[Values, Context], Values] = _unchanged
    parts: Callable[[T], Mapping[str, Any]] = _fields
    confidential: bool = False
    label: str = "mapping"

    def decode(self, node: Node, context: Context) -> T:
        """Return the model. Raises DecodeError with every fault below the node."""
        faults = Faults()
        kinds = {key.name: key.kind for key in self.keys}
        values: Values = {}
        seen: dict[str, ScalarNode] = {}
        for key, value in _pairs(node, faults):
            if key.value not in kinds:
                faults.add([self._unknown(key)])
                continue
            with faults.at(key.value):
                _see(key, seen)
                values[key.value] = kinds[key.value].decode(value, context)
        for absent in (key for key in self.keys if key.name not in seen):
            with faults.at(absent.name):
                if absent.required:
                    fail("is missing")
                if absent.implied is not None:
                    values[absent.name] = absent.kind.decode(tree.text_node(absent.implied), context)
        faults.add(Fault(text) for rule in self.rules if (text := rule(seen)))
        faults.raise_any()
        return self.model(**self.finish(values, context))

    def encode(self, value: T) -> object:
        """Return the mapping that would be written for the model; what is absent in one is absent in the other."""
        parts = self.parts(value)
        return {key.name: key.kind.encode(parts[key.name]) for key in self.keys if parts.get(key.name) is not None}

    def _unknown(self, key: ScalarNode) -> Fault:
        names = [key.name for key in self.keys]
        guess = did_you_mean(key.value, names)
        shown = f"in line {tree.line_of(key)}" if self.confidential else quoted(key.value)
        hint = "; a text that holds , or : must be quoted" if self.confidential and not guess else ""
        return Fault(f"unknown key {shown}{guess}{hint}, {known(names)}")


@dataclass(frozen=True, slots=True)
class Named(Generic[T]):
    """A mapping of free names to values of one kind."""

    kind: Kind[T]
    label: str
    read_key: Callable[[Node, Context], str] = read_name

    def decode(self, node: Node, context: Context) -> Mapping[str, T]:
        """Return the values by name. Raises DecodeError with every fault below the node."""
        faults = Faults()
        values: dict[str, T] = {}
        seen: dict[str, ScalarNode] = {}
        for key, value in _pairs(node, faults):
            with faults.at(key.value):
                _see(key, seen)
                values[self.read_key(key, context)] = self.kind.decode(value, context)
        faults.raise_any()
        return MappingProxyType(values)

    def encode(self, value: Mapping[str, T]) -> object:
        """Return the mapping that would be written for the values."""
        return {name: self.kind.encode(item) for name, item in value.items()}


def _no_faults(_items: Mapping[int, Any], _context: Context) -> Iterable[Fault]:
    return ()


@dataclass(frozen=True, slots=True)
class Items(Generic[T]):
    """A list of values of one kind; ``check`` finds faults among those that are good by themselves, by their index."""

    kind: Kind[T]
    label: str
    check: Callable[[Mapping[int, T], Context], Iterable[Fault]] = _no_faults

    def decode(self, node: Node, context: Context) -> tuple[T, ...]:
        """Return the values in their order. Raises DecodeError with every fault below the node."""
        faults = Faults()
        values: dict[int, T] = {}
        for index, item in enumerate(_elements(node)):
            with faults.at(index):
                values[index] = self.kind.decode(item, context)
        faults.add(self.check(values, context))
        faults.raise_any()
        return tuple(values.values())

    def encode(self, value: tuple[T, ...]) -> object:
        """Return the list that would be written for the values."""
        return [self.kind.encode(item) for item in value]


def exactly_one(*names: str) -> Rule:
    """Return the rule that one of the keys must be given, and not two."""
    conflict = at_most_one(*names)

    def rule(given: Collection[str]) -> str | None:
        if not any(name in given for name in names):
            return f"one of {', '.join(names)} is missing"
        return conflict(given)

    return rule


def at_most_one(*names: str) -> Rule:
    """Return the rule that not two of the keys may be given."""

    def rule(given: Collection[str]) -> str | None:
        both = [name for name in names if name in given]
        return f"{' and '.join(both)} exclude each other: keep one" if len(both) > 1 else None

    return rule


def needs(name: str, other: str) -> Rule:
    """Return the rule that a key only has a meaning together with another one."""

    def rule(given: Collection[str]) -> str | None:
        return f"{name} has no effect without {other}" if name in given and other not in given else None

    return rule


def names_in(node: Node, section: str) -> tuple[str, ...]:
    """Return the keys of one section of the document, whatever else is wrong with it."""
    sections = [value for key, value in _scalar_pairs(node) if key.value == section]
    return tuple(dict.fromkeys(key.value for value in sections for key, _ in _scalar_pairs(value)))


def _pairs(node: Node, faults: Faults) -> Iterator[tuple[ScalarNode, Node]]:
    if tree.is_empty(node):
        return
    if not isinstance(node, MappingNode):
        fail(f"must be a mapping, not {tree.describe(node)}")
    for key, value in node.value:
        if isinstance(key, ScalarNode) and key.tag == tree.TEXT:
            yield key, value
        else:
            what = tree.describe(key)
            faults.add(
                [Fault(f"key in line {tree.line_of(key)} must be quoted text, because YAML takes it for {what}")]
            )


def _scalar_pairs(node: Node) -> list[tuple[ScalarNode, Node]]:
    pairs = node.value if isinstance(node, MappingNode) else []
    return [(key, value) for key, value in pairs if isinstance(key, ScalarNode)]


def _elements(node: Node) -> list[Node]:
    if tree.is_empty(node):
        return []
    if not isinstance(node, SequenceNode):
        fail(f"must be a list, not {tree.describe(node)}")
    return list(node.value)


def _see(key: ScalarNode, seen: dict[str, ScalarNode]) -> None:
    first = seen.setdefault(key.value, key)
    if first is not key:
        fail(f"is given twice, in line {tree.line_of(first)} and in line {tree.line_of(key)}")
