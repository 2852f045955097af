"""Device detail: what is wrong with this one."""

from monitoring.dashboards import limits, states
from monitoring.dashboards.kinds import lines, stat, timeline
from monitoring.dashboards.page import Page, Row
from monitoring.dashboards.panel import About
from monitoring.dashboards.query import ask
from monitoring.dashboards.table import labels, table, value, word
from monitoring.deployment import Dashboard

STATE = (
    stat(
        "Reachable",
        ask(states.PROBE.query("lantime_probe_failure", "job, instance", label="reason"), "{{instance}}"),
        states=states.PROBE,
        about=About(
            "Whether the device answers, else the reason why not: "
            "connect, timeout, tls, auth, status, content, lockout.",
            "ok.",
            "the exporter's page /sessions and /probe?debug=true tell the story.",
            ("LantimeDeviceUnreachable", "LantimeAuthenticationFailed"),
        ),
    ),
    stat(
        "Synchronization",
        ask(states.SYNC.query("lantime_sync_state", "job, instance"), "{{instance}}"),
        states=states.SYNC,
        about=About(
            "What the device says of its synchronization.",
            "synchronized.",
            "holdover: find the lost reference below; not synchronized: do not trust its time.",
            ("LantimeHoldover", "LantimeClockNotSynchronized", "LantimeSyncStateUnknown"),
        ),
    ),
    stat(
        "Reference",
        ask("lantime_sync_reference_info", "{{reference}}"),
        show="name",
        about=About(
            "The reference that the device follows.",
            "the source with the best priority.",
            "a change shows that another source was lost; see GNSS and references.",
            ("LantimeReferenceChanged", "LantimeReferenceLost"),
        ),
    ),
    stat(
        "Time quality",
        ask("time_quality", "{{instance}}"),
        unit="s",
        steps=limits.TIME_QUALITY,
        about=About(
            "Bound of the time error that the device states.",
            "100 ns with satellites.",
            "look at the reference and at the time in holdover.",
            ("LantimeTimeQualityDegraded",),
        ),
    ),
    stat(
        "NTP stratum",
        ask("lantime_ntp_stratum", "{{instance}}"),
        steps=limits.STRATUM,
        about=About(
            "Stratum of the NTP server; 16 is not synchronized.",
            "1 with an own reference clock.",
            "12 is the fall back to the local clock; see the associations below.",
            ("LantimeNtpStratumHigh", "LantimeNtpNotSynchronized"),
        ),
    ),
    stat(
        "Uptime",
        ask("uptime", "{{instance}}"),
        unit="dtdurations",
        decimals=0,
        about=About(
            "Time since the device started.",
            "weeks.",
            "after a start that nobody ordered, check the power supplies and the log of the device.",
            ("LantimeRebooted",),
        ),
    ),
    table(
        "Identity",
        labels(
            "lantime_device_info",
            model="Model",
            serial_number="Serial number",
            api_version="API",
        ),
        labels("lantime_device_info", hostname="Host name", width=190),
        labels("lantime_firmware_info", running="Firmware", selected="After restart"),
        labels("lantime_sync_reference_info", oscillator="Oscillator"),
        value("Pending", "lantime_pending_changes", steps=((None, "green"), (1, "orange"))),
        value(
            "Device clock",
            "1000 * (lantime_status_timestamp_seconds or lantime_device_time_seconds)",
            unit="dateTimeAsIso",
            width=160,
        ),
        value("Data age", "data_age", unit="s", steps=limits.DATA_AGE),
        about=About(
            "What the device is.",
            "running firmware equals the one after restart, no pending changes, data age of some seconds.",
            "apply or discard pending changes in the web interface; restart for selected firmware.",
            ("LantimePendingChanges", "LantimeFirmwareMismatch", "LantimeApiDataStale"),
        ),
        height=4,
    ),
    timeline(
        "Front panel LEDs",
        ask(states.LED.query("lantime_led_state", "job, instance, led"), "{{instance}} {{led}}"),
        states=states.LED,
        about=About(
            "The LEDs on the front, over time.",
            "green; alarm is off.",
            "a red alarm LED catches what no metric shows: look at the device's messages.",
            ("LantimeAlarmLedOn",),
        ),
        width=12,
        height=7,
    ),
    table(
        "Notifications",
        value("Last", "lantime_event_last_triggered_timestamp_seconds * 1000", unit="dateTimeFromNow", width=140),
        value(
            "Active",
            "lantime_event_active",
            states=states.Words((("1", states.State("active", states.BLUE)), ("0", states.State("-", states.GREY)))),
            width=80,
        ),
        labels("lantime_event_active", type="Type", states=states.SEVERITY, width=80),
        keys=("event",),
        about=About(
            "Events of the device, the last at the top; events without a time were never triggered.",
            "pairs such as ntp-sync and ntp-not-sync show the good one as active.",
            "the manual of the device explains each event.",
            ("LantimeNotification", "LantimeConfigurationChanged", "LantimeUserBanned"),
        ),
        sort="Last",
        descending=True,
        width=12,
        height=7,
    ),
)

SYNCHRONIZATION = (
    timeline(
        "Clocks",
        ask(states.SYNC.query("lantime_clock_state", "job, instance, slot"), "{{instance}} {{slot}}"),
        ask(states.SYNC.query("lantime_sync_state", "job, instance"), "{{instance}} device"),
        states=states.SYNC,
        about=About(
            "Synchronization of each clock module and of the device as a whole.",
            "synchronized.",
            "one clock alone: its antenna, cable or receiver; all at once: the sky or a start of the device.",
            ("LantimeClockNotSynchronized", "LantimeHoldover"),
        ),
        width=24,
        height=7,
    ),
    table(
        "Clock modules",
        labels("lantime_module_info and on (job, instance, slot) lantime_clock_synchronized", model="Model"),
        labels("lantime_oscillator_info", oscillator="Oscillator"),
        value("Selected", "lantime_clock_selected", states=states.flag("selected", "-", off_colour=states.GREY)),
        value("Quality", "lantime_clock_time_quality_seconds", unit="s"),
        value("TFOM", "lantime_clock_tfom"),
        value(
            "State",
            "lantime_oscillator_warmed_up",
            states=states.flag("warm", "cold", off_colour=states.ORANGE),
        ),
        value("Control", "lantime_oscillator_dac_value"),
        value("Calibrated", "lantime_oscillator_dac_calibration_value"),
        value("Holdover", "lantime_clock_holdover_elapsed_seconds", unit="dtdurations"),
        word("Mode", "lantime_clock_holdover_mode"),
        value("Gained", "lantime_clock_holdover_time_offset_seconds", unit="s"),
        keys=("slot",),
        about=About(
            "The clock modules of the device, their oscillators and how well they are steered.",
            "one is selected, oscillators are warm, control values move slowly.",
            "a control value that drifts to its end announces the end of an oscillator.",
            ("LantimeOscillatorNotWarmedUp",),
        ),
        width=24,
        height=7,
    ),
    lines(
        "Time quality over time",
        ask("time_quality", "{{instance}}"),
        ask("lantime_clock_time_quality_seconds", "{{instance}} {{slot}}"),
        unit="s",
        logarithmic=True,
        stepped=True,
        about=About(
            "Bound of the time error of the device and of each clock module, on a logarithmic scale.",
            "100 ns with satellites, some 10 us with long wave.",
            "it grows in holdover; see which reference was lost.",
            ("LantimeTimeQualityDegraded",),
        ),
        width=8,
    ),
    lines(
        "Error gained in holdover",
        ask("holdover_error", "{{instance}}"),
        empty="not in holdover",
        unit="s",
        about=About(
            "The time error that the device estimates to have gained since it lost its reference.",
            "empty: there is a line in holdover alone.",
            "restore the reference before the error matters to clients.",
            ("LantimeHoldoverErrorHigh", "LantimeHoldoverTooLong"),
        ),
        width=8,
    ),
    lines(
        "Difference of the two clocks",
        ask("lantime_clock_difference_seconds", "{{instance}} {{slot}}"),
        unit="s",
        steps=limits.around("clocks_differ_warning", "clocks_differ_critical"),
        about=About(
            "Difference between the two clocks of a redundant device.",
            "within 200 ns: two receivers of 100 ns each.",
            "find the clock that is wrong by its satellites and its antenna delay.",
            ("LantimeClocksDisagree",),
        ),
        width=8,
    ),
)

NTP = (
    table(
        "NTP associations",
        labels("lantime_ntp_association_info", address="Address", refid="Reference"),
        word("Selection", "lantime_ntp_association_selection", states=states.SELECTION),
        value("Stratum", "lantime_ntp_association_stratum"),
        value("Reach", "lantime_ntp_association_reach", steps=((None, "red"), (1, "orange"), (255, "green"))),
        value("Offset", "lantime_ntp_association_offset_seconds", unit="s"),
        value("Delay", "lantime_ntp_association_delay_seconds", unit="s"),
        value("Dispersion", "lantime_ntp_association_dispersion_seconds", unit="s"),
        value("Root delay", "lantime_ntp_association_root_delay_seconds", unit="s"),
        value("Root dispersion", "lantime_ntp_association_root_dispersion_seconds", unit="s"),
        value("Leap", "lantime_ntp_association_leap_indicator"),
        keys=("association",),
        about=About(
            "What NTP of the device is compared with; ref_1 is the reference clock of the device itself.",
            "the reference clock is pps-peer or sys-peer, reach 255, offset of some us.",
            "a falsetick disagrees with the others: one of them is wrong.",
            ("LantimeNtpPeerUnreachable", "LantimeNtpFalseticker"),
        ),
        height=6,
    ),
    lines(
        "NTP offsets",
        ask(
            "lantime_ntp_association_offset_seconds "
            "and on (job, instance, association) lantime_ntp_association_reachable == 1",
            "{{instance}} {{association}}",
        ),
        unit="s",
        about=About(
            "Offset to each NTP source that answers.",
            "within 100 us; some us to the own reference clock.",
            "one source alone is wrong itself, all at once the device is.",
            ("LantimeNtpOffsetHigh",),
        ),
        width=12,
    ),
    lines(
        "NTP error bound",
        ask("ntp_error_bound", "{{instance}} error bound"),
        ask("lantime_ntp_root_dispersion_seconds", "{{instance}} root dispersion"),
        ask("lantime_ntp_jitter_seconds", "{{instance}} jitter"),
        unit="s",
        least=0,
        about=About(
            "What a client has to add to its own error: offset, root dispersion and half the root delay; "
            "and its parts.",
            "below 1 ms.",
            "a rising dispersion means that the reference clock is not heard any more.",
            ("LantimeNtpErrorBoundHigh",),
        ),
        width=12,
    ),
    table(
        "NTP server",
        labels("lantime_ntp_system_info", refid="Reference"),
        word("Source", "lantime_ntp_clock_source"),
        value(
            "Leap",
            "lantime_ntp_leap_indicator",
            states=states.Words(
                (
                    ("0", states.State("none", states.GREEN)),
                    ("1", states.State("insert", states.BLUE)),
                    ("2", states.State("delete", states.BLUE)),
                    ("3", states.State("alarm", states.RED)),
                )
            ),
        ),
        value("TAI-UTC", "lantime_ntp_tai_offset_seconds", unit="s"),
        value("Leap file expires", "lantime_ntp_leap_file_expiry_timestamp_seconds * 1000", unit="dateTimeFromNow"),
        value(
            "Announced",
            "lantime_leap_second_announced",
            states=states.flag("leap second", "none", states.BLUE, states.GREY),
        ),
        about=About(
            "The NTP server as a whole and what it knows of leap seconds.",
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
        ask("lantime_load1", "{{instance}} 1 min"),
        ask("lantime_load5", "{{instance}} 5 min"),
        ask("lantime_load15", "{{instance}} 15 min"),
        least=0,
        about=About(
            "Tasks that run or wait, averaged over three times.",
            "below 1.",
            "many HTTP or SNMP requests, or many NTP clients, load the processor.",
            ("LantimeLoadHigh",),
        ),
        width=6,
    ),
    lines(
        "Memory free",
        ask("memory_free", "{{instance}}"),
        unit="percentunit",
        least=0,
        most=1,
        steps=limits.below("memory"),
        about=About(
            "Share of the main memory that is free.",
            "around 60 %.",
            "a steady fall is a leak of the firmware: report it to Meinberg, restart the device.",
            ("LantimeMemoryLow",),
        ),
        width=6,
    ),
    lines(
        "Storage free",
        ask("storage_free", "{{instance}} {{mountpoint}}"),
        unit="percentunit",
        least=0,
        most=1,
        steps=limits.below("storage_critical", "storage_warning"),
        about=About(
            "Share of each file system that is free.",
            "/mnt/flash has the least, 12 to 25 %.",
            "remove old firmware images and logs in the web interface.",
            ("LantimeStorageFull",),
        ),
        width=6,
    ),
    lines(
        "Temperature",
        ask("temperature", "{{instance}} {{slot}} {{sensor}}"),
        ask("lantime_chassis_temperature_celsius", "{{instance}} chassis"),
        unit="celsius",
        steps=limits.TEMPERATURE,
        about=About(
            "Temperatures of modules and chassis.",
            "50 to 55 C in a processor module.",
            "check fans, filters and the climate of the room.",
            ("LantimeTemperatureHigh", "LantimeFanFailed"),
        ),
        width=6,
    ),
    table(
        "Storage",
        value("Size", "lantime_filesystem_size_bytes", unit="bytes"),
        value("Used", "lantime_filesystem_used_bytes", unit="bytes"),
        value("Available", "lantime_filesystem_avail_bytes", unit="bytes"),
        keys=("mountpoint",),
        about=About(
            "The file systems of the device.",
            "all but /mnt/flash are mostly empty.",
            "remove old firmware images and logs in the web interface.",
            ("LantimeStorageFull",),
        ),
        width=8,
    ),
    table(
        "Memory and updates",
        value("Memory", "lantime_memory_total_bytes", unit="bytes"),
        value("Free", "lantime_memory_free_bytes", unit="bytes"),
        value("Last update", "lantime_firmware_update_success", states=states.flag("succeeded", "failed")),
        value("Ended", "lantime_firmware_update_end_timestamp_seconds * 1000", unit="dateTimeFromNow"),
        value(
            "Going on", "lantime_firmware_update_in_progress", states=states.flag("yes", "no", states.BLUE, states.GREY)
        ),
        value("Progress", "lantime_firmware_update_progress_ratio", unit="percentunit"),
        about=About(
            "Main memory, and the last update of the firmware.",
            "the last update succeeded.",
            "read the log of the update in the web interface.",
            ("LantimeFirmwareUpdateFailed", "LantimeFirmwareUpdateAvailable"),
        ),
        width=10,
    ),
    table(
        "Services",
        value("Runs", "lantime_service_running", states=states.flag("runs", "stopped", off_colour=states.GREY)),
        keys=("service",),
        about=About(
            "Services of the device.",
            "ntp runs; unused services are stopped.",
            "start the service in the web interface, or read its log.",
            ("LantimeServiceDown", "LantimeNtpServiceDown"),
        ),
        sort="Runs",
        descending=True,
        width=6,
    ),
)

NETWORK = (
    timeline(
        "Links",
        ask(
            "lantime_network_up and on (job, instance, port) lantime_network_port_available == 1",
            "{{instance}} {{port}}",
        ),
        states=states.flag("up", "no link"),
        about=About(
            "Links of the network ports that exist.",
            "up for every cabled port.",
            "check cable, transceiver and switch.",
            ("LantimeNetworkLinkDown",),
        ),
        width=8,
        height=8,
    ),
    table(
        "Network ports",
        labels("lantime_network_info", mac_address="MAC address", card="Card", duplex="Duplex"),
        value("Speed", "lantime_network_speed_bits_per_second", unit="bps"),
        value("Link", "lantime_network_up", states=states.flag("up", "no link", off_colour=states.GREY)),
        value("System", "lantime_network_operational", states=states.flag("up", "down", off_colour=states.GREY)),
        word("Bonding", "lantime_network_bonding_state"),
        value("Link failures", "lantime_network_link_failures_total"),
        keys=("port",),
        about=About(
            "Identity of the network ports.",
            "full duplex at the speed of the switch.",
            "half duplex costs accuracy of NTP and PTP: set both sides to automatic negotiation.",
            ("LantimeNetworkLinkDown",),
        ),
        width=16,
        height=8,
    ),
    lines(
        "Traffic",
        ask("8 * rate(lantime_network_receive_bytes_total[$__rate_interval])", "{{instance}} {{port}} in"),
        ask("8 * rate(lantime_network_transmit_bytes_total[$__rate_interval])", "{{instance}} {{port}} out"),
        unit="bps",
        least=0,
        about=About(
            "Bits per second in and out of each port.",
            "some kbit/s for each thousand NTP clients.",
            "a jump shows new clients or an attack; see packets.",
        ),
        width=8,
    ),
    lines(
        "Packets",
        ask("rate(lantime_network_receive_packets_total[$__rate_interval])", "{{instance}} {{port}} in"),
        ask("rate(lantime_network_transmit_packets_total[$__rate_interval])", "{{instance}} {{port}} out"),
        ask("rate(lantime_network_receive_multicast_total[$__rate_interval])", "{{instance}} {{port}} multicast in"),
        unit="pps",
        least=0,
        about=About(
            "Packets per second in and out of each port, and the multicast ones among those received.",
            "about as many out as in at an NTP server.",
            "many more in than out: something floods the port.",
        ),
        width=8,
    ),
    lines(
        "Errors and drops",
        ask("rate(lantime_network_receive_errors_total[$__rate_interval])", "{{instance}} {{port}} errors in"),
        ask("rate(lantime_network_transmit_errors_total[$__rate_interval])", "{{instance}} {{port}} errors out"),
        ask("rate(lantime_network_receive_dropped_total[$__rate_interval])", "{{instance}} {{port}} dropped in"),
        ask("rate(lantime_network_transmit_dropped_total[$__rate_interval])", "{{instance}} {{port}} dropped out"),
        ask("rate(lantime_network_collisions_total[$__rate_interval])", "{{instance}} {{port}} collisions"),
        unit="pps",
        least=0,
        about=About(
            "Packets with errors and packets that were dropped, per second.",
            "0.",
            "replace the cable or transceiver; collisions are a duplex mismatch.",
            ("LantimeNetworkErrors",),
        ),
        width=8,
    ),
)

TEAM = (
    table(
        "SyncMon nodes",
        labels("lantime_syncmon_node_info", alias="Name", address="Address", type="Kind", location="Location"),
        word(
            "Verdict",
            "lantime_syncmon_node_state",
            states=states.Words(
                (
                    ("ok", states.State("ok", states.GREEN)),
                    ("limit-exceeded", states.State("limit-exceeded", states.RED)),
                    ("not-reachable", states.State("not-reachable", states.ORANGE)),
                )
            ),
        ),
        value("Offset", "lantime_syncmon_node_offset_seconds", unit="s"),
        value("Limit", "lantime_syncmon_node_offset_limit_seconds", unit="s"),
        value("Mean", "lantime_syncmon_node_offset_mean_seconds", unit="s"),
        value("Deviation", "lantime_syncmon_node_offset_stddev_seconds", unit="s"),
        value("Least", "lantime_syncmon_node_offset_min_seconds", unit="s"),
        value("Most", "lantime_syncmon_node_offset_max_seconds", unit="s"),
        value("Delay", "lantime_syncmon_node_path_delay_seconds", unit="s"),
        value("Stratum", "lantime_syncmon_node_stratum"),
        value("Measured", "lantime_syncmon_node_update_timestamp_seconds * 1000", unit="dateTimeFromNow"),
        keys=("node",),
        about=About(
            "Clocks in the network that the device measures.",
            "ok, offset below its limit, measured some minutes ago.",
            "a single node: look at that node; all nodes: look at this device.",
            ("LantimeSyncmonNodeOffsetHigh", "LantimeSyncmonNodeUnreachable", "LantimeSyncmonStale"),
        ),
        height=7,
    ),
    lines(
        "SyncMon offsets",
        ask("lantime_syncmon_node_offset_seconds", "{{instance}} {{node}}"),
        unit="s",
        about=About(
            "Offset of each node to this device.",
            "below the limit of the node.",
            "see the table above.",
            ("LantimeSyncmonNodeOffsetHigh",),
        ),
        width=12,
    ),
    table(
        "SyncTeam members",
        labels("lantime_syncteam_member_info", address="Address"),
        value("Online", "lantime_syncteam_member_online", states=states.flag("online", "offline")),
        value("Role", "lantime_syncteam_member_master", states=states.flag("master", "member", off_colour=states.GREY)),
        value("Quality", "lantime_syncteam_member_time_quality_seconds", unit="s"),
        value("TFOM", "lantime_syncteam_member_tfom"),
        keys=("member",),
        about=About(
            "The team of devices that agree on their time.",
            "all members are online, one is master.",
            "look at the member that is offline, then at the network between.",
            ("LantimeClusterMemberLost",),
        ),
        width=12,
    ),
    table(
        "Cluster",
        labels("lantime_cluster_master_info", master_serial="Master", master_address="Address"),
        word("Role", "lantime_cluster_port_state"),
        word("Clock", "lantime_cluster_clock_state"),
        word("Class", "lantime_cluster_clock_class"),
        word("NTP", "lantime_cluster_ntp_state"),
        word("Change", "lantime_cluster_reconfiguration"),
        value("Priority", "lantime_cluster_master_priority"),
        value("Heard", "lantime_cluster_timestamp_seconds * 1000", unit="dateTimeFromNow"),
        keys=("interface", "family"),
        about=About(
            "NTP cluster: who is master of the shared address.",
            "one master, no change of roles goes on.",
            "two masters mean that the members do not hear each other.",
            ("LantimeClusterMasterChanged", "LantimeClusterNoMaster"),
        ),
        width=24,
        height=5,
    ),
)

PACKAGES = (
    table(
        "Packages",
        labels("lantime_package_info", version="Version"),
        keys=("package",),
        about=About(
            "Versions of the parts of the firmware.",
            "the same on devices with the same firmware.",
            "compare with a healthy device when one behaves differently.",
        ),
        width=12,
    ),
)

PAGE = Page(
    uid=Dashboard.DEVICE,
    title="LANTIME device",
    description="What is wrong with this one? Choose a device, or several to compare them.",
    rows=(
        Row("", STATE),
        Row("Synchronization", SYNCHRONIZATION),
        Row("NTP and leap seconds", NTP),
        Row("Network", NETWORK),
        Row("System", SYSTEM),
        Row("SyncMon, SyncTeam, cluster", TEAM, collapsed=True),
        Row("Packages", PACKAGES, collapsed=True),
    ),
)
