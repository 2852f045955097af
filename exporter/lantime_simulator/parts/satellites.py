"""Blocks of satellite receivers below a clock module.

``satellites``: ``gps-mode``, ``good-satellites``, ``satellites-in-view``; ``position-x``, ``position-y``,
``position-z``, ``altitude`` metres; ``latitude``, ``longitude`` degrees; ``pdop``, ``tdop``; ``selected-satellites``
(at most four names); grade A.

* ``nested``: receiver block ``{receiver-status, antenna.{connected, short-circuit}, receiver.{synchronized, tracking,
  warm-boot, cold-boot}}`` (A for ``grc``, which also has ``ref-type``); ``receiver-status`` ``synchronized``,
  ``tracking``, ``warm-boot``, ``cold-boot`` or ``no-data``. ``satellites.gnss.satellite-list[]`` (not ``grc``) has one
  element for each satellite: ``object-id`` (``gps12``), ``gnss-type`` (B), ``svno``, ``cn-ratio`` dBHz, ``elev`` and
  ``azim`` degrees, ``pr-residual`` metres, ``used`` boolean, ``health`` ``ok``, ``quality`` ``code-carrier-locked`` or
  ``acquired`` (C). Multi-band receivers (``gnm``) add ``dual-frequency`` and ``diff-corr`` booleans.
* ``flat``: receiver block ``{receiver-status, antenna}`` as words; ``satellites.gnss.constellations[]`` has
  ``object-id`` and ``gnss-type`` (``galileo``), ``good-svs``, ``svs-in-view``, ``svs`` a list of numbers (C).
"""

import math

from lantime_simulator.part import Block, Card
from lantime_simulator.receivers import Receiver
from lantime_simulator.state import SimulatorState
from lantime_simulator.sync_state import Clock

CONSTELLATION = {
    "gps": (3, 6, 11, 14, 17, 19, 22, 24, 28, 31, 32),
    "galileo": (2, 5, 7, 9, 13, 21, 27, 30, 34),
    "glonass": (1, 2, 8, 11, 12, 18, 23),
    "beidou": (6, 9, 16, 19, 22, 26, 29, 35),
    "qzss": (2, 3),
}
"""Numbers of the satellites that can be in view."""


def blocks(now: SimulatorState, card: Card, receiver: Receiver, state: Clock) -> Block:
    """Return the receiver's block and ``satellites``."""
    flat = card.module.spelling == "flat"
    view = {constellation: _in_view(now, card.name, constellation, state) for constellation in receiver.constellations}
    receiver_block = _words(state) if flat else _receiver(receiver, state)
    sky = _sky(now, view)
    if receiver.block != "grc":
        sky["gnss"] = (
            {"constellations": [_constellation(name, numbers) for name, numbers in view.items()]}
            if flat
            else {"satellite-list": _satellite_list(now, receiver, view)}
        )
    return {receiver.block: receiver_block, "satellites": sky}


def _receiver(receiver: Receiver, state: Clock) -> Block:
    block: Block = {
        "receiver-status": state.receiver,
        "antenna": {
            "connected": state.antenna == "connected",
            "short-circuit": state.antenna == "short-circuit",
        },
        "receiver": {name: state.receiver == name for name in ("synchronized", "tracking", "warm-boot", "cold-boot")},
    }
    if receiver.block == "grc":
        # Real devices report a reference type here that is unrelated to the receiver.
        return {"ref-type": "10mhz-freqin", **block}
    return block


def _words(state: Clock) -> Block:
    return {"receiver-status": state.receiver, "antenna": state.antenna}


def _in_view(now: SimulatorState, slot: str, constellation: str, state: Clock) -> tuple[int, ...]:
    numbers = CONSTELLATION[constellation]
    if state.receiver in {"no-data", "cold-boot"}:
        return ()
    seen = len(numbers) - int(now.wave(f"{slot}/{constellation}/view", 0, 3, 2700))
    if not state.receiving:
        seen = min(seen, 2)
    start = int(now.elapsed // 5400) + now.seed(constellation)
    return tuple(numbers[(start + place) % len(numbers)] for place in range(seen))


def _used(view: dict[str, tuple[int, ...]]) -> dict[str, tuple[int, ...]]:
    return {name: numbers[: max(0, len(numbers) - 2)] for name, numbers in view.items()}


def _sky(now: SimulatorState, view: dict[str, tuple[int, ...]]) -> Block:
    device = now.device
    used = _used(view)
    names = [f"{name}{number}" for name, numbers in used.items() for number in numbers]
    x, y, z = _earth_centred(device.latitude, device.longitude, device.altitude)
    return {
        "gps-mode": "normal-operation",
        "good-satellites": len(names),
        "satellites-in-view": sum(len(numbers) for numbers in view.values()),
        "position-x": x,
        "position-y": y,
        "position-z": z,
        "latitude": round(device.latitude, 6),
        "longitude": round(device.longitude, 6),
        "altitude": device.altitude,
        "pdop": round(now.wave("pdop", 1.5, 2.4, 1800), 2) if names and device.modular else 0.0,
        "tdop": round(now.wave("tdop", 0.9, 1.4, 1800), 2) if names else 0.0,
        "selected-satellites": names[:4],
    }


def _earth_centred(latitude: float, longitude: float, altitude: float) -> tuple[float, float, float]:
    """Return the position in metres, earth centred (WGS 84)."""
    phi, lam = math.radians(latitude), math.radians(longitude)
    square = 6.69437999014e-3
    radius = 6_378_137.0 / math.sqrt(1 - square * math.sin(phi) ** 2)
    across = (radius + altitude) * math.cos(phi)
    return (
        round(across * math.cos(lam), 3),
        round(across * math.sin(lam), 3),
        round((radius * (1 - square) + altitude) * math.sin(phi), 3),
    )


def _constellation(name: str, numbers: tuple[int, ...]) -> Block:
    return {
        "object-id": name,
        "gnss-type": name,
        "good-svs": max(0, len(numbers) - 2),
        "svs-in-view": len(numbers),
        "svs": list(numbers),
    }


def _satellite_list(now: SimulatorState, receiver: Receiver, view: dict[str, tuple[int, ...]]) -> list[Block]:
    used = _used(view)
    return [
        _satellite(now, receiver, name, number, used=number in used[name])
        for name, numbers in view.items()
        for number in numbers
    ]


def _satellite(now: SimulatorState, receiver: Receiver, constellation: str, number: int, *, used: bool) -> Block:
    name = f"{constellation}{number}"
    block: Block = {
        "object-id": name,
        "gnss-type": constellation,
        "svno": number,
        "cn-ratio": round(now.wave(f"{name}/cn", 41, 49, 1500) if used else 33.0, 1),
        "elev": int(now.wave(f"{name}/elev", 12, 80, 14_000)),
        "azim": int(now.wave(f"{name}/azim", 0, 359, 21_000)),
        "pr-residual": round(now.wave(f"{name}/residual", -1.2, 1.2, 400), 2),
        "used": used,
        "health": "ok",
        "quality": "code-carrier-locked" if used else "acquired",
    }
    if receiver.block == "gnm":
        block |= {"dual-frequency": used, "diff-corr": False}
    return block
