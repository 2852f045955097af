"""Cases of ``lantime-info``."""

from tests.alerts.cases.definition import Case, Episode, Silence

NOW = "1800000000+60x3000"
START = 1_800_000_000

TRIGGERED = 'lantime_event_last_triggered_timestamp_seconds{{event="{}", type="{}"}}'
ACTIVE = 'lantime_event_active{{event="{}", type="{}"}}'
CHANGED = TRIGGERED.format("device-configuration-changed", "action")
BANNED = TRIGGERED.format("faillock:-user-banned", "action")

MASTER = (
    'lantime_cluster_master_info{{interface="vif0", family="ipv4", master_serial="{}", master_address="192.0.2.2"}}'
)
TEAM = 'lantime_syncteam_reference_info{{master="{}", reference="{}"}}'

CASES: tuple[Case, ...] = (
    Episode(
        alert="LantimeConfigurationChanged",
        says="an hour after the last change",
        series={
            "lantime_status_timestamp_seconds": NOW,
            CHANGED: f"{START - 3600}x9 {START + 570}x60",
        },
        lingers=10,
        labels={"event": "device-configuration-changed", "type": "action"},
        description="lt1: the configuration was changed 30s ago.",
    ),
    Episode(
        alert="LantimeConfigurationChanged",
        says="the status has no timestamp",
        series={
            "lantime_device_time_seconds": NOW,
            CHANGED: f"{START - 3600}x9 {START + 570}x60",
        },
        lingers=10,
        labels={"event": "device-configuration-changed", "type": "action"},
        description="lt1: the configuration was changed 30s ago.",
    ),
    Silence(
        alert="LantimeConfigurationChanged",
        says="other events happen",
        series={
            "lantime_status_timestamp_seconds": NOW,
            TRIGGERED.format("sync-monitor", "action"): f"{START - 3600}x9 {START + 570}x60",
        },
    ),
    Silence(
        alert="LantimeConfigurationChanged",
        says="the device's clock falls back by years at its start",
        series={"lantime_status_timestamp_seconds": "1800000000+60x9 1500000000+60x60", CHANGED: START - 3600},
    ),
    Episode(
        alert="LantimePendingChanges",
        says="a change is not applied",
        series={"lantime_pending_changes": (0, 1)},
        description="lt1: 1 change of the configuration is not applied.",
    ),
    Episode(
        alert="LantimeUserBanned",
        says="a user tries passwords",
        series={
            "lantime_status_timestamp_seconds": NOW,
            BANNED: f"{START - 3600}x9 {START + 570}x60",
        },
        lingers=10,
        labels={"event": "faillock:-user-banned", "type": "action"},
        description="lt1 banned a user for wrong passwords 30s ago.",
    ),
    Silence(
        alert="LantimeUserBanned",
        says="other events happen",
        series={
            "lantime_status_timestamp_seconds": NOW,
            CHANGED: f"{START - 3600}x9 {START + 570}x60",
        },
    ),
    Silence(
        alert="LantimeUserBanned",
        says="a user was banned long ago",
        series={"lantime_status_timestamp_seconds": NOW, BANNED: START - 960},
    ),
    Episode(
        alert="LantimeClusterMasterChanged",
        says="another member leads the cluster",
        series={MASTER.format("0804"): "1x9 stale _x50", MASTER.format("0805"): "_x10 1x50"},
        lingers=9,
        labels={"interface": "vif0", "family": "ipv4"},
        description="lt1 saw 2 masters of its cluster on vif0 within 15 minutes.",
    ),
    Episode(
        alert="LantimeClusterMasterChanged",
        says="another member leads the team",
        series={TEAM.format("lt1", "gps"): "1x9 stale _x50", TEAM.format("lt2", "gps"): "_x10 1x50"},
        lingers=9,
        description="lt1 saw 2 masters of its team within 15 minutes.",
    ),
    Silence(
        alert="LantimeClusterMasterChanged",
        says="the team's master has another reference",
        series={TEAM.format("lt1", "gps"): "1x9 stale _x50", TEAM.format("lt1", "ptp"): "_x10 1x50"},
    ),
    Silence(
        alert="LantimeClusterMasterChanged",
        says="the master was not known for a while",
        series={
            MASTER.format(""): "1x9 stale _x50",
            MASTER.format("0805"): "_x10 1x50",
            TEAM.format("", "gps"): "1x9 stale _x50",
            TEAM.format("lt2", "gps"): "_x10 1x50",
        },
    ),
    Episode(
        alert="LantimeNotification",
        says="an event that nobody knows is active",
        series={ACTIVE.format("tsu-error", "error"): (0, 1), ACTIVE.format("tsu-ok", "info"): (1, 0)},
        labels={"event": "tsu-error", "type": "error"},
        description="lt1 reports tsu-error (error).",
    ),
    Episode(
        alert="LantimeNotification",
        says="an event that nobody knows came and went",
        series={
            "lantime_status_timestamp_seconds": NOW,
            ACTIVE.format("tsu-error", "critical"): 0,
            TRIGGERED.format("tsu-error", "critical"): f"_x10 {START + 570}x60",
        },
        lingers=10,
        labels={"event": "tsu-error", "type": "critical"},
        description="lt1 reports tsu-error (critical).",
    ),
    Silence(
        alert="LantimeNotification",
        says="the antenna is off, which is another alert",
        series={
            "lantime_status_timestamp_seconds": NOW,
            ACTIVE.format("antenna-faulty", "error"): (0, 1),
            TRIGGERED.format("antenna-faulty", "error"): f"_x10 {START + 570}x60",
        },
    ),
    Silence(
        alert="LantimeNotification",
        says="something is only noted",
        series={
            "lantime_status_timestamp_seconds": NOW,
            ACTIVE.format("self-signed-https-certificate-in-use", "warning"): (0, 1),
            TRIGGERED.format("system-reboot", "action"): f"_x10 {START + 570}x60",
        },
    ),
    Episode(
        alert="LantimeFirmwareUpdateAvailable",
        step=30,
        says="newer firmware is published",
        series={
            'lantime_event_active{event="auto-update-avail", type="info"}': (0, 1),
            'lantime_event_active{event="auto-update-installed", type="info"}': 0,
        },
        labels={"event": "auto-update-avail", "type": "info"},
        description="lt1: newer firmware is available.",
    ),
    *(
        Silence(
            alert="LantimeNotification",
            says=f"{event} is another alert",
            series={ACTIVE.format(event, "critical"): (0, 1)},
        )
        for event in ("power-supply-failure", "ntp-stopped", "refclock-1-not-responding", "xhe-rub-error")
    ),
)
