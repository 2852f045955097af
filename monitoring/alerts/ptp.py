"""PTP and synchronous Ethernet."""

from dataclasses import replace

from monitoring.alerts.definition import Alert, Group, Severity, booted
from monitoring.deployment import Dashboard

INSTANCE = "on (job, instance, slot, ptp_instance)"
PORT = "on (job, instance, slot, ptp_instance, port)"

OF = "PTP {{ $labels.slot }}/{{ $labels.ptp_instance }} of {{ $labels.instance }}"

OFFSET = Alert(
    name="LantimePtpOffsetHigh",
    severity=Severity.WARNING,
    when="a PTP slave is further than $ptp_offset_warning from its master",
    expr="$ptp_offset > $ptp_offset_warning",
    hold="2m",
    keep="5m",
    summary="A PTP slave is far from its master.",
    description=f"{OF} is {{{{ $value | humanizeDuration }}}} from its master.",
    source="ptp-operator, G.8272",
    dashboard=Dashboard.PTP,
)

CLASS = Alert(
    name="LantimePtpClockClassDegraded",
    severity=Severity.WARNING,
    when="a grandmaster announces holdover within specification (clock class $ptp_class_holdover or "
    "$ptp_class_arb_holdover)",
    expr="($ptp_clock_class == $ptp_class_holdover or $ptp_clock_class == $ptp_class_arb_holdover)\n"
    f"and {INSTANCE} $ptp_grandmaster",
    hold="5m",
    keep="5m",
    summary="A grandmaster announces degraded time.",
    description=f"{OF} announces clock class {{{{ $value }}}}.",
    source="linuxptp-daemon, IEEE 1588",
    dashboard=Dashboard.PTP,
)

GRANDMASTER = Alert(
    name="LantimePtpGrandmasterChanged",
    severity=Severity.INFO,
    when="an instance followed more than one grandmaster within $recent",
    expr="$ptp_grandmasters_seen > 1",
    summary="Another PTP grandmaster is followed.",
    description=f"{OF} changed its grandmaster.",
    source="own",
    dashboard=Dashboard.PTP,
)

GROUP = Group(
    name="lantime-ptp",
    title="PTP and SyncE",
    alerts=(
        Alert(
            name="LantimePtpStopped",
            severity=Severity.CRITICAL,
            when="the PTP stack of an instance does not run and ran within a day",
            expr="$ptp_stack_running == 0 and max_over_time($ptp_stack_running[$day]) == 1",
            hold="2m",
            summary="A PTP stack stopped.",
            description=f"{OF} does not run.",
            source="own",
            dashboard=Dashboard.PTP,
        ),
        Alert(
            name="LantimePtpLinkDown",
            severity=Severity.CRITICAL,
            when="a PTP port that is not switched off lost the link that it had within a week",
            expr="$ptp_link_up == 0 and max_over_time($ptp_link_up[$week]) == 1\n"
            f"unless {PORT} $ptp_port_disabled == 1",
            hold="2m",
            keep="5m",
            summary="A PTP port has no link.",
            description=f"Port {{{{ $labels.port }}}} of {OF} has no link.",
            source="Traps PtpPortDisconnected",
            dashboard=Dashboard.PTP,
        ),
        Alert(
            name="LantimePtpPortFaulty",
            severity=Severity.CRITICAL,
            when="a PTP port of a running stack is faulty or not initialized",
            expr=booted(f"$ptp_port_faulty == 1 unless {INSTANCE} $ptp_stack_running == 0"),
            hold="1m",
            keep="5m",
            summary="A PTP port is faulty.",
            description=f"Port {{{{ $labels.port }}}} of {OF} is faulty or not initialized.",
            source="Traps PtpError",
            dashboard=Dashboard.PTP,
        ),
        Alert(
            name="LantimePtpUnexpectedState",
            severity=Severity.WARNING,
            when="a PTP port left the state (master, slave, passive) that it had for more than $mostly of a day",
            expr="$ptp_port_role == 0 and avg_over_time($ptp_port_role[$day]) > $mostly",
            hold="10m",
            summary="A PTP port changed its role.",
            description=f"Port {{{{ $labels.port }}}} of {OF} is not {{{{ $labels.state }}}} any more.",
            source="Traps PtpStateChanged",
            dashboard=Dashboard.PTP,
        ),
        Alert(
            name="LantimePtpStateFlapping",
            severity=Severity.WARNING,
            when="a PTP port changed its state more than $ptp_flaps times within $recent",
            expr="$ptp_port_changes > $ptp_flaps",
            summary="A PTP port changes its state again and again.",
            description=f"Port {{{{ $labels.port }}}} of {OF} changed its state {{{{ $value }}}} times.",
            source="snmp-observ-lib",
            dashboard=Dashboard.PTP,
        ),
        OFFSET,
        replace(
            OFFSET,
            severity=Severity.CRITICAL,
            when="a PTP slave is further than $ptp_offset_critical from its master",
            expr="$ptp_offset > $ptp_offset_critical",
            hold="5m",
            source="G.8271.1, C37.238",
        ),
        CLASS,
        replace(
            CLASS,
            severity=Severity.CRITICAL,
            when="a grandmaster announces time out of specification (a clock class above $ptp_class_arb_holdover)",
            expr=booted(f"$ptp_clock_class > $ptp_class_arb_holdover and {INSTANCE} $ptp_grandmaster"),
        ),
        GRANDMASTER,
        replace(
            GRANDMASTER,
            severity=Severity.WARNING,
            when="an instance followed more than $ptp_grandmasters grandmasters within $hour",
            expr="$ptp_grandmasters_hourly > $ptp_grandmasters",
        ),
        Alert(
            name="LantimePtpAnnounceLost",
            severity=Severity.WARNING,
            when="announce messages stayed away more than $ptp_announce_losses_limit times within $hour",
            expr="$ptp_announce_losses > $ptp_announce_losses_limit",
            summary="Announce messages of a PTP master stay away.",
            description=f'{OF} lost its master {{{{ $value | printf "%.0f" }}}} times within an hour.',
            source="own",
            dashboard=Dashboard.PTP,
        ),
        Alert(
            name="LantimePtpNoClients",
            severity=Severity.WARNING,
            when="an instance serves no unicast client and mostly had some within a day",
            expr="$ptp_clients == 0 and quantile_over_time($mostly, $ptp_clients[$day]) > 0",
            hold="30m",
            summary="PTP serves no clients any more.",
            description=f"{OF} serves no unicast client.",
            source="own",
            dashboard=Dashboard.PTP,
        ),
        Alert(
            name="LantimePtpClientLimitNear",
            severity=Severity.WARNING,
            when="an instance serves more than $ptp_client_share_limit of the clients it can serve",
            expr="$ptp_client_share > $ptp_client_share_limit",
            hold="15m",
            keep="15m",
            summary="PTP has almost as many clients as it can serve.",
            description=f"{OF} serves {{{{ $value | humanizePercentage }}}} of the clients that it can serve.",
            source="TimeProvider 5000, own",
            dashboard=Dashboard.PTP,
        ),
        Alert(
            name="LantimePtpLoadHigh",
            severity=Severity.WARNING,
            when="the load of an instance is above $ptp_load_limit",
            expr="$ptp_load > $ptp_load_limit",
            hold="15m",
            keep="15m",
            summary="A PTP card is overloaded.",
            description=f"{OF} is loaded to {{{{ $value | humanizePercentage }}}}.",
            source="own",
            dashboard=Dashboard.PTP,
        ),
        Alert(
            name="LantimePtpTimePropertiesWrong",
            severity=Severity.CRITICAL,
            when="a grandmaster announces another time scale than PTP's, untraceable time, or an invalid UTC offset",
            expr=booted(
                f"($ptp_timescale == 0 or $ptp_time_traceable == 0 or $ptp_utc_valid == 0)\nand {INSTANCE} "
                f"$ptp_grandmaster"
            ),
            hold="10m",
            summary="A grandmaster announces time that clients must not trust.",
            description=f"{OF} announces a wrong time scale, untraceable time or an invalid UTC offset.",
            source="own",
            dashboard=Dashboard.PTP,
        ),
        Alert(
            name="LantimeSynceQualityDegraded",
            severity=Severity.WARNING,
            when="the received quality level is another than for more than $mostly of a day, and not the best",
            expr=f"$synce_level == 0 and avg_over_time($synce_level[$day]) > $mostly\nunless {PORT} $synce_best == 1",
            hold="10m",
            summary="Synchronous Ethernet is received at a worse quality level.",
            description=f"Port {{{{ $labels.port }}}} of {OF} does not receive {{{{ $labels.state }}}} any more.",
            source="Traps SynceInputQualityLevelChanged",
            dashboard=Dashboard.PTP,
        ),
    ),
)
