"""Cases of ``lantime-system``."""

from tests.alerts.cases.definition import Case, Episode, Silence, Values

NOW = "1800000000+60x3000"
START = 1_800_000_000
DAY = 86400

PORT = '{port="lan0"}'
FIRMWARE = 'lantime_firmware_info{{running="{}", selected="{}", image="firmware"}}'


def storage(available: tuple[float, float] | float) -> dict[str, Values]:
    """Return a file system with so many per cent free."""
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
        description="lt1: network port lan0 has had no link for 5m 15s.",
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
        description="lt1: 2.2% of the packets of port lan0 have errors (limit 1%).",
    ),
    *(
        Episode(
            alert="LantimeNetworkErrors",
            says=f"two of a hundred packets are broken until the port {busy}s more",
            series={
                f"lantime_network_receive_errors_total{PORT}": "_x10 0+0.2x200",
                f"lantime_network_transmit_errors_total{PORT}": "_x10 0x200",
                f"lantime_network_{busy}_packets_total{PORT}": "_x10 0+5x66 375+45x60",
                f"lantime_network_{other}_packets_total{PORT}": "_x10 0+5x200",
            },
            onset=11,
            lingers=4,
            labels={"port": "lan0"},
            description="lt1: 2% of the packets of port lan0 have errors (limit 1%).",
        )
        for busy, other in (("receive", "transmit"), ("transmit", "receive"))
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
        alert="LantimeMemoryLow",
        says="less than 10 % are free",
        series={"lantime_memory_total_bytes": 1, "lantime_memory_free_bytes": (0.11, 0.09)},
        description="lt1 has 9% of its memory free (limit 10%).",
    ),
    Episode(
        alert="LantimeMemoryLow",
        says="the device reports it",
        series={
            'lantime_event_active{event="low-system-resources", type="warning"}': (0, 1),
            'lantime_event_active{event="sufficient-system-resources", type="info"}': (1, 0),
        },
        labels={"event": "low-system-resources", "type": "warning"},
        description="lt1 runs low on resources (event low-system-resources).",
    ),
    Silence(
        alert="LantimeMemoryLow",
        says="the size of the memory is not known",
        series={"lantime_memory_total_bytes": 0, "lantime_memory_free_bytes": -1},
    ),
    Episode(
        alert="LantimeLoadHigh",
        says="a diagnostic file is downloaded",
        series={"lantime_load1": (3.6, 4.4)},
        description="lt1 has a load of 4.4 (limit 4).",
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
    Episode(
        alert="LantimeFirmwareMismatch",
        says="another firmware is selected",
        series={
            FIRMWARE.format("7.10.008", "7.10.008"): (1, None),
            FIRMWARE.format("7.10.008", "7.10.009"): (None, 1),
        },
        labels={"running": "7.10.008", "selected": "7.10.009", "image": "firmware"},
        description="lt1 runs firmware 7.10.008 and will start 7.10.009 next.",
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
        description="The M600 of job lantime run 2 versions of the firmware.",
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
        description="lt1: the last firmware update failed.",
    ),
    Silence(
        alert="LantimeFirmwareUpdateFailed",
        says="there never was an update",
        series={"lantime_firmware_update_success": 0},
    ),
    Episode(
        alert="LantimeServiceDown",
        step=5,
        onset=150,
        says="SNMP stops",
        series={'lantime_service_running{service="snmp"}': (1, 0), 'lantime_service_running{service="ftp"}': 0},
        labels={"service": "snmp"},
        description="lt1: service snmp does not run, but usually does.",
    ),
    Episode(
        alert="LantimeServiceDown",
        step=5,
        onset=300,
        says="a service of forty minutes stops",
        series={'lantime_service_running{service="ftp"}': "0x99 1x199 0x6 1x60"},
        labels={"service": "ftp"},
        description="lt1: service ftp does not run, but usually does.",
    ),
    Silence(
        alert="LantimeServiceDown",
        step=5,
        onset=300,
        says="a service ran for a while only",
        series={'lantime_service_running{service="ftp"}': "0x199 1x99 0x160"},
    ),
    Silence(
        alert="LantimeServiceDown",
        step=5,
        onset=150,
        says="NTP stops, which is another alert",
        series={'lantime_service_running{service="ntp"}': (1, 0)},
    ),
    Episode(
        alert="LantimeStorageFull",
        says="less than 5 % are left",
        series=storage((5.5, 4.5)),
        labels={"mountpoint": "/data"},
        description="lt1: file system /data has 4.5% free (limit 5%).",
    ),
    Episode(
        alert="LantimeStorageFull",
        says="nothing is left",
        series=storage((5.5, 0)),
        labels={"mountpoint": "/data"},
        description="lt1: file system /data has 0% free (limit 5%).",
    ),
    Silence(alert="LantimeStorageFull", says="an image is always full", series=storage(0)),
    Silence(
        alert="LantimeStorageFull",
        says="a file system without size",
        series={
            'lantime_filesystem_avail_bytes{mountpoint="/x"}': 0,
            'lantime_filesystem_used_bytes{mountpoint="/x"}': 0,
        },
    ),
    Episode(
        alert="LantimeCertificateExpiring",
        says="less than 21 d are left, and the clock of the device is years off",
        series={
            "lantime_device_time_seconds": 1,
            "lantime_tls_certificate_not_after_timestamp_seconds": (23 * DAY, 19 * DAY),
        },
        description="lt1: the HTTPS certificate expires in 18d 22h 50m 0s (limit 21d).",
    ),
    Episode(
        alert="LantimeCertificateExpiring",
        says="it has expired",
        series={"lantime_tls_certificate_not_after_timestamp_seconds": (30 * DAY, 3600)},
        description="lt1: the HTTPS certificate has expired.",
    ),
    Silence(
        alert="LantimeCertificateExpiring",
        says="more than 21 d are left",
        series={"lantime_tls_certificate_not_after_timestamp_seconds": (100 * DAY, 23 * DAY)},
    ),
    Episode(
        alert="LantimeCertificateExpiring",
        says="the device says that it has expired, to an exporter that asks without TLS",
        series={
            'lantime_event_active{event="https-certificate-expired", type="error"}': (0, 1),
            'lantime_event_active{event="https-certificate-expire-warning", type="warning"}': 1,
        },
        labels={"event": "https-certificate-expired", "type": "error"},
        description="lt1: the HTTPS certificate has expired (event https-certificate-expired).",
    ),
    Episode(
        alert="LantimeCertificateExpiring",
        says="both, and one alert comes",
        series={
            "lantime_tls_certificate_not_after_timestamp_seconds": (100 * DAY, 4200 + 60),
            'lantime_event_active{event="https-certificate-expired", type="error"}': (0, 1),
        },
        description="lt1: the HTTPS certificate expires in 1m 0s (limit 21d).",
    ),
    Episode(
        alert="LantimeRebootLoop",
        says="it restarts every 20 minutes",
        series={"lantime_uptime_seconds": "0+60x19 0+60x19 0+60x19 0+60x200"},
        onset=40,
        lingers=109,
        description="lt1 restarted 2 times within 2 hours (limit 1). Alerts about its time are silent for 30 "
        "minutes after each start.",
    ),
    Silence(alert="LantimeRebootLoop", says="one restart", series={"lantime_uptime_seconds": "0+60x19 0+60x100"}),
    Silence(
        alert="LantimeRebootLoop",
        says="two restarts within three hours",
        series={"lantime_uptime_seconds": "0+60x19 0+60x139 0+60x100"},
        onset=160,
    ),
    Episode(
        alert="LantimeNetworkLinkDown",
        says="Prometheus has no history, and the device reports it",
        series={
            'lantime_network_up{port="lan0"}': 0,
            'lantime_event_active{event="network-link-down", type="error"}': (0, 1),
        },
        labels={"event": "network-link-down", "type": "error"},
        description="lt1: a network port has no link (event network-link-down).",
    ),
    Episode(
        alert="LantimeNetworkLinkDown",
        says="the link and the device report it, and one alert comes",
        series={
            'lantime_network_up{port="lan0"}': (1, 0),
            'lantime_event_active{event="network-link-down", type="error"}': (0, 1),
        },
        labels={"port": "lan0"},
        description="lt1: network port lan0 has had no link for 5m 15s.",
    ),
)
