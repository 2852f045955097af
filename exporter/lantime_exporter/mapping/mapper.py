"""A document in, lines out: binds new shapes, keeps their plans, runs the plan that fits."""

from collections.abc import Callable, Mapping
from typing import Any

from lantime_exporter.bounds import NEVER, Deadline, KeyedLock
from lantime_exporter.config.settings import Module
from lantime_exporter.document.shape import FlatDocument, flatten
from lantime_exporter.document.tree import build_tree
from lantime_exporter.errors import DeadlineError, DeviceError
from lantime_exporter.mapping import generic
from lantime_exporter.mapping.binding import Binding
from lantime_exporter.mapping.binding_context import BindingContext
from lantime_exporter.mapping.limits import MappingLimits, SharedLimits
from lantime_exporter.mapping.plan import Plan, compile_plan
from lantime_exporter.mapping.plan_cache import LastPlans, PlanCache
from lantime_exporter.mapping.registry import CollectorRegistry
from lantime_exporter.mapping.result import Mapped, failure

POSITION_PREFIX = "lantime_position_"
"""The metrics of latitude, longitude and altitude begin with it."""


Parse = Callable[[], Mapping[str, Any]]
"""Returns the document of a response."""


class Mapper:
    """The mapping with the settings of one module. Safe for use by several threads.

    Several mappers may share ``plans`` and ``shared_limits``.
    """

    def __init__(
        self,
        registry: CollectorRegistry,
        module: Module,
        plans: PlanCache | None = None,
        shared_limits: SharedLimits | None = None,
    ) -> None:
        chosen = set(module.collectors or (collector.name for collector in registry.collectors))
        self._registry = registry
        self._exported = chosen - set(module.exclude_collectors) | {generic.NAME}
        self._module = module
        self._plans = plans or PlanCache()
        self._shared_limits = shared_limits or SharedLimits()
        self._shape_lock = KeyedLock()

    def map_response(
        self, body: bytes, parse: Parse, slots: tuple[str, ...], deadline: Deadline, last_plans: LastPlans
    ) -> Mapped:
        """Return the lines of a response like ``map``, and remember its plan.

        ``parse`` is called only if the response differs from the last one in more than values. Raises its exceptions
        too.
        """
        plan = last_plans.get((self, slots))
        if plan is not None:
            limits = MappingLimits(self._module, self._shared_limits, deadline)
            with limits.turn():
                mapped = plan.run_response(body, limits)
            if mapped is not None:
                return mapped
        plan, mapped = self._map(parse(), slots, deadline, body)
        last_plans.set((self, slots), plan)
        return mapped

    def map(self, document: Mapping[str, Any], slots: tuple[str, ...] = (), deadline: Deadline = NEVER) -> Mapped:
        """Return the lines of a parsed document; with ``slots`` only the series of these slots.

        Raises ContentError for documents nested too deeply, with keys that are too long, or beyond the limits of CPU
        time and size, and DeadlineError beyond the deadline.
        """
        _, mapped = self._map(document, slots, deadline, b"")
        return mapped

    def _map(
        self, document: Mapping[str, Any], slots: tuple[str, ...], deadline: Deadline, body: bytes
    ) -> tuple[Plan, Mapped]:
        """Return the plan too. ``body`` is the response that contains the document, empty if it is not known."""
        limits = MappingLimits(self._module, self._shared_limits, deadline)
        with limits.turn():
            flat = flatten(document, self._registry.summaries)
            key = (self, slots, flat.shape)
            plan = self._plans.find(key, flat.leaves)
            if plan is not None:
                return plan, plan.run(flat.leaves, limits, body)
        # Concurrent probes with the same new shape bind it once. A thread that waits for that takes no turn.
        with self._shape_lock.hold(key, deadline.remaining()) as is_held, limits.turn():
            if not is_held:
                raise DeadlineError("the deadline passed while another probe mapped the same shape")
            plan = self._plans.find(key, flat.leaves)
            if plan is not None:
                return plan, plan.run(flat.leaves, limits, body)
            plan = self._compile(flat, body, slots, limits)
            mapped = plan.run(flat.leaves, limits, body)
            # Kept after its first run, so that a plan beyond the limits is not kept.
            self._plans.keep(key, plan, flat)
            return plan, mapped

    def bind(self, document: Mapping[str, Any]) -> tuple[BindingContext, dict[str, str]]:
        """Return the context of a document, and the collectors that failed with the text of their exception."""
        limits = MappingLimits(self._module, self._shared_limits, NEVER)
        with limits.turn():
            return self._bind(flatten(document, self._registry.summaries), limits)

    def _bind(self, document: FlatDocument, limits: MappingLimits) -> tuple[BindingContext, dict[str, str]]:
        context = BindingContext(build_tree(document, limits.check_time), len(document.leaves), limits)
        failures = {}
        for collector in self._registry.collectors:
            try:
                collector.collect(context)
            except DeviceError:
                raise
            except Exception as error:  # noqa: BLE001 -- a defect of one collector costs that collector only
                failures[collector.name] = failure(error)
        generic.collect(context, self._module)
        return context, failures

    def _compile(self, document: FlatDocument, body: bytes, slots: tuple[str, ...], limits: MappingLimits) -> Plan:
        context, failures = self._bind(document, limits)
        bindings = {
            collector: [binding for binding in found if self._is_wanted(binding, slots)]
            for collector, found in context.bindings.items()
            if collector in self._exported
        }
        return compile_plan(document, body, context, bindings, failures)

    def _is_wanted(self, binding: Binding, slots: tuple[str, ...]) -> bool:
        if not self._module.position and binding.metric.name.startswith(POSITION_PREFIX):
            return False
        if not slots:
            return True
        labels = dict(zip(binding.metric.labels, binding.labels, strict=False))
        return labels.get("slot") in slots
