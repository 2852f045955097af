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
            "as many as run.",
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
            "the timeline below says why.",
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
            "The longest of the last probes.",
            "below a second.",
            "see which phase takes the time.",
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
            "The oldest status that a device sent, by its own clock.",
            "some seconds.",
            "restart the REST API of the device.",
            ("LantimeApiDataStale",),
        ),
    ),
    stat(
        "Decode errors",
        query("sum(lantime_decode_errors)"),
        description=Description(
            "Values in the last answers that the exporter could not decode.",
            "0.",
            "/probe?debug=true names path and value: send it to the project.",
            ("LantimeUnknownValue",),
        ),
        steps=((None, colours.QUIET), (1, colours.WARNING)),
    ),
    stat(
        "Configuration",
        query("lantime_exporter_config_last_reload_successful", "{{instance}}", matchers=signals.EXPORTED),
        states=states.flag("loaded", "rejected"),
        description=Description(
            "Whether the exporter could use its configuration when it last read it.",
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
            "ok throughout; a gap means that the exporter itself did not answer.",
            "the troubleshooting table of the README has a line for each reason.",
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
            "Time each probe took, until its answer was put together.",
            "below a second.",
            "compare with the phases: wait is the device, connect and transfer the network.",
            ("LantimeScrapeSlow",),
        ),
    ),
    lines(
        "Round trip by resource",
        query("lantime_http_rtt_seconds", "{{instance}} {{resource}}"),
        unit="s",
        least=0,
        description=Description(
            "Time from sending the request to the last byte of the answer.",
            "below a second.",
            "a device that answers slowly is busy: scrape it less often.",
            ("LantimeScrapeSlow",),
        ),
    ),
    lines(
        "Time of the collectors",
        query("sum by (job, instance) (lantime_collector_duration_seconds)", "{{instance}}"),
        unit="s",
        least=0,
        description=Description(
            "Time that reading the answer took, all collectors of a device together.",
            "some ms for a large chassis.",
            "report the device that needs more to the project.",
        ),
    ),
    lines(
        "Phases of the round trip",
        query("sum by (job, instance, phase) (lantime_http_phase_seconds)", "{{instance}} {{phase}}"),
        unit="s",
        least=0,
        description=Description(
            "Parts of the last round trip: connect and tls only on a new connection, "
            "wait for the first byte, transfer to the last.",
            "wait has the largest part.",
            "frequent connects mean that the device closes its connections.",
            ("LantimeScrapeSlow",),
        ),
    ),
)

ANSWERS = (
    table(
        "Answers",
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
            "The last answer of each device. Cached is how old an answer was that served again.",
            "status 200, a kept connection, data age of some seconds.",
            "the timeline above says why an answer is missing; renew a certificate before it expires.",
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
            "Collectors that failed on the last answer, values that could not be decoded, leaves no collector took, "
            "and generic series that were too many.",
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
            "Scalars in the status of each device: read by a collector, by the generic layer, "
            "ignored on purpose, or unaccounted.",
            "most are mapped, none is unaccounted.",
            "a jump is new firmware or a card that came or went.",
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
            "Probes per second by result; rejected ones did not run because too many others did.",
            "success alone.",
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
            "Within what time 95 % of the probes end.",
            "below a second.",
            "slow devices: see above; slow everywhere: the exporter lacks processor time.",
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
            "Probes that run, and open connections to devices.",
            "a connection for each device.",
            "probes that pile up wait for devices that hang.",
            ("LantimeProbesRefused",),
        ),
    ),
    lines(
        "Processor",
        complete_query('rate(process_cpu_seconds_total{instance=~"$exporter"}[$__rate_interval])', "{{instance}}"),
        unit="percentunit",
        least=0,
        description=Description(
            "Share of a processor core that the exporter uses.",
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
            "a few more than devices.",
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
            "Requests that the exporter answered, by HTTP status.",
            "200 alone.",
            "400: a scrape job is wrong; 503: too many probes run.",
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
            "The exporters, and when they loaded their configuration last.",
            "since the last change of it.",
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
    description="Are the numbers of the other dashboards fresh and whole?",
    variables=(JOB, INSTANCE, EXPORTER),
    rows=(
        PanelRow("", PROBES),
        PanelRow("Answers of the devices", ANSWERS),
        PanelRow("The exporter itself", ITSELF),
    ),
)
