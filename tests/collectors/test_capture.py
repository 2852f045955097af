"""The response of a real M600: every value of the fixed metric names, read from the capture by hand."""

import json
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from lantime_exporter.config.settings import Module
from lantime_exporter.document.parse import parse
from lantime_exporter.mapping.mapper import Mapper
from lantime_exporter.mapping.registry import CollectorRegistry
from lantime_exporter.mapping.result import Account, Mapped

from tests.captures import require_capture
from tests.collectors.conftest import Samples

require_capture()

KIB = 1024

Expected = tuple[str, dict[str, str], float]


def at(text: str) -> float:
    """Return a UTC time of the capture as Unix seconds."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()


def of_slot(slot: str, **figures: float) -> list[Expected]:
    return [(f"lantime_{name}", {"slot": slot}, figure) for name, figure in figures.items()]


def state(name: str, present: str, others: str, **labels: str) -> list[Expected]:
    """Return a state series: 1 for the present state, 0 for the others."""
    return [
        (name, {**labels, "state": present}, 1.0),
        *((name, {**labels, "state": other}, 0.0) for other in others.split()),
    ]


DEVICE: list[Expected] = [
    (
        "lantime_device_info",
        {
            "model": "M600",
            "serial_number": "0123456789",
            "hostname": "mbg1.time.example.com",
            "firmware_version": "7.10.008",
            "api_version": "20.05.013",
        },
        1.0,
    ),
    ("lantime_device_time_seconds", {}, at("2026-02-11T22:05:01") + 0.533523843),
    ("lantime_api_update_timestamp_seconds", {}, at("2026-02-11T22:05:06")),
    ("lantime_uptime_seconds", {}, 130988.25),
    ("lantime_pending_changes", {}, 0.0),
    ("lantime_load1", {}, 0.48),
    ("lantime_load5", {}, 0.66),
    ("lantime_load15", {}, 0.57),
    ("lantime_memory_total_bytes", {}, 228428 * KIB),
    ("lantime_memory_free_bytes", {}, 161732 * KIB),
    (
        "lantime_firmware_info",
        {"running": "7.10.008", "selected": "7.10.008", "image": "firmware-7.10.008-x32"},
        1.0,
    ),
    ("lantime_firmware_update_success", {}, 1.0),
]

STORAGE: list[Expected] = [
    (f"lantime_filesystem_{what}_bytes", {"mountpoint": mountpoint}, figure * KIB)
    for mountpoint, size, used, available in (
        ("/", 109932, 34452, 75480),
        ("/dev/shm", 114212, 4, 114208),  # noqa: S108 -- a mount point
        ("/var", 32768, 4324, 28444),
        ("/tmp", 8192, 4, 8188),  # noqa: S108 -- a mount point
        ("/www", 16384, 64, 16320),
        ("/data", 475846, 211164, 239782),
        ("/mnt/flash", 401408, 323560, 77848),
        ("/mnt/upload", 101376, 0, 101376),
    )
    for what, figure in (("size", size), ("used", used), ("avail", available))
]

PACKAGES: list[Expected] = [
    ("lantime_package_info", {"package": package, "version": version}, 1.0)
    for package, version in (
        ("bird", "7.10.6"),
        ("cli", "7.10.582"),
        # its text is "no version information"
        ("himem", "7.9.2"),
        ("iec61850", "7.10.144"),
        ("ims", "7.9.2"),
        ("lantime", "7.10.363"),
        ("lptp", "7.10.88"),
        ("ltmgmt", "7.10.53"),
        ("manuals", "7.9.5"),
        ("network", "7.10.168"),
        ("ntp", "7.10.152"),
        ("nts", "7.10.64"),
        ("ptp2", "7.9.5"),
        ("snmp", "7.10.216"),
        ("ssh", "7.10.144"),
        ("syncmon", "7.10.161"),
        ("system", "7.10.366"),
        ("web", "7.10.307"),
    )
]

LEDS: list[Expected] = [
    expected
    for led, present, others in (
        ("ref-time", "green", "off yellow red"),
        ("time-service", "green", "off yellow red"),
        ("network", "red", "off green yellow"),
        ("alarm", "off", "green yellow red"),
    )
    for expected in state("lantime_led_state", present, others, led=led)
]

RUNNING = (
    "webshell ssh ntp http https snmp filemon serial_console softwatch syslog clidaemon linkmonitor netconfig "
    "autoupdate dbus syncmon bird"
)
STOPPED = "daytime ftp telnet time mms ptp ldap noise syncteam lldp portauth sendmail avahi"
SERVICES: list[Expected] = [
    *(("lantime_service_running", {"service": service}, 1.0) for service in RUNNING.split()),
    *(("lantime_service_running", {"service": service}, 0.0) for service in STOPPED.split()),
]

SYNC: list[Expected] = [
    ("lantime_synchronized", {}, 1.0),
    *state("lantime_sync_state", "synchronized", "holdover not-synchronized"),
    ("lantime_sync_reference_info", {"reference": "clk1-gps", "ref_type": "gps", "oscillator": "ocxo-lq"}, 1.0),
    ("lantime_time_quality_seconds", {}, 100e-9),
    ("lantime_holdover_elapsed_seconds", {}, 0.0),
    ("lantime_holdover_time_offset_seconds", {}, 0.0),
    ("lantime_tfom", {}, 0.0),
    ("lantime_leap_second_announced", {}, 0.0),
]

SLOTS: list[Expected] = [
    *(
        ("lantime_slot_occupied", {"slot": slot, "type": kind}, figure)
        for slot, kind, figure in (
            ("pwr1", "pwr", 1.0),
            ("pwr2", "pwr", 0.0),
            ("clk1", "clk", 1.0),
            ("clk2", "clk", 0.0),
            ("cpu", "cpu", 1.0),
            ("int1", "int", 0.0),
            ("int2", "int", 0.0),
            ("int3", "int", 0.0),
            ("int4", "int", 0.0),
        )
    ),
    *(
        (
            "lantime_module_info",
            {"slot": slot, "model": model, "serial_number": serial_number, "revision": revision},
            1.0,
        )
        for slot, model, serial_number, revision in (
            ("pwr1", "psu", "", ""),
            ("clk1", "grc180", "029811038330", "v2.16"),
            ("cpu", "c05f1-v33", "", "7.10.008"),
        )
    ),
    # Both sensors of clk1 are 0.0, as in modules without sensors.
    ("lantime_module_temperature_celsius", {"slot": "cpu", "sensor": "temperature-1"}, 49.0),
    *of_slot("pwr1", power_supply_ok=1.0, power_supply_capacity_watts=50.0),
    # The bay pwr2 is empty: not available, capacity 0.0.
    *of_slot("pwr2", power_supply_ok=0.0),
]

CLOCK: list[Expected] = [
    *of_slot(
        "clk1",
        clock_synchronized=1.0,
        clock_selected=1.0,
        clock_time_quality_seconds=100e-9,
        oscillator_warmed_up=1.0,
        antenna_connected=1.0,
        antenna_short_circuit=0.0,
        satellites_good=9.0,
        satellites_in_view=14.0,
        position_latitude_degrees=46.951083,
        position_longitude_degrees=7.438632,
        position_altitude_meters=555.5,
    ),
    *state("lantime_clock_state", "synchronized", "holdover not-synchronized", slot="clk1"),
    *state("lantime_receiver_state", "synchronized", "tracking warm-boot cold-boot not-synchronized", slot="clk1"),
    ("lantime_oscillator_info", {"slot": "clk1", "oscillator": "ocxo-lq"}, 1.0),
    # pdop 0.0 means no value.
    ("lantime_dilution_of_precision", {"slot": "clk1", "kind": "tdop"}, 1.06),
]

NTP: list[Expected] = [
    ("lantime_ntp_stratum", {}, 1.0),
    ("lantime_ntp_leap_indicator", {}, 0.0),
    ("lantime_ntp_root_delay_seconds", {}, 0.0),
    ("lantime_ntp_root_dispersion_seconds", {}, 0.000124),
    ("lantime_ntp_jitter_seconds", {}, 4e-6),
    ("lantime_ntp_precision_seconds", {}, 1 / 262144),
    ("lantime_ntp_tai_offset_seconds", {}, 37.0),
    ("lantime_ntp_leap_file_expiry_timestamp_seconds", {}, at("2026-12-28T00:00:00")),
    (
        "lantime_ntp_association_info",
        {"association": "ref_1", "address": "127.127.8.0", "refid": "GPS"},
        1.0,
    ),
    *(
        (f"lantime_ntp_association_{what}", {"association": "ref_1"}, figure)
        for what, figure in (
            ("offset_seconds", 0.0),
            ("delay_seconds", 0.0),
            ("dispersion_seconds", 0.00012),
            ("stratum", 0.0),
            ("reachable", 1.0),
            ("reach", 255.0),
        )
    ),
    *state(
        "lantime_ntp_association_selection",
        "pps-peer",
        "reject falsetick excess outlier candidate backup sys-peer",
        association="ref_1",
    ),
]

NETWORK: list[Expected] = [
    ("lantime_network_up", {"port": "lan0"}, 1.0),
    # The device lists ports that do not exist; they have no link, and their counters are placeholders.
    *(("lantime_network_up", {"port": port}, 0.0) for port in ("lan1", "lan2", "lan3")),
    (
        "lantime_network_info",
        {
            "port": "lan0",
            "mac_address": "00:13:95:16:7c:9c",
            "card": "c05f1-v33",
            "slot": "cpu",
            "duplex": "full",
        },
        1.0,
    ),
    ("lantime_network_speed_bits_per_second", {"port": "lan0"}, 100e6),
    *(
        (f"lantime_network_{what}_total", {"port": "lan0"}, figure)
        for what, figure in (
            ("receive_bytes", 55105245.0),
            ("receive_packets", 792578.0),
            ("receive_errors", 0.0),
            ("receive_dropped", 0.0),
            ("transmit_bytes", 109582270.0),
            ("transmit_packets", 257815.0),
            ("transmit_errors", 0.0),
            ("transmit_dropped", 0.0),
        )
    ),
]

LISTED = (
    ("normal-operation", "info", 0, "never"),
    ("ntp-not-sync", "error", 0, "2026-02-10T09:45:48"),
    ("ntp-sync", "info", 1, "2026-02-10T13:49:32"),
    ("ntp-stopped", "critical", 0, "never"),
    ("ntp-offset-limit-exceeded", "error", 0, "never"),
    ("ntp-offset-limit-ok", "info", 0, "never"),
    ("system-reboot", "action", 0, "2026-02-10T09:44:19"),
    ("refclock-1-not-responding", "critical", 0, "never"),
    ("refclock-1-not-sync", "error", 0, "2026-02-11T07:48:26"),
    ("refclock-1-sync", "info", 1, "2026-02-11T07:48:48"),
    ("antenna-faulty", "error", 0, "never"),
    ("antenna-reconnect", "info", 1, "2026-02-10T09:44:21"),
    ("antenna-short-circuit", "error", 0, "never"),
    ("device-configuration-changed", "action", 0, "2026-02-11T21:53:05"),
    ("leapsecond-announced", "info", 0, "never"),
    ("sync-monitor", "action", 0, "never"),
    ("sync-monitor-alert", "error", 0, "never"),
    ("sync-monitor-ok", "info", 0, "never"),
    ("network-link-down", "error", 1, "2026-02-10T09:43:48"),
    ("network-link-up", "info", 0, "2026-02-10T09:43:48"),
    ("low-system-resources", "warning", 0, "never"),
    ("sufficient-system-resources", "info", 1, "2026-02-10T09:50:03"),
    ("https-certificate-expired", "error", 1, "2026-02-11T21:53:08"),
    ("https-certificate-expire-warning", "warning", 0, "never"),
    ("self-signed-https-certificate-in-use", "warning", 1, "2026-02-10T09:44:57"),
    ("oscillator-adjusted", "info", 1, "2026-02-10T09:45:58"),
    ("oscillator-not-adjusted", "warning", 0, "never"),
    ("cluster-master-changed", "info", 0, "never"),
    ("cluster-falseticker-detected", "warning", 0, "never"),
    ("cluster-falseticker-cleared", "info", 0, "never"),
    ("faillock-user-banned", "action", 0, "never"),
    ("auto-update-avail", "info", 0, "never"),
    ("auto-update-installed", "info", 0, "never"),
    ("auto-update-failed", "error", 0, "never"),
)
EVENTS: list[Expected] = [
    *(("lantime_event_active", {"event": event, "type": kind}, float(active)) for event, kind, active, _ in LISTED),
    *(
        ("lantime_event_last_triggered_timestamp_seconds", {"event": event, "type": kind}, at(last))
        for event, kind, _, last in LISTED
        if last != "never"
    ),
]

EVERYTHING = [
    *(*DEVICE, *STORAGE, *PACKAGES, *LEDS, *SERVICES, *SYNC, *SLOTS, *CLOCK, *NTP, *NETWORK, *EVENTS),
]

ABSENT = (
    *("lantime_gnss_satellites", "lantime_longwave_correlation_ratio", "lantime_longwave_field_strength_ratio"),
    *("lantime_reference_source_info", "lantime_reference_source_state", "lantime_clock_difference_seconds"),
    *("lantime_relay_state", "lantime_ptp_port_state", "lantime_ptp_offset_from_master_seconds", "lantime_fan_ok"),
    *("lantime_module_value", "lantime_module_flag", "lantime_module_state"),
)
"""Fixed names without a value in this non-modular device with one GPS receiver."""


@pytest.fixture(scope="module")
def samples(collect: Callable[..., Samples], response: bytes) -> Samples:
    """Return the samples of the capture."""
    return collect(response)


@pytest.fixture(scope="module")
def mapped(catalogue: CollectorRegistry, response: bytes) -> Mapped:
    """Return the mapped capture with its account."""
    return Mapper(catalogue, Module()).map(parse(response))


def test_the_table_names_each_series_once() -> None:
    series = [(name, frozenset(labels.items())) for name, labels, _ in EVERYTHING]
    assert len(set(series)) == len(series)


def test_every_value_of_the_capture_is_exported(samples: Samples) -> None:
    wrong = [
        f"{name} {labels}: {found} instead of {value}"
        for name, labels, value in EVERYTHING
        if (found := samples.one(name, **labels)) != pytest.approx(value, rel=1e-12, abs=0)
    ]
    assert wrong == []


def test_the_fixed_names_hold_nothing_else(samples: Samples) -> None:
    listed = {(name, frozenset(labels.items())) for name, labels, _ in EVERYTHING}
    exported = {(name, labels) for name in {name for name, _ in listed} for labels in samples[name]}
    assert exported - listed == set()


def test_what_the_device_does_not_say_is_absent(samples: Samples) -> None:
    assert [name for name in ABSENT if name in samples] == []


def test_no_leaf_of_the_capture_is_unaccounted(mapped: Mapped) -> None:
    assert mapped.accounts[Account.UNACCOUNTED] == 0


def test_the_account_holds_every_leaf_of_the_capture(mapped: Mapped) -> None:
    assert sum(mapped.accounts.values()) == 757


def test_every_value_of_the_capture_is_understood(mapped: Mapped) -> None:
    assert [
        (result.name, result.decode_errors, result.error) for result in mapped.collectors if result.decode_errors
    ] == []


def test_no_collector_fails_on_the_capture(mapped: Mapped) -> None:
    assert [result.error for result in mapped.collectors if result.error] == []


def test_the_position_is_left_out_when_it_is_not_wanted(collect: Callable[..., Samples], response: bytes) -> None:
    found = collect(response, position=False)
    assert [name for name in found if "latitude" in name or "longitude" in name or "altitude" in name] == []


def test_every_value_of_the_capture_is_exported_from_the_other_envelope_too(
    collect: Callable[..., Samples], samples: Samples, response: bytes
) -> None:
    document = parse(response)
    whole = {**document, "data": {"object-id": "api", "configuration": {}, "status": document["data"]}}
    assert collect(json.dumps(whole).encode()) == samples
