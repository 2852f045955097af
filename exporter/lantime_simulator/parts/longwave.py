"""Blocks of long-wave receivers below a clock module.

* API 10 and ``nested``: ``dcf77`` with ``ref-type``, ``type`` ``pzf``, ``correlation`` and ``field-strength`` (0..100),
  ``pcps`` with eight booleans ``freer``, ``dl-enb``, ``syncd``, ``dl-ann``, ``utc``, ``ls-ann``, ``iftm``, ``invt`` (A
  for API 10). MSF and WWVB have a block of that name with ``ref-type``, ``type`` and ``field-strength`` (D).
* ``flat``: ``dcf77`` for all of them (``type`` ``pzf``, ``msf``, ``wwvb``), ``receiver-status`` ``lw-sync``,
  ``lw-not-sync`` or ``lw-never-sync`` (words of the MIB), ``signal`` 0..100, ``correlation`` as a text (``"56"``, PZF
  only), ``flags`` a list of those ``pcps`` names that are set (D).
"""

from lantime_simulator.part import Block, Card
from lantime_simulator.receivers import Receiver
from lantime_simulator.state import SimulatorState
from lantime_simulator.sync_state import SYNCHRONIZED, Clock

FLAGS = ("freer", "dl-enb", "syncd", "dl-ann", "utc", "ls-ann", "iftm", "invt")


def blocks(now: SimulatorState, card: Card, receiver: Receiver, state: Clock) -> Block:
    """Return the receiver's block."""
    heard = state.receiver not in {"no-data", "cold-boot"} and state.receiving
    correlation = int(now.wave(f"{card.name}/correlation", 54, 72, 1200)) if heard else 4
    strength = int(now.wave(f"{card.name}/field-strength", 38, 47, 1500)) if heard else 2
    pcps = {
        **dict.fromkeys(FLAGS, False),
        "freer": state.state != SYNCHRONIZED,
        "syncd": state.warm,
        "ls-ann": now.on("leap-announced"),
    }
    kind = "pzf" if receiver.block == "dcf77" else receiver.block
    if card.module.spelling == "flat":
        return {"dcf77": _flat(kind, correlation, strength, pcps, state)}
    block: Block = {"ref-type": receiver.reference, "type": kind}
    if kind == "pzf":
        return {"dcf77": {**block, "correlation": correlation, "field-strength": strength, "pcps": pcps}}
    return {kind: {**block, "field-strength": strength}}


def _flat(kind: str, correlation: int, strength: int, pcps: dict[str, bool], state: Clock) -> Block:
    status = {"synchronized": "lw-sync", "cold-boot": "lw-never-sync"}.get(state.receiver, "lw-not-sync")
    block: Block = {"type": kind, "receiver-status": status, "signal": strength}
    if kind == "pzf":
        block["correlation"] = str(correlation)
    return {**block, "flags": [name for name, on in pcps.items() if on]}
