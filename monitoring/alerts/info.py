"""For the record: what happened, and every notification that no other alert tells."""

from monitoring.alerts.definition import Alert, Group, Severity
from monitoring.deployment import Dashboard

AGE = "$device_now - on (job, instance) group_right ()"

GROUP = Group(
    name="lantime-info",
    title="Information, security, configuration",
    alerts=(
        Alert(
            name="LantimeConfigurationChanged",
            severity=Severity.INFO,
            when="the configuration was changed within $event_recent",
            expr=f"abs({AGE} $configuration_changed) < $event_recent",
            summary="The configuration of the device was changed.",
            description="The configuration of {{ $labels.instance }} was changed {{ $value | humanizeDuration }} ago.",
            source="Traps ConfigChanged, samber",
            dashboard=Dashboard.DEVICE,
        ),
        Alert(
            name="LantimePendingChanges",
            severity=Severity.INFO,
            when="changes of the configuration are made and not applied",
            expr="$pending_changes > 0",
            hold="1h",
            summary="Changes of the configuration are not applied.",
            description="{{ $value }} changes of the configuration of {{ $labels.instance }} are not applied.",
            source="own",
            dashboard=Dashboard.DEVICE,
        ),
        Alert(
            name="LantimeUserBanned",
            severity=Severity.INFO,
            when="a user was banned for wrong passwords within $event_recent",
            expr=f"abs({AGE} $user_banned) < $event_recent",
            summary="The device banned a user.",
            description="{{ $labels.instance }} banned a user for wrong passwords.",
            source="Traps FailLockUserBanned, samber",
            dashboard=Dashboard.DEVICE,
        ),
        Alert(
            name="LantimeClusterMasterChanged",
            severity=Severity.INFO,
            when="a cluster or a SyncTeam had more than one master within $recent",
            expr="$cluster_masters_seen > 1 or on (job, instance) $team_masters_seen > 1",
            summary="A cluster or team has another master.",
            description="{{ $labels.instance }} follows another master of its "
            "{{ with $labels.interface }}cluster on {{ . }}{{ else }}team{{ end }}.",
            source="Traps ClusterMasterChanged",
            dashboard=Dashboard.DEVICE,
        ),
        Alert(
            name="LantimeNotification",
            severity=Severity.WARNING,
            when="an event of type error or critical, for which there is no alert of its own, is active or was "
            "triggered "
            "within $event_recent",
            expr=f"$error_active == 1 or abs({AGE} $error_time) < $event_recent",
            summary="The device notifies of an error.",
            description="{{ $labels.instance }} notifies: {{ $labels.event }} ({{ $labels.type }}).",
            source="events of the REST API",
            dashboard=Dashboard.ALARMS,
        ),
        Alert(
            name="LantimeFirmwareUpdateAvailable",
            severity=Severity.INFO,
            when="the device knows of newer firmware",
            expr="$update_available == 1",
            hold="1d",
            summary="Newer firmware is available.",
            description="{{ $labels.instance }} knows of newer firmware.",
            source="Zabbix",
            dashboard=Dashboard.DEVICE,
        ),
    ),
)
