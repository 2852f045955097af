"""A cache of plans, bounded by count and memory."""

import threading
from collections.abc import Hashable, Sequence
from itertools import count
from weakref import ReferenceType, ref

from lantime_exporter.document.shape import FlatDocument, Scalar
from lantime_exporter.mapping.plan import Plan

MAX_PLANS = 1_000
"""Plans to keep. Devices of one model with one set of modules and the same names share a plan."""

MAX_PLANS_PER_SHAPE = 32
"""Plans of one shape, which differ in the values on which decisions depend."""

MAX_BYTES = 128_000_000
"""Approximate memory of all plans: those of forty different chassis full of cards."""

MAX_PLAN_BYTES = 16_000_000
"""Approximate memory of one plan: ten times that of a chassis full of cards. It holds the last values, which can be
texts of 16 MiB."""

BYTES_PER_MARK = 100
BYTES_PER_BINDING = 500
BYTES_PER_CHARACTER = 4
BYTES_PER_PART = 100
"""Memory for each key and mark of the shape, for each binding, for each character of the lines, which is also part of
labels and starts of lines, and for each part of the text beside its bytes, which are also part of the layout; measured
with simulated devices."""

MAX_LAST_PLANS = 8
"""Plans to remember for one device: it may be probed with several modules and slots."""


class LastPlans:
    """The plans of the last responses of one device, by mapper and slots, while the cache keeps them."""

    def __init__(self) -> None:
        self._plans: dict[Hashable, ReferenceType[Plan]] = {}

    def get(self, key: Hashable) -> Plan | None:
        """Return the plan of the last response, None if there is none."""
        found = self._plans.get(key)
        return found() if found else None

    def set(self, key: Hashable, plan: Plan) -> None:
        """Remember a plan."""
        if key not in self._plans and len(self._plans) >= MAX_LAST_PLANS:
            self._plans.clear()
        self._plans[key] = ref(plan)


class PlanCache:
    """Plans by the shape of the document. Safe for several threads.

    A random plan makes room for a new one. With least-recently-used eviction, a fleet with a few more plans than fit
    would never find a plan in the cache.
    """

    def __init__(self) -> None:
        self._shapes: dict[Hashable, list[tuple[Plan, int]]] = {}
        """The plans of each shape with their sizes, the last found first."""
        self._drops = count()
        self._lock = threading.Lock()

    def find(self, key: Hashable, leaves: Sequence[Scalar]) -> Plan | None:
        """Return a plan of a shape whose guards hold for these leaves, None if there is none."""
        with self._lock:
            # Looked up once: a key has thousands of parts, which are all hashed and compared each time.
            shape = self._shapes.get(key)
            if shape is None:
                return None
            plans = tuple(shape)
        for place, (plan, size) in enumerate(plans):
            if plan.guards.hold(leaves):
                if place:
                    with self._lock:
                        if (plan, size) in shape:
                            shape.remove((plan, size))
                            shape.insert(0, (plan, size))
                return plan
        return None

    def keep(self, key: Hashable, plan: Plan, document: FlatDocument) -> None:
        """Keep the plan of a document; one that is too large does not displace others."""
        size = plan_size(plan, document)
        if size > MAX_PLAN_BYTES:
            return
        with self._lock:
            shape = self._shapes.setdefault(key, [])
            shape.insert(0, (plan, size))
            del shape[MAX_PLANS_PER_SHAPE:]
            while self._is_full():
                known = tuple(self._shapes)
                dropped = known[next(self._drops) % len(known)]
                self._shapes[dropped].pop()
                if not self._shapes[dropped]:
                    del self._shapes[dropped]

    def size(self) -> int:
        """Return the approximate size of all plans in bytes."""
        return sum(size for shape in self._shapes.values() for _, size in shape)

    def _is_full(self) -> bool:
        return sum(len(shape) for shape in self._shapes.values()) > MAX_PLANS or self.size() > MAX_BYTES


def plan_size(plan: Plan, document: FlatDocument) -> int:
    """Return the approximate size of a plan in bytes."""
    names = sum(len(name) for name in document.shape if isinstance(name, str))
    texts = sum(value.__sizeof__() for value in document.leaves if isinstance(value, str))
    marks = BYTES_PER_MARK * len(document.shape)
    lines = BYTES_PER_CHARACTER * plan.last.characters if plan.last else 0
    parts = plan.last.parts or () if plan.last else ()
    text = BYTES_PER_PART * len(parts) + 2 * sum(map(len, parts))
    return marks + BYTES_PER_BINDING * len(plan.bindings) + lines + names + texts + text
