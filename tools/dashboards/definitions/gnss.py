"""GNSS and references: distinguishes antenna, cable, sky view and interference."""

from tools.dashboards import colours, limits, states
from tools.dashboards.dashboard import Dashboard, PanelRow
from tools.dashboards.panel import Description
from tools.dashboards.panel_types import lines, timeline
from tools.dashboards.query import query
from tools.dashboards.table import KEYS, Heading, labels, table, value, word

MOVED = "clamp_min(abs(lantime_position_altitude_meters - avg_over_time(lantime_position_altitude_meters[1d])), 0)"

ANTENNA = states.Words(
    (
        ("1", states.StateStyle("connected", colours.GOOD)),
        ("0", states.StateStyle("disconnected", colours.BAD)),
        ("2", states.StateStyle("short circuit", colours.BAD)),
    )
)

RECEPTION = (
    timeline(
        "Antennas that failed",
        query(
            "max by (job, instance, slot) ((2 * lantime_antenna_short_circuit > 0) or lantime_antenna_connected)\n"
            "and on (job, instance, slot) (min_over_time(lantime_antenna_connected[$__range] @ end()) == 0 "
            "or max_over_time(lantime_antenna_short_circuit[$__range] @ end()) == 1)",
            "{{instance}} {{slot}}",
        ),
        states=ANTENNA,
        description=Description(
            "Antennas that were disconnected or short-circuited within the time range.",
            "empty.",
            "disconnected: plug, cable, lightning arrester; short circuit: water in plug or antenna.",
            ("LantimeAntennaDisconnected", "LantimeAntennaShortCircuit"),
        ),
        empty="no antenna failed",
        width=12,
        height=8,
    ),
    timeline(
        "Receivers that were not synchronized",
        query(
            f"({states.RECEIVER.query('lantime_receiver_state', 'job, instance, slot')})\n"
            "unless on (job, instance, slot) "
            'min_over_time(lantime_receiver_state{state="synchronized"}[$__range] @ end()) == 1',
            "{{instance}} {{slot}}",
        ),
        states=states.RECEIVER,
        description=Description(
            "State of each receiver that was not synchronized at some moment of the time range.",
            "empty.",
            "a cold boot takes 12 minutes with a clear sky view; tracking means that the receiver does not have the "
            "time yet.",
            ("LantimeGnssBootStuck", "LantimeClockNotSynchronized"),
        ),
        empty="all receivers were synchronized",
        width=12,
        height=8,
    ),
    lines(
        "Good satellites",
        query("lantime_satellites_good", "{{instance}} {{slot}}"),
        least=0,
        decimals=0,
        stepped=True,
        steps=limits.PTP.below("satellites"),
        description=Description(
            "Satellites with a signal good enough to use.",
            "6 or more.",
            "a slow decline is the sky view or interference, a sudden drop to 0 the antenna or its cable.",
            ("LantimeGnssNoSatellites", "LantimeGnssFewSatellites"),
        ),
    ),
    lines(
        "Satellites in view",
        query("lantime_satellites_in_view", "{{instance}} {{slot}}"),
        least=0,
        decimals=0,
        stepped=True,
        description=Description(
            "Satellites above the horizon.",
            "8 to 12 for each constellation.",
            "many in view and few good: a blocked sky view or interference.",
            ("LantimeGnssFewSatellites",),
        ),
    ),
    lines(
        "Carrier to noise density",
        query('lantime_gnss_carrier_to_noise_dbhz{statistic="median"}', "{{instance}} {{slot}} {{gnss}}"),
        unit="suffix:dB-Hz",
        steps=limits.PTP.below("carrier_to_noise"),
        description=Description(
            "Median carrier to noise density of each constellation, in dB-Hz.",
            "40 to 48.",
            "a decline of all constellations is interference or a bad cable.",
            ("LantimeGnssSignalWeak",),
        ),
    ),
    lines(
        "Used satellites by constellation",
        query('lantime_gnss_satellites{use="used"}', "{{instance}} {{slot}} {{gnss}}"),
        least=0,
        decimals=0,
        stepped=True,
        description=Description(
            "Satellites that the receiver uses, by constellation.",
            "several of each enabled constellation.",
            "loss of a single constellation: a fault of the constellation, or a configuration change.",
            ("LantimeGnssConstellationLost",),
        ),
    ),
    lines(
        "Dilution of precision",
        query("lantime_dilution_of_precision", "{{instance}} {{slot}} {{kind}}"),
        least=0,
        description=Description(
            "Dilution of precision of position (pdop) and time (tdop), from the distribution of the satellites.",
            "below 3.",
            "a high value with many satellites: half of the sky view is blocked.",
        ),
    ),
    lines(
        "Movement of the altitude",
        query(MOVED, "{{instance}} {{slot}}"),
        unit="lengthm",
        least=0,
        description=Description(
            "Deviation of the altitude of the antenna from its mean of a day; the position itself is not shown, "
            "because it is sensitive.",
            "within some metres.",
            "a change without a moved antenna is a sign of spoofing.",
            ("LantimeGnssPositionMoved",),
        ),
    ),
)

REFERENCES = (
    table(
        "Reference sources (MRS)",
        value("Offset", "lantime_reference_source_offset_seconds", unit="s", room=7),
        value(
            "Master",
            'lantime_reference_source_state{state="is-master"}',
            states=states.flag("master", "-", off_colour=colours.OFF),
        ),
        value(
            "Signal",
            "max by (job, instance, slot, priority, type) "
            '(lantime_reference_source_state{state=~"no-connection|no-signal"})',
            states=states.flag("none", "ok", colours.BAD, colours.GOOD),
        ),
        value(
            "Accurate",
            'lantime_reference_source_state{state="is-accurate"}',
            states=states.flag("yes", "no", off_colour=colours.OFF),
        ),
        value("Outages", "lantime_reference_source_outages_total"),
        word("Quality", "lantime_reference_source_quality_level", room=10),
        word("MTIE", "lantime_reference_source_mtie_colour", states=states.MASK, room=6),
        word("TDEV", "lantime_reference_source_tdev_colour", states=states.MASK, room=6),
        keys=("slot", "priority", "type"),
        description=Description(
            "The sources that a clock can follow, by priority; 0 is the highest.",
            "the first is master, the others have a signal and an offset of some ns.",
            "a source without signal cannot take over: restore it before the next one fails.",
            ("LantimeReferenceLost", "LantimeReferenceInvalid", "LantimeReferenceOffsetHigh"),
        ),
        height=8,
    ),
    lines(
        "Offsets of the sources",
        query("lantime_reference_source_offset_seconds", "{{instance}} {{slot}} {{priority}} {{type}}"),
        unit="s",
        description=Description(
            "Offset of each source to the time base of its clock.",
            "within some 10 ns for satellites and 1PPS.",
            "a single drifting source is wrong; if all drift, the clock is.",
            ("LantimeReferenceOffsetHigh",),
        ),
        width=12,
        height=8,
    ),
    lines(
        "Oscillator control value",
        query("lantime_oscillator_dac_value", "{{instance}} {{slot}}"),
        unit="none",
        description=Description(
            "Control value of the oscillator, in DAC steps.",
            "changes slowly with temperature and age.",
            "a step is a step of the reference; a drift to the limit means that the oscillator will fail.",
        ),
    ),
    table(
        "Modes of the receivers",
        value("Used", "lantime_satellites_selected"),
        word("Operation", "lantime_satellites_mode", states=states.SATELLITES),
        word("Condition", "lantime_receiver_condition", label="condition", room=14),
        keys=("slot",),
        description=Description(
            "Operating mode of satellite receivers, and their active conditions, a row each.",
            "normal-operation, synchronized.",
            "cold boot: the receiver knows neither position nor almanac and needs 12 minutes.",
            ("LantimeGnssBootStuck",),
        ),
        width=12,
    ),
    table(
        "Summary of each device",
        word(
            "Antenna",
            "lantime_sync_antenna_state",
            states=states.ANTENNA,
        ),
        value(
            "Oscillator",
            "lantime_sync_oscillator_warmed_up",
            states=states.flag("warm", "cold", off_colour=colours.WARNING),
        ),
        value("TFOM", "lantime_tfom"),
        value("Clock", "lantime_sync_clock_index", states=states.CLOCK_INDEX),
        description=Description(
            "State of the selected clock, from the device.",
            "connected, warm, TFOM below 5.",
            "compare with the receivers above: the device may follow the other clock.",
            ("LantimeAntennaDisconnected", "LantimeOscillatorNotWarmedUp"),
        ),
        width=12,
    ),
)

LONGWAVE = (
    lines(
        "Long wave signal",
        query("lantime_longwave_correlation_ratio", "{{instance}} {{slot}} correlation"),
        query("lantime_longwave_field_strength_ratio", "{{instance}} {{slot}} field strength"),
        unit="percentunit",
        least=0,
        most=1,
        description=Description(
            "Correlation and field strength of DCF77, MSF or WWVB.",
            "correlation 52 to 77 %, field strength around 40 %; both vary with day and night.",
            "turn the antenna, or move it away from switching power supplies.",
            ("LantimeLongwaveSignalWeak",),
        ),
        width=12,
    ),
    table(
        "Long wave receivers",
        labels("lantime_module_info and on (job, instance, slot) lantime_longwave_info", model=KEYS["model"]),
        labels("lantime_longwave_info", type=Heading("Transmitter")),
        word("Condition", "lantime_longwave_condition", label="condition"),
        keys=("slot",),
        description=Description(
            "Long wave receivers, and their active conditions, a row each: freer free running, syncd synchronized "
            "since start, invt time invalid.",
            "syncd.",
            "freer for hours: no signal.",
            ("LantimeLongwaveSignalWeak",),
        ),
        width=12,
        empty="none fitted",
    ),
    table(
        "Time code receivers",
        labels("lantime_timecode_info", code=Heading("Time code", 10)),
        value("Present", "lantime_timecode_present", states=states.flag("present", "absent")),
        value("Consistent", "lantime_timecode_consistent", states=states.flag("consistent", "inconsistent")),
        value("Locked", "lantime_timecode_locked", states=states.flag("locked", "not locked")),
        value(
            "Jitter", "lantime_timecode_jitter_exceeded", states=states.flag("high", "ok", colours.BAD, colours.GOOD)
        ),
        word("State", "lantime_timecode_state", room=16),
        value("TFOM", "lantime_timecode_tfom"),
        keys=("slot",),
        description=Description(
            "Receivers of time codes such as IRIG.",
            "present, consistent, locked.",
            "check the generator of the code and the cable.",
            ("LantimeTimecodeLost",),
        ),
        height=5,
        empty="none fitted",
    ),
    table(
        "NTP as input (N2X, LNE)",
        word("State", "lantime_ntp_input_state", room=16),
        value("Offset", "lantime_ntp_input_offset_seconds", unit="s"),
        value("Delay", "lantime_ntp_input_delay_seconds", unit="s"),
        value("Stratum", "lantime_ntp_input_stratum"),
        value("Reach", "lantime_ntp_input_reach"),
        keys=("slot",),
        description=Description(
            "Cards that receive time from an NTP server.",
            "synchronized, reach 255.",
            "a reach below 255 means lost responses: check the network.",
        ),
        empty="none fitted",
        height=5,
    ),
)

DASHBOARD = Dashboard(
    uid="lantime-gnss",
    title="LANTIME GNSS and references",
    description="Is it the antenna, the cable, the sky view or interference? And the reference sources of each clock.",
    rows=(
        PanelRow("", RECEPTION),
        PanelRow("Reference sources", REFERENCES),
        PanelRow("Long wave, time code, NTP input", LONGWAVE, collapsed=True),
    ),
)
