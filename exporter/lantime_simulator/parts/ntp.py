"""``data.ntp``: the system variables and the associations (grade A, ``peer_1`` D).

API 10 writes ``leap`` as text, leaves out ``poll-status``, and its ``reach`` is 0 although the reference clock is
reachable. A modular device also has an external server, ``peer_1``.
"""

from dataclasses import dataclass

from lantime_simulator import receivers, sync_state, times
from lantime_simulator.enums import counted
from lantime_simulator.part import Block, SectionPart
from lantime_simulator.state import SimulatorState, ongoing

LEAPS = ("none", "add", "del", "alarm")
SOURCES = ("unspec", "pps", "lf-radio", "hf-radio", "uhf-radio", "local", "ntp", "other", "wristwatch", "telephone")
SYSTEM_EVENTS = (
    *("unspecified", "freq-not-set", "freq-set", "spike-detect", "freq-mode", "clock-sync", "restart", "panic-stop"),
    *("no-system-peer", "leap-armed", "leap-disarmed", "leap-event", "clock-step", "kern", "tai"),
    "stale-leapsecond-values",
)
SELECTIONS = ("reject", "falsetick", "excess", "outlier", "candidate", "backup", "sys-peer", "pps-peer")
PEER_EVENTS = (
    *("none", "mobilize", "demobilize", "unreachable", "reachable", "restart", "no-reply", "rate-exceeded"),
    *("access-denied", "leap-armed", "sys-peer", "clock-event", "bad-auth", "popcorn", "interleave-mode"),
    "interleave-error",
)


def ntp(now: SimulatorState) -> list[Block]:
    """Return the section."""
    blocks = [_system(now), _association(now, _reference(now))]
    if now.device.modular:
        blocks.append(_association(now, _server(now)))
    if now.device.api_major < 16:
        for block in blocks:
            block["leap"] = str(block["leap"])
            block.pop("poll-status", None)
            if "reach" in block:
                block["reach"] = 0
    return blocks


def _leap(now: SimulatorState) -> int:
    return 1 if now.on("leap-announced") else 0


def _radio(now: SimulatorState) -> str:
    slot = sync_state.reference(now)
    if slot is None or slot.module is None:
        return "unspec"
    receiver = receivers.of(slot.module)
    if receiver.satellite:
        return "uhf-radio"
    return "pps" if receiver.short in {"tcr", "pps"} else "lf-radio"


def _refid(now: SimulatorState) -> str:
    slot = sync_state.reference(now)
    if slot is None or slot.module is None:
        return "INIT"
    return {"gnss": "GNSS", "lwr": "LWR"}.get(receivers.of(slot.module).short, receivers.of(slot.module).short.upper())


def _system(now: SimulatorState) -> Block:
    synchronized = sync_state.ntp_synchronized(now)
    modern = now.device.api_major >= 16
    leap = _leap(now) if synchronized else 3
    source = _radio(now) if synchronized else "unspec"
    # API 10 keeps its last event, which is not a state, at "no-system-peer" although it is synchronized.
    event = "clock-sync" if synchronized and modern else "no-system-peer"
    count = 1 if modern else 15
    held = sync_state.clock(now, sync_state.selected_clock(now)).holdover
    dispersion = now.wave("rootdisp", 0.00011, 0.00016, 300) + held * 1.5e-8
    status = leap << 14 | SOURCES.index(source) << 8 | count << 4 | SYSTEM_EVENTS.index(event)
    return {
        "object-id": "sys",
        "association-id": 0,
        "id": "127.0.0.1",
        "name": "localhost",
        "status": f"{status:04x}",
        "status-sys-leap-indicator": LEAPS[leap],
        "status-sys-clock-source": source,
        "status-sys-event-counter": count,
        "status-sys-event-code": event,
        "leap": leap,
        "stratum": 1 if synchronized else 16,
        "precision": -18,
        "rootdelay": 0.0,
        "rootdisp": round(dispersion, 6),
        "refid": _refid(now) if synchronized else "INIT",
        "tai": 37,
        "leapsec": times.compact(2017, 1, 1),
        "clk-jitter": round(now.wave("jitter", 2e-6, 6e-6, 240), 6),
        "clk-wander": round(now.wave("wander", 0.0, 4e-6, 1200), 6),
        "expire": _expiry(now),
    }


def _expiry(now: SimulatorState) -> str:
    if now.on("leap-file-expired"):
        return times.compact(2023, 12, 28)
    return times.leap_file_expiry(now.wall)


@dataclass(frozen=True, slots=True, kw_only=True)
class Association:
    """A peer. Figures are seconds; ``reached`` is true if it responds, ``unheard`` are the seconds since it did not."""

    name: str
    number: int
    address: str
    selection: str
    event: str
    refid: str
    stratum: int
    offset: float
    delay: float
    dispersion: float
    unheard: float | None = None


def _reference(now: SimulatorState) -> Association:
    modern = now.device.api_major >= 16
    synchronized = sync_state.ntp_synchronized(now)
    lost = ongoing(sync_state.ntp_lost_spans(now), now.elapsed)
    event = "clock-event" if modern else "sys-peer"
    return Association(
        name="ref_1",
        number=8_000 + now.seed("association") % 40_000,
        address="127.127.8.0",
        selection="pps-peer" if synchronized else "reject",
        event=event if synchronized else "unreachable",
        refid=_refid(now),
        stratum=0,
        offset=round(now.wave("ref_1/offset", -4e-6, 4e-6, 200), 6),
        delay=0.0,
        dispersion=round(now.wave("ref_1/dispersion", 0.0001, 0.00014, 300), 6),
        unheard=lost,
    )


def _server(now: SimulatorState) -> Association:
    return Association(
        name="peer_1",
        number=8_001 + now.seed("association") % 40_000,
        address="198.51.100.123",
        selection="candidate" if sync_state.ntp_synchronized(now) else "reject",
        event="reachable",
        refid="PPS",
        stratum=1,
        offset=round(now.wave("peer_1/offset", -3.1e-5, 3.4e-5, 500), 6),
        delay=round(now.wave("peer_1/delay", 0.00041, 0.00058, 500), 6),
        dispersion=round(now.wave("peer_1/dispersion", 0.0006, 0.0011, 500), 6),
    )


def _association(now: SimulatorState, peer: Association) -> Block:
    modern = now.device.api_major >= 16
    # Each missed poll of 16 s clears one more bit of the register.
    reach = 255 if peer.unheard is None else 255 << min(8, 1 + int(peer.unheard // 16)) & 255
    reached = reach != 0
    count = 15 if modern else 1
    flags = 0b10000 | reached << 1
    status = flags << 11 | SELECTIONS.index(peer.selection) << 8 | count << 4 | PEER_EVENTS.index(peer.event)
    return {
        "object-id": peer.name,
        "association-id": peer.number,
        "id": peer.address,
        "name": peer.address,
        "status": f"{status:04x}",
        "status-peer-configured": True,
        "status-peer-auth-enabled": False,
        "status-peer-auth-ok": False,
        "status-peer-reach-ok": reached,
        "status-peer-broadcast": False,
        "status-peer-selection": peer.selection,
        "status-peer-event-counter": count,
        "status-peer-event-code": peer.event,
        "leap": _leap(now) if reached else 3,
        "stratum": peer.stratum,
        "precision": -18,
        "rootdelay": 0.0,
        "rootdisp": 0.0,
        "refid": peer.refid,
        "offset": peer.offset,
        "delay": peer.delay,
        "dispersion": peer.dispersion,
        "reach": reach,
        "poll-status": f"{reach:08b} [{reach:o}]",
    }


PART = SectionPart(
    key="ntp",
    build=ntp,
    enums={
        "status-sys-leap-indicator": counted(*LEAPS),
        "status-sys-clock-source": counted(*SOURCES),
        "status-sys-event-code": counted(*SYSTEM_EVENTS),
        "status-peer-selection": counted(*SELECTIONS),
        "status-peer-event-code": counted(*PEER_EVENTS),
    },
)
