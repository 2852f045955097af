"""Where panels change their colour: the numbers of the alert rules, for devices of the profile ``ptp``."""

from collections.abc import Mapping

from tools.dashboards.panel import Steps

LIMITS: Mapping[str, float] = {
    "probe_slow": 5,
    "data_age": 5 * 60,
    "time_quality": 1e-6,
    "time_quality_ntp": 100e-6,
    "clocks_differ_warning": 200e-9,
    "clocks_differ_critical": 1e-6,
    "satellites": 4,
    "carrier_to_noise": 35,
    "ntp_stratum_warning": 2,
    "ntp_stratum_critical": 12,
    "ptp_offset_warning": 100e-9,
    "ptp_offset_critical": 1e-6,
    "ptp_clock_class": 7,
    "ptp_load": 0.9,
    "temperature_warning": 62,
    "temperature_critical": 72,
    "mains_frequency_deviation": 0.2,
    "storage_warning": 0.05,
    "storage_critical": 0.03,
    "memory": 0.1,
}
"""In base units."""


def above(*names: str) -> Steps:
    """Return green, then orange and red from these thresholds on; of one alone orange."""
    return ((None, "green"), *((LIMITS[name], colour) for name, colour in zip(names, ("orange", "red"), strict=False)))


def below(*names: str) -> Steps:
    """Return red, or red and orange, below these thresholds, and green from the last on."""
    colours = ("red", "orange")[-len(names) :] if len(names) > 1 else ("red",)
    return tuple(zip((None, *(LIMITS[name] for name in names)), (*colours, "green"), strict=True))


def around(warning: str, critical: str) -> Steps:
    """Return green around zero, orange and red beyond these thresholds on both sides."""
    near, far = LIMITS[warning], LIMITS[critical]
    return ((None, "red"), (-far, "orange"), (-near, "green"), (near, "orange"), (far, "red"))


TIME_QUALITY: Steps = (
    (None, "green"),
    (LIMITS["time_quality"], "orange"),
    (LIMITS["time_quality_ntp"], "red"),
)
"""Orange from where networks with PTP suffer, red from where all do."""

TEMPERATURE = above("temperature_warning", "temperature_critical")

STRATUM = above("ntp_stratum_warning", "ntp_stratum_critical")

DATA_AGE = above("data_age")

CLOCK_CLASS: Steps = (*above("ptp_clock_class"), (52, "red"))
"""52 and more: out of specification (IEEE 1588)."""
