"""Limits at which panels change their colour: the numbers of the alert rules.

A device has the profile ``ntp`` if its series have the label ``profile="ntp"``, otherwise ``ptp``.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from tools.dashboards.colours import BAD, GOOD, WARNING, Steps


@dataclass(frozen=True, slots=True)
class Profile:
    """The limits of the devices of a profile, in base units."""

    limits: Mapping[str, float]

    def above(self, *names: str) -> Steps:
        """Return good, then warning and bad from these limits on; with a single limit only warning."""
        return (
            (None, GOOD),
            *((self.limits[name], colour) for name, colour in zip(names, (WARNING, BAD), strict=False)),
        )

    def below(self, *names: str) -> Steps:
        """Return bad, or bad and warning, below these limits, and good from the last on."""
        worse = (BAD, WARNING)[-len(names) :] if len(names) > 1 else (BAD,)
        return tuple(zip((None, *(self.limits[name] for name in names)), (*worse, GOOD), strict=True))

    def around(self, warning: str, critical: str) -> Steps:
        """Return good around zero, warning and bad beyond these limits on both sides."""
        near, far = self.limits[warning], self.limits[critical]
        return ((None, BAD), (-far, WARNING), (-near, GOOD), (near, WARNING), (far, BAD))


PTP = Profile(
    {
        "probe_slow": 5,
        "data_age": 5 * 60,
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
)

NTP = Profile(
    {
        **PTP.limits,
        "clocks_differ_warning": 100e-6,
        "clocks_differ_critical": 1e-3,
        "ptp_offset_warning": 100e-6,
        "ptp_offset_critical": 1e-3,
    }
)

TEMPERATURE = PTP.above("temperature_warning", "temperature_critical")

STRATUM = PTP.above("ntp_stratum_warning", "ntp_stratum_critical")

DATA_AGE = PTP.above("data_age")

CLOCK_CLASS: Steps = (*PTP.above("ptp_clock_class"), (52, BAD))
"""52 and more: out of specification (IEEE 1588)."""

SHARE_OF_LIMIT: Steps = ((None, GOOD), (1, WARNING))
