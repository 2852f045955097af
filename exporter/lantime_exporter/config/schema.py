"""The annotated fields of the settings: reading, writing and documentation.

A ``Section`` is a mapping with fixed keys. Each of its fields is declared once, as
``Annotated[type, msgspec.Meta(description=..., examples=[...])]``, and stands for the key of its name; a field of
``Source`` stands for three: ``username``, ``username_file``, ``username_env``. ``decode`` collects all problems.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, ClassVar, Union, get_args, get_origin, get_type_hints

import msgspec

from lantime_exporter.config import file_types, value_types
from lantime_exporter.config.problems import Problem
from lantime_exporter.config.secret import Secret
from lantime_exporter.config.value_types import ValueType, read_name


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
    is_required: bool
    default: Any = None
    part: str | None = None


@cache
def keys(section: type[Section]) -> tuple[Key, ...]:
    """Return the keys of a section."""
    hints = get_type_hints(section, include_extras=True)
    return tuple(key for field in msgspec.structs.fields(section) for key in _keys(field, hints[field.name]))


def _keys(field: msgspec.structs.FieldInfo, annotation: Any) -> Iterator[Key]:
    inner, extras = _unwrapped(annotation)
    meta = next((extra for extra in extras if isinstance(extra, msgspec.Meta)), msgspec.Meta())
    description, example = meta.description or "", str(next(iter(meta.examples or ()), ""))
    name = field.encode_name
    source = next((extra for extra in extras if isinstance(extra, SourceKeys)), None)
    if source is None:
        default = field.default_factory() if callable(field.default_factory) else field.default
        is_required = default is msgspec.NODEFAULT
        yield Key(
            name=name,
            field=field.name,
            type=_type(annotation),
            description=description,
            example=example,
            is_required=is_required,
            default=None if is_required else default,
        )
        return
    parts = [
        ("literal", "", value_types.LITERAL_SECRET if inner is Secret else value_types.TEXT, description, example),
        ("file", "_file", file_types.TEXT_FILE, f"File that holds the {source.noun} instead.", source.file),
    ]
    if source.variable:
        text = f"Environment variable that holds the {source.noun} instead."
        parts.append(("environment", "_env", file_types.VARIABLE, text, source.variable))
    for part, suffix, kind, text, shown in parts:
        written = name + (suffix.upper() if name.isupper() else suffix)
        yield Key(
            name=written, field=field.name, type=kind, description=text, example=shown, is_required=False, part=part
        )


def _type(annotation: Any) -> Type:
    inner, extras = _unwrapped(annotation)
    label = next((extra.text for extra in extras if isinstance(extra, Label)), "mapping")
    found = next((extra for extra in extras if isinstance(extra, ValueType)), None)
    if found is None:
        found = {str: value_types.TEXT, int: value_types.INTEGER, bool: value_types.BOOLEAN}.get(inner)
    if found is not None:
        meta = next((extra for extra in extras if isinstance(extra, msgspec.Meta)), msgspec.Meta())
        return found if meta.ge is None else replace(found, least=meta.ge, most=meta.le)
    if isinstance(inner, type) and issubclass(inner, Section):
        return SectionType(inner)
    if get_origin(inner) is tuple:
        check = next((extra for extra in extras if isinstance(extra, ItemsCheck)), None)
        return ListType(label, _type(get_args(inner)[0]), check)
    name, item = get_args(inner)
    text_name = value_types.text_type("text", read_name)
    return MapType(label, text_name if name is str else _value_type(name), _type(item))


def _value_type(annotation: Any) -> ValueType:
    found = _type(annotation)
    assert isinstance(found, ValueType)  # noqa: S101 - a name is no list
    return found


def _unwrapped(annotation: Any) -> tuple[Any, list[Any]]:
    """Return the bare type and all its annotations, ``| None`` taken off."""
    extras: list[Any] = []
    while True:
        if get_origin(annotation) is Annotated:
            annotation, *more = get_args(annotation)
            extras.extend(more)
        elif get_origin(annotation) in (Union, UnionType):
            annotation = next(part for part in get_args(annotation) if part is not NoneType)
        else:
            return annotation, extras
