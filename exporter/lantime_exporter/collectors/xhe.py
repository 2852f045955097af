"""External rubidium oscillators (``chassis-xhe[]``).

Devices without a rubidium also have the block, with figures that look healthy. A value therefore counts only if its
``comstat`` is true.
"""

from collections.abc import Iterator

from lantime_exporter.document.enumeration import Enumeration
from lantime_exporter.document.tree import Leaf, Node
from lantime_exporter.exposition.metric import MetricGroup
from lantime_exporter.mapping.binding_context import BindingContext
from lantime_exporter.mapping.finders import each, is_true, unless, when
from lantime_exporter.mapping.readers import Custom, Found, each_number, flags, info_labels, state
from lantime_exporter.mapping.table import Collector, Ignored, Row, Scope, Table, ignored

XHE = MetricGroup("lantime_xhe", "slot")

EVERY = each("chassis-xhe", slot="object-id")

PSU = Enumeration(("ok", "failed", "not-available"), spellings={"error": "failed", "faulty": "failed"})


def gated(comstat: str, keys: tuple[str, ...], *rows: Row | Ignored) -> tuple[Table, Table]:
    """Return the rows for a set flag, and for an unset one rows that ignore the keys."""

    def communicated(context: BindingContext, scope: Scope) -> bool:
        return is_true(context, scope.get(comstat), otherwise=False)

    return (
        Table("chassis-xhe[]", when(EVERY, communicated), rows),
        Table(
            "chassis-xhe[]",
            unless(EVERY, communicated),
            (ignored(*keys, because=f"not communicated: {comstat} is false"),),
        ),
    )


def supplies(context: BindingContext, scope: Scope) -> Iterator[Found]:
    """Yield every power supply."""
    node = scope.get("xhe-psu-status.psu-status")
    for name, leaf in node.items() if isinstance(node, Node) else ():
        if isinstance(leaf, Leaf):
            yield (name,), (leaf,), lambda raw: {"ok": 1.0, "failed": 0.0}.get(PSU.state(raw) or "")


COLLECTOR = Collector(
    "xhe",
    (
        *gated(
            "xhe-info.comstat.xhe-type",
            ("xhe-info.status", "xhe-info.osc-type"),
            Row(
                XHE.gauge("state", "State of the external oscillator.", "state"),
                state(Enumeration(()), "xhe-info.status"),
            ),
            ignored("xhe-info.osc-type", because="a number with unknown meaning"),
        ),
        *gated(
            "xhe-info.comstat.software-revision",
            ("xhe-info.software-revision",),
            Row(
                XHE.info("info", "Firmware of the external oscillator.", "revision"),
                info_labels(revision="xhe-info.software-revision"),
            ),
        ),
        Table(
            "chassis-xhe[]",
            EVERY,
            (
                ignored("xhe-info.xhe-id", "xhe-info.rub-id", "xhe-info.features", because="identifiers"),
                ignored("xhe-info.comstat", because="whether identifiers were communicated"),
            ),
        ),
        *gated(
            "xhe-sys-status.comstat.status",
            ("xhe-sys-status.status",),
            Row(
                XHE.gauge("condition", "Conditions of the external oscillator, each 1 while it applies.", "condition"),
                flags("xhe-sys-status.status"),
            ),
        ),
        *gated(
            "xhe-sys-status.comstat.temperature",
            ("xhe-sys-status.temperature-sensors",),
            Row(
                XHE.gauge(
                    "temperature_celsius", "Temperature in the external oscillator, in degrees Celsius.", "sensor"
                ),
                each_number("xhe-sys-status.temperature-sensors"),
            ),
        ),
        *gated(
            "xhe-psu-status.comstat.status",
            ("xhe-psu-status.status", "xhe-psu-status.psu-status"),
            Row(
                XHE.gauge("power_state", "Power of the external oscillator.", "state"),
                state(PSU, "xhe-psu-status.status"),
            ),
            Row(
                XHE.gauge("power_supply_ok", "1 if a supply of the external oscillator works.", "supply"),
                Custom(("xhe-psu-status.psu-status.psu1",), supplies, label_count=1),
            ),
        ),
        *gated(
            "xhe-psu-status.comstat.alarm-status",
            ("xhe-psu-status.alarms",),
            Row(
                XHE.gauge("alarm", "Alarms of the external oscillator's supply, each 1 while active.", "alarm"),
                flags("xhe-psu-status.alarms"),
            ),
        ),
    ),
)
