"""The plans that are kept: so many, and no more than so much memory, whatever devices send."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

from lantime_exporter.document.shape import Scalar, scalars
from lantime_exporter.mapping.plan import Plan

MOST_SHAPES = 128
"""Shapes whose plans are kept; devices of one model with one set of modules share a shape."""

PLANS_PER_SHAPE = 32
"""PlanCache of one shape that differ in names, such as those of the firmware images that are installed."""

MOST_UNUSED = 10_000
"""Probes after which a plan that none of them needed is dropped; there are fewer devices than that."""

MOST_BYTES = 256_000_000
"""What the kept plans may hold, about: those of seventy different chassis full of cards."""

BYTES_OF_A_MARK = 100
"""What is held for each key or mark of a shape and each value of a roll, measured with simulated devices."""

Key = tuple[Any, ...]


@dataclass(slots=True)
class CacheEntry:
    """A plan, None where the shape turned out to have none; ``used`` is larger the later it was last needed."""

    plan: Plan | None
    size: int
    used: int


class PlanCache:
    """PlanCache by shape; what was not needed for the longest time is dropped first. Safe for several threads."""

    def __init__(self) -> None:
        self._shapes: dict[Key, list[CacheEntry]] = {}
        self._uses = count()
        self._lock = threading.Lock()

    def of(self, key: Key) -> tuple[CacheEntry, ...]:
        """Return the plans of a shape."""
        with self._lock:
            # Looked up once: a key has thousands of parts, all of which are hashed and compared each time.
            return tuple(self._shapes.get(key, ()))

    def use(self, kept: CacheEntry) -> None:
        """Note that a plan was needed."""
        kept.used = next(self._uses)

    def keep(self, key: Key, plan: Plan | None, leaves: Sequence[Scalar]) -> None:
        """Keep a plan, made of a document with these leaves."""
        size = BYTES_OF_A_MARK * len(key) + sum(map(_size_of, leaves)) + (0 if plan is None else plan.size)
        if size > MOST_BYTES:
            return  # it would push out all others, and then itself
        with self._lock:
            now = next(self._uses)
            self._shapes.setdefault(key, []).append(CacheEntry(plan, size, now))
            self._shapes = {key: left for key, kept in self._shapes.items() if (left := _needed(kept, now))}
            while len(self._shapes) > MOST_SHAPES or self._size() > MOST_BYTES:
                del self._shapes[min(self._shapes, key=lambda known: self._shapes[known][0].used)]

    def _size(self) -> int:
        return sum(kept.size for shape in self._shapes.values() for kept in shape)


def _needed(shape: list[CacheEntry], now: int) -> list[CacheEntry]:
    """Return the plans of a shape that are not dropped, the last used first."""
    recent = [kept for kept in shape if kept.used > now - MOST_UNUSED]
    return sorted(recent, key=lambda kept: kept.used, reverse=True)[:PLANS_PER_SHAPE]


def _size_of(leaf: Scalar) -> int:
    """Return what a leaf holds beside its mark, about: a text its characters, a roll what is in it."""
    if isinstance(leaf, str):
        return len(leaf)
    return BYTES_OF_A_MARK * scalars(leaf) + len(repr(leaf)) if isinstance(leaf, list) else 0
