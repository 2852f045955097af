"""External rubidium oscillators (``chassis-xhe[]``).

Devices without a rubidium also have the block, with figures that look healthy. A value therefore counts only if its
``comstat`` is true.
"""

from lantime_exporter.document.enumeration import Enumeration
from lantime_exporter.document.values import number
from lantime_exporter.mapping.binding_context import once
from lantime_exporter.mapping.finders import each, flagged
from lantime_exporter.mapping.readers import each_value
from lantime_exporter.mapping.state_readers import flags, state_is
from lantime_exporter.mapping.table import Ignored, Row, RowGroup, Table, ignored

XHE = RowGroup("lantime_xhe", "slot")

EVERY = once(each("chassis-xhe", slot="object-id"))

PSU = Enumeration(("ok", "failed", "not-available"), spellings={"error": "failed", "faulty": "failed"})


def gated(comstat: str, *rows: Row | Ignored) -> tuple[Table, Table]:
    """Return the rows for a set flag, and for an unset one a row that ignores what they read."""
    communicated, silent = flagged(EVERY, comstat, otherwise=False)
    keys = [key for row in rows for key in (row.keys if isinstance(row, Ignored) else row.read.keys)]
    reason = ignored(*keys, because=f"not communicated: {comstat} is false")
    return Table("chassis-xhe[]", communicated, *rows), Table("chassis-xhe[]", silent, reason)


STATE, NO_STATE = gated(
    "xhe-info.comstat.xhe-type",
    XHE.state("state", "State of the external oscillator.", Enumeration(()), "xhe-info.status"),
    ignored("xhe-info.osc-type", because="a number with unknown meaning"),
)

REVISION, NO_REVISION = gated(
    "xhe-info.comstat.software-revision",
    XHE.info("info", "Firmware of the external oscillator.", revision="xhe-info.software-revision"),
)

IDENTIFIERS = Table(
    "chassis-xhe[]",
    EVERY,
    ignored("xhe-info.xhe-id", "xhe-info.rub-id", "xhe-info.features", because="identifiers"),
    ignored("xhe-info.comstat", because="whether identifiers were communicated"),
)

CONDITIONS, NO_CONDITIONS = gated(
    "xhe-sys-status.comstat.status",
    XHE.conditions(
        "condition", "Conditions of the external oscillator", flags(Enumeration(()), "xhe-sys-status.status")
    ),
)

TEMPERATURES, NO_TEMPERATURES = gated(
    "xhe-sys-status.comstat.temperature",
    XHE.gauge(
        "temperature_celsius",
        "Temperature in the external oscillator, in degrees Celsius.",
        each_value(number, "xhe-sys-status.temperature-sensors"),
        "sensor",
    ),
)

POWER, NO_POWER = gated(
    "xhe-psu-status.comstat.status",
    XHE.state("power_state", "Power of the external oscillator.", PSU, "xhe-psu-status.status"),
    XHE.gauge(
        "power_supply_ok",
        "1 if a supply of the external oscillator works.",
        each_value(state_is(PSU, "ok", no=("failed",)), "xhe-psu-status.psu-status"),
        "supply",
    ),
)

ALARMS, NO_ALARMS = gated(
    "xhe-psu-status.comstat.alarm-status",
    XHE.gauge(
        "alarm",
        "Alarms of the external oscillator's supply, each 1 while active.",
        flags(Enumeration(()), "xhe-psu-status.alarms"),
        "alarm",
    ),
)
