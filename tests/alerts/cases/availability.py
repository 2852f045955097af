"""Cases of ``lantime-availability``."""

from tests.alerts.cases.definition import Case, Episode, Silence

BOOTED = {"lantime_uptime_seconds": 1900}
BOOTING = {"lantime_uptime_seconds": 1700}
BUILD = 'lantime_exporter_build_info{version="1.0", python="3.11"}'

CASES: tuple[Case, ...] = (
    Episode(
        alert="LantimeExporterDown",
        says="the exporter stops",
        series={"up": (1, 0)},
        description="No response from the exporter for lt1 (job lantime).",
    ),
    Silence(alert="LantimeExporterDown", says="another job is down", series={'up{job="node"}': (1, 0)}),
    Episode(
        alert="LantimeTargetGone",
        says="a device vanishes from the target list, and another one stays",
        series={
            "up": (1, None),
            "lantime_up": (1, None),
            'up{instance="lt2"}': 1,
            'lantime_up{instance="lt2"}': 1,
        },
        description="lt1 (job lantime) is no longer a target of Prometheus: it was last probed 16m 0s ago. It has no "
        "other alerts.",
    ),
    Silence(alert="LantimeTargetGone", says="the exporter is down", series={"up": (1, 0), "lantime_up": (1, None)}),
    Silence(alert="LantimeTargetGone", says="the device does not answer", series={"up": 1, "lantime_up": (1, 0)}),
    Silence(
        alert="LantimeTargetGone",
        says="another program is no target any more",
        series={'up{instance="other"}': (1, None), "lantime_up": 1, "up": 1},
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
        description="lt1 does not answer the exporter (reason timeout).",
    ),
    Episode(
        alert="LantimeDeviceUnreachable",
        says="the reason changes while the device is away",
        series={
            "lantime_up": (1, 0),
            'lantime_probe_failure{reason="connect"}': "0x9 1x2 0x30",
            'lantime_probe_failure{reason="timeout"}': "0x9 0x2 1x6 0x30",
        },
        description="lt1 does not answer the exporter (reason timeout).",
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
        description="lt1 rejects the user or password of the exporter (reason lockout). The device is not monitored.",
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
        description="lt1 answers a probe in 5.4s (limit 5s or 80% of the timeout).",
    ),
    Episode(
        alert="LantimeScrapeSlow",
        says="probes take most of a short timeout",
        series={
            "lantime_up": 1,
            "lantime_probe_duration_seconds": (2.3, 2.5),
            "lantime_probe_timeout_seconds": 3,
        },
        description="lt1 answers a probe in 2.5s (limit 5s or 80% of the timeout).",
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
        description="lt1 sends a status that is 5m 20s old (limit 5m). Its other alerts use old values.",
    ),
    Episode(
        alert="LantimeApiDataStale",
        says="the status has no timestamp",
        series={
            "lantime_device_time_seconds": "1800000000+60x60",
            "lantime_api_update_timestamp_seconds": "1799999720+60x9 1800000280+60x14 1800001220+60x30",
        },
        description="lt1 sends a status that is 5m 20s old (limit 5m). Its other alerts use old values.",
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
        description="lt1: the exporter fails to read the part ntp. Alerts about it are silent.",
    ),
    Episode(
        alert="LantimeUnknownValue",
        says="a value is not understood",
        series={'lantime_decode_errors{collector="ntp"}': (0, 1)},
        labels={"collector": "ntp"},
        description="lt1: 1 value of the part ntp cannot be decoded and is left out.",
    ),
    Episode(
        alert="LantimeExporterConfigRefused",
        says="a changed configuration has a fault",
        series={"lantime_exporter_config_last_reload_successful": (1, 0)},
        description="Exporter lt1 rejected its new configuration and runs with the old one. It will "
        "not start again with the new one.",
    ),
    Episode(
        alert="LantimeExporterAbsent",
        says="the target list is empty, and the exporter itself is scraped",
        series={"lantime_up": (1, None), 'up{job="lantime-exporter", instance="exporter"}': 1},
        target={},
        description="Prometheus has had no result of any LANTIME for 10 minutes: the exporter is "
        "down, its target list is empty, or the scrape job is gone.",
    ),
    Silence(
        alert="LantimeExporterAbsent",
        says="one of two targets vanishes",
        series={'lantime_up{instance="lt1"}': (1, None), 'lantime_up{instance="lt2"}': 1},
    ),
    Silence(alert="LantimeExporterAbsent", says="the device does not answer", series={"lantime_up": (1, 0)}),
    Episode(
        alert="LantimeProbesFailing",
        says="every second probe fails",
        series={"up": 1, "lantime_up": "1x9 0 1 0 1 0 1 0 1 0 1 0 1 0 1 0 1 0 1 0 1 0 1 0 1 0 1 1x40"},
        onset=13,
        lingers=30,
        description="lt1 answered 70.83% of the probes of the last 30 minutes (limit 90%). Its "
        "other alerts may be late or missing.",
    ),
    Episode(
        alert="LantimeProbesFailing",
        says="every second scrape of the exporter fails",
        series={
            "up": "1x9 0 1 0 1 0 1 0 1 0 1 0 1 0 1 0 1 0 1 0 1 0 1 0 1 0 1 1x40",
            "lantime_up": f"1x9 {'stale 1 ' * 13}1x40",
        },
        onset=13,
        lingers=30,
        description="lt1 answered 70.83% of the probes of the last 30 minutes (limit 90%). Its "
        "other alerts may be late or missing.",
    ),
    Silence(
        alert="LantimeProbesFailing",
        says="a single outage of ten minutes",
        series={"up": 1, "lantime_up": "1x39 0x9 1x60"},
        onset=40,
    ),
    Silence(
        alert="LantimeProbesFailing",
        says="a single outage of the exporter",
        series={"up": "1x39 0x9 1x60", "lantime_up": "1x39 stale _x8 1x60"},
        onset=40,
    ),
    Silence(
        alert="LantimeProbesFailing",
        says="an outage half an hour after a failed probe",
        series={"up": 1, "lantime_up": "1x39 0 1x34 0x4 1x60"},
        onset=80,
    ),
    Silence(
        alert="LantimeProbesFailing",
        says="an outage of the exporter half an hour after a failed scrape",
        series={"up": "1x39 0 1x34 0x4 1x60", "lantime_up": "1x39 stale 1x34 stale _x3 1x60"},
        onset=80,
    ),
    Silence(
        alert="LantimeProbesFailing",
        says="two probes of an hour fail",
        series={"up": 1, "lantime_up": "1x39 0 1x9 0 1x60"},
        onset=40,
    ),
    Episode(
        alert="LantimeDataMissing",
        says="a section of the status is gone",
        series={**BOOTED, "lantime_up": 1, "scrape_samples_post_metric_relabeling": (2000, 1690)},
        description="lt1 sends 1690 series (limit 85% of the most within a day). Alerts about "
        "the missing part are silent.",
    ),
    Silence(
        alert="LantimeDataMissing",
        says="satellites come and go",
        series={"lantime_up": 1, "scrape_samples_post_metric_relabeling": (2000, 1710)},
    ),
    Silence(
        alert="LantimeDataMissing",
        says="the device does not answer",
        series={"lantime_up": (1, 0), "scrape_samples_post_metric_relabeling": (2000, 20)},
    ),
    Silence(
        alert="LantimeDataMissing",
        says="the device starts",
        series={**BOOTING, "lantime_up": 1, "scrape_samples_post_metric_relabeling": (2000, 1000)},
    ),
    Silence(
        alert="LantimeDataMissing",
        says="a target of another exporter shrinks",
        series={"scrape_samples_post_metric_relabeling": (2000, 1000), 'lantime_up{instance="lt2"}': 1},
    ),
    Episode(
        alert="LantimeProbesRefused",
        says="probes are rejected",
        series={'lantime_exporter_probes_total{result="rejected"}': "0x10 8x5 16x5 24x5 32x60"},
        onset=11,
        lingers=17,
        labels={"result": "rejected"},
        description="Exporter lt1 did not run 16 probes of the last 15 minutes (result rejected, limit 5).",
    ),
    Episode(
        alert="LantimeProbesRefused",
        says="little more than five probes are rejected",
        series={'lantime_exporter_probes_total{result="rejected"}': "0x10 0.37+0.37x28 10.73x60"},
        onset=24,
        lingers=2,
        labels={"result": "rejected"},
        description="Exporter lt1 did not run 6 probes of the last 15 minutes (result rejected, limit 5).",
    ),
    Silence(
        alert="LantimeProbesRefused",
        says="a short burst",
        series={'lantime_exporter_probes_total{result="rejected"}': "0x10 5x60"},
    ),
    Silence(
        alert="LantimeProbesRefused",
        says="probes succeed",
        series={'lantime_exporter_probes_total{result="success"}': "0+60x60"},
    ),
    Episode(
        alert="LantimeExporterRestarting",
        says="four starts within an hour",
        series={BUILD: 1, "process_start_time_seconds": "100x2 200x1 300x1 400x1 500x90"},
        onset=9,
        lingers=43,
        description="Exporter lt1 restarted 4 times within an hour (limit 3).",
    ),
    Silence(
        alert="LantimeExporterRestarting",
        says="three starts",
        series={BUILD: 1, "process_start_time_seconds": "100x2 200x1 300x1 400x90"},
    ),
    Silence(
        alert="LantimeExporterRestarting",
        says="another program restarts",
        series={
            'lantime_exporter_build_info{instance="other", version="1.0", python="3.11"}': 1,
            "process_start_time_seconds": "100x2 200x1 300x1 400x1 500x90",
        },
    ),
)
