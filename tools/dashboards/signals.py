"""PromQL that several panels use, or that is too long for a panel."""

DATA_AGE = "(lantime_status_timestamp_seconds or lantime_device_time_seconds) - lantime_api_update_timestamp_seconds"
"""Age of the status when the device sent it, by the clock of the device."""

IN_HOLDOVER = 'and on (job, instance) lantime_sync_state{state="holdover"} == 1'
"""Outside holdover a device keeps the figures of the last holdover."""

HOLDOVER_ELAPSED = f"lantime_holdover_elapsed_seconds {IN_HOLDOVER}"

HOLDOVER_ERROR = f"lantime_holdover_time_offset_seconds {IN_HOLDOVER}"

NTP_ERROR_BOUND = """lantime_ntp_root_dispersion_seconds + lantime_ntp_root_delay_seconds / 2
+ max without (association) (
  abs(lantime_ntp_association_offset_seconds)
  and on (job, instance, association)
    lantime_ntp_association_selection{state=~"sys-peer|pps-peer"} == 1
)"""
"""The contribution of the server to the error of NTP clients: offset, root dispersion and half of the root delay."""

MEMORY_FREE = "lantime_memory_free_bytes / (lantime_memory_total_bytes > 0)"

STORAGE_FREE = """lantime_filesystem_avail_bytes
/ (lantime_filesystem_avail_bytes + lantime_filesystem_used_bytes > 0)"""

QUALITY_LIMIT = "instance:lantime_time_quality_seconds:limit"

QUALITY_SHARE = "instance:lantime_time_quality_seconds:share_of_limit"
"""Time quality as a share of the limit, which depends on the profile and the receiver of the device."""

LINK = """(
  2 * (lantime_network_up == 1)
  or 0 * lantime_network_up + 1 and on (job, instance, port) instance_port:lantime_network_up:last_good
  or 0 * lantime_network_up
) and on (job, instance, port) lantime_network_port_available == 1"""
"""Links of the network ports that exist: 2 up, 1 lost, 0 never up within 30 days."""

SUPPLY_FAILED = """(
    lantime_power_supply_ok == 0 and on (job, instance, slot) instance_slot:lantime_power_supply_ok:last_good
  )"""
"""Power supplies that worked within 30 days and now do not; empty bays never did."""

PARTS_FAILED = f"""(
  (lantime_antenna_connected == 0)
  or (lantime_antenna_short_circuit == 1)
  or {SUPPLY_FAILED}
  or (lantime_fan_ok == 0)
  or (lantime_module_availability{{state="disconnected"}} == 1)
  or (lantime_clock_synchronized == 0)
  or (lantime_ptp_port_state{{state="faulty"}} == 1)
  or (lantime_output_level_ok == 0)
  or ({DATA_AGE} > 300)
  or (lantime_led_state{{led="alarm", state="red"}} == 1)
)"""
"""Failed parts of a device, a series each; a status older than 5 minutes counts as one."""

NOT_IN_SYNC = 'max by (job, instance) (lantime_sync_state{state="not-synchronized"} or lantime_ntp_stratum >= bool 16)'
"""1 for each device that is neither synchronized nor in holdover, or whose NTP stratum is 16."""

TROUBLE = f"""(6 * (1 - max by (job, instance) (up)) > 0)
or (5 * (1 - max by (job, instance) (lantime_up)) > 0)
or (4 * {NOT_IN_SYNC} > 0)
or (3 * max by (job, instance) (lantime_sync_state{{state="holdover"}}) > 0)
or (2 * max by (job, instance) (lantime_relay_state{{state="nc"}}) > 0)
or group by (job, instance) {PARTS_FAILED}
or 0 * max by (job, instance) (lantime_up)"""
"""The worst state of a device, numbered as in ``states.TROUBLE``; 6 is a target that Prometheus cannot scrape."""


def share_of_range(record: str) -> str:
    """Return PromQL for the share of the time range from recorded shares of 5 minutes, at most 1."""
    return f"clamp_max(sum_over_time({record}[$__range]) / ($__range_s / 300), 1)"


TROUBLE_RECORDED = "instance:lantime_trouble:code"
"""The same, recorded by ``alerts/lantime-fleet.yml``, for graphs: the expression is slow for many points in time."""

ONCE_IN_TROUBLE = f"{TROUBLE_RECORDED}\nand on (job, instance) max_over_time({TROUBLE_RECORDED}[$__range] @ end()) > 0"
"""The same for devices for which it was above 0 within the time range."""

NO_MASTER = 'unless on (job, instance, slot, ptp_instance) lantime_ptp_port_state{state="master"} == 1'
"""Masters report meaningless offsets and delays of 0."""

PTP_ROLE = (
    'max by (job, instance) (lantime_ptp_port_state{state="master"})\n'
    '+ 2 * max by (job, instance) (lantime_ptp_port_state{state="slave"})'
)
"""1 if a PTP port is master, 2 if one is slave, 3 for both."""

WORST_OFFSET = "instance:lantime_worst_offset_seconds:max5m"
"""The largest offset of each device to an NTP source that answers, or of a PTP slave to its master."""

CRITICAL_OR_WARNING = 'alertname=~"Lantime.+", job=~"$job", severity=~"critical|warning"'

PART = '"part", " ", "slot", "ptp_instance", "port", "relay", "association", "node", "event", "service", "mountpoint"'


def _alerts(metric: str, more: str = "") -> str:
    """Return the alerts of the chosen devices, and those of whole jobs, which have no instance."""
    chosen = f"{metric}{{{CRITICAL_OR_WARNING}{more}"
    return f'({chosen}, instance=~"$instance"}} or {chosen}, instance=""}})'


_FIRING = _alerts("ALERTS", ', alertstate="firing"')

FIRING = f"label_join({_FIRING}, {PART})"
"""Firing alerts; their label ``part`` is the part of the device. The selectors are complete."""

FIRING_SINCE = f"label_join(\n  1000 * {_alerts('ALERTS_FOR_STATE')} and ignoring (alertstate) {_FIRING},\n  {PART})"
"""The time at which the condition of each began to hold, in Unix milliseconds."""


def firing(severity: str) -> str:
    """Return the number of firing alerts with a severity, 0 if there are devices but no alerts."""
    one = f'{{alertname=~"Lantime.+", alertstate="firing", severity="{severity}", job=~"$job"'
    return (
        f'count(ALERTS{one}, instance=~"$instance"}} or ALERTS{one}, instance=""}})\n'
        'or 0 * count(lantime_up{job=~"$job", instance=~"$instance"})'
    )


EXPORTED = 'instance=~"$exporter"'
"""The matchers of the exporter's own metrics."""
