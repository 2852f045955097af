"""``data.network.interfaces[].cluster``: the master of the cluster address (grade A, API 20).

Only the first interface, for IPv4, belongs to the cluster of a device that has one; the rest is off, as in the
capture: empty texts, ``ntp-status`` ``unknown``, ``reconfig-state`` ``currently-none``.

With a cluster (words C, after the MIB): ``port-state`` ``master``, ``slave`` or ``listening``; ``clock-class`` ``gps``;
``clock-status`` ``normal-operation``; ``ntp-status`` ``synchronized``; ``reconfig-state`` ``normal`` or
``master-to-slave``; ``master-serial``, ``master-ip``, ``cluster-ip``, ``communication-ip`` texts; ``master-priority``
an integer; ``timestamp`` ``YYYY-MM-DDTHH:MM:SS``.
"""

from lantime_simulator import sync_state, times
from lantime_simulator.enums import counted
from lantime_simulator.part import Block
from lantime_simulator.state import SimulatorState

ENUMS = {
    "port-state": counted("not-available", "master", "slave", "listening"),
    "clock-class": counted("gps", "pzf", "am", "irig", "pps", "ptp", "ntp", "e1", "rdt", start=3),
    "clock-status": counted(
        "not-available", "normal-operation", "free-running-or-tracking", "antenna-failure", "invalid"
    ),
    "ntp-status": counted("not-available", "not-synchronized", "synchronized"),
    "reconfig-state": counted("not-available", "normal", "master-to-slave", "slave-to-master"),
}


def interface(now: SimulatorState, index: int) -> Block:
    """Return the cluster block of an interface."""
    ours = now.device.cluster and index == 0
    return {"ipv4": _member(now) if ours else _off(), "ipv6": _off()}


def _off() -> Block:
    return {
        "enabled": False,
        "timestamp": "",
        "cluster-ip": "",
        "communication-ip": "",
        "port-state": "",
        "master-serial": "",
        "master-ip": "",
        "master-priority": 0,
        "clock-class": "",
        "clock-status": "",
        "ntp-status": "unknown",
        "reconfig-state": "currently-none",
    }


def _member(now: SimulatorState) -> Block:
    deposed = now.on("cluster-master-changed")
    synchronized = sync_state.ntp_synchronized(now)
    own = 10 + now.seed("address") % 200
    other = 10 + (own + 57) % 200
    return {
        "enabled": True,
        "timestamp": times.iso(int(now.wall) - 2),
        "cluster-ip": "192.0.2.250",
        "communication-ip": f"198.51.100.{own}",
        "port-state": "slave" if deposed else "master",
        "master-serial": f"{now.seed('rival'):012d}" if deposed else now.device.serial_number,
        "master-ip": f"198.51.100.{other if deposed else own}",
        "master-priority": 20 if deposed else 10,
        "clock-class": "gps",
        "clock-status": _clock_status(now),
        "ntp-status": "synchronized" if synchronized else "not-synchronized",
        "reconfig-state": "master-to-slave" if (now.since("cluster-master-changed") or 60) < 60 else "normal",
    }


def _clock_status(now: SimulatorState) -> str:
    state = sync_state.clock(now, sync_state.selected_clock(now))
    if state.antenna != "connected":
        return "antenna-failure"
    return "normal-operation" if state.state == sync_state.SYNCHRONIZED else "free-running-or-tracking"
