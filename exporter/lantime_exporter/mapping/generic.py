"""The generic layer exports leaves that no collector claims, with their path, or omits them for a stated reason."""

from collections import Counter
from collections.abc import Sequence
from functools import partial

from lantime_exporter.config.settings import Module
from lantime_exporter.document import values
from lantime_exporter.document.enumeration import kebab
from lantime_exporter.document.parse import CHASSIS, SECTIONS
from lantime_exporter.document.shape import Scalar
from lantime_exporter.document.tree import Leaf
from lantime_exporter.document.values import number
from lantime_exporter.exposition.metric import Metric, gauge
from lantime_exporter.mapping.binding import Found, Sample
from lantime_exporter.mapping.binding_context import BindingContext
from lantime_exporter.mapping.finders import Slot, slots
from lantime_exporter.mapping.result import Account
from lantime_exporter.mapping.value_kind import EXPORTED, ValueKind, value_kind

NAME = "generic"

MODULE = ("slot", "model", "path")
MODULE_DEPTH = 5
"""Parts of the path of a module: ``data/chassisN/slots/SLOT/module``."""

_guess = partial(gauge, grade="D")

VALUE = _guess(
    "lantime_module_value",
    "Number that no collector handles, in the unit of the device. path is the REST path below the slot's module.",
    *MODULE,
)
FLAG = _guess(
    "lantime_module_flag",
    "Boolean that no collector handles, 1 if true. path is the REST path below the slot's module.",
    *MODULE,
)
STATE = _guess(
    "lantime_module_state",
    "State that no collector handles; the current one is 1. path is the REST path below the slot's module.",
    *(*MODULE, "state"),
)
STATUS_VALUE = _guess(
    "lantime_status_value",
    "Number outside the modules that no collector handles. path is the REST path below /api/status.",
    "path",
)
STATUS_FLAG = _guess(
    "lantime_status_flag",
    "Boolean outside the modules that no collector handles, 1 if true. path is the REST path below /api/status.",
    "path",
)
STATUS_STATE = _guess(
    "lantime_status_state",
    "State outside the modules that no collector handles; the current one is 1. path is the REST path below "
    "/api/status.",
    *("path", "state"),
)

METRICS = (VALUE, FLAG, STATE, STATUS_VALUE, STATUS_FLAG, STATUS_STATE)


def key_of(leaf: Leaf) -> str:
    """Return the key that describes a leaf: its own, or for an element of a list that of the list."""
    return next((part for part in reversed(leaf.path) if not part.isdigit()), leaf.path[-1])


GUESSED = frozenset({"ptp"})
"""Sections that were never seen on a device: nothing is known about their unrecognised values."""

PRIVATE = "an identifier, address, time or free text"


def collect(context: BindingContext, settings: Module) -> None:
    """Account for every unclaimed leaf, and export it unless it is omitted."""
    context.collector = NAME
    modules = {slot.module.path: slot for slot in slots(context) if slot.module.children}
    exported: Counter[str] = Counter()
    for leaf in context.free(context.root):
        context.limits.check_time()
        slot = modules.get(leaf.path[:MODULE_DEPTH])
        if leaf.path[-1] == "object-id":
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
        _take(context, leaf, labels, (VALUE, FLAG, STATE))


def _rest(context: BindingContext, settings: Module, leaf: Leaf) -> None:
    """Account for a leaf outside the modules; in a known section it stays unaccounted if it is not exported."""
    top, *below = leaf.path
    if settings.generic_status:
        path = "/".join(below if top == "data" else leaf.path)
        _take(context, leaf, (path,), (STATUS_VALUE, STATUS_FLAG, STATUS_STATE))
    elif top == "data" and below[0] not in SECTIONS - GUESSED and not CHASSIS.fullmatch(below[0]):
        _claim(context, leaf, value_kind(key_of(leaf), leaf.value))


def _take(context: BindingContext, leaf: Leaf, labels: tuple[str, ...], metrics: tuple[Metric, Metric, Metric]) -> None:
    """Account for a leaf and export it according to its current kind."""
    value, flag, state = metrics
    match context.guard_kind(leaf, key_of(leaf)):
        case ValueKind.NUMBER:
            metric, found = value, Found((leaf,), number)
        case ValueKind.FLAG:
            metric, found = flag, Found((leaf,), values.flag)
        case ValueKind.WORD:
            metric, found = state, Found((leaf,), _word, many=True)
        case kind:
            _claim(context, leaf, kind)
            return
    context.add(metric, labels, found, Account.GENERIC)


def _claim(context: BindingContext, leaf: Leaf, kind: ValueKind) -> None:
    """Account for a leaf that is not exported."""
    if kind is ValueKind.PRIVATE:
        context.ignore(leaf, PRIVATE)
    else:
        context.claim(leaf, Account.GENERIC)


def _word(raw: Scalar) -> Sequence[Sample]:
    return () if value_kind("", raw) is ValueKind.NOTHING else [((kebab(str(raw)),), 1.0)]
