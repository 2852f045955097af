"""The generic layer exports leaves that no collector claims, with their path, or omits them for a stated reason."""

from collections.abc import Sequence
from functools import partial

from lantime_exporter.config.settings import Module
from lantime_exporter.document import values
from lantime_exporter.document.enumeration import kebab
from lantime_exporter.document.parse import CHASSIS, SECTIONS
from lantime_exporter.document.shape import Scalar
from lantime_exporter.document.tree import Leaf, Node
from lantime_exporter.document.values import number
from lantime_exporter.exposition.metric import Metric, gauge
from lantime_exporter.mapping.binding import Found, Sample
from lantime_exporter.mapping.binding_context import BindingContext
from lantime_exporter.mapping.finders import Slot, slots
from lantime_exporter.mapping.result import Account
from lantime_exporter.mapping.value_kind import EXPORTED, ValueKind, value_kind

NAME = "generic"

MODULE = ("slot", "model", "path")

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
    for node in context.root.descendants():
        if node.is_list:
            for _, element in node.nodes():
                context.ignore(element.children.get("object-id"), "names the element it stands in")
    for slot in slots(context):
        _module(context, settings, slot)
    for name, part in context.data.items():
        _rest(context, settings, part, known=name in SECTIONS - GUESSED or CHASSIS.fullmatch(name) is not None)
    for name, part in context.root.items():
        if name != "data":
            _rest(context, settings, part, known=True)


def _module(context: BindingContext, settings: Module, slot: Slot) -> None:
    room = settings.generic_series_per_slot
    for leaf in context.free(slot.module):
        kind = value_kind(key_of(leaf), leaf.value)
        if not settings.generic_modules:
            _claim(context, leaf, kind)
        elif kind in EXPORTED and not room:
            context.claim(leaf, Account.GENERIC)
            context.dropped[slot.name] += 1
        else:
            room -= kind in EXPORTED
            labels = (slot.name, slot.model, "/".join(leaf.path[len(slot.module.path) :]))
            _take(context, leaf, labels, (VALUE, FLAG, STATE))


def _rest(context: BindingContext, settings: Module, part: Node | Leaf, *, known: bool) -> None:
    for leaf in context.free(part):
        if settings.generic_status:
            path = "/".join(leaf.path[1:] if leaf.path[0] == "data" else leaf.path)
            _take(context, leaf, (path,), (STATUS_VALUE, STATUS_FLAG, STATUS_STATE))
        elif not known:
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
        context.claim(leaf, Account.IGNORED, PRIVATE)
    else:
        context.claim(leaf, Account.GENERIC)


def _word(raw: Scalar) -> Sequence[Sample]:
    return () if value_kind("", raw) is ValueKind.NOTHING else [((kebab(str(raw)),), 1.0)]
