"""Cases of ``lantime-availability``."""

from tests.alerts.cases.definition import Case, Episode, Silence

CASES: tuple[Case, ...] = (
    Episode(
        alert="LantimeExporterDown",
        says="the exporter stops",
        series={"up": (1, 0)},
        description="Prometheus gets no answer from the exporter for lt1 (job lantime).",
    ),
    Silence(alert="LantimeExporterDown", says="another job is down", series={'up{job="node"}': (1, 0)}),
    Episode(
        alert="LantimeExporterAbsent",
        says="all targets vanish",
        series={"up": (1, None)},
        target={},
        description="No LANTIME is watched: Prometheus has no scrape job of the exporter with a target.",
    ),
    Silence(
        alert="LantimeExporterAbsent",
        says="one of two targets vanishes",
        series={'up{instance="lt1"}': (1, None), 'up{instance="lt2"}': 1},
    ),
    Episode(
        alert="LantimeDeviceUnreachable",
        says="the device does not answer in time",
        series={
            "lantime_up": (1, 0),
            'lantime_probe_failure{reason="none"}': (1, 0),
            'lantime_probe_failure{reason="timeout"}': (0, 1),
            'lantime_probe_failure{reason="auth"}': 0,
        },
        description="The exporter gets no status from lt1 (timeout).",
    ),
    Episode(
        alert="LantimeDeviceUnreachable",
        says="the reason changes while the device is away",
        series={
            "lantime_up": (1, 0),
            'lantime_probe_failure{reason="connect"}': "0x9 1x2 0x30",
            'lantime_probe_failure{reason="timeout"}': "0x9 0x2 1x6 0x30",
        },
        description="The exporter gets no status from lt1 (timeout).",
    ),
    Silence(
        alert="LantimeDeviceUnreachable",
        says="the device refuses the credentials",
        series={"lantime_up": (1, 0), 'lantime_probe_failure{reason="auth"}': (0, 1)},
    ),
    Episode(
        alert="LantimeAuthenticationFailed",
        says="a refused password leads to a lockout",
        series={
            "lantime_up": (1, 0),
            'lantime_probe_failure{reason="auth"}': "0x9 1x2 0x30",
            'lantime_probe_failure{reason="lockout"}': "0x9 0x2 1x6 0x30",
        },
        description="lt1 refuses the exporter's user or password (lockout); it is not watched.",
    ),
    Silence(
        alert="LantimeAuthenticationFailed",
        says="the device does not answer",
        series={
            "lantime_up": (1, 0),
            'lantime_probe_failure{reason="timeout"}': (0, 1),
            'lantime_probe_failure{reason="auth"}': 0,
        },
    ),
    Episode(
        alert="LantimeScrapeSlow",
        says="probes take longer than 5 s",
        series={
            "lantime_up": 1,
            "lantime_probe_duration_seconds": (4.6, 5.4),
            "lantime_probe_timeout_seconds": 30,
        },
        description="A probe of lt1 takes 5.4s.",
    ),
    Episode(
        alert="LantimeScrapeSlow",
        says="probes take most of a short timeout",
        series={
            "lantime_up": 1,
            "lantime_probe_duration_seconds": (2.3, 2.5),
            "lantime_probe_timeout_seconds": 3,
        },
        description="A probe of lt1 takes 2.5s.",
    ),
    Silence(
        alert="LantimeScrapeSlow",
        says="the device is away: its probes time out",
        series={
            "lantime_up": (1, 0),
            "lantime_probe_duration_seconds": (1, 9.5),
            "lantime_probe_timeout_seconds": 9.5,
        },
    ),
    Episode(
        alert="LantimeApiDataStale",
        says="the status is not refreshed",
        series={
            "lantime_status_timestamp_seconds": "1800000000+60x60",
            "lantime_device_time_seconds": "1799999720+60x60",
            "lantime_api_update_timestamp_seconds": "1799999720+60x9 1800000280+60x14 1800001220+60x30",
        },
        description="The status of lt1 is 5m 20s old.",
    ),
    Episode(
        alert="LantimeApiDataStale",
        says="the answer has no time of its own",
        series={
            "lantime_device_time_seconds": "1800000000+60x60",
            "lantime_api_update_timestamp_seconds": "1799999720+60x9 1800000280+60x14 1800001220+60x30",
        },
        description="The status of lt1 is 5m 20s old.",
    ),
    Silence(
        alert="LantimeApiDataStale",
        says="the device's clock is years off",
        series={
            "lantime_status_timestamp_seconds": "86400+60x60",
            "lantime_api_update_timestamp_seconds": "86390+60x60",
        },
    ),
    Episode(
        alert="LantimeSectionFailed",
        says="a collector fails",
        series={'lantime_collector_success{collector="ntp"}': (1, 0)},
        labels={"collector": "ntp"},
        description="The exporter fails to read the part ntp of lt1.",
    ),
    Episode(
        alert="LantimeUnknownValue",
        says="a value is not understood",
        series={'lantime_decode_errors{collector="ntp"}': (0, 1)},
        labels={"collector": "ntp"},
        description="Values of lt1 are not understood (ntp): 1.",
    ),
    Episode(
        alert="LantimeExporterConfigRefused",
        says="a changed configuration has a fault",
        series={"lantime_exporter_config_last_reload_successful": (1, 0)},
        description="The exporter lt1 could not use its changed configuration.",
    ),
    Episode(
        alert="LantimeProbesRefused",
        says="probes are rejected",
        series={'lantime_exporter_probes_total{result="rejected"}': "0x10 60+60x13 900x40"},
        onset=11,
        lingers=13,
        labels={"result": "rejected"},
        description="The exporter lt1 does not run all probes (rejected).",
    ),
    Silence(
        alert="LantimeProbesRefused",
        says="probes succeed",
        series={'lantime_exporter_probes_total{result="success"}': "0+60x60"},
    ),
)
