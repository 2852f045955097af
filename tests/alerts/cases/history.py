"""Cases of ``lantime-history``: what the recording rules remember, and for how long.

Samples are an hour apart. Most tests evaluate the rules every 6 hours. Others evaluate them every 6 or 8 days, like a
Prometheus that was down for so long.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from tests.alerts.cases.promtool import Test, targeted

HOUR = 3600

PORT = 'slot="io1", ptp_instance="ptp1", port="port1"'


@dataclass(frozen=True, slots=True, kw_only=True)
class Remembered:
    """A record of when a value was last good or usual: its series, and their values while good and while bad.

    ``others`` are series that must not be remembered.
    """

    record: str
    series: str
    good: float = 1
    bad: float | None = 0
    others: tuple[str, ...] = ()

    @property
    def is_usual(self) -> bool:
        return self.record.endswith("last_usual")

    def tests(self) -> Iterator[tuple[str, Test]]:
        """Yield the tests of the record, each with the interval of evaluation."""
        # usual: good for more than half of a day from hour 48 to 72
        first, last = (48, 72) if self.is_usual else (6, 6)
        since, until = (36, 65) if self.is_usual else (5, 10)
        values = self._values((self.bad, since), (self.good, until - since + 1), (self.bad, 900))
        yield PACE, self._test("what was good is remembered for 30 days", values, first, last)
        if self.is_usual:
            yield PACE, self._absent("half of a day must be known", self.series, f"{self.good}x11", "6h")
        for other in self.others:
            yield PACE, self._absent(f"not {other}", other, f"{self.good}x60", "54h")
        if not self.is_usual:
            yield "8m", self._moment("two good moments between two evaluations", 5, f"{self.record} == {5 * 60 + 15}")
            yield "8m", self._moment("the last evaluation has seen that", 2, None)
        for days in (6, 8):
            hours = days * 24
            values = self._values((self.bad, hours - 23), (self.good, 24), (self.bad, 24 * 20))
            yield (
                f"{hours}h",
                remembered(
                    f"{self.record}: Prometheus is down for {days} days",
                    {self.series: values},
                    *(
                        (f"count({self.record})", f"{time * hours}h", expected)
                        for time, expected in ((1, True), (2, days < 7))
                    ),
                ),
            )

    def _values(self, *runs: tuple[float | None, int]) -> str:
        """Return values, each for so many samples."""
        return " ".join(
            f"{'stale' if place else '_'} _x{length - 1}" if value is None else f"{value}x{length - 1}"
            for place, (value, length) in enumerate(runs)
        )

    def _test(self, says: str, values: str, first: int, last: int) -> Test:
        """Return a test that the record begins at the hour ``first`` and then holds the hour ``last`` for 30 days."""
        when = f"count({self.record} == {last * HOUR})"
        return remembered(
            f"{self.record}: {says}",
            {self.series: values},
            (f"count({self.record})", f"{first - 6}h", False),
            (f"count({self.record})", f"{first}h", True),
            *((when, f"{last + hours}h", hours < 720) for hours in (6, 714, 720)),
        )

    def _moment(self, says: str, minute: int, expr: str | None) -> Test:
        """Return a test of two samples of health, 15 s apart, and of what is recorded 8 minutes after the start."""
        return remembered(
            f"{self.record}: {says}",
            {self.series: self._values((self.bad, minute * 4), (self.good, 2), (self.bad, 60))},
            (f"count({expr or self.record})", "8m", expr is not None),
            step="15s",
        )

    def _absent(self, says: str, series: str, values: str, time: str) -> Test:
        return remembered(f"{self.record}: {says}", {series: values}, (f"count({self.record})", time, False))


PACE = "6h"


def remembered(name: str, series: Mapping[str, str], *checks: tuple[str, str, bool], step: str = "1h") -> Test:
    """Return a test of expressions at some times, each of which returns one series or none."""
    return {
        "name": name,
        "interval": step,
        "input_series": [{"series": targeted(each), "values": values} for each, values in series.items()],
        "promql_expr_test": [
            {"expr": expr, "eval_time": time, "exp_samples": [{"labels": "{}", "value": 1}] if found else []}
            for expr, time, found in checks
        ],
    }


def day(
    record: str, series: str, values: str, *expected: tuple[str, float | None], step: str = "1h"
) -> tuple[str, str, Test]:
    """Return a test of a record of a figure of the last day: its value at some times, None for none."""
    return (
        record,
        "1h",
        {
            "name": f"{record}: the last day",
            "interval": step,
            "input_series": [{"series": targeted(each), "values": values} for each in (series, "lantime_up")],
            "promql_expr_test": [
                {
                    "expr": f"max({record})",
                    "eval_time": time,
                    "exp_samples": [] if value is None else [{"labels": "{}", "value": value}],
                }
                for time, value in expected
            ],
        },
    )


REMEMBERED = (
    Remembered(record="instance_slot:lantime_power_supply_ok:last_good", series='lantime_power_supply_ok{slot="pwr2"}'),
    Remembered(
        record="instance_slot_supply:lantime_xhe_power_supply_ok:last_good",
        series='lantime_xhe_power_supply_ok{slot="clk1", supply="psu1"}',
    ),
    Remembered(
        record="instance_slot:lantime_slot_occupied:last_good",
        series='lantime_slot_occupied{slot="io1", type="io"}',
        others=('lantime_slot_occupied{slot="pwr1", type="pwr"}',),
    ),
    Remembered(
        record="instance_slot_input:lantime_input_signal_present:last_good",
        series='lantime_input_signal_present{slot="mri1", input="1"}',
    ),
    Remembered(
        record="instance_slot_output:lantime_output_enabled:last_good",
        series='lantime_output_enabled{slot="io1", output="1"}',
    ),
    Remembered(
        record="instance_slot_priority:lantime_reference_source_state:last_good",
        series='lantime_reference_source_state{slot="clk1", priority="1", type="ptp", state="no-signal"}',
        good=0,
        bad=1,
        others=('lantime_reference_source_state{slot="clk1", priority="1", type="ptp", state="ok"}',),
    ),
    Remembered(record="instance_port:lantime_network_up:last_good", series='lantime_network_up{port="lan0"}'),
    Remembered(
        record="instance_service:lantime_service_running:last_good",
        series='lantime_service_running{service="ntp"}',
        others=('lantime_service_running{service="ftp"}',),
    ),
    Remembered(
        record="instance_service:lantime_service_running:last_usual",
        series='lantime_service_running{service="snmp"}',
        others=('lantime_service_running{service="ntp"}',),
    ),
    Remembered(record="instance:lantime_synchronized:last_good", series="lantime_synchronized", bad=None),
    Remembered(record="instance:lantime_ntp_stratum:last_good", series="lantime_ntp_stratum", bad=None),
    Remembered(
        record="instance_slot_ptp:lantime_ptp_stack_running:last_good",
        series='lantime_ptp_stack_running{slot="io1", ptp_instance="ptp1"}',
    ),
    Remembered(record="instance_slot_ptp_port:lantime_ptp_link_up:last_good", series=f"lantime_ptp_link_up{{{PORT}}}"),
    Remembered(
        record="instance_slot_ptp_port:lantime_ptp_port_state:last_usual",
        series=f'lantime_ptp_port_state{{{PORT}, state="master"}}',
        others=(f'lantime_ptp_port_state{{{PORT}, state="listening"}}',),
    ),
    Remembered(
        record="instance_slot_ptp:lantime_ptp_clients:last_usual",
        series='lantime_ptp_clients{slot="io1", ptp_instance="ptp1"}',
    ),
    Remembered(
        record="instance_slot_gnss:lantime_gnss_satellites:last_usual",
        series='lantime_gnss_satellites{slot="clk1", gnss="gps", use="used"}',
        others=('lantime_gnss_satellites{slot="clk1", gnss="gps", use="in-view"}',),
    ),
    Remembered(
        record="instance_mountpoint:lantime_filesystem_avail_bytes:last_good",
        series='lantime_filesystem_avail_bytes{mountpoint="/data"}',
    ),
)

LEVEL = "instance_slot_ptp_port:lantime_synce_quality_level:last_usual"


def _levels(
    says: str, first: str, second: str, *checks: tuple[str, bool], direction: str = "in", pace: str = PACE
) -> tuple[str, str, Test]:
    """Return a test of two received quality levels; ``checks`` are times at which the first is usual."""
    series = {
        f'lantime_synce_quality_level{{{PORT}, direction="{direction}", state="{state}"}}': values
        for state, values in (("ql-prc", first), ("ql-ssu-b", second))
    }
    count = f'count({LEVEL}{{state="ql-prc"}})'
    return LEVEL, pace, remembered(f"{LEVEL}: {says}", series, *((count, time, usual) for time, usual in checks))


LEVELS = (
    _levels(
        "levels that are absent are 0",
        "0x35 1x29 0x900",
        "1x35 0x29 1x900",
        *(("42h", False), ("48h", True), (f"{72 + 714}h", True), (f"{72 + 720}h", False)),
    ),
    _levels(
        "levels that are absent are not there",
        "_x36 1x29 stale _x900",
        "1x35 stale _x29 1x900",
        *(("42h", False), ("48h", True), (f"{60 + 714}h", True), (f"{72 + 720}h", False)),
    ),
    _levels("a level of ten hours of a day", "0x35 1x9 0x90", "1x35 0x9 1x90", ("60h", False), ("90h", False)),
    _levels("half of a day must be known", "1x11", "0x11", ("6h", False)),
    _levels("a level that the card sends", "1x60", "0x60", ("60h", False), direction="out"),
    *(
        _levels(
            f"Prometheus is down for {days} days",
            f"0x{days * 24 - 24} 1x23 0x{24 * 20}",
            f"1x{days * 24 - 24} 0x23 1x{24 * 20}",
            *((f"{days * 24}h", True), (f"{days * 48}h", days < 7)),
            pace=f"{days * 24}h",
        )
        for days in (6, 8)
    ),
)

SEEN = "instance:lantime_up:last_seen"

KEPT = ((f"count({SEEN})", "12h", True), (f"count({SEEN})", "24h", True), (f"count({SEEN})", "30h", False))

TARGETS = (
    *(
        (SEEN, pace, remembered(f"{SEEN}: {says}", {"lantime_up": values}, *checks))
        for pace, says, values, checks in (
            (PACE, "a device that is removed is remembered for a day", "_x4 1x5 stale _x60", KEPT),
            (PACE, "a device that does not answer is seen", "_x4 0x5 stale _x60", KEPT),
            ("18h", "Prometheus is down for 18 hours", "1x18 stale _x60", ((f"count({SEEN})", "36h", True),)),
        )
    ),
    *(
        (SEEN, "8m", remembered(f"{SEEN}: probed at minute {minute}", {"lantime_up": values}, check, step="15s"))
        for minute, values, check in (
            (5, "_x20 1x1 stale _x60", (f"count({SEEN} == {5 * 60 + 15})", "8m", True)),
            (2, "_x8 1x1 stale _x60", (f"count({SEEN})", "8m", False)),
        )
    ),
)

DAYS = (
    day(
        "instance:lantime_syncteam_members_online:max1d",
        "lantime_syncteam_members_online",
        "3x10 2x60",
        *(("1h", 3), ("30h", 3), ("36h", 2)),
    ),
    day(
        "instance:scrape_samples_post_metric_relabeling:max1d",
        "scrape_samples_post_metric_relabeling",
        "2000x10 1500x60",
        *(("1h", 2000), ("30h", 2000), ("36h", 1500)),
    ),
    *(
        day(
            f"instance_slot:lantime_position_{axis}_degrees:day_ago",
            f'lantime_position_{axis}_degrees{{slot="clk1"}}',
            "0x83 20 10 10 10 30 30 30 0x200",
            *(("14h", None), ("37h", 0), ("39h", 20), ("41h", 0)),
            step="10m",
        )
        for axis in ("latitude", "longitude")
    ),
)


def history(record: str) -> dict[str, list[Test]]:
    """Return the tests of a recording rule by their interval of evaluation."""
    found: dict[str, list[Test]] = {}
    own = chain.from_iterable(each.tests() for each in REMEMBERED if each.record == record)
    others = ((pace, test) for name, pace, test in (*LEVELS, *TARGETS, *DAYS) if name == record)
    for pace, test in (*own, *others):
        found.setdefault(pace, []).append(test)
    return found
