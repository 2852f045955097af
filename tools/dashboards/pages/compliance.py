"""Compliance report: for which share of the time was the time good enough."""

from tools.dashboards import states
from tools.dashboards.kinds import lines, timeline
from tools.dashboards.page import Page, Row
from tools.dashboards.panel import About
from tools.dashboards.query import ask
from tools.dashboards.table import Column, table, value

UID = "lantime-compliance"

STEP = "5m"
"""Resolution of the shares; a report over 30 days of 1,000 devices stays within Prometheus' limit of samples."""

SHARE = ((None, "red"), (0.99, "orange"), (0.999, "green"))

BOUNDS = (("100 ns", 100e-9), ("1 us", 1e-6), ("100 us", 100e-6), ("1 ms", 1e-3))


def within(title: str, seconds: float) -> Column:
    """Return the share of the whole time range in which the time quality was known and within a bound.

    Figures of devices carry rounding, hence a bound a millionth wider. Time without an answer counts as not within.
    """
    bound = f"{seconds * 1.000001:.9g}"
    expr = (
        f"sum_over_time((lantime_time_quality_seconds <= bool {bound})[$__range:{STEP}])\n"
        f"/ on () group_left () count_over_time(vector(1)[$__range:{STEP}])"
    )
    return value(f"Within {title}", expr, unit="percentunit", steps=SHARE, decimals=3)


REPORT = (
    table(
        "Share of the time within a bound",
        *(within(title, seconds) for title, seconds in BOUNDS),
        value(
            "Synchronized",
            f"sum_over_time(lantime_synchronized[$__range:{STEP}])\n"
            f"/ on () group_left () count_over_time(vector(1)[$__range:{STEP}])",
            unit="percentunit",
            steps=SHARE,
            decimals=3,
        ),
        value(
            "Reached",
            f"sum_over_time(lantime_up[$__range:{STEP}])\n"
            f"/ on () group_left () count_over_time(vector(1)[$__range:{STEP}])",
            unit="percentunit",
            steps=SHARE,
            decimals=3,
        ),
        about=About(
            "Share of the chosen time range in which each device was known to be within the bound, by the time error "
            "that it states itself. Time without an answer counts as not within, so the report is never too good; a "
            "device that was added within the range has its time before counted too.",
            "100 % within the bound that your rules ask for (MiFID II RTS 25: 100 us or 1 ms; G.8272: 100 ns).",
            "the state over time below shows when it was not; choose that time and open the device.",
            ("LantimeTimeQualityDegraded",),
        ),
        sort="Within 100 ns",
        height=10,
    ),
    lines(
        "Time quality",
        ask("lantime_time_quality_seconds", "{{instance}}"),
        unit="s",
        logarithmic=True,
        stepped=True,
        steps=(
            (None, "green"),
            (1e-7 * 1.01, "blue"),
            (1e-6 * 1.01, "yellow"),
            (1e-4 * 1.01, "orange"),
            (1e-3 * 1.01, "red"),
        ),
        about=About(
            "Bound of the time error that each device states, with the bounds of the report as dashed lines.",
            "below the bound that your rules ask for.",
            "open the device at that time.",
            ("LantimeTimeQualityDegraded",),
        ),
        width=24,
        height=9,
    ),
    timeline(
        "Synchronization",
        ask(states.SYNC.query("lantime_sync_state", "job, instance"), "{{instance}}"),
        states=states.SYNC,
        about=About(
            "Synchronization of each device over the range of the report; gaps are times without an answer.",
            "synchronized throughout.",
            "open the device at that time.",
            ("LantimeClockNotSynchronized", "LantimeHoldover"),
        ),
        height=9,
    ),
)

PAGE = Page(
    uid=UID,
    title="LANTIME compliance report",
    description="For which share of the last 30 days was each device known to be accurate enough?",
    rows=(Row("", REPORT),),
    since="now-30d",
    refresh="1h",
)
