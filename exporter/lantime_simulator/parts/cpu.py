"""``cpu``: the processor card (docs/modules.md; grade A), and PTP in software if the card has roles.

``info`` with serial ``N/A``, revision and image of the firmware, ``sensors.temperature-1``. With roles also the PTPv2
instances of ``lantime_simulator.parts.ptp``, in the same spellings.
"""

from lantime_simulator import ptp_instance
from lantime_simulator.part import Block, Card, ModulePart
from lantime_simulator.parts import ptp
from lantime_simulator.state import SimulatorState


def cpu(now: SimulatorState, card: Card) -> Block:
    """Return the module of the processor."""
    device = now.device
    block: Block = {
        "info": {
            "model": card.module.model,
            "serial-number": "N/A",
            "software-revision": device.firmware,
            "firmware-image": device.image,
            "sensors": {"temperature-1": round(now.wave("cpu/temperature", 47, 53, 2400), 1)},
        }
    }
    return block | ptp.instances(now, card) if card.module.roles else block


PART = ModulePart(
    family="cpu", model="c15g2", slot_kind="cpu", build=cpu, spellings=("nested", "flat"), enums=ptp_instance.ENUMS
)
