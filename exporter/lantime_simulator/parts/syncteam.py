"""``data.syncteam``: LANTIMEs that keep time together (header A, members D).

``current-tfom`` is 15 and the counts are 0 while ``operational-mode`` is ``disabled``. A member:

* ``nested``: ``object-id``, ``address``, ``state`` ``online`` or ``offline``, ``role`` ``master`` or ``member``,
  ``time-quality`` as in the header, ``tfom`` integer, ``offset`` ns.
* ``flat``: ``object-id``, ``ip``, ``online`` boolean, ``team-master`` boolean, ``est-time-quality``, ``current-tfom``.
"""

from lantime_simulator import receivers, sync_state
from lantime_simulator.enums import TIME_QUALITIES
from lantime_simulator.part import Block, SectionPart
from lantime_simulator.state import SimulatorState


def syncteam(now: SimulatorState) -> Block:
    """Return the section."""
    device = now.device
    team = device.team
    offline = 1 if team and now.on("member-offline") else 0
    return {
        "operational-mode": "enabled" if team else "disabled",
        "time-quality": _quality(now) if team else "unknown",
        "leapsecond-state": _leap(now),
        "current-tfom": 4 if team else 15,
        "team-members": len(team),
        "online-members": len(team) - offline,
        "offline-members": offline,
        "reference": {
            "current-team-master": team[0] if team else "unknown",
            "current-team-reference": "gps" if team else "unknown",
        },
        "members": [
            (_flat if device.spelling == "flat" else _nested)(now, index, offline=bool(offline))
            for index in range(len(team))
        ],
    }


def _leap(now: SimulatorState) -> str:
    if now.device.team and now.on("leap-announced"):
        return "leapsecond-announced"
    return "no-leapsecond" if now.device.api_major >= 16 else "no-leap-second"


def _quality(now: SimulatorState) -> str:
    slot = sync_state.reference(now)
    if slot is None or slot.module is None:
        return "unknown"
    state = sync_state.clock(now, slot.name)
    return sync_state.time_quality(state, receivers.of(slot.module).quality, slot.module.oscillator)


def _nested(now: SimulatorState, index: int, *, offline: bool) -> Block:
    gone = offline and index == len(now.device.team) - 1
    return {
        "object-id": now.device.team[index],
        "address": f"198.51.100.{20 + index}",
        "state": "offline" if gone else "online",
        "role": "member" if index else "master",
        "time-quality": "unknown" if gone else "less-than-100ns",
        "tfom": 15 if gone else 4,
        "offset": 0 if gone else int(now.wave(f"member{index}/offset", -60, 60)),
    }


def _flat(now: SimulatorState, index: int, *, offline: bool) -> Block:
    gone = offline and index == len(now.device.team) - 1
    return {
        "object-id": now.device.team[index],
        "ip": f"198.51.100.{20 + index}",
        "online": not gone,
        "team-master": index == 0,
        "est-time-quality": "unknown" if gone else "less-than-100ns",
        "current-tfom": 15 if gone else 4,
    }


PART = SectionPart(
    key="syncteam", build=syncteam, enums={"time-quality": TIME_QUALITIES, "est-time-quality": TIME_QUALITIES}
)
