"""Whether the other alerts can be believed: the exporter answers, the device answers, its data are fresh and whole."""

from monitoring.alerts.definition import Alert, Group, Severity
from monitoring.deployment import Dashboard

REASON = (
    '{{ range printf "lantime_probe_failure{job=%q, instance=%q} == 1" $labels.job $labels.instance | query }}'
    " ({{ .Labels.reason }}){{ end }}"
)
"""The reason of the last failure in a description; not a label, because a change of it must not start ``for`` anew."""

GROUP = Group(
    name="lantime-availability",
    title="Availability",
    alerts=(
        Alert(
            name="LantimeExporterDown",
            severity=Severity.CRITICAL,
            when="the exporter does not answer a scrape, of its own metrics or of a device",
            expr="$exporter_up == 0",
            hold="5m",
            summary="The exporter does not answer.",
            description="Prometheus gets no answer from the exporter for {{ $labels.instance }} (job "
            "{{ $labels.job }}).",
            source="snmp-mixin, samber",
            dashboard=Dashboard.EXPORTER,
        ),
        Alert(
            name="LantimeExporterAbsent",
            severity=Severity.CRITICAL,
            when="no scrape job of the exporter has a target",
            expr="absent($exporter_up)",
            hold="10m",
            summary="Prometheus has no target of the exporter.",
            description="No LANTIME is watched: Prometheus has no scrape job of the exporter with a target.",
            source="samber, pint",
            dashboard=Dashboard.EXPORTER,
            variables=(),
        ),
        Alert(
            name="LantimeDeviceUnreachable",
            severity=Severity.CRITICAL,
            when="the exporter answers and the device does not, for another reason than its credentials",
            expr="$device_up == 0 unless on (job, instance) $credentials_refused == 1",
            hold="5m",
            summary="The device does not answer.",
            description=f"The exporter gets no status from {{{{ $labels.instance }}}}{REASON}.",
            source="samber",
            dashboard=Dashboard.EXPORTER,
        ),
        Alert(
            name="LantimeAuthenticationFailed",
            severity=Severity.WARNING,
            when="the device refuses the credentials, or is left alone because it did",
            expr="$credentials_refused == 1",
            hold="5m",
            summary="The device refuses the credentials.",
            description=f"{{{{ $labels.instance }}}} refuses the exporter's user or password{REASON}; it is not "
            f"watched.",
            source="own",
            dashboard=Dashboard.EXPORTER,
        ),
        Alert(
            name="LantimeScrapeSlow",
            severity=Severity.WARNING,
            when="a successful probe takes longer than $probe_slow or than $probe_share of its timeout",
            expr="($probe_duration > $probe_slow or $probe_duration > $probe_share * $probe_timeout)\n"
            "and on (job, instance) $device_up == 1",
            hold="10m",
            keep="5m",
            summary="The device answers slowly.",
            description="A probe of {{ $labels.instance }} takes {{ $value | humanizeDuration }}.",
            source="snmp-observ-lib, blackbox-mixin",
            dashboard=Dashboard.EXPORTER,
        ),
        Alert(
            name="LantimeApiDataStale",
            severity=Severity.WARNING,
            when="the device sends a status that it has not refreshed for $data_age_limit",
            expr="$data_age > $data_age_limit",
            hold="10m",
            summary="The device sends old data.",
            description="The status of {{ $labels.instance }} is {{ $value | humanizeDuration }} old.",
            source="own",
            dashboard=Dashboard.EXPORTER,
        ),
        Alert(
            name="LantimeSectionFailed",
            severity=Severity.WARNING,
            when="a part of the status cannot be read, by a fault of the exporter",
            expr="$collector_success == 0",
            hold="15m",
            summary="A part of the status cannot be read.",
            description="The exporter fails to read the part {{ $labels.collector }} of {{ $labels.instance }}.",
            source="windows_exporter mixin",
            dashboard=Dashboard.EXPORTER,
        ),
        Alert(
            name="LantimeUnknownValue",
            severity=Severity.INFO,
            when="the device sends values that the exporter does not understand",
            expr="$decode_errors > 0",
            hold="15m",
            summary="The device sends values that the exporter does not understand.",
            description="Values of {{ $labels.instance }} are not understood ({{ $labels.collector }}): {{ $value }}.",
            source="own",
            dashboard=Dashboard.EXPORTER,
        ),
        Alert(
            name="LantimeExporterConfigRefused",
            severity=Severity.WARNING,
            when="the exporter could not use its configuration when it read it again",
            expr="$configuration_loaded == 0",
            hold="5m",
            summary="The exporter runs with an old configuration.",
            description="The exporter {{ $labels.instance }} could not use its changed configuration.",
            source="own",
            dashboard=Dashboard.EXPORTER,
        ),
        Alert(
            name="LantimeProbesRefused",
            severity=Severity.WARNING,
            when="the exporter refuses probes because too many run, or fails by its own fault",
            expr="$probes_refused > 0",
            hold="10m",
            summary="The exporter does not run all probes.",
            description="The exporter {{ $labels.instance }} does not run all probes ({{ $labels.result }}).",
            source="own",
            dashboard=Dashboard.EXPORTER,
        ),
    ),
)
