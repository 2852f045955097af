"""Synchronization: is the time right, and for how long will it be."""

from dataclasses import replace

from monitoring.alerts.definition import Alert, Group, Severity, booted
from monitoring.deployment import Dashboard

CLOCKS_DIFFER = Alert(
    name="LantimeClocksDisagree",
    severity=Severity.WARNING,
    when="the two clocks of a device differ by more than $clocks_differ_warning, or the comparison of the device warns",
    expr="$clock_difference > $clocks_differ_warning or on (job, instance, slot) $comparison_warning == 1",
    hold="5m",
    summary="The two clocks of the device differ.",
    description="The clocks of {{ $labels.instance }} that {{ $labels.slot }} compares differ too much"
    "{{ if not $labels.state }}: {{ $value | humanizeDuration }}{{ end }}.",
    source="Traps SHSTimeLimitWarning, G.8272",
    dashboard=Dashboard.DEVICE,
)

GROUP = Group(
    name="lantime-sync",
    title="Synchronization",
    alerts=(
        Alert(
            name="LantimeClockNotSynchronized",
            severity=Severity.WARNING,
            when="a clock module is not synchronized; the selected clock in holdover is LantimeHoldover's matter",
            expr=booted(
                "$clock_synchronized == 0\n"
                "unless on (job, instance, slot) ($clock_in_holdover == 1 and on (job, instance, slot) "
                "$clock_selected == 1)"
            ),
            hold="5m",
            keep="5m",
            summary="A clock is not synchronized.",
            description="Clock {{ $labels.slot }} of {{ $labels.instance }} is not synchronized.",
            source="Traps ReceiverNotSync, SecondaryRecNotSync",
            dashboard=Dashboard.DEVICE,
        ),
        Alert(
            name="LantimeClockNotSynchronized",
            severity=Severity.CRITICAL,
            when="the device as a whole is neither synchronized nor in holdover",
            expr="$device_unsynchronized == 1",
            hold="10m",
            keep="5m",
            summary="The device is not synchronized.",
            description="{{ $labels.instance }} has no synchronized clock and is not in holdover.",
            source="Traps ReceiverNotSync, node-mixin",
            dashboard=Dashboard.DEVICE,
        ),
        Alert(
            name="LantimeSyncStateUnknown",
            severity=Severity.WARNING,
            when="a device that used to say whether it is synchronized does not any more, or says it in an unknown "
            "word",
            expr="$device_up == 1 unless on (job, instance) $synchronized\n"
            "and on (job, instance) (last_over_time($synchronized[$day]) or on (job, instance) $sync_state_unknown "
            "== 1)",
            hold="10m",
            summary="The device does not say whether it is synchronized.",
            description="{{ $labels.instance }} answers, but not whether it is synchronized: other alerts cannot see "
            "it.",
            source="own",
            dashboard=Dashboard.DEVICE,
        ),
        Alert(
            name="LantimeHoldover",
            severity=Severity.WARNING,
            when="the device runs on its oscillator",
            expr="$device_in_holdover == 1",
            hold="5m",
            keep="5m",
            summary="The device is in holdover.",
            description="{{ $labels.instance }} has lost its reference and runs on its oscillator.",
            source="ptp-operator",
            dashboard=Dashboard.DEVICE,
        ),
        Alert(
            name="LantimeHoldoverTooLong",
            severity=Severity.CRITICAL,
            when="holdover lasts longer than the oscillator keeps time: $holdover_tcxo with a TCXO, $holdover_ocxo "
            "with "
            "an OCXO or an unknown oscillator, $holdover_ocxo_high with an OCXO HQ, DHQ or XHQ, $holdover_rubidium "
            "with "
            "a rubidium",
            expr="$holdover_elapsed > $holdover_tcxo and on (job, instance) $tcxo\n"
            "or $holdover_elapsed > $holdover_ocxo\n"
            "  unless on (job, instance) $tcxo\n"
            "  unless on (job, instance) $high_ocxo\n"
            "  unless on (job, instance) $rubidium\n"
            "or $holdover_elapsed > $holdover_ocxo_high and on (job, instance) $high_ocxo\n"
            "or $holdover_elapsed > $holdover_rubidium and on (job, instance) $rubidium",
            summary="Holdover lasts longer than the oscillator keeps time.",
            description="{{ $labels.instance }} has been in holdover for {{ $value | humanizeDuration }}.",
            source="linuxptp-daemon LocalHoldoverTimeout",
            dashboard=Dashboard.DEVICE,
        ),
        Alert(
            name="LantimeHoldoverErrorHigh",
            severity=Severity.CRITICAL,
            when="the time error that the device estimates to have gained in holdover is beyond $holdover_error_limit",
            expr="$holdover_error > $holdover_error_limit",
            hold="5m",
            summary="The time error of holdover is too large.",
            description="{{ $labels.instance }} estimates a time error of {{ $value | humanizeDuration }} in holdover.",
            source="linuxptp-daemon LocalMaxHoldoverOffset, G.8271.1",
            dashboard=Dashboard.DEVICE,
        ),
        Alert(
            name="LantimeTimeQualityDegraded",
            severity=Severity.WARNING,
            when="the estimated time error is worse than $time_quality_limit; where long wave is followed, worse than "
            "$time_quality_pzf with a correlation receiver (PZF) and $time_quality_longwave with another one",
            expr=booted(
                "$time_quality > $time_quality_limit\n"
                "  unless on (job, instance) $follows_pzf\n"
                "  unless on (job, instance) $follows_longwave\n"
                "or $time_quality > $time_quality_pzf unless on (job, instance) $follows_longwave\n"
                "or $time_quality > $time_quality_longwave"
            ),
            hold="10m",
            keep="5m",
            summary="The time of the device is less accurate than needed.",
            description="{{ $labels.instance }} is accurate to {{ $value | humanizeDuration }} only.",
            source="C37.238, RTS 25",
            dashboard=Dashboard.DEVICE,
        ),
        Alert(
            name="LantimeOscillatorNotWarmedUp",
            severity=Severity.WARNING,
            when="the oscillator of a clock is not warmed up $boot_time after the start",
            expr=booted("$oscillator_warm == 0"),
            hold="15m",
            summary="An oscillator does not warm up.",
            description="The oscillator of {{ $labels.slot }} of {{ $labels.instance }} is not warmed up.",
            source="Traps OscillatorNotWarmedUp, manual",
            dashboard=Dashboard.DEVICE,
        ),
        CLOCKS_DIFFER,
        replace(
            CLOCKS_DIFFER,
            severity=Severity.CRITICAL,
            when="the two clocks of a device differ by more than $clocks_differ_critical, or the comparison of the "
            "device or its switch card says so",
            expr="$clock_difference > $clocks_differ_critical\n"
            "or on (job, instance, slot) $comparison_error == 1\n"
            "or on (job, instance, slot) $switch_time_limit == 1",
            description="The clocks of {{ $labels.instance }} that {{ $labels.slot }} compares differ beyond their "
            "limit.",
            source="Traps SHSTimeLimitError, C37.238",
        ),
        Alert(
            name="LantimeReferenceLost",
            severity=Severity.WARNING,
            when="a reference source that had a signal within a week has none",
            expr="$reference_lost == 1 and min_over_time($reference_lost[$week]) == 0",
            hold="5m",
            keep="5m",
            summary="A reference source has no signal.",
            description="Source {{ $labels.type }} (priority {{ $labels.priority }}) of {{ $labels.slot }} of "
            "{{ $labels.instance }} has no signal.",
            source="Traps XmrRefDisconnect",
            dashboard=Dashboard.GNSS,
        ),
        Alert(
            name="LantimeReferenceInvalid",
            severity=Severity.CRITICAL,
            when="a reference source or a synchronization input breaks its ITU mask, or the limit of the trusted "
            "source",
            expr="$reference_invalid == 1 or $input_mask_violated == 1",
            hold="1m",
            keep="5m",
            summary="A reference is not to be trusted.",
            description="{{ with $labels.type }}Source {{ . }}{{ else }}Input {{ $labels.input }}{{ end }} of "
            "{{ $labels.slot }} of {{ $labels.instance }} is beyond its limits.",
            source="Traps TrustedSourceError, EsiItuLimitsViolated",
            dashboard=Dashboard.GNSS,
        ),
        Alert(
            name="LantimeReferenceOffsetHigh",
            severity=Severity.WARNING,
            when="a reference source other than NTP is further than $reference_offset_limit from the clock",
            expr=booted("$reference_offset > $reference_offset_limit"),
            hold="5m",
            keep="5m",
            summary="A reference source is far from the clock.",
            description="Source {{ $labels.type }} (priority {{ $labels.priority }}) of {{ $labels.slot }} of "
            "{{ $labels.instance }} is {{ $value | humanizeDuration }} away.",
            source="Traps XmrLimitExceeded",
            dashboard=Dashboard.GNSS,
        ),
        Alert(
            name="LantimeReferenceChanged",
            severity=Severity.INFO,
            when="the device followed more than one reference within $recent",
            expr="$references_seen > 1",
            summary="The device follows another reference.",
            description="{{ $labels.instance }} changed its reference.",
            source="Traps XmrRefChanged",
            dashboard=Dashboard.DEVICE,
        ),
        Alert(
            name="LantimeFleetDesynchronized",
            severity=Severity.CRITICAL,
            when="more than $fleet_share of at least $fleet_size_limit devices are not synchronized, or in holdover",
            expr="$fleet_unsynchronized > $fleet_share and on (job) $fleet_size >= $fleet_size_limit",
            hold="5m",
            keep="5m",
            summary="Many devices lost their reference at once.",
            description="{{ $value | humanizePercentage }} of the devices of {{ $labels.job }} are not synchronized.",
            source="own",
            dashboard=Dashboard.FLEET,
            variables=("job",),
        ),
        Alert(
            name="LantimeFleetTaiOffsetMismatch",
            severity=Severity.CRITICAL,
            when="devices disagree about TAI minus UTC",
            expr="$fleet_tai_spread > 0",
            hold="15m",
            summary="Devices disagree about the number of leap seconds.",
            description="TAI minus UTC differs by {{ $value }} s between devices of {{ $labels.job }}.",
            source="own",
            dashboard=Dashboard.FLEET,
            variables=("job",),
        ),
    ),
)
