"""The annotated fields of the settings.

A ``Section`` is a mapping with fixed keys. Each of its fields is declared once, as
``Annotated[type, doc("Meaning.", "example")]``, and defines the key of its name.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, ClassVar, TypeVar, Union, get_args, get_origin, get_type_hints

import msgspec
from msgspec import Meta

from lantime_exporter.config import value_types
from lantime_exporter.config.problems import Problem
from lantime_exporter.config.value_types import ValueType

Extra = TypeVar("Extra")

Conflicts = Iterable[tuple[tuple[str, ...], str]]
"""Conflicts between values: the keys involved, and the text."""


class Section(msgspec.Struct, frozen=True):
    """A mapping of the configuration file with fixed keys.

    In a confidential section a missing quote could turn a secret into a key; its unknown keys are not shown. Of each
    group of ``one_of`` exactly one key must be given.
    """

    is_confidential: ClassVar[bool] = False
    one_of: ClassVar[Sequence[Sequence[str]]] = ()

    def conflicts(self) -> Conflicts:
        """Return the conflicts between values."""
        return ()

    @classmethod
    def conflicts_among(cls, _: Mapping[int, Any]) -> Iterable[Problem]:
        """Return the conflicts between the valid sections of a list, by index."""
        return ()


@dataclass(frozen=True, slots=True)
class MapType:
    """The type of a mapping of free names to values of one type."""

    name: ValueType
    item: "Type"


@dataclass(frozen=True, slots=True)
class ListType:
    """The type of a list of values of one type."""

    item: "Type"


Type = ValueType | MapType | ListType | type[Section]


def doc(description: str, example: str = "", between: tuple[float | None, float | None] = (None, None)) -> Meta:
    """Return the annotation of a field: its meaning, an example in YAML, and the bounds of a number."""
    return Meta(description=description, examples=[example] if example else None, ge=between[0], le=between[1])


@dataclass(frozen=True, slots=True)
class Key:
    """One key of a section, and the field of its value. ``meta`` is what ``doc`` returned."""

    name: str
    field: str
    type: Type
    meta: Meta
    is_required: bool
    default: Any


@cache
def keys(section: type[Section]) -> tuple[Key, ...]:
    """Return the keys of a section."""
    hints = get_type_hints(section, include_extras=True)
    found = []
    for field in msgspec.structs.fields(section):
        inner, extras = _unwrapped(hints[field.name])
        meta = _extra(extras, Meta) or Meta()
        default = None if field.required else field.default
        found.append(Key(field.encode_name, field.name, _type(inner, extras), meta, field.required, default))
    return tuple(found)


def _type(inner: Any, extras: Sequence[object]) -> Type:
    found = _extra(extras, ValueType)
    if found is None:
        found = {str: value_types.TEXT, int: value_types.INTEGER, bool: value_types.BOOLEAN}.get(inner)
    if found is not None:
        meta = _extra(extras, Meta)
        return replace(found, least=meta.ge, most=meta.le) if meta and meta.ge is not None else found
    if isinstance(inner, type) and issubclass(inner, Section):
        return inner
    *names, item = (part for part in get_args(inner) if part is not Ellipsis)
    item_type = _type(*_unwrapped(item))
    if get_origin(inner) is tuple:
        return ListType(item_type)
    return MapType(_extra(_unwrapped(names[0])[1], ValueType) or value_types.NAME, item_type)


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
