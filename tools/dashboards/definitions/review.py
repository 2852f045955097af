"""Weekly review: quality of the time, events, and trends."""

from tools.dashboards import colours, limits, signals
from tools.dashboards.dashboard import Dashboard, PanelRow
from tools.dashboards.panel import Description
from tools.dashboards.panel_types import heatmap, lines
from tools.dashboards.query import query
from tools.dashboards.table import table, value

WITHIN_LIMIT = "instance:lantime_time_quality_seconds:within_limit"

HOLDOVER = 'lantime_sync_state{state="holdover"}'

MASTER_SOURCE = 'lantime_reference_source_state{state="is-master"}'

REFERENCE_CHANGES = (
    f"sum by (job, instance) (changes({MASTER_SOURCE}[$__range])) / 2\n"
    "or count by (job, instance) (count_over_time(lantime_sync_reference_info[$__range])) - 1"
)
"""Changes of the reference of an MRS; for other devices, references in addition to the first one."""

LEAST_SIGNAL = (
    'min by (job, instance) (\n  min_over_time(lantime_gnss_carrier_to_noise_dbhz{statistic="median"}[$__range])\n)'
)

RULES = "load alerts/lantime-compliance.yml into Prometheus"

ACCURACY = (
    table(
        "Accuracy",
        value("Offset p50", f"quantile_over_time(0.5, {signals.WORST_OFFSET}[$__range])", unit="s"),
        value("Offset p99", f"quantile_over_time(0.99, {signals.WORST_OFFSET}[$__range])", unit="s"),
        value("Offset max", f"max_over_time({signals.WORST_OFFSET}[$__range])", unit="s"),
        value("Quality p50", "quantile_over_time(0.5, lantime_time_quality_seconds[$__range])", unit="s"),
        value("Quality p99", "quantile_over_time(0.99, lantime_time_quality_seconds[$__range])", unit="s"),
        value("Quality max", "max_over_time(lantime_time_quality_seconds[$__range])", unit="s"),
        value(
            "Out of spec.",
            f"(1 - ({signals.share_of_range(WITHIN_LIMIT)})) * $__range_s",
            unit="s",
            steps=((None, colours.GOOD), (60, colours.WARNING)),
            decimals=1,
        ),
        description=Description(
            "Median, 99th percentile and maximum of offset and time quality of each device. Offset is the maximum of "
            "each 5 minutes, to any reachable NTP source or PTP master. Out of spec. is the time in which the time "
            "quality was not known to be within the limit of the device (see the fleet overview).",
            "p99 near the median, nothing out of specification.",
            "a p99 far above the median means a device that is good most of the time: check its worst hour.",
            ("LantimeNtpOffsetHigh", "LantimePtpOffsetHigh", "LantimeTimeQualityDegraded"),
        ),
        sort="Out of spec.",
        descending=True,
        height=9,
        empty=RULES,
    ),
    table(
        "What happened",
        value("Holdovers", f"ceil(changes({HOLDOVER}[$__range]) / 2)", decimals=0),
        value(
            "Longest",
            f"max_over_time((\n  lantime_holdover_elapsed_seconds {signals.IN_HOLDOVER}\n)[$__range:5m])",
            unit="s",
            decimals=1,
        ),
        value("Reference changes", REFERENCE_CHANGES, decimals=0),
        value("Restarts", "resets(lantime_uptime_seconds[$__range])", decimals=0),
        value(
            "Least satellites",
            "min by (job, instance) (min_over_time(lantime_satellites_good[$__range]))",
            steps=limits.PTP.below("satellites"),
            decimals=0,
        ),
        value("Least C/N0", LEAST_SIGNAL, unit="suffix:dB-Hz", decimals=0),
        description=Description(
            "Number of holdovers and the longest one, changes of the reference, restarts, and the worst reception: "
            "the fewest good satellites of any receiver.",
            "no holdover, no change, no restart, 4 satellites or more at any time.",
            "few satellites at the same time every day: a part of the sky view is blocked.",
            ("LantimeHoldover", "LantimeReferenceChanged", "LantimeRebooted", "LantimeGnssFewSatellites"),
        ),
        sort="Holdovers",
        descending=True,
        height=9,
    ),
    heatmap(
        "PTP offsets from master",
        query(f"lantime_ptp_offset_from_master_seconds\n{signals.NO_MASTER}", "{{instance}} {{slot}} {{ptp_instance}}"),
        unit="s",
        description=Description(
            "Distribution of the offsets of all PTP slaves of the chosen devices.",
            "one narrow band around zero.",
            "two bands mean two routes; a band that widens by day means network load.",
            ("LantimePtpOffsetHigh",),
        ),
        empty="no PTP slave",
    ),
)

OSCILLATORS = (
    lines(
        "Oscillator control value",
        query("lantime_oscillator_dac_value", "{{instance}} {{slot}}"),
        unit="none",
        description=Description(
            "Control value of each oscillator, in DAC steps.",
            "follows the temperature, and changes slowly with age.",
            "a step without a change of temperature is a step of the reference; a drift to the limit means that the "
            "oscillator will fail.",
        ),
        height=10,
    ),
    lines(
        "Temperature of the clock modules",
        query(
            "max by (job, instance, slot) (lantime_module_temperature_celsius\n"
            "and on (job, instance, slot) lantime_oscillator_dac_value)",
            "{{instance}} {{slot}}",
        ),
        unit="celsius",
        description=Description(
            "Temperature of the modules whose oscillators are on the left.",
            "steady.",
            "temperature steps that the control value follows reduce the accuracy in holdover.",
            ("LantimeTemperatureHigh",),
        ),
        height=10,
    ),
)

DASHBOARD = Dashboard(
    uid="lantime-review",
    title="LANTIME weekly review",
    description="How good was the time of the last 7 days, and what is about to get worse?",
    rows=(PanelRow("", ACCURACY), PanelRow("Oscillators and temperature", OSCILLATORS)),
    since="now-7d",
    refresh="1h",
)
