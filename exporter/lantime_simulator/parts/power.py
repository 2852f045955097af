"""``pwrN``: power supplies (docs/modules.md; grade A).

``power-available`` boolean, ``power-capacity`` watts, ``info`` with empty serial, revision and image. As far
as is known, a failed supply looks like an empty bay: no ``info``, false, 0.0.
"""

from lantime_simulator.alarms import Alarm, during
from lantime_simulator.part import Block, Card, ModulePart
from lantime_simulator.state import SimulatorState


def power_supply(now: SimulatorState, card: Card) -> Block:
    """Return the module of a power supply. The model ``none`` is an empty bay."""
    if card.module.model == "none" or now.on("psu-lost", card.name):
        return {"power-available": False, "power-capacity": 0.0}
    return {
        "power-available": True,
        "power-capacity": 100.0 if now.device.modular else 50.0,
        "info": {"model": card.module.model, "serial-number": "", "software-revision": "", "firmware-image": ""},
    }


PART = ModulePart(
    family="psu",
    model="psu",
    slot_kind="pwr",
    build=power_supply,
    alarms=(
        Alarm(raised="power-supply-failure", severity="critical", cleared="power-supply-up", spans=during("psu-lost")),
        Alarm(
            raised="power-redundancy-not-avail",
            severity="warning",
            cleared="power-redundancy-avail",
            spans=during("psu-lost"),
        ),
    ),
)
