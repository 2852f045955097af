"""Every number of the rules, in one table: change it here and run ``python -m monitoring.render``.

There are two profiles. ``ptp`` is for networks that need PTP accuracy (telecom, power, broadcast: 100 ns and 1 us),
``ntp`` for those that need NTP accuracy (finance, IT: 100 us and 1 ms). Only thresholds that differ name both.

Sources: *Traps* are Meinberg's own severities (``Traps.readme`` of the LANTIME MIB); *Zabbix*, *Checkmk* and *Icinga*
the public LANTIME templates of these; *manual* a Meinberg manual; *own* is judgement.
"""

from dataclasses import dataclass
from enum import StrEnum

MINUTE, HOUR, DAY = 60, 3600, 86400


class Profile(StrEnum):
    """What the clocks are used for."""

    PTP = "ptp"
    NTP = "ntp"


class Unit(StrEnum):
    """Units of thresholds; a window is the range of a PromQL selector."""

    SECONDS = "seconds"
    WINDOW = "window"
    RATIO = "ratio"
    CELSIUS = "celsius"
    DECIBEL_HERTZ = "dB-Hz"
    METRES = "metres"
    HERTZ = "hertz"
    COUNT = "count"


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    """A number, by profile in base units, why it is what it is, and where it comes from."""

    name: str
    unit: Unit
    ptp: float
    ntp: float
    reason: str
    source: str

    def value(self, profile: Profile) -> float:
        """Return the number for a profile."""
        return self.ptp if profile is Profile.PTP else self.ntp

    def literal(self, profile: Profile) -> str:
        """Return the number as PromQL writes it."""
        value = self.value(profile)
        return duration(value) if self.unit is Unit.WINDOW else f"{value:g}" if abs(value) < 1e6 else f"{value:.0f}"

    def text(self, profile: Profile) -> str:
        """Return the number for a person, with its unit."""
        value = self.value(profile)
        if self.unit in (Unit.SECONDS, Unit.WINDOW):
            return span(value)
        if self.unit is Unit.RATIO:
            return f"{value * 100:g} %"
        unit = {Unit.CELSIUS: " C", Unit.DECIBEL_HERTZ: " dB-Hz", Unit.METRES: " m", Unit.HERTZ: " Hz"}.get(
            self.unit, ""
        )
        return f"{value:g}{unit}"


def duration(seconds: float) -> str:
    """Return whole seconds as a PromQL duration in the largest unit that fits."""
    unit, size = next(
        (unit, size) for unit, size in (("d", DAY), ("h", HOUR), ("m", MINUTE), ("s", 1)) if seconds >= size
    )
    return f"{seconds / size:g}{unit}"


def seconds(duration: str) -> float:
    """Return a PromQL duration of one unit in seconds."""
    return float(duration[:-1]) * {"s": 1, "m": MINUTE, "h": HOUR, "d": DAY}[duration[-1]]


def span(seconds: float) -> str:
    """Return a time for a person: ``100 ns``, ``1.5 us``, ``5 min``, ``4 h``, ``30 d``."""
    units = (("d", DAY), ("h", HOUR), ("min", MINUTE), ("s", 1), ("ms", 1e-3), ("us", 1e-6), ("ns", 1e-9))
    unit, size = next((unit, size) for unit, size in units if seconds >= size * (1 - 1e-9) * (2 if unit == "d" else 1))
    return f"{round(seconds / size, 6):g} {unit}"


def _same(name: str, unit: Unit, value: float, reason: str, source: str) -> Threshold:
    return Threshold(name=name, unit=unit, ptp=value, ntp=value, reason=reason, source=source)


def _each(name: str, unit: Unit, values: tuple[float, float], reason: str, source: str) -> Threshold:
    ptp, ntp = values
    return Threshold(name=name, unit=unit, ptp=ptp, ntp=ntp, reason=reason, source=source)


S, W, R, N = Unit.SECONDS, Unit.WINDOW, Unit.RATIO, Unit.COUNT

THRESHOLDS = (
    # Windows and guards
    _same(
        "recent", W, 15 * MINUTE, "a change this long ago is still news, and seen by whoever looks at the page", "own"
    ),
    _same(
        "day", W, DAY, "what was good within a day is expected to be good; an intended change is quiet after it", "own"
    ),
    _same("week", W, 7 * DAY, "parts that are wired once: ports, supplies, sources; longer than a weekend", "own"),
    _same(
        "boot_time",
        S,
        30 * MINUTE,
        "a start takes 12 min for a cold boot and 20 min until the oscillator is right",
        "manual",
    ),
    _same("mostly", R, 0.5, "more than half of the window counts as the usual state", "own"),
    # Availability
    _same("probe_slow", S, 5, "a healthy device answers in a second; half of a scrape timeout of 10 s", "own"),
    _same("probe_share", R, 0.8, "the rest is needed for bad moments; beyond it scrapes begin to fail", "own"),
    _same("data_age_limit", S, 5 * MINUTE, "the status is refreshed every few seconds; a sample showed 1 s", "own"),
    # Synchronization
    _each(
        "holdover_tcxo",
        S,
        (HOUR, 12 * HOUR),
        "a TCXO drifts about 12 us in 4 h and 600 us in a day",
        "Tekron, SecureSync data sheets",
    ),
    _each(
        "holdover_ocxo",
        S,
        (4 * HOUR, 24 * HOUR),
        "an OCXO drifts about 1 us in 4 h and 25 us in a day; linuxptp's LocalHoldoverTimeout is 4 h",
        "linuxptp-daemon, SecureSync data sheet",
    ),
    _each(
        "holdover_ocxo_high",
        S,
        (8 * HOUR, 2 * DAY),
        "an OCXO HQ, DHQ or XHQ drifts about 0.5 us in 4 h and 10 us in a day",
        "SecureSync data sheet",
    ),
    _each(
        "holdover_rubidium",
        S,
        (DAY, 7 * DAY),
        "a rubidium drifts about 0.2 us in 4 h and 1 us in a day",
        "Tekron, SecureSync data sheets",
    ),
    _each(
        "holdover_error_limit",
        S,
        (1.5e-6, 1e-3),
        "1.5 us is the end-to-end limit of G.8271.1; 1 ms that of MiFID II RTS 25",
        "G.8271.1, RTS 25",
    ),
    _each(
        "time_quality_limit",
        S,
        (1e-6, 100e-6),
        "1 us is the accuracy class of the power profile; 100 us the strict class of RTS 25",
        "C37.238, RTS 25",
    ),
    _same("time_quality_pzf", S, 100e-6, "a correlation receiver reaches some 10 us", "manual"),
    _same("time_quality_longwave", S, 2.5e-3, "other long wave receivers reach 1 to 2 ms", "manual"),
    _each(
        "clocks_differ_warning",
        S,
        (200e-9, 100e-6),
        "two clocks within the 100 ns of a PRTC-A differ by 200 ns at most",
        "G.8272, Traps SHSTimeLimitWarning",
    ),
    _each(
        "clocks_differ_critical",
        S,
        (1e-6, 1e-3),
        "one of the two clocks breaks its limit",
        "C37.238, Traps SHSTimeLimitError",
    ),
    _each(
        "reference_offset_limit",
        S,
        (1e-6, 100e-6),
        "a source that far away cannot take over without a step",
        "Traps XmrLimitExceeded, C37.238, RTS 25",
    ),
    _same("fleet_share", R, 0.3, "so many at once have a common cause: jamming, a GNSS outage, a power cut", "own"),
    _same("fleet_size_limit", N, 3, "below it one device is a third of the fleet", "own"),
    # GNSS, long wave
    _same("satellites", N, 4, "four are needed for a position; one is the least for time", "manual; SyncServer S650"),
    _same(
        "carrier_to_noise_limit",
        Unit.DECIBEL_HERTZ,
        35,
        "37 is where others warn; below it reception is about to fail",
        "SyncServer S650, own",
    ),
    _same("position_moved_limit", Unit.METRES, 100, "an antenna does not move; receivers wander by some 10 m", "own"),
    _same("longwave_correlation_limit", R, 0.4, "52 to 77 % is usual in fine correlation", "manual, own"),
    _same("longwave_field_strength_limit", R, 0.2, "40 % seen in a healthy device", "own"),
    # NTP
    _same("ntp_unsynchronized", N, 16, "stratum 16 is not synchronized", "RFC 5905"),
    _same("ntp_fallback", N, 12, "LANTIMEs fall back to the local clock at stratum 12", "manual"),
    _same("ntp_secondary", N, 2, "a server with its own reference clock is stratum 1", "Checkmk"),
    _same("ntp_offset_warning", S, 100e-6, "a reference clock is followed within some us", "RTS 25"),
    _same("ntp_offset_critical", S, 1e-3, "more than NTP clients of the network may have in all", "RTS 25"),
    _same("ntp_error_bound_limit", S, 1e-3, "what a client has to add to its own error", "chrony's bound, RTS 25"),
    _same(
        "leap_file_soon",
        S,
        60 * DAY,
        "leap seconds are announced half a year ahead, files are renewed twice a year",
        "ntpleapfetch(8)",
    ),
    _same("leap_file_late", S, 30 * DAY, "a month is left to install a file", "ntpleapfetch(8)"),
    _same("syncmon_age_limit", S, HOUR, "nodes are measured every 64 s by default, some every few minutes", "own"),
    _same("cluster_age_limit", S, 5 * MINUTE, "members of a cluster talk every few seconds", "own"),
    # PTP
    _each("ptp_offset_warning", S, (100e-9, 100e-6), "PRTC-A", "ptp-operator, G.8272, RTS 25"),
    _each(
        "ptp_offset_critical",
        S,
        (1e-6, 1e-3),
        "network limit of the telecom and power profiles",
        "G.8271.1, C37.238, RTS 25",
    ),
    _same("ptp_class_holdover", N, 7, "clock class 7: holdover within specification", "IEEE 1588"),
    _same("ptp_class_arb_holdover", N, 14, "clock class 14: the same of an arbitrary time scale", "IEEE 1588"),
    _same("ptp_flaps", N, 5, "changes of state within the window of recent changes", "snmp-observ-lib"),
    _same("ptp_grandmasters", N, 2, "more identities than a change and its way back within an hour", "own"),
    _same("hour", W, HOUR, "long enough for several changes of grandmaster", "own"),
    _same("ptp_announce_losses_limit", N, 5, "announce messages that stayed away, within an hour", "own"),
    _same("ptp_client_share_limit", R, 0.9, "new clients are refused beyond the limit", "TimeProvider 5000, own"),
    _same("ptp_load_limit", R, 0.9, "beyond it requests are dropped", "own"),
    # Hardware
    _same("temperature_warning", Unit.CELSIUS, 62, "healthy CPU modules have 49 to 55 C", "Zabbix"),
    _same("temperature_critical", Unit.CELSIUS, 72, "oscillators leave their specification", "Zabbix"),
    _same("relay_flaps", N, 5, "changes within the window of recent changes", "snmp-observ-lib"),
    _same(
        "frequency_deviation_limit",
        Unit.HERTZ,
        0.2,
        "the standard range of the synchronous area of Europe is 0.05 Hz, 0.2 Hz its largest steady deviation",
        "ENTSO-E",
    ),
    # System, network
    _same("network_errors_limit", R, 0.01, "a good cable has none", "node-mixin"),
    _same("storage_warning", R, 0.05, "/mnt/flash is 81 to 88 % full in healthy devices", "node-mixin"),
    _same("storage_critical", R, 0.03, "logs and updates begin to fail", "node-mixin"),
    _same("memory", R, 0.1, "70 % is usual", "node-mixin"),
    _same("load_limit", N, 4, "two tasks for each of two cores; 0.5 is usual", "node-mixin"),
    _same("rebooted", S, 10 * MINUTE, "seen by whoever looks within ten minutes", "snmp-observ-lib"),
    _same("certificate_soon", S, 21 * DAY, "time to get a new one", "blackbox-mixin"),
    _same("certificate_late", S, 3 * DAY, "monitoring and the web interface are about to stop", "samber"),
    # Events
    _same("event_recent", S, 15 * MINUTE, "age of an event that is news", "own"),
)

BY_NAME = {threshold.name: threshold for threshold in THRESHOLDS}
