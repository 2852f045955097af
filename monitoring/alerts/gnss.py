"""Reception: antennas, satellites, long wave, time code."""

from monitoring.alerts.definition import Alert, Group, Severity, booted
from monitoring.deployment import Dashboard

GROUP = Group(
    name="lantime-gnss",
    title="GNSS, antenna and radio reception",
    alerts=(
        Alert(
            name="LantimeAntennaDisconnected",
            severity=Severity.CRITICAL,
            when="an antenna is not connected, nor its line short-circuited",
            expr="$antenna_connected == 0 unless on (job, instance, slot) $antenna_shorted == 1\n"
            "or $device_antenna_disconnected == 1 unless on (job, instance) $antenna_connected",
            hold="2m",
            keep="5m",
            summary="An antenna is not connected.",
            description="{{ with $labels.slot }}Clock {{ . }}{{ else }}The selected clock{{ end }} of "
            "{{ $labels.instance }} does not see its antenna.",
            source="Traps AntennaFaulty, Checkmk, Zabbix",
            dashboard=Dashboard.GNSS,
        ),
        Alert(
            name="LantimeAntennaShortCircuit",
            severity=Severity.CRITICAL,
            when="an antenna line is short-circuited",
            expr="$antenna_shorted == 1\nor $device_antenna_shorted == 1 unless on (job, instance) $antenna_shorted",
            hold="1m",
            keep="5m",
            summary="An antenna line is short-circuited.",
            description="The antenna line of {{ with $labels.slot }}clock {{ . }}{{ else }}the selected "
            "clock{{ end }} of "
            "{{ $labels.instance }} is short-circuited.",
            source="Traps AntennaShortCircuit, Checkmk, Zabbix",
            dashboard=Dashboard.GNSS,
        ),
        Alert(
            name="LantimeGnssNoSatellites",
            severity=Severity.CRITICAL,
            when="a receiver has no good satellite",
            expr=booted("$satellites_good == 0"),
            hold="10m",
            keep="5m",
            summary="A receiver sees no satellite.",
            description="Clock {{ $labels.slot }} of {{ $labels.instance }} has no good satellite.",
            source="manual",
            dashboard=Dashboard.GNSS,
        ),
        Alert(
            name="LantimeGnssFewSatellites",
            severity=Severity.WARNING,
            when="a receiver has fewer than $satellites good satellites, but some",
            expr=booted("$satellites_good > 0 < $satellites"),
            hold="15m",
            keep="15m",
            summary="A receiver sees few satellites.",
            description="Clock {{ $labels.slot }} of {{ $labels.instance }} has {{ $value }} good satellites.",
            source="manual, SyncServer S650, Checkmk",
            dashboard=Dashboard.GNSS,
        ),
        Alert(
            name="LantimeGnssSignalWeak",
            severity=Severity.WARNING,
            when="the median carrier to noise density of the best constellation is below $carrier_to_noise_limit",
            expr=booted("$carrier_to_noise < $carrier_to_noise_limit"),
            hold="30m",
            keep="15m",
            summary="The GNSS signal is weak.",
            description="Clock {{ $labels.slot }} of {{ $labels.instance }} receives {{ $value }} dB-Hz.",
            source="SyncServer S650, own",
            dashboard=Dashboard.GNSS,
        ),
        Alert(
            name="LantimeGnssConstellationLost",
            severity=Severity.WARNING,
            when="a receiver uses no satellite of a constellation of which it mostly used some within a day",
            expr=booted("$constellation_used == 0\nand quantile_over_time($mostly, $constellation_used[$day]) > 0"),
            hold="30m",
            keep="15m",
            summary="A receiver lost a whole constellation.",
            description="Clock {{ $labels.slot }} of {{ $labels.instance }} uses no satellite of {{ $labels.gnss }}.",
            source="own",
            dashboard=Dashboard.GNSS,
        ),
        Alert(
            name="LantimeGnssBootStuck",
            severity=Severity.WARNING,
            when="a receiver is in cold or warm boot, $boot_time after the start",
            expr=booted("$receiver_booting == 1"),
            hold="30m",
            summary="A receiver does not finish its start.",
            description="The receiver of {{ $labels.slot }} of {{ $labels.instance }} stays in cold or warm boot.",
            source="manual, Checkmk",
            dashboard=Dashboard.GNSS,
        ),
        Alert(
            name="LantimeGnssPositionMoved",
            severity=Severity.WARNING,
            when="the position is more than $position_moved_limit from that of a day ago",
            expr=booted("$position_moved > $position_moved_limit"),
            hold="10m",
            summary="The antenna seems to have moved.",
            description="The position of {{ $labels.slot }} of {{ $labels.instance }} moved by "
            '{{ $value | printf "%.0f" }} m within a day.',
            source="own",
            dashboard=Dashboard.GNSS,
        ),
        Alert(
            name="LantimeLongwaveSignalWeak",
            severity=Severity.WARNING,
            when="the correlation of the long wave signal is below $longwave_correlation_limit, or its field "
            "strength below "
            "$longwave_field_strength_limit",
            expr=booted(
                "$longwave_correlation < $longwave_correlation_limit\n"
                "or $longwave_field_strength < $longwave_field_strength_limit"
            ),
            hold="30m",
            keep="15m",
            summary="The long wave signal is weak.",
            description="Clock {{ $labels.slot }} of {{ $labels.instance }} receives its long wave signal at "
            "{{ $value | humanizePercentage }}.",
            source="manual, own",
            dashboard=Dashboard.GNSS,
        ),
        Alert(
            name="LantimeTimecodeLost",
            severity=Severity.WARNING,
            when="a time code receiver has no code, an inconsistent one, or one with too much jitter",
            expr=booted("$timecode_present == 0 or $timecode_consistent == 0 or $timecode_jitter == 1"),
            hold="5m",
            keep="5m",
            summary="A time code is missing or bad.",
            description="The time code at {{ $labels.slot }} of {{ $labels.instance }} is missing or bad.",
            source="manual",
            dashboard=Dashboard.GNSS,
        ),
    ),
)
