"""N2X: NTP or PTP as a reference input (docs/modules.md; JSON D).

* ``nested``: a PTP slave as ``lantime_simulator.parts.ptp`` spells it.
* ``flat``: ``n2x`` with ``mode`` ``ntp``, ``state`` ``synchronized`` or ``not-synchronized``, ``server`` an address,
  ``stratum``, ``offset-ns``, ``delay-ns``, ``reach`` 0..255.
"""

from lantime_simulator import ptp_instance
from lantime_simulator.alarms import Alarm, during
from lantime_simulator.part import Block, Card, ModulePart, info
from lantime_simulator.parts import ptp
from lantime_simulator.state import SimulatorState


def n2x(now: SimulatorState, card: Card) -> Block:
    """Return the module of a network reference input."""
    if card.module.spelling != "flat":
        return {"info": info(now, card), **ptp.instances(now, card)}
    return {
        "info": info(now, card),
        "n2x": {
            "mode": "ntp",
            "state": "synchronized",
            "server": "198.51.100.123",
            "stratum": 1,
            "offset-ns": int(now.wave(f"{card.name}/offset", -4_000, 5_200, 700)),
            "delay-ns": int(now.wave(f"{card.name}/delay", 210_000, 260_000, 700)),
            "reach": 255,
        },
    }


PART = ModulePart(
    family="n2x",
    model="n2x180",
    build=n2x,
    spellings=("nested", "flat"),
    enums=ptp_instance.ENUMS,
    alarms=(Alarm(raised="ptp-error", severity="critical", spans=during("ptp-faulty")),),
)
