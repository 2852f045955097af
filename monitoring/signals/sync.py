"""Synchronization: clocks, holdover, references, and the fleet as a whole."""

from monitoring.signals.definition import Signal

SIGNALS = (
    Signal(
        name="synchronized",
        meaning="Whether the device is synchronized; 0 in holdover too.",
        expr="lantime_synchronized",
    ),
    Signal(
        name="device_unsynchronized",
        meaning="Whether the device says that it is not synchronized, nor in holdover.",
        expr='lantime_sync_state{state="not-synchronized"}',
    ),
    Signal(
        name="device_in_holdover",
        meaning="Whether the device runs on its oscillator.",
        expr='lantime_sync_state{state="holdover"}',
    ),
    Signal(
        name="sync_state_unknown",
        meaning="Whether the device spells its synchronization in a word that the exporter does not know.",
        expr='lantime_sync_state{state!~"synchronized|holdover|not-synchronized"}',
    ),
    Signal(
        name="clock_synchronized",
        meaning="Whether a clock module is synchronized; 0 in holdover too.",
        expr="lantime_clock_synchronized",
    ),
    Signal(
        name="clock_in_holdover",
        meaning="Whether a clock module runs on its oscillator.",
        expr='lantime_clock_state{state="holdover"}',
    ),
    Signal(name="clock_selected", meaning="Whether the device follows the clock.", expr="lantime_clock_selected"),
    Signal(name="uptime", meaning="Time since the device started.", unit="s", expr="lantime_uptime_seconds"),
    Signal(
        name="holdover_elapsed",
        meaning="Time in holdover; stale figures outside of holdover are left out.",
        unit="s",
        expr='lantime_holdover_elapsed_seconds and on (job, instance) lantime_sync_state{state="holdover"} == 1',
        record="instance:lantime_holdover_elapsed_seconds:valid",
    ),
    Signal(
        name="holdover_error",
        meaning="Time error that the device estimates to have gained in holdover.",
        unit="s",
        expr='lantime_holdover_time_offset_seconds and on (job, instance) lantime_sync_state{state="holdover"} == 1',
    ),
    Signal(
        name="tcxo",
        meaning="The oscillator of the selected clock is a TCXO.",
        expr='lantime_sync_reference_info{oscillator=~"tcxo.*"}',
    ),
    Signal(
        name="high_ocxo",
        meaning="The oscillator of the selected clock is an OCXO of high quality.",
        expr='lantime_sync_reference_info{oscillator=~"ocxo-(hq|dhq|xhq)"}',
    ),
    Signal(
        name="rubidium",
        meaning="The oscillator of the selected clock is a rubidium.",
        expr='lantime_sync_reference_info{oscillator="rubidium"}',
    ),
    Signal(
        name="time_quality",
        meaning="Bound of the estimated time error.",
        unit="s",
        expr="lantime_time_quality_seconds",
    ),
    Signal(
        name="follows_pzf",
        meaning="The device follows a long wave sender with a correlation receiver.",
        expr='lantime_sync_reference_info{ref_type="dcf77-pzf-receiver"}',
    ),
    Signal(
        name="follows_longwave",
        meaning="The device follows a long wave sender with a receiver that only demodulates it.",
        expr='lantime_sync_reference_info{ref_type="long-wave-receiver"}',
    ),
    Signal(
        name="oscillator_warm",
        meaning="Whether the oscillator of a clock module is warmed up.",
        expr="lantime_oscillator_warmed_up",
    ),
    Signal(
        name="clock_difference",
        meaning="Difference between the two clocks of a device.",
        unit="s",
        expr="abs(lantime_clock_difference_seconds)",
    ),
    Signal(
        name="comparison_warning",
        meaning="Whether the device's comparison of its clocks (SHS) warns.",
        expr='lantime_shs_state{state="warning"}',
    ),
    Signal(
        name="comparison_error",
        meaning="Whether the device's comparison of its clocks (SHS) fails.",
        expr='lantime_shs_state{state="error"}',
    ),
    Signal(
        name="reference_lost",
        meaning="Whether a reference source has no connection or no signal.",
        expr='max without (state) (lantime_reference_source_state{state=~"no-connection|no-signal"})',
        record="instance_slot_priority:lantime_reference_source_lost:max",
    ),
    Signal(
        name="reference_invalid",
        meaning="Whether a reference source breaks the limit of its ITU mask or of the trusted source.",
        expr='max without (state) (lantime_reference_source_state{state=~"itu-limit-violated|trs-limit-violated"})',
    ),
    Signal(
        name="input_mask_violated",
        meaning="Whether a synchronization input violates its ITU mask.",
        expr="lantime_input_itu_limit_violated",
    ),
    Signal(
        name="reference_offset",
        meaning="Offset of a reference source to the clock; NTP sources, which are never so close, are left out.",
        unit="s",
        expr='abs(lantime_reference_source_offset_seconds{type!="ntp"})',
    ),
    Signal(
        name="references_seen",
        meaning="How many references the device followed within the window.",
        expr="count without (reference, ref_type, oscillator) (count_over_time(lantime_sync_reference_info[$range]))",
        range="recent",
    ),
    Signal(
        name="fleet_unsynchronized",
        meaning="Share of the devices of a job that are not synchronized, those in holdover included.",
        unit="percentunit",
        expr="1 - avg by (job) (lantime_synchronized)",
    ),
    Signal(
        name="fleet_size",
        meaning="Devices of a job that say whether they are synchronized.",
        expr="count by (job) (lantime_synchronized)",
    ),
    Signal(
        name="fleet_tai_spread",
        meaning="Difference of TAI minus UTC between the devices of a job.",
        unit="s",
        expr="max by (job) (lantime_ntp_tai_offset_seconds) - min by (job) (lantime_ntp_tai_offset_seconds)",
    ),
)
