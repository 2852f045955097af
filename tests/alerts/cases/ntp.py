"""Cases of ``lantime-ntp``."""

from tests.alerts.alerts_rules import Severity
from tests.alerts.cases.definition import Case, Episode, Silence

BOOTED = {"lantime_uptime_seconds": 1900}
BOOTING = {"lantime_uptime_seconds": 1700}
REFERENCE = 'lantime_sync_reference_info{{reference="clk1", ref_type="{}", oscillator="tcxo"}}'

NOW = "1800000000+60x3000"
DAY = 86400


def selected(association: str, state: str = "sys-peer") -> dict[str, float]:
    """Return that NTP follows an association."""
    return {f'lantime_ntp_association_selection{{association="{association}", state="{state}"}}': 1}


def node(name: str, offset: tuple[float, float], limit: float) -> dict[str, float | tuple[float | None, float | None]]:
    """Return a node of SyncMon."""
    return {
        f'lantime_syncmon_node_offset_seconds{{node="{name}"}}': offset,
        f'lantime_syncmon_node_offset_limit_seconds{{node="{name}"}}': limit,
    }


EXPIRY = "lantime_ntp_leap_file_expiry_timestamp_seconds"
OFFSET = 'lantime_ntp_association_offset_seconds{association="ref_1"}'

CASES: tuple[Case, ...] = (
    Episode(
        alert="LantimeNtpNotSynchronized",
        says="the leap indicator is 3",
        series={**BOOTED, "lantime_ntp_leap_indicator": (0, 3), "lantime_ntp_stratum": 1},
        description="lt1: NTP is not synchronized. Clients reject its time.",
    ),
    Episode(
        alert="LantimeNtpNotSynchronized",
        says="the stratum is 16",
        series={"lantime_ntp_leap_indicator": 0, "lantime_ntp_stratum": (15, 16)},
        description="lt1: NTP is not synchronized. Clients reject its time.",
    ),
    Silence(
        alert="LantimeNtpNotSynchronized",
        says="a leap second is announced",
        series={"lantime_ntp_leap_indicator": (0, 1), "lantime_ntp_stratum": 1},
    ),
    Silence(
        alert="LantimeNtpNotSynchronized",
        says="the device starts",
        series={**BOOTING, "lantime_ntp_leap_indicator": (0, 3), "lantime_ntp_stratum": (1, 16)},
    ),
    Episode(
        alert="LantimeNtpServiceDown",
        says="NTP stops",
        series={
            'lantime_service_running{service="ntp"}': (1, 0),
            'lantime_service_running{service="ssh"}': 0,
        },
        labels={"service": "ntp"},
        description="lt1: the NTP service has not run for 2m 15s. Clients get no answer.",
    ),
    Silence(alert="LantimeNtpServiceDown", says="NTP never ran", series={'lantime_service_running{service="ntp"}': 0}),
    Episode(
        alert="LantimeNtpStratumHigh",
        severity=Severity.WARNING,
        says="NTP follows another server",
        series={**BOOTED, "lantime_ntp_stratum": (1, 2), REFERENCE.format("gps"): 1},
        description="lt1: NTP is at stratum 2 (limit 1): it follows another server.",
    ),
    Silence(
        alert="LantimeNtpStratumHigh",
        severity=Severity.WARNING,
        says="a server that follows others by design",
        series={"lantime_ntp_stratum": 2, REFERENCE.format("ntp"): 1},
    ),
    Episode(
        alert="LantimeNtpStratumHigh",
        severity=Severity.WARNING,
        says="NTP is far from any reference",
        series={"lantime_ntp_stratum": (1, 15)},
        description="lt1: NTP is at stratum 15 (limit 1): it follows another server.",
        also={
            Severity.CRITICAL: "lt1: NTP is at stratum 15 (limit 12): it serves the time of its local clock "
            "without a reference."
        },
    ),
    Silence(
        alert="LantimeNtpStratumHigh",
        severity=Severity.WARNING,
        says="NTP is not synchronized, which is another alert",
        series={"lantime_ntp_stratum": (1, 16)},
    ),
    Silence(
        alert="LantimeNtpStratumHigh",
        severity=Severity.WARNING,
        says="the device starts",
        series={**BOOTING, "lantime_ntp_stratum": (1, 3)},
    ),
    Episode(
        alert="LantimeNtpStratumHigh",
        severity=Severity.CRITICAL,
        says="NTP falls back to its local clock",
        series={**BOOTED, "lantime_ntp_stratum": (11, 12), REFERENCE.format("ntp"): 1},
        description="lt1: NTP is at stratum 12 (limit 12): it serves the time of its local clock without a reference.",
    ),
    Episode(
        alert="LantimeNtpStratumHigh",
        severity=Severity.CRITICAL,
        says="NTP is far from any reference",
        series={"lantime_ntp_stratum": (16, 15), REFERENCE.format("ntp"): 1},
        description="lt1: NTP is at stratum 15 (limit 12): it serves the time of its local clock without a reference.",
    ),
    Silence(
        alert="LantimeNtpStratumHigh",
        severity=Severity.CRITICAL,
        says="the device starts",
        series={**BOOTING, "lantime_ntp_stratum": (1, 12)},
    ),
    *(
        Silence(
            alert="LantimeNtpOffsetHigh",
            severity=severity,
            says="a server that is not followed is far away",
            series={
                **selected("peer_1", "outlier"),
                'lantime_ntp_association_selection{association="peer_1", state="sys-peer"}': 0,
                'lantime_ntp_association_offset_seconds{association="peer_1"}': (0, 0.01),
            },
        )
        for severity in (Severity.WARNING, Severity.CRITICAL)
    ),
    Episode(
        alert="LantimeNtpErrorBoundHigh",
        says="dispersion, delay and offset add up",
        series={
            **BOOTED,
            **selected("peer_1"),
            'lantime_ntp_association_offset_seconds{association="peer_1"}': -3e-4,
            "lantime_ntp_root_delay_seconds": 4e-4,
            "lantime_ntp_root_dispersion_seconds": (4e-4, 6e-4),
        },
        description="lt1: NTP clients may be wrong by 1.1ms because of this server (limit 1ms).",
    ),
    Silence(
        alert="LantimeNtpErrorBoundHigh",
        says="a server that is not followed is far away",
        series={
            **selected("ref_1", "pps-peer"),
            **selected("peer_1", "candidate"),
            'lantime_ntp_association_offset_seconds{association="ref_1"}': 0,
            'lantime_ntp_association_offset_seconds{association="peer_1"}': (0, 0.01),
            "lantime_ntp_root_delay_seconds": 0,
            "lantime_ntp_root_dispersion_seconds": 1e-4,
        },
    ),
    Silence(
        alert="LantimeNtpErrorBoundHigh",
        says="the device starts",
        series={
            **BOOTING,
            **selected("ref_1"),
            'lantime_ntp_association_offset_seconds{association="ref_1"}': 0,
            "lantime_ntp_root_delay_seconds": 0,
            "lantime_ntp_root_dispersion_seconds": (0, 1),
        },
    ),
    Episode(
        alert="LantimeNtpPeerUnreachable",
        says="a configured server is silent",
        series={
            'lantime_ntp_association_reachable{association="peer_1"}': (1, 0),
            'lantime_ntp_association_configured{association="peer_1"}': 1,
            'lantime_ntp_association_reachable{association="ref_1"}': 1,
            'lantime_ntp_association_configured{association="ref_1"}': 1,
        },
        labels={"association": "peer_1"},
        description="lt1: the NTP source peer_1 has not answered for 30 minutes.",
    ),
    Silence(
        alert="LantimeNtpPeerUnreachable",
        says="a discovered server is silent",
        series={
            'lantime_ntp_association_reachable{association="peer_2"}': (1, 0),
            'lantime_ntp_association_configured{association="peer_2"}': 0,
        },
    ),
    Episode(
        alert="LantimeNtpFalseticker",
        says="a server sends wrong time",
        series={'lantime_ntp_association_selection{association="peer_1", state="falsetick"}': (0, 1)},
        labels={"association": "peer_1", "state": "falsetick"},
        description="lt1: the NTP source peer_1 contradicts the other time sources.",
    ),
    Episode(
        alert="LantimeNtpFalseticker",
        says="a member of the cluster sends wrong time",
        series={
            'lantime_event_active{event="cluster-falseticker-detected", type="warning"}': (0, 1),
            'lantime_event_active{event="cluster-falseticker-cleared", type="info"}': (1, 0),
        },
        labels={"event": "cluster-falseticker-detected", "type": "warning"},
        description="lt1: a member of its cluster contradicts the other time sources.",
    ),
    Silence(
        alert="LantimeNtpFalseticker",
        says="a server is left out for other reasons",
        series={
            'lantime_ntp_association_selection{association="peer_1", state="outlier"}': (0, 1),
            'lantime_ntp_association_selection{association="peer_1", state="falsetick"}': 0,
        },
    ),
    Episode(
        alert="LantimeSyncmonNodeOffsetHigh",
        says="a node leaves its limit",
        series=node("edge-router", (-9e-5, -1.1e-4), 1e-4),
        labels={"node": "edge-router"},
        description="lt1: SyncMon finds node edge-router beyond its offset limit (110% of it).",
    ),
    Episode(
        alert="LantimeSyncmonNodeOffsetHigh",
        says="a node without figures",
        series={'lantime_syncmon_node_state{node="edge-router", state="limit-exceeded"}': (0, 1)},
        labels={"node": "edge-router", "state": "limit-exceeded"},
        description="lt1: SyncMon finds node edge-router beyond its offset limit.",
    ),
    Episode(
        alert="LantimeSyncmonNodeOffsetHigh",
        says="nodes that cannot be read",
        series={
            'lantime_event_active{event="sync-monitor-alert", type="error"}': (0, 1),
            'lantime_event_active{event="sync-monitor-ok", type="info"}': (1, 0),
        },
        labels={"event": "sync-monitor-alert", "type": "error"},
        description="lt1: SyncMon finds a node beyond its offset limit.",
    ),
    Episode(
        alert="LantimeSyncmonNodeOffsetHigh",
        says="a node says it in all three ways, and one alert comes",
        series={
            **node("edge-router", (0, 2e-4), 1e-4),
            'lantime_syncmon_node_state{node="edge-router", state="limit-exceeded"}': (0, 1),
            'lantime_event_active{event="sync-monitor-alert", type="error"}': (0, 1),
        },
        labels={"node": "edge-router"},
        description="lt1: SyncMon finds node edge-router beyond its offset limit (200% of it).",
    ),
    Silence(
        alert="LantimeSyncmonNodeOffsetHigh",
        says="a node without limit",
        series=node("edge-router", (0, 1), 0),
    ),
    Silence(
        alert="LantimeSyncmonNodeOffsetHigh",
        says="a node does not answer",
        series={
            'lantime_syncmon_node_state{node="edge-router", state="limit-exceeded"}': 0,
            'lantime_syncmon_node_state{node="edge-router", state="not-reachable"}': (0, 1),
        },
    ),
    Episode(
        alert="LantimeSyncmonNodeUnreachable",
        says="a node does not answer",
        series={'lantime_syncmon_node_reachable{node="edge-router"}': (1, 0)},
        labels={"node": "edge-router"},
        description="lt1: the monitored node edge-router does not answer SyncMon.",
    ),
    Episode(
        alert="LantimeSyncmonNodeUnreachable",
        says="a node that has a state only",
        series={
            'lantime_syncmon_node_state{node="edge-router", state="not-reachable"}': (0, 1),
            'lantime_syncmon_node_state{node="edge-router", state="ok"}': (1, 0),
        },
        labels={"node": "edge-router", "state": "not-reachable"},
        description="lt1: the monitored node edge-router does not answer SyncMon.",
    ),
    Episode(
        alert="LantimeSyncmonNodeUnreachable",
        says="a node says it in both ways, and one alert comes",
        series={
            'lantime_syncmon_node_reachable{node="edge-router"}': (1, 0),
            'lantime_syncmon_node_state{node="edge-router", state="not-reachable"}': (0, 1),
        },
        labels={"node": "edge-router"},
        description="lt1: the monitored node edge-router does not answer SyncMon.",
    ),
    Episode(
        alert="LantimeSyncmonStale",
        says="SyncMon stops",
        series={
            "lantime_status_timestamp_seconds": NOW,
            "lantime_syncmon_update_timestamp_seconds": "1799996700+60x9 1799996700+60x19 1800001800+60x60",
            'lantime_syncmon_node_info{node="a", alias="", address="192.0.2.1", location="", type="ntp"}': 1,
        },
        description="lt1: SyncMon last measured 1h 5m 0s ago (limit 1h).",
    ),
    Episode(
        alert="LantimeSyncmonStale",
        says="SyncMon of a device that reports only its own time stops",
        series={
            "lantime_device_time_seconds": NOW,
            "lantime_syncmon_update_timestamp_seconds": "1799996700+60x9 1799996700+60x19 1800001800+60x60",
            'lantime_syncmon_node_info{node="a", alias="", address="192.0.2.1", location="", type="ntp"}': 1,
        },
        description="lt1: SyncMon last measured 1h 5m 0s ago (limit 1h).",
    ),
    Silence(
        alert="LantimeSyncmonStale",
        says="the whole status is old, which is another alert",
        series={
            "lantime_status_timestamp_seconds": NOW,
            "lantime_device_time_seconds": NOW,
            "lantime_api_update_timestamp_seconds": 1_799_990_000,
            "lantime_syncmon_update_timestamp_seconds": 1_799_989_000,
            'lantime_syncmon_node_info{node="a", alias="", address="192.0.2.1", location="", type="ntp"}': 1,
        },
    ),
    Silence(
        alert="LantimeSyncmonStale",
        says="SyncMon has no nodes",
        series={
            "lantime_status_timestamp_seconds": NOW,
            "lantime_syncmon_update_timestamp_seconds": 1700000000,
        },
    ),
    Episode(
        alert="LantimeLeapSecondAnnounced",
        says="a leap second comes",
        series={"lantime_leap_second_announced": (0, 1)},
        description="lt1 announces a leap second.",
    ),
    Episode(
        alert="LantimeClusterMemberLost",
        says="a member goes offline",
        series={
            'lantime_syncteam_mode{state="enabled"}': 1,
            'lantime_syncteam_mode{state="disabled"}': 0,
            "lantime_syncteam_members_offline": (0, 1),
        },
        description="lt1: 1 member of its SyncTeam is offline.",
    ),
    Episode(
        alert="LantimeClusterMemberLost",
        says="a member disappears",
        series={"lantime_syncteam_members_offline": 0, "lantime_syncteam_members_online": (3, 2)},
        description="lt1: 1 member of its SyncTeam is offline.",
    ),
    Silence(
        alert="LantimeClusterMemberLost",
        says="the team is switched off",
        series={
            'lantime_syncteam_mode{state="disabled"}': 1,
            "lantime_syncteam_members_offline": (0, 2),
            "lantime_syncteam_members_online": (2, 0),
        },
    ),
    Episode(
        alert="LantimeClusterNoMaster",
        says="the master disappears",
        series={
            'lantime_cluster_enabled{interface="vif0", family="ipv4"}': 1,
            'lantime_cluster_master_info{interface="vif0", family="ipv4", master_serial="0804", '
            'master_address="192.0.2.2"}': (
                1,
                None,
            ),
        },
        labels={"interface": "vif0", "family": "ipv4"},
        description="lt1: the ipv4 cluster on vif0 has no master.",
    ),
    Episode(
        alert="LantimeClusterNoMaster",
        says="the cluster is not heard",
        series={
            "lantime_status_timestamp_seconds": NOW,
            'lantime_cluster_timestamp_seconds{interface="vif0", family="ipv4"}': "1799999720+60x9 "
            "1800000280+60x9 1800000920+60x60",
        },
        labels={"interface": "vif0", "family": "ipv4"},
        description="lt1: the ipv4 cluster on vif0 has not been heard for 5m 20s (limit 5m).",
    ),
    Episode(
        alert="LantimeClusterNoMaster",
        says="the cluster is not heard by a device that reports only its own time",
        series={
            "lantime_device_time_seconds": NOW,
            'lantime_cluster_timestamp_seconds{interface="vif0", family="ipv4"}': "1799999720+60x9 "
            "1800000280+60x9 1800000920+60x60",
        },
        labels={"interface": "vif0", "family": "ipv4"},
        description="lt1: the ipv4 cluster on vif0 has not been heard for 5m 20s (limit 5m).",
    ),
    Episode(
        alert="LantimeClusterNoMaster",
        says="the master has an address and no serial number",
        series={
            'lantime_cluster_enabled{interface="vif0", family="ipv4"}': (0, 1),
            'lantime_cluster_master_info{interface="vif0", family="ipv4", master_serial="", '
            'master_address="192.0.2.2"}': 1,
        },
        labels={"interface": "vif0", "family": "ipv4"},
        description="lt1: the ipv4 cluster on vif0 has no master.",
    ),
    Silence(
        alert="LantimeClusterNoMaster",
        says="the whole status is old, which is another alert",
        series={
            "lantime_status_timestamp_seconds": NOW,
            "lantime_device_time_seconds": NOW,
            "lantime_api_update_timestamp_seconds": 1_799_990_000,
            'lantime_cluster_timestamp_seconds{interface="vif0", family="ipv4"}': 1_799_989_900,
        },
    ),
    Silence(
        alert="LantimeClusterNoMaster",
        says="the interface takes no part in a cluster",
        series={'lantime_cluster_enabled{interface="vif0", family="ipv4"}': 0},
    ),
    Episode(
        alert="LantimeLeapFileExpiring",
        severity=Severity.INFO,
        says="less than 60 d are left, and the clock of the device is years off",
        series={"lantime_device_time_seconds": 1, EXPIRY: (66 * DAY, 54 * DAY)},
        description="lt1: the leap second file expires in 53d 22h 50m 0s (limit 60d).",
    ),
    Episode(
        alert="LantimeLeapFileExpiring",
        severity=Severity.INFO,
        says="little more than 30 d are left",
        series={EXPIRY: (66 * DAY, 32 * DAY)},
        description="lt1: the leap second file expires in 31d 22h 50m 0s (limit 60d).",
    ),
    Silence(
        alert="LantimeLeapFileExpiring",
        severity=Severity.INFO,
        says="less than 30 d are left",
        series={EXPIRY: (66 * DAY, 27 * DAY)},
    ),
    Episode(
        alert="LantimeLeapFileExpiring",
        severity=Severity.WARNING,
        says="less than 30 d are left",
        series={EXPIRY: (33 * DAY, 27 * DAY)},
        description="lt1: the leap second file expires in 26d 22h 50m 0s (limit 30d).",
    ),
    Episode(
        alert="LantimeLeapFileExpiring",
        severity=Severity.WARNING,
        says="the last second passes",
        series={EXPIRY: (100 * DAY, 74 * 60 + 1)},
        description="lt1: the leap second file expires in 4m 1s (limit 30d).",
    ),
    Silence(
        alert="LantimeLeapFileExpiring",
        severity=Severity.WARNING,
        says="the file has expired, which is another alert",
        series={EXPIRY: (100 * DAY, 1)},
    ),
    Episode(
        alert="LantimeLeapFileExpired",
        says="the last day passes",
        series={EXPIRY: (10 * DAY, 600)},
        description="lt1: the leap second file expired 1h 0m 0s ago.",
    ),
    Episode(
        alert="LantimeNtpClientOffsetExceeded",
        severity=Severity.WARNING,
        says="the device raises its alarm for clients",
        series={'lantime_event_active{event="ntp-client-alarm", type="error"}': (0, 1)},
        labels={"event": "ntp-client-alarm", "type": "error"},
        description="lt1 raises its alarm for NTP clients (event ntp-client-alarm).",
    ),
    Episode(
        alert="LantimeNtpClientOffsetExceeded",
        severity=Severity.CRITICAL,
        says="the device finds its limit exceeded",
        series={
            'lantime_event_active{event="ntp-offset-limit-exceeded", type="error"}': (0, 1),
            'lantime_event_active{event="ntp-offset-limit-ok", type="info"}': (1, 0),
        },
        labels={"event": "ntp-offset-limit-exceeded", "type": "error"},
        description="lt1: the NTP offset limit that is set on the device is exceeded (event "
        "ntp-offset-limit-exceeded).",
    ),
    Episode(
        alert="LantimeNtpNotSynchronized",
        says="the device reports it",
        series={
            **BOOTED,
            'lantime_event_active{event="ntp-not-sync", type="error"}': (0, 1),
            'lantime_event_active{event="ntp-sync", type="info"}': (1, 0),
        },
        labels={"event": "ntp-not-sync", "type": "error"},
        description="lt1: NTP is not synchronized. Clients reject its time.",
    ),
    Episode(
        alert="LantimeNtpNotSynchronized",
        says="NTP and the device report it, and one alert comes",
        series={
            "lantime_ntp_leap_indicator": (0, 3),
            'lantime_event_active{event="ntp-not-sync", type="error"}': (0, 1),
        },
        description="lt1: NTP is not synchronized. Clients reject its time.",
    ),
    Episode(
        alert="LantimeNtpServiceDown",
        says="Prometheus has no history, and the device reports it",
        series={
            'lantime_service_running{service="ntp"}': 0,
            'lantime_event_active{event="ntp-stopped", type="error"}': (0, 1),
            'lantime_event_active{event="ntp-started", type="info"}': (1, 0),
        },
        labels={"event": "ntp-stopped", "type": "error"},
        description="lt1: the NTP service stopped. Clients get no answer.",
    ),
    Episode(
        alert="LantimeNtpServiceDown",
        says="both, and one alert comes",
        series={
            'lantime_service_running{service="ntp"}': (1, 0),
            'lantime_event_active{event="ntp-stopped", type="error"}': (0, 1),
        },
        labels={"service": "ntp"},
        description="lt1: the NTP service has not run for 2m 15s. Clients get no answer.",
    ),
    Episode(
        alert="LantimeNtpStateUnknown",
        says="the section of NTP is gone from the status",
        series={"lantime_up": 1, "lantime_ntp_stratum": (1, None), 'lantime_service_running{service="ntp"}': 1},
        description="lt1 has not reported NTP for 11m 0s. Alerts about NTP are silent.",
    ),
    Silence(
        alert="LantimeNtpStateUnknown",
        says="NTP stops, which is another alert",
        series={"lantime_up": 1, "lantime_ntp_stratum": (1, None), 'lantime_service_running{service="ntp"}': (1, 0)},
    ),
    Silence(
        alert="LantimeNtpStateUnknown",
        says="the device is away",
        series={"lantime_up": (1, 0), "lantime_ntp_stratum": (1, None)},
    ),
    Silence(alert="LantimeNtpStateUnknown", says="there never was NTP", series={"lantime_up": 1}),
)
