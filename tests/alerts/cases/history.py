"""Cases of ``lantime-history``: what the recording rules remember, for how long, and what they forget.

Samples are an hour apart.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from tests.alerts.cases.promtool import Test, targeted

HOUR = 3600
DAY = 24 * HOUR

PORT = 'slot="io1", ptp_instance="ptp1", port="port1"'


@dataclass(frozen=True, slots=True, kw_only=True)
class Remembered:
    """A record of when something was last good or usual: its series, and their values while good and while bad.

    ``others`` are series that must not be remembered.
    """

    record: str
    series: str
    good: float = 1
    bad: float | None = 0
    others: tuple[str, ...] = ()

    def tests(self) -> Iterator[Test]:
        """Yield the tests of the record."""
        usual = self.record.endswith("last_usual")
        before, after = ("_x5", "stale _x900") if self.bad is None else (f"{self.bad}x4", f"{self.bad}x900")
        # usual: good from hour 36 to 66, which is more than half of a day from hour 49 to 78
        values = f"{self.bad}x35 {self.good}x30 {after}" if usual else f"{before} {self.good}x5 {after}"
        last = 78 if usual else 10
        yield self._test(
            "what was good is remembered for 30 days",
            values,
            (
                self._count("1h", 0),
                self._count("46h" if usual else "4h", 0),
                self._count("51h" if usual else "5h", 1),
                self._count("84h" if usual else "11h", 1, f" >= {(last - 2) * HOUR} <= {(last + 1) * HOUR}"),
                self._count(f"{last + 29 * 24}h", 1),
                self._count(f"{last + 31 * 24}h", 0),
            ),
        )
        if usual:
            yield self._test("half of a day must be known", f"{self.good}x11", (self._count("11h", 0),))
        for other in self.others:
            yield self._test(f"not {other}", f"{self.good}x60", (self._count("60h", 0),), other)

    def _test(self, says: str, values: str, checks: tuple[Test, ...], series: str = "") -> Test:
        return {
            "name": f"{self.record}: {says}",
            "interval": "1h",
            "input_series": [{"series": targeted(series or self.series), "values": values}],
            "promql_expr_test": list(checks),
        }

    def _count(self, time: str, expected: int, compared: str = "") -> Test:
        samples = [{"labels": "{}", "value": expected}] if expected else []
        return {"expr": f"count({self.record}{compared})", "eval_time": time, "exp_samples": samples}


def day(record: str, series: str, values: str, *expected: tuple[str, float | None]) -> tuple[str, Test]:
    """Return a test of a record of a figure of the last day: its value at some times, None for none."""
    return record, {
        "name": f"{record}: the last day",
        "interval": "1h",
        "input_series": [{"series": targeted(each), "values": values} for each in (series, "lantime_up")],
        "promql_expr_test": [
            {
                "expr": f"max({record})",
                "eval_time": time,
                "exp_samples": [] if value is None else [{"labels": "{}", "value": value}],
            }
            for time, value in expected
        ],
    }


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


def _levels(says: str, first: str, second: str, *checks: tuple[str, int], direction: str = "in") -> tuple[str, Test]:
    """Return a test of two quality levels that a port receives; ``checks`` count the usual ones."""
    return LEVEL, {
        "name": f"{LEVEL}: {says}",
        "interval": "1h",
        "input_series": [
            {
                "series": targeted(f'lantime_synce_quality_level{{{PORT}, direction="{direction}", state="{state}"}}'),
                "values": values,
            }
            for state, values in (("ql-prc", first), ("ql-ssu-b", second))
        ],
        "promql_expr_test": [
            {
                "expr": f'count({LEVEL}{{state="ql-prc"}})',
                "eval_time": time,
                "exp_samples": [{"labels": "{}", "value": 1}] if expected else [],
            }
            for time, expected in checks
        ],
    }


LEVELS = (
    _levels(
        "levels that are absent are 0",
        "0x35 1x30 0x900",
        "1x35 0x30 1x900",
        *(("46h", 0), ("51h", 1), (f"{78 + 29 * 24}h", 1), (f"{78 + 31 * 24}h", 0)),
    ),
    _levels(
        "levels that are absent are not there",
        "_x36 1x30 stale _x900",
        "1x35 stale _x30 1x900",
        *(("46h", 0), ("52h", 1), (f"{66 + 29 * 24}h", 1), (f"{78 + 31 * 24}h", 0)),
    ),
    _levels("a level of ten hours of a day", "0x35 1x9 0x90", "1x35 0x9 1x90", ("60h", 0), ("90h", 0)),
    _levels("half of a day must be known", "1x11", "0x11", ("11h", 0)),
    _levels("a level that the card sends", "1x60", "0x60", ("60h", 0), direction="out"),
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
            "10x10 20x60",
            *(("20h", None), ("30h", 10), ("37h", 20)),
        )
        for axis in ("latitude", "longitude")
    ),
)


def history() -> dict[str, list[Test]]:
    """Return the tests of each recording rule by what it records."""
    found = {each.record: list(each.tests()) for each in REMEMBERED}
    for record, test in (*LEVELS, *DAYS):
        found.setdefault(record, []).append(test)
    return found
