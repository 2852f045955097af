"""The plans that are kept: so many, and no more than so much memory, whatever devices send."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from exporter.document.shape import Scalar, scalars
from exporter.mapping.plan import Plan

MOST_SHAPES = 128
"""Shapes whose plans are kept; devices of one model with one set of modules share a shape."""

PLANS_PER_SHAPE = 32
"""Plans of one shape that differ in names, such as those of the firmware images that are installed."""

MOST_BYTES = 400_000_000
"""What the kept plans may hold, about: those of a hundred different chassis full of cards."""

BYTES_OF_A_MARK = 700
"""What a plan holds for each key or mark of its shape, measured with simulated devices."""

Key = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class _Kept:
    plan: Plan | None
    size: int


@dataclass(slots=True)
class _Shape:
    """The plans of one shape, the newest first; ``used`` is larger the later they were last asked for."""

    kept: list[_Kept] = field(default_factory=list)
    used: int = 0


class Plans:
    """Plans by shape, those that were not used for the longest time are dropped first. Safe for several threads."""

    def __init__(self) -> None:
        self._shapes: dict[Key, _Shape] = {}
        self._uses = count()
        self._lock = threading.Lock()

    def of(self, key: Key) -> tuple[Plan | None, ...]:
        """Return the plans of a shape, the newest first; None where it turned out to have none."""
        with self._lock:
            # Looked up once: a key has thousands of parts, all of which are hashed and compared each time.
            shape = self._shapes.get(key)
            if shape is None:
                return ()
            shape.used = next(self._uses)
            return tuple([kept.plan for kept in shape.kept])

    def keep(self, key: Key, plan: Plan | None, leaves: Sequence[Scalar]) -> None:
        """Keep a plan, made of a document with these leaves."""
        size = BYTES_OF_A_MARK * len(key) + sum(map(_size_of, leaves))
        with self._lock:
            shape = self._shapes.setdefault(key, _Shape())
            shape.used = next(self._uses)
            shape.kept.insert(0, _Kept(plan, size))
            del shape.kept[PLANS_PER_SHAPE:]
            while len(self._shapes) > MOST_SHAPES or self._size() > MOST_BYTES:
                del self._shapes[min(self._shapes, key=lambda known: self._shapes[known].used)]

    def _size(self) -> int:
        return sum(kept.size for shape in self._shapes.values() for kept in shape.kept)


def _size_of(leaf: Scalar) -> int:
    """Return what a leaf holds beside its mark, about: a text its characters, a roll what is in it."""
    if isinstance(leaf, str):
        return len(leaf)
    return BYTES_OF_A_MARK * scalars(leaf) + len(repr(leaf)) if isinstance(leaf, list) else 0
