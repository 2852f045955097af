"""A document in, lines out: traces new shapes, keeps their plans, runs the plan that fits."""

import threading
from collections.abc import Collection, Sequence
from contextlib import suppress
from typing import Any

from lantime_exporter.config.settings import Module
from lantime_exporter.document.shape import Flat, Scalar
from lantime_exporter.document.tree import build
from lantime_exporter.errors import ContentError
from lantime_exporter.mapping.binding import Binding
from lantime_exporter.mapping.binding_context import BindingContext, ShapeChanged, failure
from lantime_exporter.mapping.generic import Generic
from lantime_exporter.mapping.plan import Mapped, Plan
from lantime_exporter.mapping.plan_cache import Key, PlanCache
from lantime_exporter.mapping.registry import CollectorRegistry

POSITION = frozenset(
    {
        "lantime_position_latitude_degrees",
        "lantime_position_longitude_degrees",
        "lantime_position_altitude_meters",
    }
)

TURNS = 4
"""Shapes traced at the same time; the probes of a fleet that meet one new shape together context it once."""


class _UnreadRoll(Exception):  # noqa: N818 -- a request, not an error
    """A list would be one leaf that nobody reads: it must be taken apart like any other."""


class Mapper:
    """The mapping as one module of the configuration wants it. Safe for use by several threads."""

    def __init__(self, catalogue: CollectorRegistry, module: Module) -> None:
        chosen = set(module.collectors or (collector.name for collector in catalogue.collectors))
        chosen -= set(module.exclude_collectors)
        self._catalogue = catalogue
        self._exported = frozenset(chosen | {"generic"})
        self._position = module.position
        self._generic = Generic(
            modules=module.generic_modules,
            status=module.generic_status,
            series_per_slot=module.generic_series_per_slot,
        )
        self._plans = PlanCache()
        self._turns = tuple(threading.Lock() for _ in range(TURNS))

    def map(self, document: dict[str, Any], slots: tuple[str, ...] = ()) -> Mapped:
        """Return the lines of a parsed document; with ``slots`` only the series of these slots.

        Raises ContentError for documents nested too deeply, with keys that are too long, or beyond the limits of time
        and size.
        """
        try:
            return self._map(document, slots, self._catalogue.rolls)
        except _UnreadRoll:
            return self._map(document, slots, ())

    def _map(self, document: dict[str, Any], slots: tuple[str, ...], rolls: Collection[str]) -> Mapped:
        flat = Flat(document, rolls)
        key = (slots, *flat.shape)
        known = self._known(key, flat.leaves)
        if known is not None:
            return known
        with self._turns[hash(key) % TURNS]:
            known = self._known(key, flat.leaves)  # another probe may have traced this shape meanwhile
            if known is not None:
                return known
            plan = self._plan(document, slots, rolls)
            self._plans.keep(key, plan, flat.leaves)
        if plan is None:
            raise _UnreadRoll
        return plan.run(flat.leaves)

    def _known(self, key: Key, leaves: Sequence[Scalar]) -> Mapped | None:
        """Return the lines by a plan that is kept, None where none fits."""
        for kept in self._plans.of(key):
            if kept.plan is None:
                self._plans.use(kept)
                raise _UnreadRoll
            if kept.plan.fits(leaves):
                self._plans.use(kept)
                with suppress(ShapeChanged):
                    return kept.plan.run(leaves)
        return None

    def bind(self, document: dict[str, Any], rolls: Collection[str] = ()) -> tuple[BindingContext, dict[str, str]]:
        """Return the context of a document, and the collectors that failed with the text of their exception."""
        flat = Flat(document, rolls)
        context = BindingContext(build(document, rolls), len(flat.leaves))
        failures = {}
        for collector in self._catalogue.collectors:
            try:
                collector.collect(context)
            except ContentError:
                raise
            except Exception as error:  # noqa: BLE001 -- a defect of one collector costs that collector only
                failures[collector.name] = failure(error)
        self._generic.collect(context)
        return context, failures

    def _plan(self, document: dict[str, Any], slots: tuple[str, ...], rolls: Collection[str]) -> Plan | None:
        """Return the plan for documents like this one, None where there is a roll that nobody reads."""
        context, failures = self.bind(document, rolls)
        if any(context.is_free(roll.whole) for roll in context.rolls()):
            return None
        context.bindings = {name: context.bindings[name] for name in context.bindings if name in self._exported}

        def keep(binding: Binding) -> bool:
            if not self._position and binding.metric.name in POSITION:
                return False
            return not slots or slot_of(binding) in slots

        return Plan(context, self._catalogue.described.__getitem__, failures, keep)


def slot_of(binding: Binding) -> str | None:
    """Return the value of the label ``slot`` of a binding, None for one without."""
    if "slot" not in binding.metric.labels:
        return None
    place = binding.metric.labels.index("slot")
    return binding.labels[place] if place < len(binding.labels) else None
