"""Sections of the settings from nodes of YAML, and back; all problems are collected, each with its path and line."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any, TypeVar

import msgspec
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from lantime_exporter.config import yaml_nodes
from lantime_exporter.config.problems import InvalidError, Problem, ProblemList, did_you_mean, fail, known
from lantime_exporter.config.schema import ListType, MapType, Section, Type, keys
from lantime_exporter.config.value_types import Context, ValueType
from lantime_exporter.errors import ConfigError
from lantime_exporter.formatting import quoted

S = TypeVar("S", bound=Section)
K = TypeVar("K", str, int)


def decode(section: type[S], node: Node, context: Context) -> S:
    """Return the section of a node. Raises InvalidError with all problems below the node."""
    problems = ProblemList()
    types = {key.name: key.type for key in keys(section)}
    entries = []
    empty_above = None
    for key, value in _pairs(node, problems):
        if key.value in types:
            entries.append((key.value, key, value))
            is_parent = yaml_nodes.is_empty(value) and not isinstance(types[key.value], ValueType)
            empty_above = key.value if is_parent else None
        else:
            problems.append(_unknown_key(section, key, empty_above))
    values = _read_each(entries, problems, lambda key, value: _decode(types[key.value], value, context))
    given = {name for name, _, _ in entries}
    _check_missing(section, given, context, problems)
    fields = {key.field: values[key.name] for key in keys(section) if key.name in values}
    problems.extend(_conflicts(section, fields, given - values.keys()))
    problems.raise_any()
    return section(**fields)


def encode(section: Section) -> dict[str, object]:
    """Return a section as a mapping for YAML, with secrets redacted; absent values stay absent."""
    values = [(key, getattr(section, key.field)) for key in keys(type(section))]
    return {key.name: encode_value(key.type, value) for key, value in values if value is not None}


def encode_value(kind: Type, value: Any) -> object:
    """Return a value for YAML, with secrets redacted."""
    match kind:
        case ValueType():
            return kind.write(value)
        case MapType():
            return {name: encode_value(kind.item, item) for name, item in value.items()}
        case ListType():
            return [encode_value(kind.item, item) for item in value]
    return encode(value)


def names_in(node: Node, section: str) -> tuple[str, ...]:
    """Return the keys of one section of the document, even if other sections are invalid."""
    texts = (key for name, value in _texts(node) if name == section for key, _ in _texts(value))
    return tuple(dict.fromkeys(texts))


def _decode(kind: Type, node: Node, context: Context) -> Any:
    match kind:
        case ValueType():
            return kind.decode(node, context)
        case MapType():
            return _decode_map(kind, node, context)
        case ListType():
            return _decode_list(kind, node, context)
    return decode(kind, node, context)


def _decode_map(kind: MapType, node: Node, context: Context) -> Mapping[str, Any]:
    def read(key: Node, value: Node) -> Any:
        name = kind.name.decode(key, context)
        if isinstance(value, ScalarNode) and name in _names_below(kind):
            fail("must be below a name: check the indentation")
        return _decode(kind.item, value, context)

    problems = ProblemList()
    values = _read_each(((key.value, key, value) for key, value in _pairs(node, problems)), problems, read)
    problems.raise_any()
    return MappingProxyType(values)


def _decode_list(kind: ListType, node: Node, context: Context) -> tuple[Any, ...]:
    def read(_: Node, item: Node) -> Any:
        if isinstance(kind.item, type) and isinstance(item, ScalarNode) and item.tag == yaml_nodes.TEXT:
            required = next(key.name for key in keys(kind.item) if key.is_required)
            fail(f"must be a mapping, not a text: write - {required}: ...")
        return _decode(kind.item, item, context)

    problems = ProblemList()
    items = _elements(node)
    values = _read_each(((index, item, item) for index, item in enumerate(items)), problems, read)
    found = kind.item.conflicts_among(values) if isinstance(kind.item, type) else ()
    problems.extend(replace(problem, line=yaml_nodes.line_of(items[int(problem.path[0])])) for problem in found)
    problems.raise_any()
    return tuple(values.values())


def _read_each(
    entries: Iterable[tuple[K, Node, Node]], problems: ProblemList, read: Callable[[Any, Node], Any]
) -> dict[K, Any]:
    """Return the valid values by key or index; an entry also has the node with its line and the node of its value."""
    values: dict[K, Any] = {}
    first: dict[K, Node] = {}
    for step, place, node in entries:
        with problems.at(step, yaml_nodes.line_of(place)):
            if first.setdefault(step, place) is not place:
                lines = [yaml_nodes.line_of(each) for each in (first[step], place)]
                fail(f"is given twice, in line {lines[0]} and in line {lines[1]}")
            values[step] = read(place, node)
    return values


def _check_missing(section: type[Section], given: Collection[str], context: Context, problems: ProblemList) -> None:
    """Add missing keys; the default of a reference must exist too."""
    for key in keys(section):
        if key.name not in given:
            with problems.at(key.name):
                if key.is_required:
                    fail("is missing")
                if isinstance(key.type, ValueType) and key.type.is_reference:
                    key.type.decode(yaml_nodes.text_node(key.default), context)
    for names in section.one_of:
        found = [name for name in names if name in given]
        if not found:
            problems.append(Problem(f"one of {', '.join(names)} is missing"))
        if len(found) > 1:
            problems.append(Problem(f"{' and '.join(found)} exclude each other: keep one"))


def _conflicts(section: type[Section], fields: Mapping[str, Any], invalid: Collection[str]) -> Iterator[Problem]:
    """Yield the conflicts among valid values; an invalid value is reported first."""
    missing = [field.name for field in msgspec.structs.fields(section) if field.required and field.name not in fields]
    found = section(**dict.fromkeys(missing), **fields)
    yield from (Problem(text) for keys, text in found.conflicts() if not set(keys) & {*invalid, *missing})


def _unknown_key(section: type[Section], key: ScalarNode, empty_above: str | None) -> Problem:
    names = [each.name for each in keys(section)]
    above = next((each.name for each in keys(section) if key.value in _names_below(each.type)), None)
    guess = f" (a key of {above}: check the indentation)" if above else did_you_mean(key.value, names)
    if empty_above:
        guess = f" (indent it, if it belongs to {empty_above})"
    shown = "" if section.is_confidential else f" {quoted(key.value)}"
    hint = "; a text that contains , or : must be quoted" if section.is_confidential and not guess else ""
    return Problem(f"unknown key{shown}{guess}{hint}, {known(names)}", line=yaml_nodes.line_of(key))


def _names_below(kind: Type) -> Collection[str]:
    """Return the keys of the section that a key holds, or of each of its sections."""
    section = kind.item if isinstance(kind, MapType | ListType) else kind
    return [key.name for key in keys(section)] if isinstance(section, type) else ()


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
