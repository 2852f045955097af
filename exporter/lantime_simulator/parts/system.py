"""``data.system``: time, load, memory, synchronization, front LEDs, storage, firmware (grade A)."""

import zlib
from collections.abc import Iterable, Iterator
from itertools import chain

from lantime_simulator import condition, receivers, times
from lantime_simulator.enums import SYNC_STATUS
from lantime_simulator.moment import Moment, Span
from lantime_simulator.part import Block, SectionPart

SNAPSHOT_AGE = 4.2
"""Seconds from ``current-time`` to ``api-last-update``; API 20 takes snapshots."""


def system(moment: Moment) -> Block:
    """Return the section."""
    device = moment.device
    snapshot = device.api_major >= 16
    now = moment.wall - SNAPSHOT_AGE if snapshot else moment.wall
    uptime = round(moment.uptime, 2)
    block: Block = {
        "uptime": uptime,
        "current-time": times.iso_nanoseconds(now),
        "current-time-iso": times.iso_milliseconds(now),
        "cpuload": _load(moment),
        "memory": _memory(moment),
        "position": f"{device.latitude:.6f}, {device.longitude:.6f}",
        "last-position-update": _last_position_update(moment),
        "last-config-change": uptime if snapshot else 151.27,
        "api-last-update": times.iso(int(moment.wall) - 1),
        "sync-status": _sync_status(moment),
        "front-leds": _front_leds(moment),
        "storage": _storage(moment),
        "firmware": _firmware(moment),
    }
    if not snapshot:
        del block["api-last-update"]
    return block


def _load(moment: Moment) -> str:
    one = moment.wave("load1", 0.12, 0.74, 240)
    five = moment.wave("load5", 0.2, 0.6, 900)
    fifteen = moment.wave("load15", 0.28, 0.5, 2700)
    running = 1 + moment.seed("tasks") % 2
    return f"{one:.2f} {five:.2f} {fifteen:.2f} {running}/103 {2000 + moment.count('pid', 0.21) % 30000}"


def _memory(moment: Moment) -> str:
    total = 506_912 if moment.device.modular else 245_760
    low = moment.on("event-raised", "low-system-resources")
    free = int(total * (0.04 if low else moment.wave("memory", 0.62, 0.7, 1800)))
    return f"{total} kB total memory, {free} kB free ({free * 100 // total} %)"


def _last_position_update(moment: Moment) -> str:
    first = moment.device.slot(condition.first_clock(moment))
    if first is None or first.module is None or not receivers.of(first.module).satellite:
        return "1970-01-01 00:00:00"
    return times.dotted(moment.unix(moment.elapsed - moment.elapsed % 900))


def _sync_status(moment: Moment) -> Block:
    slot = condition.reference(moment)
    name = condition.selected_clock(moment)
    index = int(name[-1]) - 1 if name[-1].isdigit() else 0
    if slot is None or slot.module is None:
        return _without_clock(index)
    module = slot.module
    receiver = receivers.of(module)
    state = condition.clock(moment, slot.name)
    leap = moment.on("leap-announced")
    return {
        "reference": f"{slot.name}-{receiver.short}",
        "ref-type": receiver.reference,
        "clock-idx": index,
        "osc-type": module.oscillator,
        "est-time-quality": condition.time_quality(state, receiver.quality, module.oscillator),
        "leapsecond-announced": leap,
        "leapsecond-date": "{}-{:02d}-{:02d}".format(*times.half_year_end(moment.wall)) if leap else "",
        "clock-status": {
            "clock": state.state,
            "oscillator": "warmed-up" if state.warm else "not-warmed-up",
            "antenna": state.antenna,
        },
        "holdover-status": {
            "time-offset": condition.holdover_error(moment, slot.name),
            "time-elapsed": int(state.holdover),
            "tfom-out": 0 if state.state == condition.SYNCHRONIZED else 4 if state.holdover else 15,
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
        "clock-status": {"clock": condition.LOST, "oscillator": "not-warmed-up", "antenna": "disconnected"},
        "holdover-status": {"time-offset": 0, "time-elapsed": 0, "tfom-out": 15},
    }


def _front_leds(moment: Moment) -> Block:
    selected = condition.selected_clock(moment)
    reference = list(chain(condition.unsynchronized_spans(moment, selected), moment.spans("module-pulled", selected)))
    ntp = list(condition.ntp_lost_spans(moment))
    network = list(moment.spans("link-down"))
    return {
        "led-ref-time": _led(reference, "green"),
        "led-time-service": _led(ntp, "green"),
        "led-network": _led(network, "green"),
        "led-alarm": _led(list(_alarming(moment, selected)), "none" if moment.device.api_major >= 16 else "blue"),
    }


ALARMING = ("antenna-off", "antenna-short", "psu-lost", "fan-failed", "clock1-lost", "relay-c-nc", "rubidium-fault")
"""Scenes that light the alarm LED."""


def _alarming(moment: Moment, selected: str) -> Iterator[Span]:
    for scene in ALARMING:
        yield from moment.spans(scene)
    yield from condition.lost_spans(moment, selected)


def _led(spans: Iterable[Span], well: str) -> Block:
    """Return a LED that is red during the spans; ``well`` is its colour else, unlit for ``none`` and ``blue``."""
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


def _storage(moment: Moment) -> list[Block]:
    logged = int(moment.wave("var", 4200, 5300, 7200))
    blocks = [
        _file_system("rootfs", "/", 118_300, 37_810),
        _file_system("none", "/dev/shm", 122_880, 8),  # noqa: S108 - a mount point told, not used
        _file_system("var", "/var", 32_768, logged),
        _file_system("tmp", "/tmp", 8_192, 12),  # noqa: S108 - a mount point told, not used
        _file_system("www", "/www", 16_384, 72),
        _file_system("dev_sda7", "/data", 512_404, 167_318, reserved=26_388),
        _file_system("dev_sda5", "/mnt/flash", 422_912, 318_440),
        _file_system("upload", "/mnt/upload", 104_448, 0),
    ]
    if moment.device.api_major >= 16:
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


PACKAGES_V10 = (
    *("cli", "data", "lantime", "ltmgmt", "manuals", "network", "ntp", "ptp2", "snmp", "ssh", "system", "web"),
)
PACKAGES = tuple(sorted((*PACKAGES_V10, "bird", "himem", "iec61850", "ims", "lptp", "nts", "syncmon")))


def _firmware(moment: Moment) -> Block:
    device = moment.device
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
        "update": _update(moment),
        "packages": _packages(moment),
    }


def _installed(image: str, kind: str) -> Block:
    major, minor, patch = image.removeprefix("fw_").split("-", 1)[0].split(".")
    return {"object-id": image, "version": f"{major}.{minor}.{int(patch)}", "type": kind}


def _update(moment: Moment) -> Block:
    if moment.device.api_major < 16:
        return {
            "update-in-progress": False,
            "update-progress": 0,
            "last-update-successful": False,
            "last-update-started": times.NEVER,
            "last-update-ended": times.NEVER,
            "last-update-error": "CPU Module Mismatch: the image is for another CPU module",
        }
    ended = moment.unix(120.0 - moment.device.uptime)
    return {
        "update-in-progress": False,
        "update-progress": 0,
        "last-update-successful": True,
        "last-update-started": times.iso(int(ended) - 131),
        "last-update-ended": times.iso(int(ended)),
        "last-update-error": "none",
    }


def _packages(moment: Moment) -> list[Block]:
    names = PACKAGES if moment.device.api_major >= 16 else PACKAGES_V10
    return [{"object-id": name, "version": _version(name, moment.device.firmware)} for name in names]


def _version(package: str, firmware: str) -> str:
    """Return the version of a package, the same in all devices of one firmware."""
    if package == "data":
        return "no version information"
    return f"{firmware.rpartition('.')[0]}.{zlib.crc32(f'{firmware} {package}'.encode()) % 400}"


PART = SectionPart(key="system", build=system, enums=SYNC_STATUS)
