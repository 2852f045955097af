"""Reception: antenna, satellites, position, long wave, time code."""

from monitoring.signals.definition import Signal

SIGNALS = (
    Signal(
        name="antenna_connected",
        meaning="Whether the antenna of a clock module is connected.",
        expr="lantime_antenna_connected",
    ),
    Signal(
        name="antenna_shorted",
        meaning="Whether the antenna line of a clock module is short-circuited.",
        expr="lantime_antenna_short_circuit",
    ),
    Signal(
        name="device_antenna_disconnected",
        meaning="Whether the device says that the antenna of its selected clock is not connected.",
        expr='lantime_sync_antenna_state{state="disconnected"}',
    ),
    Signal(
        name="device_antenna_shorted",
        meaning="Whether the device says that the antenna line of its selected clock is short-circuited.",
        expr='lantime_sync_antenna_state{state="short-circuit"}',
    ),
    Signal(
        name="satellites_good",
        meaning="Satellites with a signal good enough to use.",
        expr="lantime_satellites_good",
    ),
    Signal(
        name="carrier_to_noise",
        meaning="Median carrier to noise density of the best constellation.",
        unit="dB",
        expr='max without (gnss, statistic) (lantime_gnss_carrier_to_noise_dbhz{statistic="median"})',
    ),
    Signal(
        name="constellation_used",
        meaning="Satellites of a constellation that the receiver uses.",
        expr='lantime_gnss_satellites{use="used"}',
    ),
    Signal(
        name="receiver_booting",
        meaning="Whether the receiver is in warm or cold boot.",
        expr='max without (state) (lantime_receiver_state{state=~"warm-boot|cold-boot"})\n'
        'or max without (state) (lantime_satellites_mode{state=~"warm-boot|cold-boot"})',
    ),
    Signal(
        name="position_moved",
        meaning="How far the antenna is, horizontally, from where it was a day ago.",
        unit="lengthm",
        expr="111320 * sqrt(\n"
        "  (lantime_position_latitude_degrees - lantime_position_latitude_degrees offset 1d) ^ 2\n"
        "  + ((lantime_position_longitude_degrees - lantime_position_longitude_degrees offset 1d)\n"
        "    * cos(rad(lantime_position_latitude_degrees))) ^ 2\n"
        ")",
    ),
    Signal(
        name="longwave_correlation",
        meaning="Correlation of the long wave signal.",
        unit="percentunit",
        expr="lantime_longwave_correlation_ratio",
    ),
    Signal(
        name="longwave_field_strength",
        meaning="Field strength of the long wave signal.",
        unit="percentunit",
        expr="lantime_longwave_field_strength_ratio",
    ),
    Signal(name="timecode_present", meaning="Whether a time code is received.", expr="lantime_timecode_present"),
    Signal(
        name="timecode_consistent",
        meaning="Whether successive telegrams of the time code fit together.",
        expr="lantime_timecode_consistent",
    ),
    Signal(
        name="timecode_jitter",
        meaning="Whether the time code's jitter is beyond 100 us.",
        expr="lantime_timecode_jitter_exceeded",
    ),
)
