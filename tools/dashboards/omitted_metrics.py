"""Metrics that no dashboard shows and no alert uses, each with the reason; a test checks that the list is exact."""

from collections.abc import Mapping

PART_OF_ERRORS = "a kind of error; all kinds together are shown as errors of the port"
CONFIGURATION = "configuration, which is seen best on the device"
SAME_AS_COLUMN = "the flags behind columns that are shown"
GENERIC_STATUS = "off by default; its names depend on the firmware"

NETWORK_ERRORS = (
    *("receive_crc_errors", "receive_fifo_errors", "receive_frame_errors", "receive_length_errors"),
    *("receive_missed_errors", "receive_over_errors", "receive_nohandler", "receive_compressed"),
    *("transmit_aborted_errors", "transmit_carrier_errors", "transmit_fifo_errors", "transmit_heartbeat_errors"),
    *("transmit_window_errors", "transmit_compressed"),
)

OMITTED: Mapping[str, str] = {
    **{f"lantime_network_{name}_total": PART_OF_ERRORS for name in NETWORK_ERRORS},
    "lantime_network_mii_up": "the link as the bonding driver sees it, beside lantime_network_up",
    "lantime_clock_holdover_condition": "the flags behind the mode that is shown",
    "lantime_fdm_output_dac_value": "the deviations that are shown, once more as an analogue signal",
    "lantime_fdm_output_info": CONFIGURATION,
    "lantime_fdm_power_line_timestamp_seconds": "its difference to the reference is shown as time deviation",
    "lantime_fdm_reference_timestamp_seconds": "the time of the measurement; the probe has its own age",
    "lantime_firmware_update_start_timestamp_seconds": "the end of the last update is shown",
    "lantime_input_group_role": "a setting of redundant inputs, which no real response has shown yet",
    "lantime_output_group_role": "a setting of redundant outputs, which no real response has shown yet",
    "lantime_oscillator_dac_calibration_value": "a constant of the oscillator; the value that moves is shown",
    "lantime_ptp_foreign_masters": "how many other clocks are normal depends on the network",
    "lantime_shs_clock_state": "the state of each clock is shown with the clocks",
    "lantime_generator_state": "its meaning is shown as columns of the generator",
    "lantime_input_condition": SAME_AS_COLUMN,
    "lantime_output_condition": SAME_AS_COLUMN,
    "lantime_input_requirement_info": CONFIGURATION,
    "lantime_led_mode": "the colour is shown; flashing means a start or an update",
    "lantime_module_sensor_output_enabled": CONFIGURATION,
    "lantime_leap_second_timestamp_seconds": "announced is shown and alerted; the date is known to the world",
    "lantime_ntp_leap_second_timestamp_seconds": "the date of the last leap second is known to the world",
    "lantime_ntp_association_authentication_enabled": CONFIGURATION,
    "lantime_ntp_association_authentication_ok": "an association that fails to authenticate shows as rejected",
    "lantime_ntp_association_broadcast": CONFIGURATION,
    "lantime_ntp_association_precision_seconds": "a constant of the source",
    "lantime_ntp_precision_seconds": "a constant of the device",
    "lantime_pio_port_info": CONFIGURATION,
    "lantime_position_update_timestamp_seconds": "moves with every fix, which shows as state of the receiver",
    "lantime_ptp_clock_log_variance": "decides among equal grandmasters alone",
    "lantime_ptp_grandmaster_clock_log_variance": "decides among equal grandmasters alone",
    "lantime_ptp_parent_log_variance": "not measured by most stacks",
    "lantime_ptp_parent_phase_change_rate": "not measured by most stacks",
    "lantime_ptp_messages_per_second": "the rate of lantime_ptp_messages_total is shown",
    "lantime_ptp_time_stamper_time_seconds": "its offset to the reference is shown",
    "lantime_reference_source_info": "priority and type are labels of the other series of a source",
    "lantime_shs_disable_on_error": CONFIGURATION,
    "lantime_switch_input_synchronized": "the state of the same clock is shown",
    "lantime_syncmon_node_auto_bias_seconds": CONFIGURATION,
    "lantime_syncmon_node_step_compensation_seconds": CONFIGURATION,
    "lantime_syncmon_node_last_max_seconds": "the statistics of the current interval are shown",
    "lantime_syncmon_node_last_mean_seconds": "the statistics of the current interval are shown",
    "lantime_syncmon_node_last_min_seconds": "the statistics of the current interval are shown",
    "lantime_syncmon_node_last_stddev_seconds": "the statistics of the current interval are shown",
    "lantime_syncteam_leap_second": "each device of the team says so itself",
    "lantime_syncteam_members": "each member is a row",
    "lantime_syncteam_tfom": "the member that is master shows it",
    "lantime_syncteam_time_quality_seconds": "the member that is master shows it",
    "lantime_timecode_pulses_enabled": CONFIGURATION,
    "lantime_timecode_system_configuration_invalid": "shows as state of the receiver",
    "lantime_timecode_utc_parameter_invalid": "shows as state of the receiver",
    "lantime_status_flag": GENERIC_STATUS,
    "lantime_status_state": GENERIC_STATUS,
    "lantime_status_value": GENERIC_STATUS,
}
