"""The generic layer: what no collector claims is exported under its REST path, or left out for a stated reason."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from lantime_exporter.document.enumeration import kebab
from lantime_exporter.document.parse import CHASSIS, SECTIONS
from lantime_exporter.document.shape import Scalar
from lantime_exporter.document.tree import Leaf, Node
from lantime_exporter.document.values import Linear, number
from lantime_exporter.exposition.metric import Grade, Metric, gauge
from lantime_exporter.mapping.binding import Binding, Sample
from lantime_exporter.mapping.binding_context import Account, BindingContext, ShapeChanged
from lantime_exporter.mapping.finders import Slot, slots
from lantime_exporter.mapping.value_kind import EXPORTED, ValueKind, value_kind

NAME = "generic"

MODULE = ("slot", "model", "path")
VALUE = gauge(
    "lantime_module_value",
    "A number that no collector claims, in the unit the device uses. path is the REST path below the slot's module.",
    *MODULE,
    grade=Grade.D,
)
FLAG = gauge(
    "lantime_module_flag",
    "A boolean that no collector claims, 1 for true. path is the REST path below the slot's module.",
    *MODULE,
    grade=Grade.D,
)
STATE = gauge(
    "lantime_module_state",
    "A state word that no collector claims, 1 for the present one. path is the REST path below the slot's module.",
    *MODULE,
    "state",
    grade=Grade.D,
)
STATUS_VALUE = gauge(
    "lantime_status_value",
    "A number outside the modules that no collector claims. path is the REST path below /api/status.",
    "path",
    grade=Grade.D,
)
STATUS_FLAG = gauge(
    "lantime_status_flag",
    "A boolean outside the modules that no collector claims, 1 for true. path is the REST path below /api/status.",
    "path",
    grade=Grade.D,
)
STATUS_STATE = gauge(
    "lantime_status_state",
    "A state word outside the modules that no collector claims, 1 for the present one. path is the REST path below "
    "/api/status.",
    "path",
    "state",
    grade=Grade.D,
)


def key_of(leaf: Leaf) -> str:
    """Return the key that says what a leaf is: its own, or for an element of a list that of the list."""
    return next((part for part in reversed(leaf.path) if not part.isdigit()), leaf.path[-1])


GUESSED = frozenset({"ptp"})
"""Sections that no device was seen to have: what stands in them beside what is recognised is as new as the section."""

PRIVATE = "an identifier, address, time or free text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Generic:
    """The settings of the layer."""

    modules: bool = True
    status: bool = False
    series_per_slot: int = 500

    def collect(self, context: BindingContext) -> None:
        """Account for every leaf that is still free, and read those that are to be exported."""
        context.collector = NAME
        for node in context.root.descendants():
            for leaf in node.names:
                context.guards[leaf.index] = leaf
                context.ignore(leaf, "names the element it stands in")
        for slot in slots(context):
            if slot.module is not None:
                self._module(context, slot, slot.module)
        for name, part in context.data.items():
            known = name in SECTIONS - GUESSED or CHASSIS.fullmatch(name) is not None
            self._rest(context, part, known=known)
        for name, part in context.root.items():
            if name != "data":
                self._rest(context, part, known=True)

    def _module(self, context: BindingContext, slot: Slot, module: Node) -> None:
        count = 0
        for leaf in list(context.free(module)):
            kind = value_kind(key_of(leaf), leaf.value)
            if self.modules and kind in EXPORTED:
                count += 1
                if count > self.series_per_slot:
                    context.claim(leaf, Account.GENERIC)
                    context.dropped[slot.name] += 1
                    continue
            labels = (slot.name, slot.model, "/".join(leaf.path[len(module.path) :]))
            _take(context, leaf, kind, labels, (VALUE, FLAG, STATE), read=self.modules)

    def _rest(self, context: BindingContext, part: Node | Leaf, *, known: bool) -> None:
        leaves = [leaf for leaf in ([part] if isinstance(part, Leaf) else part.leaves()) if context.is_free(leaf)]
        for leaf in leaves:
            kind = value_kind(key_of(leaf), leaf.value)
            if self.status or not known:
                path = "/".join(leaf.path[1:] if leaf.path[0] == "data" else leaf.path)
                _take(context, leaf, kind, (path,), (STATUS_VALUE, STATUS_FLAG, STATUS_STATE), read=self.status)


def _take(
    context: BindingContext,
    leaf: Leaf,
    kind: ValueKind,
    labels: tuple[str, ...],
    metrics: tuple[Metric, Metric, Metric],
    *,
    read: bool,
) -> None:
    account = Account.IGNORED if kind is ValueKind.PRIVATE else Account.GENERIC
    if read:
        context.add(_reading(leaf, kind, labels, metrics), account)
    context.claim(leaf, account, PRIVATE if kind is ValueKind.PRIVATE else "")


def _reading(leaf: Leaf, kind: ValueKind, labels: tuple[str, ...], metrics: tuple[Metric, Metric, Metric]) -> Binding:
    """Return the binding that suits what the leaf is now; it asks for a new context once the leaf is something else."""
    value, flag, state = metrics
    key = key_of(leaf)
    if kind is ValueKind.NUMBER:
        return Binding(value, labels, (leaf,), partial(_number, key), linear=Linear())
    if kind is ValueKind.FLAG:
        return Binding(flag, labels, (leaf,), partial(_flag, key), is_cached=True)
    if kind is ValueKind.WORD:
        return Binding(state, labels, (leaf,), partial(_word, key), many=True, is_cached=True)
    return Binding(value, labels, (leaf,), partial(_nothing, key, kind), is_cached=True)


def _says(kind: ValueKind, key: str, raw: Scalar) -> bool:
    """Return whether the leaf says something. Raises ShapeChanged when it is no longer of its kind."""
    found = value_kind(key, raw)
    if found not in (kind, ValueKind.NOTHING):
        raise ShapeChanged
    return found is not ValueKind.NOTHING


def _number(key: str, raw: Scalar) -> float | None:
    return number(raw) if _says(ValueKind.NUMBER, key, raw) else None


def _flag(key: str, raw: Scalar) -> float | None:
    return float(bool(raw)) if _says(ValueKind.FLAG, key, raw) else None


def _word(key: str, raw: Scalar) -> Sequence[Sample]:
    return [((kebab(str(raw)),), 1.0)] if _says(ValueKind.WORD, key, raw) else ()


def _nothing(key: str, kind: ValueKind, raw: Scalar) -> None:
    _says(kind, key, raw)
