"""Fleet overview: devices in trouble, and since when."""

from tools.dashboards import colours, limits, signals, states
from tools.dashboards.dashboard import Dashboard, PanelRow
from tools.dashboards.panel import Description
from tools.dashboards.panel_types import ALARM, ATTENTION, lines, stat, timeline
from tools.dashboards.query import complete_query, query
from tools.dashboards.table import KEYS, labels, table, value

AT_THE_TOP = (
    stat(
        "Devices",
        query("count(up)"),
        description=Description(
            "Devices that Prometheus has as targets.",
            "as many as are configured.",
            "compare with /sd of the exporter and the scrape jobs of Prometheus.",
            ("LantimeExporterAbsent", "LantimeExporterDown"),
        ),
        width=4,
        height=3,
    ),
    stat(
        "Not scraped",
        query("sum(up == bool 0)"),
        description=Description(
            "Devices for which Prometheus gets no response from the exporter: their state is unknown.",
            "0.",
            "check that the exporter runs; the targets page of Prometheus shows its error.",
            ("LantimeExporterDown", "LantimeExporterAbsent"),
        ),
        steps=ALARM,
        width=4,
        height=3,
    ),
    stat(
        "Unreachable",
        query("sum(1 - lantime_up)"),
        description=Description(
            "Devices that do not respond to the exporter; the table shows the reason.",
            "0.",
            "open the device in the table, then the exporter dashboard for the reason.",
            ("LantimeDeviceUnreachable", "LantimeAuthenticationFailed"),
        ),
        steps=ALARM,
        width=4,
        height=3,
    ),
    stat(
        "Not in sync",
        query(f"sum({signals.NOT_IN_SYNC})"),
        description=Description(
            "Devices that are neither synchronized nor in holdover, or have NTP stratum 16: do not trust their time.",
            "0, except within half an hour of a start.",
            "look at antenna and receiver on the GNSS dashboard.",
            ("LantimeClockNotSynchronized", "LantimeFleetDesynchronized"),
        ),
        steps=ALARM,
        width=4,
        height=3,
    ),
    stat(
        "Holdover",
        query('sum(lantime_sync_state{state="holdover"})'),
        description=Description(
            "Devices that lost their reference and run on their oscillator: their time is right for some hours.",
            "0.",
            "restore the reference before the oscillator has drifted too far; see the time in holdover below.",
            ("LantimeHoldover", "LantimeHoldoverTooLong"),
        ),
        steps=ATTENTION,
        width=4,
        height=3,
    ),
    stat(
        "Relays in NC",
        query('sum(lantime_relay_state{state="nc"})'),
        description=Description(
            "Relays in NC: the alarm contacts of the sites signal a fault.",
            "0; no data without relay cards.",
            "the relays dashboard names the relay and the signal that controls it.",
            ("LantimeRelayError",),
        ),
        steps=ALARM,
        width=4,
        height=3,
        empty="none fitted",
    ),
    stat(
        "Power, fans",
        query(
            f"(count {signals.SUPPLY_FAILED} or 0 * sum(lantime_up))\n"
            "+ (sum(lantime_fan_ok == bool 0) or 0 * sum(lantime_up))"
        ),
        description=Description(
            "Power supplies that worked within 30 days and now do not, and fans with an error.",
            "0; empty bays do not count.",
            "see the table below for the device, its modules dashboard for the slot.",
            ("LantimePowerSupplyFailed", "LantimePowerRedundancyLost", "LantimeFanFailed"),
        ),
        steps=ALARM,
        width=8,
        height=3,
    ),
    stat(
        "Critical",
        complete_query(signals.firing("critical")),
        description=Description(
            "Firing alerts with severity critical: act now.",
            "0.",
            "open the list of alerts on the relays and alarms dashboard; each has a runbook.",
        ),
        steps=ALARM,
        width=8,
        height=3,
    ),
    stat(
        "Warnings",
        complete_query(signals.firing("warning")),
        description=Description(
            "Firing alerts with severity warning: act in working hours.",
            "0.",
            "open the list of alerts on the relays and alarms dashboard; each has a runbook.",
        ),
        steps=ATTENTION,
        width=8,
        height=3,
    ),
)

DEVICES = table(
    "Devices, worst first",
    value("Trouble", signals.TROUBLE, states=states.TROUBLE),
    labels("lantime_probe_failure == 1", reason="Probe", states=states.REACHED),
    labels("lantime_sync_reference_info", reference="Reference"),
    value("Quality", "lantime_time_quality_seconds", unit="s"),
    value("Limit", signals.QUALITY_SHARE, unit="percentunit", steps=limits.SHARE_OF_LIMIT, decimals=0, room=6),
    value("Holdover", signals.HOLDOVER_ELAPSED, unit="s", decimals=0),
    value("Sats", "max by (job, instance) (lantime_satellites_good)", decimals=0),
    value("Stratum", "lantime_ntp_stratum", steps=limits.STRATUM),
    value(
        "PTP",
        signals.PTP_ROLE,
        states=states.Words(
            (
                ("0", states.StateStyle("none", colours.OFF)),
                ("1", states.StateStyle("master", colours.GOOD)),
                ("2", states.StateStyle("slave", colours.GOOD)),
                ("3", states.StateStyle("both", colours.GOOD)),
            )
        ),
    ),
    value(
        "Relays",
        'sum by (job, instance) (lantime_relay_state{state="nc"})',
        steps=((None, colours.GOOD), (1, colours.BAD)),
    ),
    value(
        "Failed",
        f"count by (job, instance) {signals.PARTS_FAILED} or 0 * max by (job, instance) (lantime_synchronized)",
        steps=((None, colours.GOOD), (1, colours.WARNING)),
    ),
    value("Age", signals.DATA_AGE, unit="s", steps=limits.DATA_AGE),
    description=Description(
        "One row for each device, the worst at the top; the name leads to its dashboard. A device that does not "
        "respond has no other values. Limit is the time quality as a share of its limit, which depends on profile and"
        " receiver: 1 us with satellites, 100 us for the profile ntp, 2.5 ms with long wave.",
        "trouble ok, less than 100 % of the limit, stratum 1, data age of some seconds.",
        "start with the first row; Probe shows the reason of an unreachable device, Relays counts those in NC, Failed"
        " counts antennas, supplies, fans, clocks, modules and outputs.",
        (
            *("LantimeDeviceUnreachable", "LantimeClockNotSynchronized", "LantimeHoldover", "LantimeRelayError"),
            *("LantimeTimeQualityDegraded", "LantimeNtpStratumHigh", "LantimeApiDataStale", "LantimePowerSupplyFailed"),
        ),
    ),
    sort="Trouble",
    descending=True,
    height=10,
)

SINCE_WHEN = timeline(
    "Devices that were in trouble",
    query(signals.ONCE_IN_TROUBLE, "{{instance}}"),
    states=states.TROUBLE,
    description=Description(
        "The worst state over time of each device that was in trouble within the time range.",
        "empty; in a gap Prometheus did not run.",
        "devices that change at the same time have a common cause: power, sky, network.",
        ("LantimeDeviceUnreachable", "LantimeClockNotSynchronized", "LantimeHoldover", "LantimeRelayError"),
    ),
    height=8,
    empty="no device was in trouble (recorded by alerts/lantime-fleet.yml)",
)

QUANTITIES = (
    lines(
        "Time quality, share of the limit",
        query(signals.QUALITY_SHARE, "{{instance}}"),
        empty="load alerts/lantime-fleet.yml into Prometheus",
        unit="percentunit",
        logarithmic=True,
        stepped=True,
        steps=limits.SHARE_OF_LIMIT,
        description=Description(
            "Bound of the time error that each device states, as a share of its limit, on a logarithmic scale; the "
            "dashed line is 100 %.",
            "10 % with satellites, less than 10 % with long wave.",
            "a rise at one device is its reference, a rise at all devices the sky view.",
            ("LantimeTimeQualityDegraded",),
        ),
    ),
    lines(
        "Time in holdover",
        query(signals.HOLDOVER_ELAPSED, "{{instance}}"),
        empty="no device in holdover",
        unit="s",
        least=0,
        description=Description(
            "Time in holdover of each device; devices with a reference have no line.",
            "empty.",
            "an OCXO keeps 1 us for some hours, a rubidium for a day, a TCXO for minutes.",
            ("LantimeHoldover", "LantimeHoldoverTooLong"),
        ),
    ),
    lines(
        "Worst offset",
        query(f"max_over_time({signals.WORST_OFFSET}[10m])", "{{instance}}"),
        unit="s",
        logarithmic=True,
        description=Description(
            "The largest offset of each device to a reachable NTP source, or of a PTP slave to its master, in the "
            "last ten minutes. Recorded by alerts/lantime-compliance.yml.",
            "some us by NTP, below 100 ns by PTP.",
            "the NTP section of the device and the PTP dashboard show the source.",
            ("LantimeNtpOffsetHigh", "LantimePtpOffsetHigh"),
        ),
    ),
    lines(
        "Good satellites",
        query("max by (job, instance) (lantime_satellites_good)", "{{instance}}"),
        least=0,
        decimals=0,
        stepped=True,
        steps=limits.PTP.below("satellites"),
        description=Description(
            "Satellites that the best receiver of each device can use.",
            "6 or more; one is enough to keep the time, four are needed for a position.",
            "a slow decline is the sky view or interference, a sudden drop to 0 the antenna or its cable.",
            ("LantimeGnssNoSatellites", "LantimeGnssFewSatellites"),
        ),
    ),
)

SPREAD = (
    table(
        "Inventory",
        labels("lantime_device_info", model=KEYS["model"], firmware_version=KEYS["firmware_version"]),
        value("Uptime", "lantime_uptime_seconds", unit="dtdurations", decimals=0),
        width=12,
        description=Description(
            "Model, firmware and uptime of each device.",
            "weeks.",
            "after an unplanned start, check the power supplies and the log of the device.",
            ("LantimeRebooted",),
        ),
    ),
    table(
        "Firmware of the fleet",
        value("Devices", "count by (job, model, firmware_version) (lantime_device_info)"),
        keys=("model", "firmware_version"),
        per=("job",),
        width=12,
        description=Description(
            "Number of devices per model and firmware.",
            "one version for each model.",
            "update the others, after reading Meinberg's release notes.",
            ("LantimeFirmwareFleetMixed", "LantimeFirmwareMismatch"),
        ),
    ),
    lines(
        "TAI minus UTC",
        query("lantime_ntp_tai_offset_seconds", "{{instance}}"),
        unit="suffix:s",
        decimals=0,
        stepped=True,
        width=24,
        height=6,
        description=Description(
            "TAI minus UTC in the NTP server of each device.",
            "the same for all devices, 37 s since 2017.",
            "renew the leap second file of the device that differs: it is wrong by a whole second.",
            ("LantimeFleetTaiOffsetMismatch",),
        ),
    ),
)

DASHBOARD = Dashboard(
    uid="lantime-fleet",
    title="LANTIME fleet overview",
    description="Who is in trouble? One row for each device, the worst first.",
    rows=(
        PanelRow("", (*AT_THE_TOP, DEVICES, SINCE_WHEN, *QUANTITIES)),
        PanelRow("Spread", SPREAD),
    ),
)
