"""What happened: notification events of the device, changes of who leads."""

from monitoring.signals.definition import Signal

COVERED = "|".join(
    (
        *("ntp-not-sync", "ntp-stopped", "ntp-offset-limit-exceeded", "refclock-.*-not-sync", "antenna-faulty"),
        *("antenna-short-circuit", "sync-monitor-alert", "network-link-down", "https-certificate-expired"),
        *("ims-error", "ims-port-error", "power-supply-fail.*", "fan-down", "ptp-error", "ptp-port-disconnected"),
        "xhe-rub-error",
    )
)
"""Events that alerts of their own tell, with more detail."""

SIGNALS = (
    Signal(
        name="configuration_changed",
        meaning="When the configuration was last changed, by the device's clock.",
        unit="dateTimeAsIso",
        expr='lantime_event_last_triggered_timestamp_seconds{event="device-configuration-changed"}',
    ),
    Signal(
        name="user_banned",
        meaning="When a user was last banned for wrong passwords, by the device's clock.",
        unit="dateTimeAsIso",
        expr='lantime_event_last_triggered_timestamp_seconds{event=~"faillock.*user-banned"}',
    ),
    Signal(
        name="pending_changes",
        meaning="Configuration changes that are made but not applied.",
        expr="lantime_pending_changes",
    ),
    Signal(
        name="cluster_masters_seen",
        meaning="How many masters a cluster had within the window.",
        expr="count without (master_serial, master_address) (\n"
        '  count_over_time(lantime_cluster_master_info{master_serial!=""}[$range])\n'
        ")",
        range="recent",
    ),
    Signal(
        name="team_masters_seen",
        meaning="How many masters a SyncTeam had within the window.",
        expr="count without (master) (\n"
        "  count without (reference) (\n"
        '    count_over_time(lantime_syncteam_reference_info{master!=""}[$range])\n'
        "  )\n"
        ")",
        range="recent",
    ),
    Signal(
        name="error_active",
        meaning="Whether an event of type error or critical, for which there is no alert of its own, is the present "
        "state.",
        expr=f'lantime_event_active{{type=~"error|critical", event!~"{COVERED}"}}',
    ),
    Signal(
        name="error_time",
        meaning="When such an event was last triggered, by the device's clock.",
        unit="dateTimeAsIso",
        expr=f'lantime_event_last_triggered_timestamp_seconds{{type=~"error|critical", event!~"{COVERED}"}}',
    ),
)
