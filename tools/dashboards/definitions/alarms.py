"""Relays, alarms and outputs: the alarm contacts of the site, and the alerts of Prometheus."""

from tools.dashboards import colours, limits, signals, states
from tools.dashboards.dashboard import Dashboard, PanelRow
from tools.dashboards.panel import Description
from tools.dashboards.panel_types import lines, stat, timeline
from tools.dashboards.query import query
from tools.dashboards.table import Column, Heading, labels, table, value, word

PORT = ("slot", "output")

LOUD = 'event!="self-signed-https-certificate-in-use"'
"""Omits an event that many devices have permanently."""

ALERTS = table(
    "Alerts that fire",
    Column(expr=signals.FIRING, labels={"severity": Heading("Severity")}, states=states.SEVERITY, matchers=""),
    Column(expr=signals.FIRING_SINCE, title="Since", labels={}, unit="dateTimeFromNow", matchers=""),
    keys=("alertname", "part"),
    description=Description(
        "Firing alerts of these devices and of the whole fleet, without severity info. Part is the slot, port, relay "
        "and so on; since is the start of the condition.",
        "empty.",
        "the name of the alert leads to its runbook.",
    ),
    sort="Severity",
    empty="no alert fires",
    height=9,
)

RELAYS = (
    stat(
        "Relays in NC",
        query('sum(lantime_relay_state{state="nc"})'),
        description=Description(
            "Relays in NC: they signal a fault or have no power.",
            "0.",
            "the table names the signal that controls the relay.",
            ("LantimeRelayError",),
        ),
        steps=((None, colours.QUIET), (1, colours.BAD)),
        width=4,
        height=7,
        empty="none fitted",
    ),
    table(
        "Relays",
        word(
            "Contact",
            "lantime_relay_state",
            states=states.Words(
                (
                    ("no", states.StateStyle("no", colours.GOOD, "NO")),
                    ("nc", states.StateStyle("nc", colours.BAD, "NC")),
                ),
                others=colours.NEUTRAL,
            ),
        ),
        labels("lantime_relay_source_info", source=Heading("Falls on", 10)),
        word("Mode", "lantime_relay_mode", room=9),
        value("Events", "lantime_relay_event_driven", states=states.flag("yes", "no", colours.NEUTRAL, colours.OFF)),
        keys=("slot", "relay"),
        description=Description(
            "Each relay: the closed contact, the signal that controls it, and its mode. "
            "A is clock 1, B clock 2, C the switch card.",
            "NO: energised. Words other than NO and NC are the device's own.",
            "compare the alarm of the site with the events below.",
            ("LantimeRelayError", "LantimeRelayFlapping"),
        ),
        width=20,
        height=7,
        sort="Contact",
    ),
    timeline(
        "Relays over time",
        query(
            states.RELAY.query("lantime_relay_state", "job, instance, slot, relay"), "{{instance}} {{slot}} {{relay}}"
        ),
        states=states.RELAY,
        description=Description(
            "Contact of each relay: NO is healthy and energised, NC is fault or power off.",
            "NO throughout.",
            "a relay in NC while nothing else is red: check its source and the cable.",
            ("LantimeRelayError", "LantimeRelayFlapping"),
        ),
        height=9,
        empty="no relay card",
    ),
)

EVENTS = (
    table(
        "Events that are active",
        labels(f'lantime_event_active{{type!="info", {LOUD}}} == 1', type="Type", states=states.SEVERITY),
        keys=("event",),
        description=Description(
            "Active notification events, without those of type info, such as ntp-sync, and that of self-signed "
            "certificates.",
            "none.",
            "check events of type error or critical; the manual explains each.",
            ("LantimeNotification",),
        ),
        sort="Type",
        empty="none",
        width=11,
        height=8,
    ),
    timeline(
        "Warnings and errors of the devices",
        query(
            f'lantime_event_active{{type=~"error|critical|warning", {LOUD}}} == 1',
            "{{instance}} {{event}}",
        ),
        states=states.Words((("1", states.StateStyle("active", colours.BAD)),)),
        description=Description(
            "Events of type warning, error and critical while they are active, without that of self-signed "
            "certificates, which many devices have permanently.",
            "empty.",
            "the manual of the device explains each event.",
            ("LantimeNotification",),
        ),
        width=13,
        height=8,
        empty="none",
    ),
    timeline(
        "Alarm LED",
        query(states.LED.query("lantime_led_state", "job, instance", where='led="alarm", '), "{{instance}}"),
        states=states.LED,
        description=Description(
            "The alarm LED on the front.",
            "off.",
            "red can have a cause without a metric: read the messages of the device.",
            ("LantimeAlarmLedOn",),
        ),
        width=8,
        height=7,
    ),
    timeline(
        "Power supplies",
        query(
            "lantime_power_supply_ok and on (job, instance, slot) instance_slot:lantime_power_supply_ok:last_good",
            "{{instance}} {{slot}}",
        ),
        states=states.flag("ok", "failed", off_colour=colours.WARNING),
        description=Description(
            "State of each power supply, without bays that were empty for 30 days.",
            "ok, without changes.",
            "check the feed, then replace the supply.",
            ("LantimePowerSupplyFailed", "LantimePowerRedundancyLost"),
        ),
        width=8,
        height=7,
    ),
    timeline(
        "Fans",
        query("lantime_fan_ok", "{{instance}} {{slot}} {{fan}}"),
        states=states.flag("ok", "failed"),
        description=Description(
            "State of each fan.",
            "ok.",
            "clean or replace the fan; watch the temperatures until then.",
            ("LantimeFanFailed",),
        ),
        width=8,
        height=7,
        empty="none fitted",
    ),
)

OUTPUTS = (
    table(
        "Outputs",
        labels(
            "lantime_output_info",
            type=Heading("Kind", 10),
            mode=Heading("Mode", 17),
            source=Heading("Source", 17),
        ),
        value("Enabled", "lantime_output_enabled", states=states.flag("enabled", "disabled", off_colour=colours.OFF)),
        value("Level", "lantime_output_level_ok", states=states.flag("ok", "lost")),
        value(
            "Carrier", "lantime_output_signal_present", states=states.flag("present", "absent", off_colour=colours.OFF)
        ),
        value("Short", "lantime_output_short_circuit", states=states.flag("yes", "no", colours.BAD, colours.GOOD)),
        value("Overload", "lantime_output_overload", states=states.flag("yes", "no", colours.BAD, colours.GOOD)),
        keys=PORT,
        description=Description(
            "Configuration and state of the outputs of all cards; most cards report only some of it.",
            "enabled, level ok, no short circuit.",
            "a lost level or a short circuit: check the cable and the load.",
            ("LantimeOutputFailed", "LantimeOutputDisabled"),
        ),
        height=9,
    ),
    table(
        "Signals of the outputs",
        labels('lantime_output_info{signal!=""}', signal=Heading("Signal", 20)),
        value("Frequency", "lantime_output_frequency_hertz", unit="hertz"),
        value("Data rate", "lantime_output_data_rate_bytes_per_second", unit="Bps"),
        word("State", "lantime_output_port_state", room=14),
        value("Settled", "lantime_output_settled", states=states.flag("yes", "no", off_colour=colours.WARNING)),
        word("Quality sent", "lantime_output_quality_level"),
        keys=PORT,
        description=Description(
            "Signal, frequency or data rate, and sent quality level of each output.",
            "as configured.",
            "change it in the web interface of the device.",
            ("LantimeOutputFailed",),
        ),
        height=7,
    ),
    table(
        "Inputs",
        labels("lantime_input_info", type=Heading("Kind", 10), signal=Heading("Signal", 16)),
        value(
            "Present", "lantime_input_signal_present", states=states.flag("present", "absent", off_colour=colours.OFF)
        ),
        value("Locked", "lantime_input_locked", states=states.flag("locked", "not locked")),
        value("In use", "lantime_input_in_use", states=states.flag("in use", "-", off_colour=colours.OFF)),
        word("State", "lantime_input_port_state", room=24),
        keys=("slot", "input"),
        description=Description(
            "Inputs of all cards.",
            "connected inputs have a signal.",
            "an input lost its signal: check its source and the cable.",
            ("LantimeInputLost",),
        ),
        height=9,
        empty="none fitted",
    ),
    table(
        "Quality of the inputs",
        value("Enabled", "lantime_input_enabled", states=states.flag("enabled", "disabled", off_colour=colours.OFF)),
        value("Offset", "lantime_input_offset_seconds", unit="s"),
        value("Limit", "lantime_input_offset_limit_seconds", unit="s"),
        word("Quality level", "lantime_input_quality_level"),
        value("Sufficient", "lantime_input_quality_sufficient", states=states.flag("yes", "no")),
        value(
            "ITU mask",
            "lantime_input_itu_limit_violated",
            states=states.flag("violated", "kept", colours.BAD, colours.GOOD),
        ),
        word("MTIE", "lantime_input_mtie_colour", states=states.MASK, room=7),
        word("TDEV", "lantime_input_tdev_colour", states=states.MASK, room=7),
        keys=("slot", "input"),
        description=Description(
            "Offsets and quality levels of inputs, and the result of their wander (MTIE, TDEV) against ITU masks.",
            "offset below its limit, sufficient quality, within the masks.",
            "an input of bad quality: check its source; the device does not follow it.",
            ("LantimeInputQualityLow", "LantimeReferenceInvalid"),
        ),
        height=6,
        empty="none fitted",
    ),
)

MAINS = (
    lines(
        "Mains frequency deviation",
        query("lantime_fdm_frequency_deviation_hertz", "{{instance}} {{slot}}"),
        unit="hertz",
        steps=(
            (None, colours.BAD),
            (-limits.PTP.limits["mains_frequency_deviation"], colours.GOOD),
            (limits.PTP.limits["mains_frequency_deviation"], colours.BAD),
        ),
        description=Description(
            "Deviation of the mains frequency from the nominal one.",
            "within 0.05 Hz.",
            "the grid is the cause, unless only one of several monitors shows it.",
            ("LantimeMainsFrequencyDeviation",),
        ),
        height=7,
    ),
    lines(
        "Mains time deviation",
        query("lantime_fdm_time_deviation_seconds", "{{instance}} {{slot}}"),
        unit="s",
        description=Description(
            "Power line time minus reference time.",
            "within some 10 s, with slow changes.",
            "the grid operator corrects it.",
            ("LantimeMainsFrequencyDeviation",),
        ),
        height=7,
    ),
    table(
        "Frequency monitors (FDM)",
        value("Frequency", "lantime_fdm_frequency_hertz", unit="hertz"),
        value("Nominal", "lantime_fdm_nominal_frequency_hertz", unit="hertz"),
        value(
            "Limits", "min by (job, instance, slot) (lantime_fdm_within_limits)", states=states.flag("kept", "broken")
        ),
        value("Conditions", "sum by (job, instance, slot) (lantime_fdm_condition)"),
        value("Last set", "lantime_fdm_last_sync_timestamp_seconds * 1000", unit="dateTimeFromNow"),
        keys=("slot",),
        description=Description(
            "Mains frequency monitors; conditions counts those that hold, two in normal operation.",
            "within limits.",
            "see the deviations above.",
            ("LantimeMainsFrequencyDeviation",),
        ),
        empty="none fitted",
        height=4,
    ),
)

DASHBOARD = Dashboard(
    uid="lantime-alarms",
    title="LANTIME relays, alarms and outputs",
    description="The alarm contacts of the site, and the alerts of Prometheus; inputs and outputs of all cards.",
    rows=(
        PanelRow("", (ALERTS,)),
        PanelRow("Relays", RELAYS),
        PanelRow("Events, supplies and fans", EVENTS),
        PanelRow("Outputs and inputs", OUTPUTS),
        PanelRow("Mains frequency", MAINS, collapsed=True),
    ),
)
