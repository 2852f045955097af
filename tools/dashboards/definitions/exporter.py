"""Exporter health: whether the values of the other dashboards are fresh and complete."""

from tools.dashboards import colours, limits, signals, states
from tools.dashboards.dashboard import Dashboard, PanelRow
from tools.dashboards.panel import Description
from tools.dashboards.panel_types import ALARM, lines, stat, timeline
from tools.dashboards.query import complete_query, query
from tools.dashboards.table import Column, Heading, table, value
from tools.dashboards.variables import EXPORTER, INSTANCE, JOB

PROBES = (
    stat(
        "Exporters",
        query("count(lantime_exporter_build_info)", matchers=signals.EXPORTED),
        description=Description(
            "Exporters whose own metrics are scraped.",
            "all running exporters.",
            "add a job for /metrics of the exporter: see the README.",
            ("LantimeExporterDown", "LantimeExporterAbsent"),
        ),
    ),
    stat(
        "Failed probes now",
        query("sum(1 - lantime_up)"),
        description=Description(
            "Devices whose last probe failed.",
            "0.",
            "the timeline below shows the reason.",
            ("LantimeDeviceUnreachable", "LantimeAuthenticationFailed"),
        ),
        steps=ALARM,
    ),
    stat(
        "Slowest probe",
        query("max(lantime_probe_duration_seconds)"),
        unit="s",
        steps=limits.PTP.above("probe_slow"),
        description=Description(
            "Duration of the longest of the last probes.",
            "below a second.",
            "find the slow phase.",
            ("LantimeScrapeSlow",),
        ),
    ),
    stat(
        "Oldest data",
        query(
            "max((lantime_status_timestamp_seconds or lantime_device_time_seconds)\n"
            "  - lantime_api_update_timestamp_seconds)"
        ),
        unit="s",
        steps=limits.DATA_AGE,
        description=Description(
            "Age of the oldest status, by the clock of the device.",
            "some seconds.",
            "restart the REST API of the device.",
            ("LantimeApiDataStale",),
        ),
    ),
    stat(
        "Decode errors",
        query("sum(lantime_decode_errors)"),
        description=Description(
            "Values in the last responses that could not be decoded.",
            "0.",
            "/probe?debug=true shows path and value: report them to the project.",
            ("LantimeUnknownValue",),
        ),
        steps=((None, colours.QUIET), (1, colours.WARNING)),
    ),
    stat(
        "Configuration",
        query("lantime_exporter_config_last_reload_successful", "{{instance}}", matchers=signals.EXPORTED),
        states=states.flag("loaded", "rejected"),
        description=Description(
            "Result of the last load of the configuration.",
            "loaded.",
            "the log names the errors; the old configuration stays in force.",
            ("LantimeExporterConfigRefused",),
        ),
    ),
    timeline(
        "Why probes fail",
        query(states.PROBE.query("lantime_probe_failure", "job, instance", label="reason"), "{{instance}}"),
        states=states.PROBE,
        description=Description(
            "Result of the probes of each device: ok, or the reason of the failure.",
            "ok throughout; a gap means that the exporter did not respond.",
            "docs/troubleshooting.md has a line for each reason.",
            ("LantimeDeviceUnreachable", "LantimeAuthenticationFailed"),
        ),
        height=8,
    ),
    lines(
        "Probe duration",
        query("lantime_probe_duration_seconds", "{{instance}}"),
        unit="s",
        least=0,
        description=Description(
            "Duration of each probe until its response was rendered.",
            "below a second.",
            "compare with the phases: wait is the device, connect and transfer are the network.",
            ("LantimeScrapeSlow",),
        ),
    ),
    lines(
        "Round trip by resource",
        query("lantime_http_rtt_seconds", "{{instance}} {{resource}}"),
        unit="s",
        least=0,
        description=Description(
            "Time from sending the request to the last byte of the response.",
            "below a second.",
            "a slow device is busy: scrape it less often.",
            ("LantimeScrapeSlow",),
        ),
    ),
    lines(
        "Time of the collectors",
        query("sum by (job, instance) (lantime_collector_duration_seconds)", "{{instance}}"),
        unit="s",
        least=0,
        description=Description(
            "Duration of all collectors of a device together.",
            "some ms for a large chassis.",
            "report a device that takes longer to the project.",
        ),
    ),
    lines(
        "Phases of the round trip",
        query("sum by (job, instance, phase) (lantime_http_phase_seconds)", "{{instance}} {{phase}}"),
        unit="s",
        least=0,
        description=Description(
            "Phases of the last request: connect and tls only on a new connection, wait to the first byte, transfer "
            "to the last.",
            "wait is the longest.",
            "frequent connects mean that the device closes its connections.",
            ("LantimeScrapeSlow",),
        ),
    ),
)

RESPONSES = (
    table(
        "Responses",
        value("HTTP", "lantime_http_status_code", unit="none", steps=((None, colours.GOOD), (400, colours.BAD))),
        value("Size", "lantime_http_response_bytes", unit="bytes"),
        value(
            "Connection",
            "lantime_http_connection_reused",
            states=states.flag("kept", "new", off_colour=colours.OFF),
        ),
        value("Timeout", "lantime_probe_timeout_seconds", unit="s", room=6),
        value("Data age", signals.DATA_AGE, unit="s"),
        value("Cached", "lantime_document_age_seconds", unit="s"),
        value("Certificate", "lantime_tls_certificate_not_after_timestamp_seconds * 1000", unit="dateTimeFromNow"),
        description=Description(
            "The last response of each device. Cached is the age of a reused response.",
            "status 200, a kept connection, data age of some seconds.",
            "the timeline above shows the reason of a missing response; renew a certificate before it expires.",
            ("LantimeApiDataStale", "LantimeCertificateExpiring"),
        ),
        height=7,
    ),
    table(
        "Collectors and decode errors",
        value(
            "Failed",
            "sum by (job, instance) (1 - lantime_collector_success)",
            steps=((None, colours.GOOD), (1, colours.BAD)),
        ),
        value(
            "Decode errors",
            "sum by (job, instance) (lantime_decode_errors)",
            steps=((None, colours.GOOD), (1, colours.WARNING)),
        ),
        value(
            "Unaccounted",
            'lantime_status_leaves{account="unaccounted"}',
            steps=((None, colours.GOOD), (1, colours.WARNING)),
        ),
        value(
            "Dropped",
            "sum by (job, instance) (lantime_generic_series_dropped)",
            steps=((None, colours.GOOD), (1, colours.WARNING)),
        ),
        description=Description(
            "Collectors that failed on the last response, values that could not be decoded, unaccounted leaves, and "
            "dropped generic series.",
            "0 throughout.",
            "send an inspection report to the project.",
            ("LantimeSectionFailed", "LantimeUnknownValue"),
        ),
        width=12,
    ),
    lines(
        "Leaves of the status by account",
        query("sum by (job, instance, account) (lantime_status_leaves)", "{{instance}} {{account}}"),
        least=0,
        stepped=True,
        description=Description(
            "Values in the status of each device: mapped by a collector, exported by the generic layer, ignored on "
            "purpose, or unaccounted.",
            "most are mapped, none are unaccounted.",
            "a step is new firmware, or a card that was inserted or removed.",
        ),
    ),
)

ITSELF = (
    lines(
        "Probes by result",
        query(
            "sum by (job, instance, result) (rate(lantime_exporter_probes_total[$__rate_interval])) > 0",
            "{{instance}} {{result}}",
            matchers=signals.EXPORTED,
        ),
        unit="reqps",
        least=0,
        description=Description(
            "Probes per second by result; rejected ones exceeded the limit of concurrent probes.",
            "only success.",
            "rejected: raise the limit or scrape less often; fault: report it to the project.",
            ("LantimeProbesRefused",),
        ),
    ),
    lines(
        "Duration of probes, 95th percentile",
        query(
            "histogram_quantile(0.95, sum by (job, instance, le) "
            "(rate(lantime_exporter_probe_duration_seconds_bucket[$__rate_interval])))",
            "{{instance}}",
            matchers=signals.EXPORTED,
        ),
        unit="s",
        least=0,
        description=Description(
            "Duration that 95 % of the probes do not exceed.",
            "below a second.",
            "slow devices: see above; all probes slow: the exporter lacks CPU time.",
            ("LantimeScrapeSlow",),
        ),
    ),
    lines(
        "In flight and connections",
        query("lantime_exporter_probes_in_flight", "{{instance}} probes", matchers=signals.EXPORTED),
        query("lantime_exporter_device_connections", "{{instance}} connections", matchers=signals.EXPORTED),
        least=0,
        stepped=True,
        description=Description(
            "Running probes, and open connections to devices.",
            "one connection per device.",
            "accumulating probes wait for devices that hang.",
            ("LantimeProbesRefused",),
        ),
    ),
    lines(
        "Processor",
        complete_query('rate(process_cpu_seconds_total{instance=~"$exporter"}[$__rate_interval])', "{{instance}}"),
        unit="percentunit",
        least=0,
        description=Description(
            "Share of a CPU core that the exporter uses.",
            "15 % for 1,000 devices every 15 s.",
            "scrape less often or run another exporter.",
        ),
    ),
    lines(
        "Memory",
        complete_query('process_resident_memory_bytes{instance=~"$exporter"}', "{{instance}}"),
        unit="bytes",
        least=0,
        description=Description(
            "Resident memory of the exporter.",
            "below 120 MiB for 1,000 devices.",
            "report steady growth to the project.",
        ),
    ),
    lines(
        "Open files",
        complete_query('process_open_fds{instance=~"$exporter"}', "{{instance}} open"),
        complete_query('process_max_fds{instance=~"$exporter"}', "{{instance}} limit"),
        logarithmic=True,
        description=Description(
            "Open file descriptors and their limit, on a logarithmic scale.",
            "a few more than the number of devices.",
            "raise the limit of the service.",
        ),
    ),
    lines(
        "HTTP requests by status",
        query(
            "sum by (job, instance, code) (rate(lantime_exporter_http_requests_total[$__rate_interval])) > 0",
            "{{instance}} {{code}}",
            matchers=signals.EXPORTED,
        ),
        unit="reqps",
        least=0,
        description=Description(
            "Responses of the exporter, by HTTP status.",
            "only 200.",
            "400: a scrape job is wrong; 503: too many concurrent probes.",
            ("LantimeProbesRefused",),
        ),
    ),
    table(
        "Versions",
        Column(
            expr="lantime_exporter_build_info",
            labels={"version": Heading("Version"), "python": Heading("Python")},
            matchers=signals.EXPORTED,
        ),
        Column(
            expr="1000 * lantime_exporter_config_last_reload_success_timestamp_seconds",
            title="Loaded",
            labels={},
            unit="dateTimeFromNow",
            matchers=signals.EXPORTED,
        ),
        description=Description(
            "The exporters, and their last load of the configuration.",
            "after the last change of the file.",
            "send SIGHUP after a change.",
            ("LantimeExporterConfigRefused",),
        ),
        subject="Exporter",
        width=12,
    ),
)

DASHBOARD = Dashboard(
    uid="lantime-exporter",
    title="LANTIME exporter health",
    description="Are the values of the other dashboards fresh and complete?",
    variables=(JOB, INSTANCE, EXPORTER),
    rows=(
        PanelRow("", PROBES),
        PanelRow("Responses of the devices", RESPONSES),
        PanelRow("The exporter itself", ITSELF),
    ),
)
