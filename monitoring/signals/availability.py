"""Whether anything is known at all: the exporter, the device, the age and completeness of what it says."""

from monitoring.signals.definition import Signal

SIGNALS = (
    Signal(name="exporter_up", meaning="Whether the exporter answered the scrape.", expr="up"),
    Signal(name="device_up", meaning="Whether the device answered with a status tree.", expr="lantime_up"),
    Signal(
        name="device_now",
        meaning="The device's own clock when it answered, the time its other times are compared with.",
        unit="dateTimeAsIso",
        expr="lantime_status_timestamp_seconds or lantime_device_time_seconds",
    ),
    Signal(
        name="credentials_refused",
        meaning="Whether the device refuses the credentials, or is left alone because it did.",
        expr='max without (reason) (lantime_probe_failure{reason=~"auth|lockout"})',
    ),
    Signal(
        name="probe_duration",
        meaning="Time a probe took.",
        unit="s",
        expr="lantime_probe_duration_seconds",
    ),
    Signal(
        name="probe_timeout",
        meaning="Time a probe may take.",
        unit="s",
        expr="lantime_probe_timeout_seconds",
    ),
    Signal(
        name="data_age",
        meaning="Age of the status when the device sent it, by the device's clock.",
        unit="s",
        expr="(lantime_status_timestamp_seconds or lantime_device_time_seconds) - lantime_api_update_timestamp_seconds",
    ),
    Signal(
        name="collector_success",
        meaning="Whether a part of the status could be read.",
        expr="lantime_collector_success",
    ),
    Signal(
        name="decode_errors",
        meaning="Values in the last answer that could not be understood.",
        expr="lantime_decode_errors",
    ),
    Signal(
        name="configuration_loaded",
        meaning="Whether the exporter could use its configuration when it last read it.",
        expr="lantime_exporter_config_last_reload_successful",
    ),
    Signal(
        name="probes_refused",
        meaning="Probes per second that the exporter did not run or that failed by its own fault.",
        unit="reqps",
        expr='rate(lantime_exporter_probes_total{result=~"rejected|fault"}[$range])',
        range="recent",
    ),
)
