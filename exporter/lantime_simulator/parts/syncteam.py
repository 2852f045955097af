"""``data.syncteam``: LANTIMEs that keep time together (header A, members D).

``current-tfom`` is 15 and the counts are 0 while ``operational-mode`` is ``disabled``. A member:

* ``nested``: ``object-id``, ``address``, ``state`` ``online`` or ``offline``, ``role`` ``master`` or ``member``,
  ``time-quality`` as in the header, ``tfom`` integer, ``offset`` ns.
* ``flat``: ``object-id``, ``ip``, ``online`` boolean, ``team-master`` boolean, ``est-time-quality``, ``current-tfom``.
"""

from lantime_simulator import condition, receivers
from lantime_simulator.enums import TIME_QUALITIES
from lantime_simulator.moment import Moment
from lantime_simulator.part import Block, SectionPart


def syncteam(moment: Moment) -> Block:
    """Return the section."""
    device = moment.device
    team = device.team
    offline = 1 if team and moment.on("member-offline") else 0
    return {
        "operational-mode": "enabled" if team else "disabled",
        "time-quality": _quality(moment) if team else "unknown",
        "leapsecond-state": _leap(moment),
        "current-tfom": 4 if team else 15,
        "team-members": len(team),
        "online-members": len(team) - offline,
        "offline-members": offline,
        "reference": {
            "current-team-master": team[0] if team else "unknown",
            "current-team-reference": "gps" if team else "unknown",
        },
        "members": [
            (_flat if device.dialect == "flat" else _nested)(moment, index, offline=bool(offline))
            for index in range(len(team))
        ],
    }


def _leap(moment: Moment) -> str:
    if moment.device.team and moment.on("leap-announced"):
        return "leapsecond-announced"
    return "no-leapsecond" if moment.device.api_major >= 16 else "no-leap-second"


def _quality(moment: Moment) -> str:
    slot = condition.reference(moment)
    if slot is None or slot.module is None:
        return "unknown"
    state = condition.clock(moment, slot.name)
    return condition.time_quality(state, receivers.of(slot.module).quality, slot.module.oscillator)


def _nested(moment: Moment, index: int, *, offline: bool) -> Block:
    gone = offline and index == len(moment.device.team) - 1
    return {
        "object-id": moment.device.team[index],
        "address": f"198.51.100.{20 + index}",
        "state": "offline" if gone else "online",
        "role": "member" if index else "master",
        "time-quality": "unknown" if gone else "less-than-100ns",
        "tfom": 15 if gone else 4,
        "offset": 0 if gone else int(moment.wave(f"member{index}/offset", -60, 60)),
    }


def _flat(moment: Moment, index: int, *, offline: bool) -> Block:
    gone = offline and index == len(moment.device.team) - 1
    return {
        "object-id": moment.device.team[index],
        "ip": f"198.51.100.{20 + index}",
        "online": not gone,
        "team-master": index == 0,
        "est-time-quality": "unknown" if gone else "less-than-100ns",
        "current-tfom": 15 if gone else 4,
    }


PART = SectionPart(
    key="syncteam", build=syncteam, enums={"time-quality": TIME_QUALITIES, "est-time-quality": TIME_QUALITIES}
)
