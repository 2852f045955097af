"""How the settings are declared.

A ``Section`` is a mapping with fixed keys. Each of its fields is declared once, as
``Annotated[type, doc("Meaning.", "example")]``, and defines the key of its name.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar

from msgspec import Meta, Struct

Conflicts = Iterable[tuple[tuple[str, ...], str]]
"""Conflicts between values: the keys involved, and the text."""


class Section(Struct, frozen=True):
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
    def conflicts_among(cls, _: Mapping[int, Any]) -> Iterable[tuple[int, str, str]]:
        """Return the conflicts between the valid sections of a list: the index of a section, its key, and the text."""
        return ()


def doc(description: str, example: str = "", between: tuple[float | None, float | None] = (None, None)) -> Meta:
    """Return the annotation of a field: its meaning, an example in YAML, and the bounds of a number."""
    return Meta(description=description, examples=[example] if example else None, ge=between[0], le=between[1])
