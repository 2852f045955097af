"""Cases of ``lantime-system``."""

from tests.alerts.alerts_rules import Severity
from tests.alerts.cases.definition import Case, Episode, Silence, Values

NOW = "1800000000+60x3000"
START = 1_800_000_000
DAY = 86400

PORT = '{port="lan0"}'
FIRMWARE = 'lantime_firmware_info{{running="{}", selected="{}", image="firmware"}}'


def storage(available: tuple[float, float] | float) -> dict[str, Values]:
    """Return a file system of which so many per cent are free."""
    pair = available if isinstance(available, tuple) else (available, available)
    return {
        'lantime_filesystem_avail_bytes{mountpoint="/data"}': (pair[0] / 100, pair[1] / 100),
        'lantime_filesystem_used_bytes{mountpoint="/data"}': (1 - pair[0] / 100, 1 - pair[1] / 100),
    }


def device(instance: str, firmware: str, model: str = "M600") -> str:
    """Return the identity of a device."""
    return (
        f'lantime_device_info{{instance="{instance}", model="{model}", serial_number="1", hostname="{instance}", '
        f'firmware_version="{firmware}", api_version="20.05.013"}}'
    )


CASES: tuple[Case, ...] = (
    Episode(
        alert="LantimeNetworkLinkDown",
        says="a cable is pulled",
        series={
            'lantime_network_up{port="lan0"}': (1, 0),
            'lantime_network_port_available{port="lan0"}': 1,
            'lantime_network_up{port="lan1"}': 1,
        },
        labels={"port": "lan0"},
        description="Port lan0 of lt1 has no link.",
    ),
    Silence(
        alert="LantimeNetworkLinkDown",
        says="the port never had a link",
        series={'lantime_network_up{port="lan1"}': 0, 'lantime_network_port_available{port="lan1"}': 1},
    ),
    Silence(
        alert="LantimeNetworkLinkDown",
        says="the port went away with its card",
        series={'lantime_network_up{port="lan1"}': (1, 0), 'lantime_network_port_available{port="lan1"}': (1, 0)},
    ),
    Episode(
        alert="LantimeNetworkErrors",
        says="two of a hundred packets are broken",
        series={
            f"lantime_network_receive_packets_total{PORT}": "0+5x200",
            f"lantime_network_transmit_packets_total{PORT}": "0+5x200",
            f"lantime_network_receive_errors_total{PORT}": "0+0.09x29 2.7+0.11x61 9.52+0.045x100",
            f"lantime_network_transmit_errors_total{PORT}": "0x29 0+0.11x61 6.82+0.045x100",
        },
        onset=32,
        lingers=8,
        labels={"port": "lan0"},
        description="2.2% of the packets of lan0 of lt1 have errors.",
    ),
    Silence(
        alert="LantimeNetworkErrors",
        says="an unused port",
        series={
            f"lantime_network_receive_packets_total{PORT}": 0,
            f"lantime_network_transmit_packets_total{PORT}": 0,
            f"lantime_network_receive_errors_total{PORT}": "0+1x200",
            f"lantime_network_transmit_errors_total{PORT}": 0,
        },
    ),
    Episode(
        alert="LantimeStorageFull",
        severity=Severity.WARNING,
        says="less than 5 % are left",
        series=storage((5.5, 4.5)),
        labels={"mountpoint": "/data"},
        description="/data of lt1 has 4.5% left.",
    ),
    Episode(
        alert="LantimeStorageFull",
        severity=Severity.CRITICAL,
        says="less than 3 % are left",
        series=storage((3.3, 2.7)),
        labels={"mountpoint": "/data"},
        description="/data of lt1 has 2.7% left.",
        also={Severity.WARNING: "/data of lt1 has 2.7% left."},
    ),
    Episode(
        alert="LantimeStorageFull",
        severity=Severity.CRITICAL,
        says="nothing is left",
        series=storage((5.5, 0)),
        labels={"mountpoint": "/data"},
        description="/data of lt1 has 0% left.",
        also={Severity.WARNING: "/data of lt1 has 0% left."},
    ),
    *(
        Silence(
            alert="LantimeStorageFull",
            severity=severity,
            says="an image is always full",
            series=storage(0),
        )
        for severity in (Severity.WARNING, Severity.CRITICAL)
    ),
    *(
        Silence(
            alert="LantimeStorageFull",
            severity=severity,
            says="a file system without size",
            series={
                'lantime_filesystem_avail_bytes{mountpoint="/x"}': 0,
                'lantime_filesystem_used_bytes{mountpoint="/x"}': 0,
            },
        )
        for severity in (Severity.WARNING, Severity.CRITICAL)
    ),
    Episode(
        alert="LantimeMemoryLow",
        says="less than 10 % are free",
        series={"lantime_memory_total_bytes": 1, "lantime_memory_free_bytes": (0.11, 0.09)},
        description="lt1 runs low on memory or other resources.",
    ),
    Episode(
        alert="LantimeMemoryLow",
        says="the device says so",
        series={
            'lantime_event_active{event="low-system-resources", type="warning"}': (0, 1),
            'lantime_event_active{event="sufficient-system-resources", type="info"}': (1, 0),
        },
        labels={"event": "low-system-resources", "type": "warning"},
        description="lt1 runs low on memory or other resources.",
    ),
    Silence(
        alert="LantimeMemoryLow",
        says="the size of the memory is not known",
        series={"lantime_memory_total_bytes": 0, "lantime_memory_free_bytes": -1},
    ),
    Episode(
        alert="LantimeLoadHigh",
        says="somebody downloads a diagnostic file",
        series={"lantime_load1": (3.6, 4.4)},
        description="The load of lt1 is 4.4.",
    ),
    Episode(
        alert="LantimeRebooted",
        says="the device restarts",
        series={"lantime_uptime_seconds": "1000000+60x9 300+60x60"},
        description="lt1 started 5m 0s ago.",
    ),
    Episode(
        alert="LantimeRebooted",
        says="it is watched from nine minutes after its start on",
        series={"lantime_uptime_seconds": (1000000, 580)},
        description="lt1 started 9m 40s ago.",
    ),
    Silence(
        alert="LantimeRebooted",
        says="the device started eleven minutes ago",
        series={"lantime_uptime_seconds": (1000000, 660)},
    ),
    *(
        Episode(
            alert="LantimeCertificateExpiring",
            severity=severity,
            says=f"less than {days} d are left",
            series={
                "lantime_status_timestamp_seconds": NOW,
                "lantime_tls_certificate_not_after_timestamp_seconds": (
                    START + 1.1 * days * DAY,
                    START + 0.9 * days * DAY,
                ),
            },
            description=f"The certificate of lt1 is valid for {shown}.",
            also=also,
        )
        for severity, days, shown, also in (
            (Severity.WARNING, 21, "18d 20h 26m 0s", {}),
            (
                Severity.CRITICAL,
                3,
                "2d 15h 38m 0s",
                {Severity.WARNING: "The certificate of lt1 is valid for 2d 15h 38m 0s."},
            ),
        )
    ),
    Episode(
        alert="LantimeCertificateExpiring",
        severity=Severity.CRITICAL,
        says="the device says that it has expired, to an exporter that asks without TLS",
        series={
            'lantime_event_active{event="https-certificate-expired", type="error"}': (0, 1),
            'lantime_event_active{event="https-certificate-expire-warning", type="warning"}': 1,
        },
        labels={"event": "https-certificate-expired", "type": "error"},
        description="The certificate of lt1 has expired.",
    ),
    Episode(
        alert="LantimeCertificateExpiring",
        severity=Severity.CRITICAL,
        says="both, and one alert comes",
        series={
            "lantime_device_time_seconds": NOW,
            "lantime_tls_certificate_not_after_timestamp_seconds": (START + 100 * DAY, START + 4200 + 60),
            'lantime_event_active{event="https-certificate-expired", type="error"}': (0, 1),
        },
        description="The certificate of lt1 is valid for 1m 0s.",
        also={Severity.WARNING: "The certificate of lt1 is valid for 1m 0s."},
    ),
    Episode(
        alert="LantimeSelfSignedCertificate",
        says="the factory certificate is in use",
        series={'lantime_event_active{event="self-signed-https-certificate-in-use", type="warning"}': (0, 1)},
        labels={"event": "self-signed-https-certificate-in-use", "type": "warning"},
        description="lt1 uses a self-signed certificate.",
    ),
    Episode(
        alert="LantimeFirmwareMismatch",
        says="another firmware is selected",
        series={
            FIRMWARE.format("7.10.008", "7.10.008"): (1, None),
            FIRMWARE.format("7.10.008", "7.10.009"): (None, 1),
        },
        labels={"running": "7.10.008", "selected": "7.10.009", "image": "firmware"},
        description="lt1 runs 7.10.008, and will start 7.10.009 next.",
    ),
    Silence(
        alert="LantimeFirmwareMismatch",
        says="the device does not say what is selected",
        series={FIRMWARE.format("7.10.008", ""): 1},
    ),
    Silence(
        alert="LantimeFirmwareMismatch",
        says="the device does not say what runs",
        series={FIRMWARE.format("", "7.10.008"): 1},
    ),
    Episode(
        alert="LantimeFirmwareFleetMixed",
        step=30,
        says="one of two M600 is updated",
        series={
            device("lt1", "7.10.008"): 1,
            device("lt2", "7.10.008"): (1, None),
            device("lt2", "7.10.009"): (None, 1),
        },
        labels={"model": "M600"},
        target={"job": "lantime"},
        description="2 versions of the firmware run on the M600 of lantime.",
    ),
    Silence(
        alert="LantimeFirmwareFleetMixed",
        step=30,
        says="two models run different firmware",
        series={device("lt1", "7.10.008"): 1, device("lt2", "7.06.014", "M300"): 1},
    ),
    Episode(
        alert="LantimeFirmwareUpdateFailed",
        says="an update fails",
        series={
            "lantime_firmware_update_success": (1, 0),
            "lantime_firmware_update_end_timestamp_seconds": 1799990000,
        },
        description="The last firmware update of lt1 failed.",
    ),
    Silence(
        alert="LantimeFirmwareUpdateFailed",
        says="there never was an update",
        series={"lantime_firmware_update_success": 0},
    ),
    Episode(
        alert="LantimeServiceDown",
        says="SNMP stops",
        series={'lantime_service_running{service="snmp"}': (1, 0), 'lantime_service_running{service="ftp"}': 0},
        onset=60,
        labels={"service": "snmp"},
        description="Service snmp of lt1 does not run.",
    ),
    Episode(
        alert="LantimeServiceDown",
        says="a service of forty minutes stops",
        series={'lantime_service_running{service="ftp"}': "0x19 1x39 0x14 1x60"},
        onset=60,
        labels={"service": "ftp"},
        description="Service ftp of lt1 does not run.",
    ),
    Silence(
        alert="LantimeServiceDown",
        says="a service ran for a while only",
        series={'lantime_service_running{service="ftp"}': "0x29 1x29 0x120"},
        onset=60,
    ),
    Silence(
        alert="LantimeServiceDown",
        says="NTP stops, which is another alert",
        series={'lantime_service_running{service="ntp"}': (1, 0)},
        onset=60,
    ),
)
