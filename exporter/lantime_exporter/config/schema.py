"""The annotated fields of the settings: reading, writing and documentation.

A ``Section`` is a mapping with fixed keys. Each of its fields is declared once, as
``Annotated[type, doc("Meaning.", "example")]``, and defines the key of its name; a field of ``Source`` defines
three: ``username``, ``username_file``, ``username_env``. ``decode`` collects all problems.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from types import NoneType, UnionType
from typing import Annotated, Any, ClassVar, TypeVar, Union, get_args, get_origin, get_type_hints

import msgspec
from msgspec import Meta
from msgspec.structs import FieldInfo

from lantime_exporter.config import file_types, value_types
from lantime_exporter.config.problems import Problem
from lantime_exporter.config.secret import Secret
from lantime_exporter.config.value_types import ValueType

Extra = TypeVar("Extra")


class Section(msgspec.Struct, frozen=True):
    """A mapping of the configuration file with fixed keys.

    In a confidential section a missing quote could turn a secret into a key; its unknown keys are not shown.
    """

    is_confidential: ClassVar[bool] = False

    def conflicts(self) -> Iterable[tuple[tuple[str, ...], str]]:
        """Return the conflicts between values: the keys involved, and the text."""
        return ()


@dataclass(frozen=True, slots=True)
class SectionType:
    """The type of a mapping with fixed keys."""

    section: type[Section]
    label: str = "mapping"


@dataclass(frozen=True, slots=True)
class MapType:
    """The type of a mapping of free names to values of one type."""

    label: str
    name: ValueType
    item: "Type"


@dataclass(frozen=True, slots=True)
class ListType:
    """The type of a list of values of one type; ``check`` finds conflicts between valid values."""

    label: str
    item: "Type"
    check: "ItemsCheck | None" = None


Type = ValueType | SectionType | MapType | ListType


def doc(description: str, example: str | None = None, *, ge: float | None = None, le: float | None = None) -> Meta:
    """Return the annotation of a field: its meaning, an example in YAML, and the bounds of a number."""
    return Meta(description=description, examples=[example] if example else None, ge=ge, le=le)


@dataclass(frozen=True, slots=True)
class Label:
    """Annotation of a field: the name of its type in the documentation."""

    text: str


@dataclass(frozen=True, slots=True)
class ItemsCheck:
    """Annotation of a list: finds conflicts between its valid values, by index."""

    find: Callable[[Mapping[int, Any]], Iterable[Problem]]


@dataclass(frozen=True, slots=True)
class SourceKeys:
    """Annotation of a ``Source``: the name of the text in the documentation, and examples of file and variable."""

    noun: str
    file: str
    variable: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """One key of a section. ``part`` is the attribute of a ``Source`` that it sets, else None."""

    name: str
    field: str
    type: Type
    description: str
    example: str
    is_required: bool = False
    default: Any = None
    part: str | None = None


@cache
def keys(section: type[Section]) -> tuple[Key, ...]:
    """Return the keys of a section."""
    hints = get_type_hints(section, include_extras=True)
    return tuple(key for field in msgspec.structs.fields(section) for key in _keys(field, hints[field.name]))


def _keys(field: FieldInfo, annotation: Any) -> Iterator[Key]:
    inner, extras = _unwrapped(annotation)
    meta, source = _extra(extras, Meta) or Meta(), _extra(extras, SourceKeys)
    key = partial(Key, field=field.name)
    described = partial(key, name=field.encode_name, description=meta.description or "", example=_example(meta))
    if source is None:
        default = None if field.required else field.default
        yield described(type=_type(inner, extras), is_required=field.required, default=default)
        return
    yield described(type=value_types.LITERAL_SECRET if inner is Secret else value_types.TEXT, part="literal")
    parts = [("file", "_file", "File", file_types.TEXT_FILE, source.file)]
    if source.variable:
        parts.append(("environment", "_env", "Environment variable", file_types.VARIABLE, source.variable))
    for part, suffix, place, kind, example in parts:
        name = field.encode_name + (suffix.upper() if field.encode_name.isupper() else suffix)
        yield key(
            name=name,
            type=kind,
            description=f"{place} that holds the {source.noun} instead.",
            example=example,
            part=part,
        )


def _type(inner: Any, extras: Sequence[object]) -> Type:
    found = _extra(extras, ValueType)
    if found is None:
        found = {str: value_types.TEXT, int: value_types.INTEGER, bool: value_types.BOOLEAN}.get(inner)
    if found is not None:
        meta = _extra(extras, Meta)
        return replace(found, least=meta.ge, most=meta.le) if meta and meta.ge is not None else found
    if isinstance(inner, type) and issubclass(inner, Section):
        return SectionType(inner)
    named = _extra(extras, Label)
    label = named.text if named else "mapping"
    *names, item = (part for part in get_args(inner) if part is not Ellipsis)
    if get_origin(inner) is tuple:
        return ListType(label, _type(*_unwrapped(item)), _extra(extras, ItemsCheck))
    _, extras_of_name = _unwrapped(names[0])
    return MapType(label, _extra(extras_of_name, ValueType) or value_types.NAME, _type(*_unwrapped(item)))


def _unwrapped(annotation: Any) -> tuple[Any, list[object]]:
    """Return the bare type and all its annotations, without ``| None``."""
    extras: list[object] = []
    while True:
        if get_origin(annotation) is Annotated:
            annotation, *more = get_args(annotation)
            extras.extend(more)
        elif get_origin(annotation) in (Union, UnionType):
            annotation = next(part for part in get_args(annotation) if part is not NoneType)
        else:
            return annotation, extras


def _extra(extras: Sequence[object], kind: type[Extra]) -> Extra | None:
    return next((extra for extra in extras if isinstance(extra, kind)), None)


def _example(meta: Meta) -> str:
    return str(meta.examples[0]) if meta.examples else ""
