"""Sections of the settings from nodes of YAML, and back; all problems are collected, each with its path and line."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, partial
from types import MappingProxyType, UnionType
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

import msgspec
from msgspec import Meta
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from lantime_exporter.config import yaml_nodes
from lantime_exporter.config.problems import InvalidError, Problem, ProblemList, did_you_mean, fail, known
from lantime_exporter.config.schema import Section
from lantime_exporter.config.value_types import BOOLEAN, INTEGER, TEXT, Context, ValueType, bounded
from lantime_exporter.errors import ConfigError
from lantime_exporter.formatting import quoted

S = TypeVar("S", bound=Section)
K = TypeVar("K", str, int)
Extra = TypeVar("Extra")


@dataclass(frozen=True, slots=True)
class Key:
    """One key of a section, and the field of its value. ``meta`` is what ``doc`` returned."""

    name: str
    field: str
    type: ValueType
    meta: Meta
    is_required: bool
    default: Any


@cache
def keys(section: type[Section]) -> tuple[Key, ...]:
    """Return the keys of a section."""
    found = []
    for field in msgspec.structs.fields(section):
        _, extras = _unwrapped(field.type)
        meta = _extra(extras, Meta) or Meta()
        kind = _type(field.type)
        if meta.ge is not None and meta.le is not None:
            kind = bounded(kind, meta.ge, meta.le)
        default = None if field.required else field.default
        found.append(Key(field.encode_name, field.name, kind, meta, field.required, default))
    return tuple(found)


def decode(section: type[S], node: Node, context: Context) -> S:
    """Return the section of a node. Raises InvalidError with all problems below the node."""
    problems = ProblemList()
    types = {key.name: key.type for key in keys(section)}
    entries = []
    empty_above = None
    for key, value in _pairs(node, problems):
        if kind := types.get(key.value):
            entries.append((key.value, key, partial(kind.read, value, context)))
            empty_above = key.value if yaml_nodes.is_empty(value) and (kind.item or kind.section) else None
        else:
            problems.append(_unknown_key(section, key, empty_above))
    values = _read_each(entries, problems)
    given = {name for name, _, _ in entries}
    _check_missing(section, given, context, problems)
    fields = {key.field: values[key.name] for key in keys(section) if key.name in values}
    missing = [key.field for key in keys(section) if key.is_required and key.field not in fields]
    found = section(**dict.fromkeys(missing), **fields)
    # An invalid or missing value is a problem already; what it conflicts with would be a guess.
    unusable = {*missing, *(given - values.keys())}
    problems.extend(Problem(text) for names, text in found.conflicts() if unusable.isdisjoint(names))
    problems.raise_any()
    return found


def encode(section: Section) -> dict[str, object]:
    """Return a section as a mapping for YAML, with secrets redacted; absent values stay absent."""
    values = [(key, getattr(section, key.field)) for key in keys(type(section))]
    return {key.name: key.type.write(value) for key, value in values if value is not None}


def names_in(node: Node, section: str) -> tuple[str, ...]:
    """Return the keys of one section of the document, even if other sections are invalid."""
    texts = (key for name, value in _texts(node) if name == section for key, _ in _texts(value))
    return tuple(dict.fromkeys(texts))


def _type(annotation: Any) -> ValueType:
    inner, extras = _unwrapped(annotation)
    if found := _extra(extras, ValueType) or {str: TEXT, int: INTEGER, bool: BOOLEAN}.get(inner):
        return found
    if get_origin(inner) is None:
        return ValueType("mapping", partial(decode, inner), encode, section=inner)
    if get_origin(inner) is tuple:
        item = _type(get_args(inner)[0])
        return ValueType("list", partial(_read_list, item), lambda values: [*map(item.write, values)], item=item)
    name, item = map(_type, get_args(inner))
    return ValueType("mapping", partial(_read_map, name, item), partial(_write_map, item), item=item)


def _unwrapped(annotation: Any) -> tuple[Any, list[object]]:
    """Return the bare type, and all that surrounds it: annotations and ``None``."""
    extras: list[object] = []
    while get_origin(annotation) in (Annotated, Union, UnionType):
        annotation, *more = get_args(annotation)
        extras.extend(more)
    return annotation, extras


def _extra(extras: Iterable[object], kind: type[Extra]) -> Extra | None:
    return next((extra for extra in extras if isinstance(extra, kind)), None)


def _read_map(name: ValueType, item: ValueType, node: Node, context: Context) -> Mapping[str, Any]:
    def read(key: Node, value: Node) -> Any:
        text = name.read(key, context)
        if isinstance(value, ScalarNode) and text in _names(item):
            fail("must be below a name: check the indentation")
        return item.read(value, context)

    problems = ProblemList()
    entries = ((key.value, key, partial(read, key, value)) for key, value in _pairs(node, problems))
    values = _read_each(entries, problems)
    problems.raise_any()
    return MappingProxyType(values)


def _write_map(item: ValueType, values: Mapping[str, Any]) -> dict[str, object]:
    return {name: item.write(value) for name, value in values.items()}


def _read_list(item: ValueType, node: Node, context: Context) -> tuple[Any, ...]:
    def read(node: Node) -> Any:
        if item.section and isinstance(node, ScalarNode) and node.tag == yaml_nodes.TEXT:
            required = next(key.name for key in keys(item.section) if key.is_required)
            fail(f"must be a mapping, not a text: write - {required}: ...")
        return item.read(node, context)

    problems = ProblemList()
    nodes = _elements(node)
    values = _read_each(((index, each, partial(read, each)) for index, each in enumerate(nodes)), problems)
    for index, key, text in item.section.conflicts_among(values) if item.section else ():
        problems.append(Problem(text).below(key).below(index, yaml_nodes.line_of(nodes[index])))
    problems.raise_any()
    return tuple(values.values())


def _read_each(entries: Iterable[tuple[K, Node, Callable[[], Any]]], problems: ProblemList) -> dict[K, Any]:
    """Return the valid values by key or index; an entry also has the node with its line and reads its value."""
    values: dict[K, Any] = {}
    first: dict[K, Node] = {}
    for step, place, read in entries:
        with problems.at(step, yaml_nodes.line_of(place)):
            if first.setdefault(step, place) is not place:
                lines = [yaml_nodes.line_of(each) for each in (first[step], place)]
                fail(f"is given twice, in line {lines[0]} and in line {lines[1]}")
            values[step] = read()
    return values


def _check_missing(section: type[Section], given: Collection[str], context: Context, problems: ProblemList) -> None:
    """Add missing keys; the default of a reference must exist too."""
    for key in keys(section):
        if key.name not in given:
            with problems.at(key.name):
                if key.is_required:
                    fail("is missing")
                if key.type.is_reference:
                    key.type.read(yaml_nodes.text_node(key.default), context)
    for names in section.one_of:
        found = [name for name in names if name in given]
        if not found:
            problems.append(Problem(f"one of {', '.join(names)} is missing"))
        if len(found) > 1:
            problems.append(Problem(f"{' and '.join(found)} exclude each other: keep one"))


def _unknown_key(section: type[Section], key: ScalarNode, empty_above: str | None) -> Problem:
    names = [each.name for each in keys(section)]
    above = next((each.name for each in keys(section) if key.value in _names(each.type)), None)
    guess = f" (a key of {above}: check the indentation)" if above else did_you_mean(key.value, names)
    if empty_above:
        guess = f" (indent it, if it belongs to {empty_above})"
    shown = "" if section.is_confidential else f" {quoted(key.value)}"
    hint = "; a text that contains , or : must be quoted" if section.is_confidential and not guess else ""
    return Problem(f"unknown key{shown}{guess}{hint}, {known(names)}", line=yaml_nodes.line_of(key))


def _names(kind: ValueType) -> Collection[str]:
    """Return the keys of the section that a type describes, or its items."""
    section = kind.section or (kind.item and kind.item.section)
    return [key.name for key in keys(section)] if section else ()


def _pairs(node: Node, problems: ProblemList) -> Iterator[tuple[ScalarNode, Node]]:
    if yaml_nodes.is_empty(node):
        return
    if not isinstance(node, MappingNode):
        is_text = isinstance(node, ScalarNode) and ":" in node.value
        hint = ": write a space after the colon of key: value" if is_text else ""
        fail(f"must be a mapping, not {yaml_nodes.describe(node)}{hint}")
    for key, value in node.value:
        if isinstance(key, ScalarNode) and key.tag == yaml_nodes.TEXT:
            yield key, value
        else:
            text = f"key must be quoted text, because YAML takes it for {yaml_nodes.describe(key)}"
            problems.append(Problem(text, line=yaml_nodes.line_of(key)))


def _texts(node: Node) -> list[tuple[str, Node]]:
    pairs = node.value if isinstance(node, MappingNode) else []
    return [(key.value, value) for key, value in pairs if isinstance(key, ScalarNode)]


def _elements(node: Node) -> list[Node]:
    if yaml_nodes.is_empty(node):
        return []
    if not isinstance(node, SequenceNode):
        fail(f"must be a list, not {yaml_nodes.describe(node)}: begin each item with a dash")
    return list(node.value)


def config_error(source_name: str, error: InvalidError) -> ConfigError:
    """Return the error for callers: one line for each problem, in the order of the file."""
    problems = sorted(error.problems, key=lambda problem: problem.line or 0)
    return ConfigError(*(problem.in_source(source_name) for problem in problems))
