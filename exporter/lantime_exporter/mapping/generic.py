"""The generic layer exports leaves that no collector claims, with their path, or omits them for a stated reason."""

from collections.abc import Sequence
from dataclasses import dataclass

from lantime_exporter.document import values
from lantime_exporter.document.enumeration import kebab
from lantime_exporter.document.parse import CHASSIS, SECTIONS
from lantime_exporter.document.shape import Scalar
from lantime_exporter.document.tree import Leaf, Node
from lantime_exporter.document.values import number
from lantime_exporter.exposition.metric import Grade, Metric, gauge
from lantime_exporter.mapping.binding import Binding, Sample
from lantime_exporter.mapping.binding_context import BindingContext
from lantime_exporter.mapping.finders import Slot, slots
from lantime_exporter.mapping.result import Account
from lantime_exporter.mapping.value_kind import EXPORTED, ValueKind, says_nothing, value_kind

NAME = "generic"

MODULE = ("slot", "model", "path")
VALUE = gauge(
    "lantime_module_value",
    "Number that no collector handles, in the unit of the device. path is the REST path below the slot's module.",
    *MODULE,
    grade=Grade.D,
)
FLAG = gauge(
    "lantime_module_flag",
    "Boolean that no collector handles, 1 if true. path is the REST path below the slot's module.",
    *MODULE,
    grade=Grade.D,
)
STATE = gauge(
    "lantime_module_state",
    "State that no collector handles; the current one is 1. path is the REST path below the slot's module.",
    *MODULE,
    "state",
    grade=Grade.D,
)
STATUS_VALUE = gauge(
    "lantime_status_value",
    "Number outside the modules that no collector handles. path is the REST path below /api/status.",
    "path",
    grade=Grade.D,
)
STATUS_FLAG = gauge(
    "lantime_status_flag",
    "Boolean outside the modules that no collector handles, 1 if true. path is the REST path below /api/status.",
    "path",
    grade=Grade.D,
)
STATUS_STATE = gauge(
    "lantime_status_state",
    "State outside the modules that no collector handles; the current one is 1. path is the REST path below "
    "/api/status.",
    "path",
    "state",
    grade=Grade.D,
)


def key_of(leaf: Leaf) -> str:
    """Return the key that describes a leaf: its own, or for an element of a list that of the list."""
    return next((part for part in reversed(leaf.path) if not part.isdigit()), leaf.path[-1])


GUESSED = frozenset({"ptp"})
"""Sections that were never seen on a device: nothing is known about their unrecognised values."""

PRIVATE = "an identifier, address, time or free text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Generic:
    """The settings of the layer."""

    modules: bool = True
    status: bool = False
    series_per_slot: int = 500

    def collect(self, context: BindingContext) -> None:
        """Account for every unclaimed leaf, and export it unless it is omitted."""
        context.collector = NAME
        for node in context.root.descendants():
            if node.is_list:
                for _, element in node.nodes():
                    context.ignore(element.children.get("object-id"), "names the element it stands in")
        for slot in slots(context):
            self._module(context, slot)
        for name, part in context.data.items():
            known = name in SECTIONS - GUESSED or CHASSIS.fullmatch(name) is not None
            self._rest(context, part, known=known)
        for name, part in context.root.items():
            if name != "data":
                self._rest(context, part, known=True)

    def _module(self, context: BindingContext, slot: Slot) -> None:
        count = 0
        for leaf in list(context.free(slot.module)):
            kind = value_kind(key_of(leaf), leaf.value)
            if not self.modules:
                _claim(context, leaf, kind)
                continue
            count += kind in EXPORTED
            if kind in EXPORTED and count > self.series_per_slot:
                context.claim(leaf, Account.GENERIC)
                context.dropped[slot.name] += 1
                continue
            labels = (slot.name, slot.model, "/".join(leaf.path[len(slot.module.path) :]))
            _take(context, leaf, labels, (VALUE, FLAG, STATE))

    def _rest(self, context: BindingContext, part: Node | Leaf, *, known: bool) -> None:
        for leaf in [leaf for leaf in ([part] if isinstance(part, Leaf) else part.leaves()) if context.is_free(leaf)]:
            if self.status:
                path = "/".join(leaf.path[1:] if leaf.path[0] == "data" else leaf.path)
                _take(context, leaf, (path,), (STATUS_VALUE, STATUS_FLAG, STATUS_STATE))
            elif not known:
                _claim(context, leaf, value_kind(key_of(leaf), leaf.value))


def _take(context: BindingContext, leaf: Leaf, labels: tuple[str, ...], metrics: tuple[Metric, Metric, Metric]) -> None:
    """Account for a leaf and export it according to its current kind."""
    value, flag, state = metrics
    match context.guard_kind(leaf, key_of(leaf)):
        case ValueKind.NUMBER:
            binding = Binding(value, labels, (leaf,), number)
        case ValueKind.FLAG:
            binding = Binding(flag, labels, (leaf,), values.flag)
        case ValueKind.WORD:
            binding = Binding(state, labels, (leaf,), _word, many=True)
        case kind:
            _claim(context, leaf, kind)
            return
    context.add(binding, Account.GENERIC)


def _claim(context: BindingContext, leaf: Leaf, kind: ValueKind) -> None:
    """Account for a leaf that is not exported."""
    if kind is ValueKind.PRIVATE:
        context.claim(leaf, Account.IGNORED, PRIVATE)
    else:
        context.claim(leaf, Account.GENERIC)


def _word(raw: Scalar) -> Sequence[Sample]:
    return () if says_nothing(raw) else [((kebab(str(raw)),), 1.0)]
