"""``data.chassis-xhe``: the external rubidium (grade A without one, values with one C).

API 10 always lists an element for the clock, with every ``comstat`` false without a rubidium, and with
misleading values (``pps-lock`` true, ``psu1`` ``ok``). Later firmware has the section only with a rubidium (D).
"""

from lantime_simulator import sync_state
from lantime_simulator.part import Block, SectionPart
from lantime_simulator.state import SimulatorState


def chassis_xhe(now: SimulatorState) -> list[Block] | None:
    """Return the section: one element for the first clock."""
    device = now.device
    if device.rubidium:
        return [{"object-id": sync_state.first_clock(now), **_fitted(now)}]
    if device.api_major < 16:
        return [{"object-id": sync_state.first_clock(now), **_absent()}]
    return None


def _comstat(*names: str, heard: bool) -> Block:
    return dict.fromkeys(names, heard)


INFO = ("xhe-type", "xhe-features", "software-revision", "hxe-id", "rub-id")
FAULTS = ("voltage-overrange", "low-voltage", "generic-cell-error", "low-temperature", "overheated", "ppl-enabled")


def _absent() -> Block:
    return {
        "xhe-info": {
            "status": "unknown",
            "osc-type": 0,
            "features": 0,
            "software-revision": "v0.00",
            "xhe-id": "",
            "rub-id": "",
            "comstat": _comstat(*INFO, heard=False),
        },
        "xhe-sys-status": {
            "status": {**dict.fromkeys(FAULTS, False), "pps-lock": True, "pps-input-signal": True},
            "comstat": _comstat("status", "temperature", heard=False),
            "temperature-sensors": {"chassis": 0.0, "xtal": 0.0, "cell": 0.0, "lamp": 0.0},
        },
        "xhe-psu-status": {
            "status": "unknown",
            "comstat": _comstat("status", "alarm-status", heard=False),
            "psu-status": {"psu1": "ok", "psu2": "ok"},
            "alarms": {"alarm-led": False},
        },
    }


def _fitted(now: SimulatorState) -> Block:
    fault = now.on("rubidium-fault")
    faults = {name: name == "generic-cell-error" and fault for name in FAULTS} | {"ppl-enabled": True}
    return {
        "xhe-info": {
            "status": "ok",
            "osc-type": 7,
            "features": 3,
            "software-revision": "v1.12",
            "xhe-id": f"{now.seed('xhe') % 10**8:08d}",
            "rub-id": f"{now.seed('rub') % 10**8:08d}",
            "comstat": _comstat(*INFO, heard=True),
        },
        "xhe-sys-status": {
            "status": {**faults, "pps-lock": not fault, "pps-input-signal": True},
            "comstat": _comstat("status", "temperature", heard=True),
            "temperature-sensors": {
                "chassis": round(now.wave("xhe/chassis", 36, 39), 1),
                "xtal": round(now.wave("xhe/xtal", 59, 60), 1),
                "cell": round(now.wave("xhe/cell", 74, 75), 1),
                "lamp": round(now.wave("xhe/lamp", 103, 105), 1),
            },
        },
        "xhe-psu-status": {
            "status": "ok",
            "comstat": _comstat("status", "alarm-status", heard=True),
            "psu-status": {"psu1": "ok", "psu2": "ok"},
            "alarms": {"alarm-led": fault},
        },
    }


PART = SectionPart(key="chassis-xhe", build=chassis_xhe)
