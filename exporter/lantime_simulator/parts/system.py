"""``data.system``: time, load, memory, synchronization, front LEDs, storage, firmware (grade A)."""

import zlib
from collections.abc import Iterable, Iterator
from itertools import chain

from lantime_simulator import receivers, sync_state, times
from lantime_simulator.enums import SYNC_STATUS
from lantime_simulator.part import Block, SectionPart
from lantime_simulator.state import SimulatorState, Span

SNAPSHOT_AGE = 4.2
"""Seconds from ``current-time`` to ``api-last-update``; API 20 takes snapshots."""


def system(now: SimulatorState) -> Block:
    """Return the section."""
    device = now.device
    snapshot = device.api_major >= 16
    wall = now.wall - SNAPSHOT_AGE if snapshot else now.wall
    uptime = round(now.uptime, 2)
    block: Block = {
        "uptime": uptime,
        "current-time": times.iso_nanoseconds(wall),
        "current-time-iso": times.iso_milliseconds(wall),
        "cpuload": _load(now),
        "memory": _memory(now),
        "position": f"{device.latitude:.6f}, {device.longitude:.6f}",
        "last-position-update": _last_position_update(now),
        "last-config-change": uptime if snapshot else 151.27,
        "api-last-update": times.iso(int(now.wall) - 1),
        "sync-status": _sync_status(now),
        "front-leds": _front_leds(now),
        "storage": _storage(now),
        "firmware": _firmware(now),
    }
    if not snapshot:
        del block["api-last-update"]
    return block


def _load(now: SimulatorState) -> str:
    one = now.wave("load1", 0.12, 0.74, 240)
    five = now.wave("load5", 0.2, 0.6, 900)
    fifteen = now.wave("load15", 0.28, 0.5, 2700)
    running = 1 + now.seed("tasks") % 2
    return f"{one:.2f} {five:.2f} {fifteen:.2f} {running}/103 {2000 + now.count('pid', 0.21) % 30000}"


def _memory(now: SimulatorState) -> str:
    total = 506_912 if now.device.modular else 245_760
    low = now.on("event-raised", "low-system-resources")
    free = int(total * (0.04 if low else now.wave("memory", 0.62, 0.7, 1800)))
    return f"{total} kB total memory, {free} kB free ({free * 100 // total} %)"


def _last_position_update(now: SimulatorState) -> str:
    first = now.device.slot(sync_state.first_clock(now))
    if first is None or first.module is None or not receivers.of(first.module).satellite:
        return "1970-01-01 00:00:00"
    return times.dotted(now.unix(now.elapsed - now.elapsed % 900))


def _sync_status(now: SimulatorState) -> Block:
    slot = sync_state.reference(now)
    name = sync_state.selected_clock(now)
    index = int(name[-1]) - 1 if name[-1].isdigit() else 0
    if slot is None or slot.module is None:
        return _without_clock(index)
    module = slot.module
    receiver = receivers.of(module)
    state = sync_state.clock(now, slot.name)
    leap = now.on("leap-announced")
    return {
        "reference": f"{slot.name}-{receiver.short}",
        "ref-type": receiver.reference,
        "clock-idx": index,
        "osc-type": module.oscillator,
        "est-time-quality": sync_state.time_quality(state, receiver.quality, module.oscillator),
        "leapsecond-announced": leap,
        "leapsecond-date": "{}-{:02d}-{:02d}".format(*times.half_year_end(now.wall)) if leap else "",
        "clock-status": {
            "clock": state.state,
            "oscillator": "warmed-up" if state.warm else "not-warmed-up",
            "antenna": state.antenna,
        },
        "holdover-status": {
            "time-offset": sync_state.holdover_error(now, slot.name),
            "time-elapsed": int(state.holdover),
            "tfom-out": 0 if state.state == sync_state.SYNCHRONIZED else 4 if state.holdover else 15,
        },
    }


def _without_clock(index: int) -> Block:
    return {
        "reference": "none",
        "ref-type": "none",
        "clock-idx": index,
        "osc-type": "unknown",
        "est-time-quality": "unknown",
        "leapsecond-announced": False,
        "leapsecond-date": "",
        "clock-status": {"clock": sync_state.LOST, "oscillator": "not-warmed-up", "antenna": "disconnected"},
        "holdover-status": {"time-offset": 0, "time-elapsed": 0, "tfom-out": 15},
    }


def _front_leds(now: SimulatorState) -> Block:
    selected = sync_state.selected_clock(now)
    reference = list(chain(sync_state.unsynchronized_spans(now, selected), now.spans("module-pulled", selected)))
    ntp = list(sync_state.ntp_lost_spans(now))
    network = list(now.spans("link-down"))
    return {
        "led-ref-time": _led(reference, "green"),
        "led-time-service": _led(ntp, "green"),
        "led-network": _led(network, "green"),
        "led-alarm": _led(list(_alarming(now, selected)), "none" if now.device.api_major >= 16 else "blue"),
    }


ALARMING = ("antenna-off", "antenna-short", "psu-lost", "fan-failed", "clock1-lost", "relay-c-nc", "rubidium-fault")
"""Scenarios that light the alarm LED."""


def _alarming(now: SimulatorState, selected: str) -> Iterator[Span]:
    for scenario in ALARMING:
        yield from now.spans(scenario)
    yield from sync_state.lost_spans(now, selected)


def _led(spans: Iterable[Span], well: str) -> Block:
    """Return an LED that is red during the spans; otherwise its colour is ``well``, unlit for ``none`` and ``blue``."""
    lit = well == "green"
    spans = list(spans)
    red = any(span.ended is None for span in spans)
    was_red = bool(spans) and not red
    return {
        "current-color": "red" if red else well,
        "current-state": red or lit,
        "current-mode": "permanent",
        "last-color": "red" if was_red else well,
        "last-state": was_red or lit,
        "last-mode": "permanent",
    }


def _storage(now: SimulatorState) -> list[Block]:
    logged = int(now.wave("var", 4200, 5300, 7200))
    blocks = [
        _file_system("rootfs", "/", 118_300, 37_810),
        _file_system("none", "/dev/shm", 122_880, 8),  # noqa: S108 - a mount point reported, not used
        _file_system("var", "/var", 32_768, logged),
        _file_system("tmp", "/tmp", 8_192, 12),  # noqa: S108 - a mount point reported, not used
        _file_system("www", "/www", 16_384, 72),
        _file_system("dev_sda7", "/data", 512_404, 167_318, reserved=26_388),
        _file_system("dev_sda5", "/mnt/flash", 422_912, 318_440),
        _file_system("upload", "/mnt/upload", 104_448, 0),
    ]
    if now.device.api_major >= 16:
        return blocks
    return [block for block in blocks if block["object-id"] not in {"none", "tmp", "upload"}]


def _file_system(name: str, mountpoint: str, size: int, used: int, reserved: int = 0) -> Block:
    available = size - used - reserved
    percent = -(-100 * used // (used + available))
    return {
        "object-id": name,
        "size": size,
        "used": used,
        "available": available,
        "used-percent": percent,
        "mountpoint": mountpoint,
    }


PACKAGES_API_10 = (
    *("cli", "data", "lantime", "ltmgmt", "manuals", "network", "ntp", "ptp2", "snmp", "ssh", "system", "web"),
)
PACKAGES = tuple(sorted((*PACKAGES_API_10, "bird", "himem", "iec61850", "ims", "lptp", "nts", "syncmon")))


def _firmware(now: SimulatorState) -> Block:
    device = now.device
    major, minor, patch = device.firmware.split(".")
    return {
        "running": device.image,
        "selected": device.image,
        "fwimage": f"firmware-{device.firmware}{device.flavour}{device.architecture}",
        "firmware": [
            _installed(f"fw_{major}.{minor}.{int(patch) - 2:03d}{device.flavour}", "Compressed"),
            _installed(device.image, "Compressed"),
            {"object-id": "osv", "version": "6.24.14", "type": "Standard"},
        ],
        "update": _update(now),
        "packages": _packages(now),
    }


def _installed(image: str, kind: str) -> Block:
    major, minor, patch = image.removeprefix("fw_").split("-", 1)[0].split(".")
    return {"object-id": image, "version": f"{major}.{minor}.{int(patch)}", "type": kind}


def _update(now: SimulatorState) -> Block:
    if now.device.api_major < 16:
        return {
            "update-in-progress": False,
            "update-progress": 0,
            "last-update-successful": False,
            "last-update-started": times.NEVER,
            "last-update-ended": times.NEVER,
            "last-update-error": "CPU Module Mismatch: the image is for another CPU module",
        }
    ended = now.unix(120.0 - now.device.uptime)
    return {
        "update-in-progress": False,
        "update-progress": 0,
        "last-update-successful": True,
        "last-update-started": times.iso(int(ended) - 131),
        "last-update-ended": times.iso(int(ended)),
        "last-update-error": "none",
    }


def _packages(now: SimulatorState) -> list[Block]:
    names = PACKAGES if now.device.api_major >= 16 else PACKAGES_API_10
    return [{"object-id": name, "version": _version(name, now.device.firmware)} for name in names]


def _version(package: str, firmware: str) -> str:
    """Return the version of a package, the same in all devices with this firmware."""
    if package == "data":
        return "no version information"
    return f"{firmware.rpartition('.')[0]}.{zlib.crc32(f'{firmware} {package}'.encode()) % 400}"


PART = SectionPart(key="system", build=system, enums=SYNC_STATUS)
