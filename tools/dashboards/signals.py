"""PromQL that more than one panel uses, or that is too long for the panel itself."""

DATA_AGE = """(lantime_status_timestamp_seconds or lantime_device_time_seconds)
- lantime_api_update_timestamp_seconds"""
"""Age of the status when the device sent it, by the device's own clock."""

IN_HOLDOVER = 'and on (job, instance) lantime_sync_state{state="holdover"} == 1'
"""Outside of holdover a device keeps the figures of its last one."""

HOLDOVER_ELAPSED = f"lantime_holdover_elapsed_seconds {IN_HOLDOVER}"

HOLDOVER_ERROR = f"lantime_holdover_time_offset_seconds {IN_HOLDOVER}"

NTP_ERROR_BOUND = """lantime_ntp_root_dispersion_seconds + lantime_ntp_root_delay_seconds / 2
+ max without (association) (
  abs(lantime_ntp_association_offset_seconds)
  and on (job, instance, association)
    lantime_ntp_association_selection{state=~"sys-peer|pps-peer"} == 1
)"""
"""What NTP clients have to add to their own error: offset, root dispersion and half of the root delay."""

MEMORY_FREE = "lantime_memory_free_bytes / (lantime_memory_total_bytes > 0)"

STORAGE_FREE = """lantime_filesystem_avail_bytes
/ (lantime_filesystem_avail_bytes + lantime_filesystem_used_bytes > 0)"""

PARTS_FAILED = """(
  (lantime_antenna_connected == 0)
  or (lantime_antenna_short_circuit == 1)
  or (max_over_time(lantime_power_supply_ok[1d]) > lantime_power_supply_ok)
  or (lantime_fan_ok == 0)
  or (lantime_module_availability{state="disconnected"} == 1)
  or (lantime_clock_synchronized == 0)
  or (lantime_ptp_port_state{state="faulty"} == 1)
  or (lantime_output_level_ok == 0)
  or (lantime_led_state{led="alarm", state="red"} == 1)
)"""
"""Parts of a device that have failed, a series each; a supply counts when it delivered within a day."""

TROUBLE = f"""(5 * (1 - max by (job, instance) (lantime_up)) > 0)
or (4 * max by (job, instance) (lantime_sync_state{{state="not-synchronized"}}) > 0)
or (3 * max by (job, instance) (lantime_sync_state{{state="holdover"}}) > 0)
or (2 * max by (job, instance) (lantime_relay_state{{state="nc"}}) > 0)
or group by (job, instance) {PARTS_FAILED}
or 0 * max by (job, instance) (lantime_up)"""
"""The worst that is wrong with a device, as ``states.TROUBLE`` numbers it."""

PTP_ROLE = (
    'max by (job, instance) (lantime_ptp_port_state{state="master"})\n'
    '+ 2 * max by (job, instance) (lantime_ptp_port_state{state="slave"})'
)
"""1 where a PTP port is master, 2 where one is slave, 3 for both."""

WORST_OFFSET = """max by (job, instance) (max_over_time((
  abs(lantime_ntp_association_offset_seconds and on (job, instance, association) lantime_ntp_association_reachable == 1)
  or abs(lantime_ptp_offset_from_master_seconds)
)[10m:1m]))"""
"""The largest offset to anything the device is compared with by NTP or PTP, the peak of ten minutes."""

GRAVE = 'alertname=~"Lantime.+", alertstate="firing", severity=~"critical|warning", job=~"$job"'

FIRING = f'ALERTS{{{GRAVE}, instance=~"$instance"}}'
"""Alerts of the chosen devices; complete, because ``ALERTS`` is Prometheus' own."""

FIRING_FLEET = f'ALERTS{{{GRAVE}, instance=""}}'
"""Alerts of a job as a whole, which have no instance."""


def firing(severity: str) -> str:
    """Return the number of alerts that fire with a severity, 0 when none does and devices are watched."""
    one = f'{{alertname=~"Lantime.+", alertstate="firing", severity="{severity}", job=~"$job"'
    return (
        f'count(ALERTS{one}, instance=~"$instance"}} or ALERTS{one}, instance=""}})\n'
        'or 0 * count(lantime_up{job=~"$job", instance=~"$instance"})'
    )


EXPORTED = 'instance=~"$exporter"'
"""The matchers of the exporter's own metrics."""
