"""Compliance report: share of time within a bound."""

from tools.dashboards import colours, signals, states
from tools.dashboards.dashboard import Dashboard, PanelRow
from tools.dashboards.panel import Description
from tools.dashboards.panel_types import lines, timeline
from tools.dashboards.query import query
from tools.dashboards.table import Column, table, value

SHARE = ((None, colours.BAD), (0.99, colours.WARNING), (0.999, colours.GOOD))

BOUNDS = ("100 ns", "1 us", "100 us", "1 ms")


def share(title: str, record: str) -> Column:
    """Return the share of the whole time range, from recording rules evaluated every 15 seconds."""
    return value(title, signals.share_of_range(record), unit="percentunit", steps=SHARE, decimals=3)


REPORT = (
    table(
        "Share of the time within a bound",
        *(
            share(f"Within {bound}", f"instance:lantime_time_quality_seconds:within_{bound.replace(' ', '')}")
            for bound in BOUNDS
        ),
        share("Synchronized", "instance:lantime_synchronized:avg5m"),
        share("Reached", "instance:lantime_up:avg5m"),
        description=Description(
            "Share of the time range in which each device was known to be within the bound, by the time error that it"
            " states itself, checked every 15 seconds. Time without a response, and time before the device or the "
            "recording rules existed, counts as not within.",
            "100 % within the bound that your regulations require (MiFID II RTS 25: 100 us or 1 ms; G.8272: 100 ns).",
            "the state over time below shows the exceptions; select that time and open the device.",
            ("LantimeTimeQualityDegraded",),
        ),
        sort="Within 100 ns",
        height=10,
        empty="load alerts/lantime-compliance.yml into Prometheus",
    ),
    lines(
        "Time quality",
        query("lantime_time_quality_seconds", "{{instance}}"),
        unit="s",
        logarithmic=True,
        stepped=True,
        steps=(
            (None, colours.GOOD),
            (1e-7 * 1.01, colours.NEUTRAL),
            (1e-6 * 1.01, colours.NOTICE),
            (1e-4 * 1.01, colours.WARNING),
            (1e-3 * 1.01, colours.BAD),
        ),
        description=Description(
            "Bound of the time error that each device states, with the bounds of the report as dashed lines.",
            "below the bound that your regulations require.",
            "open the device at that time.",
            ("LantimeTimeQualityDegraded",),
        ),
        width=24,
        height=9,
    ),
    timeline(
        "Synchronization",
        query(states.SYNC.query("lantime_sync_state", "job, instance"), "{{instance}}"),
        states=states.SYNC,
        description=Description(
            "Synchronization of each device over the range of the report; gaps are times without a response.",
            "synchronized throughout.",
            "open the device at that time.",
            ("LantimeClockNotSynchronized", "LantimeHoldover"),
        ),
        height=9,
    ),
)

DASHBOARD = Dashboard(
    uid="lantime-compliance",
    title="LANTIME compliance report",
    description="For which share of the last 30 days was each device known to be within a bound?",
    rows=(PanelRow("", REPORT),),
    since="now-30d",
    refresh="1h",
)
