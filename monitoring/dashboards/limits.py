"""Thresholds of panels, taken from the table that the alerts are made of."""

from monitoring.dashboards.panel import Steps
from monitoring.thresholds import BY_NAME, Profile


def limit(name: str, profile: Profile = Profile.PTP) -> float:
    """Return a threshold of the alerts."""
    return BY_NAME[name].value(profile)


def above(*names: str) -> Steps:
    """Return green, then orange and red from these thresholds on; of one alone orange."""
    return ((None, "green"), *((limit(name), colour) for name, colour in zip(names, ("orange", "red"), strict=False)))


def below(*names: str) -> Steps:
    """Return red, or red and orange, below these thresholds, and green from the last on."""
    colours = ("red", "orange")[-len(names) :] if len(names) > 1 else ("red",)
    return tuple(zip((None, *map(limit, names)), (*colours, "green"), strict=True))


def around(warning: str, critical: str) -> Steps:
    """Return green around zero, orange and red beyond these thresholds on both sides."""
    near, far = limit(warning), limit(critical)
    return ((None, "red"), (-far, "orange"), (-near, "green"), (near, "orange"), (far, "red"))


TIME_QUALITY: Steps = (
    (None, "green"),
    (limit("time_quality_limit"), "orange"),
    (limit("time_quality_limit", Profile.NTP), "red"),
)
"""Orange from where networks with PTP suffer, red from where all do."""

TEMPERATURE = above("temperature_warning", "temperature_critical")

STRATUM = above("ntp_secondary", "ntp_fallback")

DATA_AGE = above("data_age_limit")

CLOCK_CLASS: Steps = (*above("ptp_class_holdover"), (52, "red"))
"""52 and more: out of specification (IEEE 1588)."""
