"""Device detail: the problems of one device."""

from dataclasses import replace

from tools.dashboards import colours, limits, signals, states
from tools.dashboards.dashboard import Dashboard, PanelRow
from tools.dashboards.definitions import alarms
from tools.dashboards.panel import Description
from tools.dashboards.panel_types import lines, stat, timeline
from tools.dashboards.query import Query, by_profile, query
from tools.dashboards.table import KEYS, Heading, labels, table, value, word
from tools.dashboards.variables import JOB, ONE_INSTANCE


def time_quality_by_limit() -> tuple[Query, ...]:
    """Return the queries of the time quality: within its limit, beyond it, and without a recorded limit."""
    within, beyond = (f"and on (job, instance) {signals.QUALITY_SHARE} {than} 1" for than in ("<", ">="))
    colour_of = {
        within: colours.GOOD,
        beyond: colours.WARNING,
        f"unless on (job, instance) {signals.QUALITY_SHARE}": colours.TEXT,
    }
    return tuple(
        replace(query(f"lantime_time_quality_seconds\n{of}", "{{instance}}"), steps=((None, colour),))
        for of, colour in colour_of.items()
    )


ADDRESS = Heading("Address", 15)

STATE = (
    stat(
        "Trouble",
        query(signals.TROUBLE, "{{instance}}"),
        states=states.TROUBLE,
        description=Description(
            "The worst state of the device, as on the fleet overview.",
            "ok.",
            "the alerts below name the part and lead to its runbook.",
            ("LantimeDeviceUnreachable", "LantimeClockNotSynchronized", "LantimeHoldover", "LantimeRelayError"),
        ),
    ),
    stat(
        "Reachable",
        query(states.PROBE.query("lantime_probe_failure", "job, instance", label="reason"), "{{instance}}"),
        states=states.PROBE,
        description=Description(
            "Result of the last probe: ok, or the reason of the failure (connect, timeout, tls, auth, status, "
            "content, lockout).",
            "ok.",
            "/sessions and /probe?debug=true of the exporter show the exchange.",
            ("LantimeDeviceUnreachable", "LantimeAuthenticationFailed"),
        ),
    ),
    stat(
        "Synchronization",
        query(states.SYNC.query("lantime_sync_state", "job, instance"), "{{instance}}"),
        states=states.SYNC,
        description=Description(
            "Synchronization state that the device reports.",
            "synchronized.",
            "holdover: find the lost reference below; not synchronized: do not trust its time.",
            ("LantimeHoldover", "LantimeClockNotSynchronized", "LantimeSyncStateUnknown"),
        ),
    ),
    stat(
        "Reference",
        query("lantime_sync_reference_info", "{{reference}}"),
        show="name",
        description=Description(
            "The reference that the device follows.",
            "the source with the best priority.",
            "a change means that another source was lost; see GNSS and references.",
            ("LantimeReferenceChanged", "LantimeReferenceLost"),
        ),
    ),
    stat(
        "Time quality",
        *time_quality_by_limit(),
        unit="s",
        description=Description(
            "Bound of the time error that the device states. The limit of the colours depends on profile and "
            "receiver: 1 us with satellites, 100 us for the profile ntp, 2.5 ms with long wave.",
            "100 ns with satellites.",
            "check the reference and the time in holdover.",
            ("LantimeTimeQualityDegraded",),
        ),
    ),
    stat(
        "NTP stratum",
        query("lantime_ntp_stratum", "{{instance}}"),
        steps=limits.STRATUM,
        description=Description(
            "Stratum of the NTP server; 16 is not synchronized.",
            "1 with a reference clock.",
            "12 means the fallback to the local clock; see the associations below.",
            ("LantimeNtpStratumHigh", "LantimeNtpNotSynchronized"),
        ),
    ),
    replace(alarms.ALERTS, height=9),
    table(
        "Identity",
        labels(
            "lantime_device_info",
            model=KEYS["model"],
            serial_number=Heading("Serial number", 14),
            hostname=Heading("Host name", 24),
        ),
        labels("lantime_sync_reference_info", oscillator=Heading("Oscillator")),
        value(
            "Device clock",
            "1000 * (lantime_status_timestamp_seconds or lantime_device_time_seconds)",
            unit="dateTimeAsIso",
        ),
        value("Data age", signals.DATA_AGE, unit="s", steps=limits.DATA_AGE),
        value("Uptime", "lantime_uptime_seconds", unit="dtdurations", decimals=0, room=8),
        description=Description(
            "Identity, time and uptime of the device.",
            "data age of some seconds, uptime of weeks.",
            "old data: restart the REST API of the device; an unplanned start: check the power supplies and the log "
            "of the device.",
            ("LantimeApiDataStale", "LantimeRebooted"),
        ),
        height=5,
    ),
    timeline(
        "Front panel LEDs",
        query(states.LED.query("lantime_led_state", "job, instance, led"), "{{instance}} {{led}}"),
        states=states.LED,
        description=Description(
            "The LEDs on the front panel over time.",
            "green; alarm is off.",
            "a red alarm LED can have a cause without a metric: read the messages of the device.",
            ("LantimeAlarmLedOn",),
        ),
        width=8,
        height=7,
    ),
    table(
        "Notifications",
        value("Last", "lantime_event_last_triggered_timestamp_seconds * 1000", unit="dateTimeFromNow"),
        value(
            "Active",
            "lantime_event_active",
            states=states.Words(
                (("1", states.StateStyle("active", colours.NEUTRAL)), ("0", states.StateStyle("-", colours.OFF)))
            ),
        ),
        labels("lantime_event_active", type="Type", states=states.SEVERITY),
        keys=("event",),
        description=Description(
            "Events of the device, the last at the top; events without a time were never triggered.",
            "of pairs such as ntp-sync and ntp-not-sync the good one is active.",
            "the manual of the device explains each event.",
            ("LantimeNotification", "LantimeConfigurationChanged", "LantimeUserBanned"),
        ),
        sort="Last",
        descending=True,
        width=16,
        height=7,
    ),
)

SYNCHRONIZATION = (
    timeline(
        "Clocks",
        query(states.SYNC.query("lantime_clock_state", "job, instance, slot"), "{{instance}} {{slot}}"),
        query(states.SYNC.query("lantime_sync_state", "job, instance"), "{{instance}} device"),
        states=states.SYNC,
        description=Description(
            "Synchronization of each clock module and of the device as a whole.",
            "synchronized.",
            "a single clock: its antenna, cable or receiver; all clocks: the sky view or a start of the device.",
            ("LantimeClockNotSynchronized", "LantimeHoldover"),
        ),
        width=24,
        height=7,
    ),
    table(
        "Clock modules",
        labels(
            "lantime_module_info and on (job, instance, slot) lantime_clock_synchronized", model=Heading("Model", 6)
        ),
        labels("lantime_oscillator_info", oscillator="Oscillator"),
        value("In use", "lantime_clock_selected", states=states.flag("yes", "-", off_colour=colours.OFF)),
        word("State", "lantime_clock_state", states=states.CLOCK),
        value("Quality", "lantime_clock_time_quality_seconds", unit="s", room=7),
        value("TFOM", "lantime_clock_tfom"),
        value(
            "Warm",
            "lantime_oscillator_warmed_up",
            states=states.flag("yes", "no", off_colour=colours.WARNING),
        ),
        value("DAC", "lantime_oscillator_dac_value", unit="none", room=5),
        value("Holdover", "lantime_clock_holdover_elapsed_seconds", unit="s", decimals=0),
        word("Mode", "lantime_clock_holdover_mode", room=11),
        value("Gained", "lantime_clock_holdover_time_offset_seconds", unit="s"),
        keys=("slot",),
        description=Description(
            "The clock modules of the device, and the control of their oscillators.",
            "in sync, one is in use, oscillators are warm; DAC, the control value of an oscillator, changes slowly.",
            "a DAC value that drifts to its limit means that the oscillator will fail.",
            ("LantimeOscillatorNotWarmedUp",),
        ),
        width=24,
        height=7,
    ),
    lines(
        "Time quality over time",
        query("lantime_time_quality_seconds", "{{instance}}"),
        query("lantime_clock_time_quality_seconds", "{{instance}} {{slot}}"),
        replace(query(signals.QUALITY_LIMIT, "{{instance}} limit"), is_limit=True),
        unit="s",
        logarithmic=True,
        stepped=True,
        description=Description(
            "Bound of the time error of the device and of each clock module, logarithmic; the limit is dashed.",
            "100 ns with satellites, some 10 us with long wave.",
            "it grows in holdover; find the lost reference.",
            ("LantimeTimeQualityDegraded",),
        ),
        width=8,
    ),
    lines(
        "Error gained in holdover",
        query(signals.HOLDOVER_ERROR, "{{instance}}"),
        empty="not in holdover",
        unit="s",
        description=Description(
            "Time error since the loss of the reference, estimated by the device.",
            "empty: only holdover has a line.",
            "restore the reference before the error matters to clients.",
            ("LantimeHoldoverErrorHigh", "LantimeHoldoverTooLong"),
        ),
        width=8,
    ),
    lines(
        "Difference of the two clocks",
        *by_profile(
            "lantime_clock_difference_seconds",
            "{{instance}} {{slot}}",
            ptp=limits.PTP.around("clocks_differ_warning", "clocks_differ_critical"),
            ntp=limits.NTP.around("clocks_differ_warning", "clocks_differ_critical"),
        ),
        unit="s",
        description=Description(
            "Difference between the two clocks of a redundant device.",
            "within 200 ns: two receivers of 100 ns each.",
            "find the wrong clock by its satellites and its antenna delay.",
            ("LantimeClocksDisagree",),
        ),
        width=8,
    ),
)

NTP = (
    table(
        "NTP associations",
        labels("lantime_ntp_association_info", address=ADDRESS, refid="Refid"),
        word("Selection", "lantime_ntp_association_selection", states=states.SELECTION),
        value("Stratum", "lantime_ntp_association_stratum"),
        value(
            "Reach",
            "lantime_ntp_association_reach",
            steps=((None, colours.BAD), (1, colours.WARNING), (255, colours.GOOD)),
        ),
        value("Offset", "lantime_ntp_association_offset_seconds", unit="s"),
        value("Delay", "lantime_ntp_association_delay_seconds", unit="s"),
        value("Dispersion", "lantime_ntp_association_dispersion_seconds", unit="s"),
        value(
            "Distance",
            "lantime_ntp_association_root_delay_seconds / 2 + lantime_ntp_association_root_dispersion_seconds",
            unit="s",
        ),
        value("Leap", "lantime_ntp_association_leap_indicator", states=states.LEAP),
        keys=("association",),
        description=Description(
            "NTP sources of the device; ref_1 is its own reference clock. Distance is reported by the source: root "
            "dispersion and half the root delay.",
            "the reference clock is pps-peer or sys-peer, reach 255, offset of some us.",
            "a falsetick contradicts the others: one of them is wrong.",
            ("LantimeNtpPeerUnreachable", "LantimeNtpFalseticker"),
        ),
        height=6,
    ),
    lines(
        "NTP offsets",
        query(
            "lantime_ntp_association_offset_seconds "
            "and on (job, instance, association) lantime_ntp_association_reachable == 1",
            "{{instance}} {{association}}",
        ),
        unit="s",
        description=Description(
            "Offset to each NTP source that answers.",
            "within 100 us; some us to the device's own reference clock.",
            "a single source: the source is wrong; all sources: the device is.",
            ("LantimeNtpOffsetHigh",),
        ),
        width=12,
    ),
    lines(
        "NTP error bound",
        query(signals.NTP_ERROR_BOUND, "{{instance}} bound"),
        query("lantime_ntp_root_dispersion_seconds", "{{instance}} dispersion"),
        query("lantime_ntp_jitter_seconds", "{{instance}} jitter"),
        unit="s",
        least=0,
        description=Description(
            "Contribution of the server to the error of clients: offset, root dispersion and half the root delay. "
            "Also root dispersion and jitter.",
            "below 1 ms.",
            "a rising dispersion means that NTP no longer receives the reference clock.",
            ("LantimeNtpErrorBoundHigh",),
        ),
        width=12,
    ),
    table(
        "NTP server",
        labels("lantime_ntp_system_info", refid="Refid"),
        word("Source", "lantime_ntp_clock_source"),
        value(
            "Leap",
            "lantime_ntp_leap_indicator",
            states=states.LEAP,
        ),
        value("TAI-UTC", "lantime_ntp_tai_offset_seconds", unit="s"),
        value("Leap file expires", "lantime_ntp_leap_file_expiry_timestamp_seconds * 1000", unit="dateTimeFromNow"),
        value(
            "Announced",
            "lantime_leap_second_announced",
            states=states.flag("leap second", "none", colours.NEUTRAL, colours.OFF),
        ),
        description=Description(
            "The NTP server as a whole, and its leap second data.",
            "leap none, file valid for months.",
            "install a new leap second file; leap alarm means not synchronized.",
            ("LantimeLeapFileExpiring", "LantimeLeapFileExpired", "LantimeLeapSecondAnnounced"),
        ),
        width=24,
        height=5,
    ),
)

SYSTEM = (
    lines(
        "Load",
        query("lantime_load1", "{{instance}} 1 min"),
        query("lantime_load5", "{{instance}} 5 min"),
        query("lantime_load15", "{{instance}} 15 min"),
        least=0,
        description=Description(
            "Running and waiting tasks, averaged over three periods.",
            "below 1.",
            "many HTTP or SNMP requests, or many NTP clients, load the processor.",
            ("LantimeLoadHigh",),
        ),
    ),
    lines(
        "Memory free",
        query(signals.MEMORY_FREE, "{{instance}}"),
        unit="percentunit",
        least=0,
        most=1,
        steps=limits.PTP.below("memory"),
        description=Description(
            "Free share of the main memory.",
            "around 60 %.",
            "a steady decline is a memory leak of the firmware: report it to Meinberg, and restart the device.",
            ("LantimeMemoryLow",),
        ),
    ),
    lines(
        "Storage free",
        query(signals.STORAGE_FREE, "{{instance}} {{mountpoint}}"),
        unit="percentunit",
        least=0,
        most=1,
        steps=limits.PTP.below("storage_critical", "storage_warning"),
        description=Description(
            "Free share of each file system.",
            "/mnt/flash has the least, 12 to 25 %.",
            "remove old firmware images and logs in the web interface.",
            ("LantimeStorageFull",),
        ),
    ),
    lines(
        "Temperature",
        query("lantime_module_temperature_celsius", "{{instance}} {{slot}} {{sensor}}"),
        query("lantime_chassis_temperature_celsius", "{{instance}} chassis"),
        unit="celsius",
        steps=limits.TEMPERATURE,
        description=Description(
            "Temperatures of modules and chassis.",
            "50 to 55 C in a processor module.",
            "check fans, filters and the air conditioning of the room.",
            ("LantimeTemperatureHigh", "LantimeFanFailed"),
        ),
    ),
    table(
        "Storage",
        value("Size", "lantime_filesystem_size_bytes", unit="bytes"),
        value("Used", "lantime_filesystem_used_bytes", unit="bytes"),
        value("Available", "lantime_filesystem_avail_bytes", unit="bytes"),
        keys=("mountpoint",),
        description=Description(
            "The file systems of the device.",
            "all but /mnt/flash are mostly empty.",
            "remove old firmware images and logs in the web interface.",
            ("LantimeStorageFull",),
        ),
        width=12,
    ),
    table(
        "Services",
        value("Runs", "lantime_service_running", states=states.flag("runs", "stopped", off_colour=colours.OFF)),
        keys=("service",),
        description=Description(
            "Services of the device.",
            "ntp runs; unused services are stopped.",
            "start the service in the web interface, or read its log.",
            ("LantimeServiceDown", "LantimeNtpServiceDown"),
        ),
        sort="Runs",
        descending=True,
        width=12,
    ),
    table(
        "Firmware and changes",
        labels(
            "lantime_firmware_info",
            running=Heading("Running", 14),
            selected=Heading("After restart", 14),
        ),
        labels("lantime_device_info", api_version=Heading("API", 9)),
        value("Pending", "lantime_pending_changes", steps=((None, colours.GOOD), (1, colours.WARNING))),
        value(
            "Last update",
            "lantime_firmware_update_success and on (job, instance) lantime_firmware_update_end_timestamp_seconds",
            states=states.flag("succeeded", "failed"),
        ),
        value("Ended", "lantime_firmware_update_end_timestamp_seconds * 1000", unit="dateTimeFromNow"),
        value(
            "Going on",
            "lantime_firmware_update_in_progress",
            states=states.flag("yes", "no", colours.NEUTRAL, colours.OFF),
        ),
        value("Progress", "lantime_firmware_update_progress_ratio", unit="percentunit"),
        description=Description(
            "Firmware of the device, pending changes of the configuration, and the last update.",
            "the running firmware is the one for the next start, no pending changes, the last update succeeded.",
            "apply or discard pending changes in the web interface; restart for the selected firmware; read the log "
            "of the update.",
            (
                *("LantimePendingChanges", "LantimeFirmwareMismatch"),
                *("LantimeFirmwareUpdateFailed", "LantimeFirmwareUpdateAvailable"),
            ),
        ),
        height=5,
    ),
)

NETWORK = (
    timeline(
        "Links",
        query(signals.LINK, "{{instance}} {{port}}"),
        states=states.LINK,
        description=Description(
            "Links of the network ports that exist. A port is unused if it had no link within 30 days.",
            "up, or unused.",
            "check cable, transceiver and switch.",
            ("LantimeNetworkLinkDown",),
        ),
        width=12,
        height=8,
    ),
    lines(
        "Errors and drops",
        query(
            "rate(lantime_network_receive_errors_total[$__rate_interval])\n"
            "+ rate(lantime_network_transmit_errors_total[$__rate_interval])",
            "{{instance}} {{port}} errors",
        ),
        query(
            "rate(lantime_network_receive_dropped_total[$__rate_interval])\n"
            "+ rate(lantime_network_transmit_dropped_total[$__rate_interval])",
            "{{instance}} {{port}} dropped",
        ),
        query("rate(lantime_network_collisions_total[$__rate_interval])", "{{instance}} {{port}} collisions"),
        unit="pps",
        least=0,
        description=Description(
            "Packets with errors and dropped packets, per second, in both directions together.",
            "0.",
            "replace the cable or transceiver; collisions mean a duplex mismatch.",
            ("LantimeNetworkErrors",),
        ),
    ),
    table(
        "Network ports",
        labels(
            "lantime_network_info", mac_address=Heading("MAC address", 17), card=Heading("Card", 9), duplex="Duplex"
        ),
        value("Speed", "lantime_network_speed_bits_per_second", unit="bps"),
        value("Link", signals.LINK, states=states.LINK),
        value("System", "lantime_network_operational", states=states.flag("up", "down", off_colour=colours.OFF)),
        word("Bonding", "lantime_network_bonding_state", room=10),
        value("Link failures", "lantime_network_link_failures_total", unit="none"),
        keys=("port",),
        description=Description(
            "Identity of the network ports.",
            "full duplex at the speed of the switch.",
            "half duplex reduces the accuracy of NTP and PTP: set both sides to automatic negotiation.",
            ("LantimeNetworkLinkDown",),
        ),
        height=7,
    ),
    lines(
        "Traffic",
        query("8 * rate(lantime_network_receive_bytes_total[$__rate_interval])", "{{instance}} {{port}} in"),
        query("8 * rate(lantime_network_transmit_bytes_total[$__rate_interval])", "{{instance}} {{port}} out"),
        unit="bps",
        least=0,
        description=Description(
            "Bits per second in and out of each port.",
            "some kbit/s per thousand NTP clients.",
            "a jump shows new clients or an attack; see packets.",
        ),
    ),
    lines(
        "Packets",
        query("rate(lantime_network_receive_packets_total[$__rate_interval])", "{{instance}} {{port}} in"),
        query("rate(lantime_network_transmit_packets_total[$__rate_interval])", "{{instance}} {{port}} out"),
        query("rate(lantime_network_receive_multicast_total[$__rate_interval])", "{{instance}} {{port}} multicast in"),
        unit="pps",
        least=0,
        description=Description(
            "Packets per second in and out of each port, and received multicast packets.",
            "for an NTP server about as many out as in.",
            "many more in than out: a flood of packets.",
        ),
    ),
)

TEAM = (
    table(
        "SyncMon nodes",
        labels("lantime_syncmon_node_info", type=Heading("Kind")),
        word("State", "lantime_syncmon_node_state", states=states.SYNCMON),
        value("Offset", "lantime_syncmon_node_offset_seconds", unit="s"),
        value("Limit", "lantime_syncmon_node_offset_limit_seconds", unit="s"),
        value("Mean", "lantime_syncmon_node_offset_mean_seconds", unit="s"),
        value("Deviation", "lantime_syncmon_node_offset_stddev_seconds", unit="s"),
        value("Least", "lantime_syncmon_node_offset_min_seconds", unit="s"),
        value("Most", "lantime_syncmon_node_offset_max_seconds", unit="s"),
        value("Stratum", "lantime_syncmon_node_stratum"),
        keys=("node",),
        description=Description(
            "Clocks in the network that the device measures.",
            "ok or synchronized, offset below its limit.",
            "a single node: check that node; all nodes: check this device.",
            ("LantimeSyncmonNodeOffsetHigh", "LantimeSyncmonNodeUnreachable"),
        ),
        height=8,
    ),
    lines(
        "SyncMon offsets",
        query("lantime_syncmon_node_offset_seconds", "{{instance}} {{node}}"),
        unit="s",
        description=Description(
            "Offset of each node to this device.",
            "below the limit of the node.",
            "see the table above.",
            ("LantimeSyncmonNodeOffsetHigh",),
        ),
        width=24,
    ),
    table(
        "Where the nodes are",
        labels(
            "lantime_syncmon_node_info",
            alias=Heading("Name", 14),
            address=ADDRESS,
            location=Heading("Location", 12),
        ),
        value("Delay", "lantime_syncmon_node_path_delay_seconds", unit="s"),
        value("Measured", "lantime_syncmon_node_update_timestamp_seconds * 1000", unit="dateTimeFromNow", room=17),
        keys=("node",),
        description=Description(
            "Addresses of the SyncMon nodes, and their last measurement.",
            "measured some minutes ago.",
            "nodes without new measurements: check SyncMon of this device.",
            ("LantimeSyncmonStale",),
        ),
        height=7,
    ),
    table(
        "SyncTeam members",
        labels("lantime_syncteam_member_info", address=ADDRESS),
        value("Online", "lantime_syncteam_member_online", states=states.flag("online", "offline")),
        value("Role", "lantime_syncteam_member_master", states=states.flag("master", "member", off_colour=colours.OFF)),
        value("Quality", "lantime_syncteam_member_time_quality_seconds", unit="s"),
        value("TFOM", "lantime_syncteam_member_tfom"),
        keys=("member",),
        description=Description(
            "The team of devices that agree on their time.",
            "all members are online, one is master.",
            "check the offline member, then the network.",
            ("LantimeClusterMemberLost",),
        ),
        height=6,
    ),
    table(
        "Cluster",
        word("Role", "lantime_cluster_port_state", room=10),
        word("Clock", "lantime_cluster_clock_state", room=16),
        word("Class", "lantime_cluster_clock_class", room=8),
        word("NTP", "lantime_cluster_ntp_state", room=16),
        word("Change", "lantime_cluster_reconfiguration", room=10),
        keys=("interface", "family"),
        description=Description(
            "Role of this device in the NTP cluster.",
            "one master, no change of roles in progress.",
            "two masters mean that the members cannot communicate.",
            ("LantimeClusterMasterChanged", "LantimeClusterNoMaster"),
        ),
        height=5,
    ),
    table(
        "Master of the cluster",
        labels("lantime_cluster_master_info", master_serial=Heading("Master", 12), master_address=ADDRESS),
        value("Priority", "lantime_cluster_master_priority"),
        value("Heard", "lantime_cluster_timestamp_seconds * 1000", unit="dateTimeFromNow", room=17),
        keys=("interface", "family"),
        description=Description(
            "Master of the shared address of the NTP cluster.",
            "the same for all members, last message some seconds ago.",
            "no messages from the master: check that device, then the network.",
            ("LantimeClusterMasterChanged", "LantimeClusterNoMaster"),
        ),
        height=5,
    ),
)

PACKAGES = (
    table(
        "Packages",
        labels("lantime_package_info", version=Heading("Version", 10)),
        keys=("package",),
        description=Description(
            "Versions of the parts of the firmware.",
            "the same on devices with the same firmware.",
            "compare with a healthy device if one behaves differently.",
        ),
        width=24,
    ),
)

DASHBOARD = Dashboard(
    uid="lantime-device",
    title="LANTIME device",
    description="What is wrong with this device? Choose one, or several to compare them.",
    variables=(JOB, ONE_INSTANCE),
    rows=(
        PanelRow("", STATE),
        PanelRow("Synchronization", SYNCHRONIZATION),
        PanelRow("NTP and leap seconds", NTP),
        PanelRow("Network", NETWORK),
        PanelRow("System", SYSTEM),
        PanelRow("SyncMon, SyncTeam, cluster", TEAM, collapsed=True),
        PanelRow("Packages", PACKAGES, collapsed=True),
    ),
)
