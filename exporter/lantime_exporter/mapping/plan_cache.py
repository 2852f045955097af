"""A cache of plans, bounded by count and memory."""

import threading
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from itertools import count

from lantime_exporter.document.shape import FlatDocument, Scalar
from lantime_exporter.mapping.plan import Plan

MAX_PLANS = 1_000
"""Plans that are kept. Devices of one model with one set of modules and the same names share a plan."""

MAX_PLANS_PER_SHAPE = 32
"""Plans of one shape, which differ in the values that decisions hang on."""

MAX_BYTES = 192_000_000
"""What the plans may hold, about: those of fifty different chassis full of cards."""

BYTES_PER_LEAF = 1_600
"""What a plan holds for each leaf of its document, measured with simulated devices; the texts come on top."""


@dataclass(slots=True)
class _Shape:
    """The plans of one shape with their sizes, the last used first; ``used`` is larger the later one was needed."""

    plans: list[tuple[Plan, int]]
    used: int


class PlanCache:
    """Plans by the shape of the document; those not used for the longest time make room. Safe for several threads."""

    def __init__(self) -> None:
        self._shapes: dict[Hashable, _Shape] = {}
        self._uses = count()
        self._lock = threading.Lock()

    def find(self, key: Hashable, leaves: Sequence[Scalar]) -> Plan | None:
        """Return a plan of a shape whose guards hold for these leaves, None if there is none."""
        with self._lock:
            # Looked up once: a key has thousands of parts, all of which are hashed and compared each time.
            shape = self._shapes.get(key)
            if shape is None:
                return None
            plans = tuple(shape.plans)
        for place, (plan, size) in enumerate(plans):
            if plan.guards.hold(leaves):
                with self._lock:
                    shape.used = next(self._uses)
                    if place and (plan, size) in shape.plans:
                        shape.plans.remove((plan, size))
                        shape.plans.insert(0, (plan, size))
                return plan
        return None

    def keep(self, key: Hashable, plan: Plan, document: FlatDocument) -> None:
        """Keep the plan that was made of a document; one that is too large pushes out no other."""
        size = plan_size(document)
        if size > MAX_BYTES:
            return
        with self._lock:
            shape = self._shapes.setdefault(key, _Shape([], 0))
            shape.used = next(self._uses)
            shape.plans.insert(0, (plan, size))
            del shape.plans[MAX_PLANS_PER_SHAPE:]
            while self._is_full():
                oldest = min(self._shapes, key=lambda known: self._shapes[known].used)
                self._shapes[oldest].plans.pop()
                if not self._shapes[oldest].plans:
                    del self._shapes[oldest]

    def size(self) -> int:
        """Return how many bytes all plans hold, about."""
        return sum(size for shape in self._shapes.values() for _, size in shape.plans)

    def _is_full(self) -> bool:
        return sum(len(shape.plans) for shape in self._shapes.values()) > MAX_PLANS or self.size() > MAX_BYTES


def plan_size(document: FlatDocument) -> int:
    """Return how many bytes the plan of a document holds, about."""
    names = sum(len(name) for name in document.shape if isinstance(name, str))
    texts = sum(len(leaf) for leaf in document.leaves if isinstance(leaf, str))
    return BYTES_PER_LEAF * len(document.leaves) + names + texts
