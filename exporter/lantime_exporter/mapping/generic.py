"""The generic layer exports leaves that no collector claims, with their path, or omits them for a stated reason."""

from collections import Counter
from collections.abc import Sequence

from lantime_exporter.config.settings import Module
from lantime_exporter.document import values
from lantime_exporter.document.enumeration import kebab
from lantime_exporter.document.parse import CHASSIS, SECTIONS
from lantime_exporter.document.shape import NAME_KEY, Scalar
from lantime_exporter.document.tree import Leaf
from lantime_exporter.exposition.metric import Metric, gauge
from lantime_exporter.mapping.binding import Found, Sample
from lantime_exporter.mapping.binding_context import BindingContext
from lantime_exporter.mapping.finders import Slot, slots
from lantime_exporter.mapping.result import Account
from lantime_exporter.mapping.value_kind import EXPORTED, HasKind, ValueKind, value_kind

NAME = "generic"

MODULE_DEPTH = 5
"""Parts of the path of a module: ``data/chassisN/slots/SLOT/module``."""


def _metrics(prefix: str, what: str, root: str, *labels: str) -> tuple[Metric, Metric, Metric]:
    """Return the metrics of numbers, booleans and states, whose label ``path`` begins below ``root``."""

    def metric(kind: str, text: str, *more: str) -> Metric:
        return gauge(f"{prefix}_{kind}", f"{text}. path is the REST path below {root}.", *labels, *more, grade="D")

    return (
        metric("value", f"Number {what} that no collector handles, in the unit of the device"),
        metric("flag", f"Boolean {what} that no collector handles, 1 if true"),
        metric("state", f"State {what} that no collector handles; the current one is 1", "state"),
    )


OF_MODULES = _metrics("lantime_module", "of a module", "the slot's module", "slot", "model", "path")
OF_STATUS = _metrics("lantime_status", "outside the modules", "/api/status", "path")

METRICS = (*OF_MODULES, *OF_STATUS)


def key_of(leaf: Leaf) -> str:
    """Return the key that describes a leaf: its own, or for an element of a list that of the list."""
    return next((part for part in reversed(leaf.path) if not part.isdigit()), leaf.path[-1])


KNOWN = SECTIONS - {"ptp"}
"""Sections that were seen on a device; of others nothing is known about unrecognised values."""


def collect(context: BindingContext, settings: Module) -> None:
    """Account for every unclaimed leaf, and export it unless it is omitted."""
    context.collector = NAME
    modules = {slot.module.path: slot for slot in slots(context) if slot.module.children}
    exported: Counter[str] = Counter()
    for leaf in context.free(context.root):
        context.limits.check_time()
        slot = modules.get(leaf.path[:MODULE_DEPTH])
        if leaf.path[-1] == NAME_KEY:
            context.ignore(leaf, "names the element it stands in")
        elif slot:
            _module(context, settings, slot, leaf, exported)
        else:
            _rest(context, settings, leaf)


def _module(context: BindingContext, settings: Module, slot: Slot, leaf: Leaf, exported: Counter[str]) -> None:
    """Account for a leaf of a module; ``exported`` are the series of each slot so far."""
    kind = value_kind(key_of(leaf), leaf.value)
    if not settings.generic_modules:
        _claim(context, leaf, kind)
    elif kind in EXPORTED and exported[slot.name] >= settings.generic_series_per_slot:
        context.claim(leaf, Account.GENERIC)
        context.dropped[slot.name] += 1
    else:
        exported[slot.name] += kind in EXPORTED
        labels = (slot.name, slot.model, "/".join(leaf.path[MODULE_DEPTH:]))
        _take(context, leaf, labels, OF_MODULES)


def _rest(context: BindingContext, settings: Module, leaf: Leaf) -> None:
    """Account for a leaf outside the modules; in a known section it stays unaccounted if it is not exported."""
    top, *below = leaf.path
    if settings.generic_status:
        path = "/".join(below if top == "data" else leaf.path)
        _take(context, leaf, (path,), OF_STATUS)
    elif top == "data" and below[0] not in KNOWN and not CHASSIS.fullmatch(below[0]):
        _claim(context, leaf, value_kind(key_of(leaf), leaf.value))


def _take(context: BindingContext, leaf: Leaf, labels: tuple[str, ...], metrics: tuple[Metric, Metric, Metric]) -> None:
    """Account for a leaf and export it according to its current kind."""
    key = key_of(leaf)
    kind = value_kind(key, leaf.value)
    context.guard_predicate(leaf, HasKind(key, kind))
    value, flag, state = metrics
    match kind:
        case ValueKind.NUMBER:
            context.add(value, labels, Found((leaf,), values.number), Account.GENERIC)
        case ValueKind.FLAG:
            context.add(flag, labels, Found((leaf,), values.flag), Account.GENERIC)
        case ValueKind.WORD:
            context.add(state, labels, Found((leaf,), _word, many=True), Account.GENERIC)
        case _:
            _claim(context, leaf, kind)


def _claim(context: BindingContext, leaf: Leaf, kind: ValueKind) -> None:
    """Account for a leaf that is not exported."""
    if kind is ValueKind.PRIVATE:
        context.ignore(leaf, "an identifier, address, time or free text")
    else:
        context.claim(leaf, Account.GENERIC)


def _word(raw: Scalar) -> Sequence[Sample]:
    return () if value_kind("", raw) is ValueKind.NOTHING else [((kebab(str(raw)),), 1.0)]
