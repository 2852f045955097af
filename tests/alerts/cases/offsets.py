"""Cases of alerts about offsets: each limit on each side of zero, for each profile.

Samples are 30 seconds apart, so that a window of 2 minutes differs from one of half or twice its length.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from tests.alerts.alerts_rules import ALERTS, Severity, seconds
from tests.alerts.cases.definition import Case, Episode, Values
from tests.alerts.cases.promtool import LASTS

STEP = 0.5

LINGERS = 3
"""Samples for which a window of 2 minutes still contains a past offset; from Prometheus 3.0 on its edge is open."""

WARNING, CRITICAL = Severity.WARNING, Severity.CRITICAL


@dataclass(frozen=True, slots=True, kw_only=True)
class Offset:
    """A series of offsets, and its limits in seconds and as text by profile and severity.

    ``texts`` are the descriptions with placeholders for the offset and the limit; ``beside`` are the series that the
    alert needs.
    """

    alert: str
    series: str
    labels: Mapping[str, str]
    texts: Mapping[Severity, str]
    limits: Mapping[str, Mapping[Severity, tuple[float, str]]]
    beside: Mapping[str, Values] = field(default_factory=dict)

    def cases(self) -> Iterator[Case]:
        """Yield an episode 10% beyond each limit on each side, and one that oscillates around zero."""
        for profile, levels in self.limits.items():
            for severity, (limit, _) in levels.items():
                for side in (1, -1):
                    yield self._episode(
                        f"{limit:g} s is exceeded, {'ahead' if side > 0 else 'behind'}",
                        (side * 0.9 * limit, side * 1.1 * limit),
                        severity,
                        side * 1.1 * limit,
                        profile,
                    )
        severity = CRITICAL if CRITICAL in self.limits[""] else WARNING
        limit, _ = self.limits[""][severity]
        yield self._episode("the offset swings around zero", self._swing(2 * limit, severity), severity, 2 * limit, "")

    def _swing(self, peak: float, severity: Severity) -> str:
        """Return an offset that crosses zero every minute, for a whole episode."""
        hold = next(alert.hold for alert in ALERTS if alert.name == self.alert and alert.severity is severity)
        length = round(seconds(hold) / 60 / STEP) + LASTS
        values = [str(value) for value in (peak, 0, -peak, 0) * length][:length]
        return " ".join(["0x9", *values, "0x60"])

    def _episode(self, says: str, values: Values, severity: Severity, offset: float, profile: str) -> Case:
        levels = self.limits[profile]
        texts = {level: self.texts[level].format(duration(offset), levels[level][1]) for level in levels}
        return Episode(
            alert=self.alert,
            severity=severity,
            says=says,
            series={**self.beside, self.series: values},
            labels=self.labels,
            description=texts[severity],
            also={WARNING: texts[WARNING]} if severity is CRITICAL else {},
            lingers=LINGERS,
            step=STEP,
            profile=profile,
        )


def duration(offset: float) -> str:
    """Return a time below a second in the format of Prometheus' humanizeDuration."""
    for unit, factor in (("ms", 1e3), ("us", 1e6), ("ns", 1e9)):
        if abs(offset) * factor >= 1:
            return f"{offset * factor:.4g}{unit}"
    raise ValueError(f"{offset}: below a nanosecond")


FINE = {WARNING: (1e-7, "100ns"), CRITICAL: (1e-6, "1us")}
COARSE = {WARNING: (1e-4, "100us"), CRITICAL: (1e-3, "1ms")}

PTP = 'slot="io1", ptp_instance="ptp1"'

OFFSETS = (
    Offset(
        alert="LantimePtpOffsetHigh",
        series=f"lantime_ptp_offset_from_master_seconds{{{PTP}}}",
        labels={"slot": "io1", "ptp_instance": "ptp1"},
        texts={
            WARNING: "lt1: PTP io1/ptp1 is {} from its master (limit {}).",
            CRITICAL: "lt1: PTP io1/ptp1 has wrong time: it is {} from its master (limit {}).",
        },
        limits={"": FINE, "ntp": COARSE},
    ),
    Offset(
        alert="LantimeNtpOffsetHigh",
        series='lantime_ntp_association_offset_seconds{association="ref_1"}',
        labels={"association": "ref_1"},
        texts={
            WARNING: "lt1: NTP is {} from its source ref_1 (limit {}).",
            CRITICAL: "lt1: NTP gives wrong time: it is {} from its source ref_1 (limit {}).",
        },
        limits={"": COARSE},
        beside={'lantime_ntp_association_selection{association="ref_1", state="pps-peer"}': 1},
    ),
    Offset(
        alert="LantimeClocksDisagree",
        series='lantime_clock_difference_seconds{slot="scu1"}',
        labels={"slot": "scu1"},
        texts={
            WARNING: "lt1: scu1 reports that the two clocks differ by {} (limit {}).",
            CRITICAL: "lt1: scu1 reports that one of the two clocks is wrong: they differ by {} (limit {}).",
        },
        limits={"": {**FINE, WARNING: (2e-7, "200ns")}, "ntp": COARSE},
    ),
    Offset(
        alert="LantimeReferenceOffsetHigh",
        series='lantime_reference_source_offset_seconds{slot="clk1", priority="1", type="ptp"}',
        labels={"slot": "clk1", "priority": "1", "type": "ptp"},
        texts={WARNING: "lt1: source ptp (priority 1) of clk1 is {} from the clock (limit {})."},
        limits={"": {WARNING: (1e-6, "1us")}, "ntp": {WARNING: (1e-4, "100us")}},
        beside={"lantime_uptime_seconds": 1900},
    ),
)

CASES: tuple[Case, ...] = tuple(case for offset in OFFSETS for case in offset.cases())
