"""The box and its network."""

from monitoring.signals.definition import Signal

SIGNALS = (
    Signal(name="link_up", meaning="Whether a network port has a link.", expr="lantime_network_up"),
    Signal(
        name="port_available",
        meaning="Whether a network port exists; 0 for one that is only configured.",
        expr="lantime_network_port_available",
    ),
    Signal(
        name="network_errors",
        meaning="Packets with errors as a share of all packets of a port.",
        unit="percentunit",
        expr="(rate(lantime_network_receive_errors_total[$range]) + "
        "rate(lantime_network_transmit_errors_total[$range]))\n"
        "/ (\n"
        "  rate(lantime_network_receive_packets_total[$range]) + "
        "rate(lantime_network_transmit_packets_total[$range]) > 0\n"
        ")",
        range="recent",
        record="instance_port:lantime_network_errors:ratio_rate",
    ),
    Signal(
        name="storage_free",
        meaning="Share of a file system that is free.",
        unit="percentunit",
        expr="lantime_filesystem_avail_bytes\n/ (lantime_filesystem_avail_bytes + lantime_filesystem_used_bytes > 0)",
        record="instance_mountpoint:lantime_filesystem_free:ratio",
    ),
    Signal(
        name="memory_free",
        meaning="Share of the main memory that is free.",
        unit="percentunit",
        expr="lantime_memory_free_bytes / (lantime_memory_total_bytes > 0)",
    ),
    Signal(name="load", meaning="Load average over a minute.", expr="lantime_load1"),
    Signal(
        name="certificate_validity",
        meaning="Time until the device's certificate expires, by the device's clock.",
        unit="s",
        expr="lantime_tls_certificate_not_after_timestamp_seconds\n"
        "- (lantime_status_timestamp_seconds or lantime_device_time_seconds)",
    ),
    Signal(
        name="certificate_expired",
        meaning="Whether the device says that its certificate has expired.",
        expr='lantime_event_active{event="https-certificate-expired"}',
    ),
    Signal(
        name="certificate_self_signed",
        meaning="Whether the device uses a certificate that it signed itself.",
        expr='lantime_event_active{event="self-signed-https-certificate-in-use"}',
    ),
    Signal(
        name="firmware",
        meaning="Firmware that runs, and firmware that the next start selects.",
        expr='lantime_firmware_info{running!="", selected!=""}',
    ),
    Signal(
        name="firmware_settled",
        meaning="Firmware that runs, said to be selected too: what the labels would be with nothing pending.",
        expr='label_replace(lantime_firmware_info, "selected", "$$1", "running", "(.*)")',
    ),
    Signal(
        name="firmware_versions",
        meaning="How many versions of the firmware run on devices of one model.",
        expr="count by (job, model) (count by (job, model, firmware_version) (lantime_device_info))",
    ),
    Signal(
        name="update_successful",
        meaning="Whether the last firmware update succeeded.",
        expr="lantime_firmware_update_success",
    ),
    Signal(
        name="update_ended",
        meaning="When the last firmware update ended; absent before any.",
        unit="dateTimeAsIso",
        expr="lantime_firmware_update_end_timestamp_seconds",
    ),
    Signal(
        name="update_available",
        meaning="Whether the device knows of newer firmware.",
        expr='lantime_event_active{event="auto-update-avail"}',
    ),
    Signal(
        name="service_running",
        meaning="Whether a service of the device runs; NTP has a signal of its own.",
        expr='lantime_service_running{service!="ntp"}',
    ),
    Signal(
        name="resources_low",
        meaning="Whether the device itself says that its resources run low.",
        expr='lantime_event_active{event="low-system-resources"}',
    ),
)
