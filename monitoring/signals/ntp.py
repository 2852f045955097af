"""NTP, leap seconds, and the nodes, teams and clusters that are measured against the device."""

from monitoring.signals.definition import Signal

DATA_TIME = "lantime_api_update_timestamp_seconds or lantime_status_timestamp_seconds or lantime_device_time_seconds"
"""When the device refreshed what it tells: data that are stale as a whole have an alert of their own."""

SIGNALS = (
    Signal(name="ntp_stratum", meaning="Stratum of the NTP server.", expr="lantime_ntp_stratum"),
    Signal(
        name="ntp_leap",
        meaning="Leap indicator of the NTP server; 3 is not synchronized.",
        expr="lantime_ntp_leap_indicator",
    ),
    Signal(
        name="ntp_running",
        meaning="Whether the NTP service runs.",
        expr='lantime_service_running{service="ntp"}',
    ),
    Signal(
        name="follows_ntp",
        meaning="The device follows other NTP servers and has no reference of its own.",
        expr='lantime_sync_reference_info{ref_type="ntp"}',
    ),
    Signal(
        name="ntp_offset",
        meaning="Offset to the source that NTP follows.",
        unit="s",
        expr="abs(lantime_ntp_association_offset_seconds)\n"
        "and on (job, instance, association)\n"
        '  lantime_ntp_association_selection{state=~"sys-peer|pps-peer"} == 1',
    ),
    Signal(
        name="ntp_error_bound",
        meaning="Bound of the time error that NTP clients see: offset, root dispersion and half of the root delay.",
        unit="s",
        expr="lantime_ntp_root_dispersion_seconds + lantime_ntp_root_delay_seconds / 2\n"
        "+ max without (association) (\n"
        "  abs(lantime_ntp_association_offset_seconds)\n"
        "  and on (job, instance, association)\n"
        '    lantime_ntp_association_selection{state=~"sys-peer|pps-peer"} == 1\n'
        ")",
        record="instance:lantime_ntp_error_bound_seconds:max",
    ),
    Signal(
        name="association_reachable",
        meaning="Whether the source of an NTP association answers.",
        expr="lantime_ntp_association_reachable",
    ),
    Signal(
        name="association_configured",
        meaning="Whether the NTP association is configured, not discovered.",
        expr="lantime_ntp_association_configured",
    ),
    Signal(
        name="association_false",
        meaning="Whether NTP holds the source for a falseticker.",
        expr='lantime_ntp_association_selection{state="falsetick"}',
    ),
    Signal(
        name="cluster_false",
        meaning="Whether the cluster has found a falseticker among its members.",
        expr='lantime_event_active{event="cluster-falseticker-detected"}',
    ),
    Signal(
        name="ntp_offset_alarm",
        meaning="Whether the device itself says that an offset or an NTP client is beyond its limit.",
        expr='lantime_event_active{event=~"ntp-offset-limit-exceeded|ntp-client-alarm"}',
    ),
    Signal(
        name="syncmon_alarm",
        meaning="Whether the device itself says that a node of SyncMon is beyond its limit.",
        expr='lantime_event_active{event="sync-monitor-alert"}',
    ),
    Signal(
        name="leap_announced",
        meaning="Whether a leap second is announced.",
        expr="lantime_leap_second_announced",
    ),
    Signal(
        name="leap_file_validity",
        meaning="Time until the leap second file expires, by the device's clock.",
        unit="s",
        expr="lantime_ntp_leap_file_expiry_timestamp_seconds\n"
        "- (lantime_status_timestamp_seconds or lantime_device_time_seconds)",
    ),
    Signal(
        name="node_limit_exceeded",
        meaning="Whether SyncMon says that a node is beyond its limit.",
        expr='lantime_syncmon_node_state{state="limit-exceeded"}',
    ),
    Signal(
        name="node_offset_share",
        meaning="Offset of a SyncMon node as a share of its own limit.",
        unit="percentunit",
        expr="abs(lantime_syncmon_node_offset_seconds) / (lantime_syncmon_node_offset_limit_seconds > 0)",
    ),
    Signal(
        name="node_unreachable",
        meaning="Whether SyncMon says that a node does not answer.",
        expr='lantime_syncmon_node_state{state="not-reachable"}',
    ),
    Signal(
        name="node_reachable",
        meaning="Whether a SyncMon node answers.",
        expr="lantime_syncmon_node_reachable",
    ),
    Signal(
        name="syncmon_age",
        meaning="Time between SyncMon's last measurement and the last refresh of the status, by the device's clock.",
        unit="s",
        expr=f"({DATA_TIME})\n- lantime_syncmon_update_timestamp_seconds",
    ),
    Signal(
        name="syncmon_nodes",
        meaning="Nodes that SyncMon watches.",
        expr="lantime_syncmon_node_info",
    ),
    Signal(
        name="team_offline",
        meaning="Members of the SyncTeam that are offline.",
        expr="lantime_syncteam_members_offline",
    ),
    Signal(
        name="team_online",
        meaning="Members of the SyncTeam that are online.",
        expr="lantime_syncteam_members_online",
    ),
    Signal(
        name="team_disabled",
        meaning="Whether the SyncTeam is switched off.",
        expr='lantime_syncteam_mode{state="disabled"}',
    ),
    Signal(
        name="cluster_enabled",
        meaning="Whether the interface takes part in a cluster.",
        expr="lantime_cluster_enabled",
    ),
    Signal(
        name="cluster_master",
        meaning="The cluster has a master.",
        expr='lantime_cluster_master_info{master_serial!=""}',
    ),
    Signal(
        name="cluster_age",
        meaning="Time between the last word of the cluster and the last refresh of the status, by the device's clock.",
        unit="s",
        expr=f"({DATA_TIME})\n- on (job, instance) group_right () lantime_cluster_timestamp_seconds",
    ),
)
