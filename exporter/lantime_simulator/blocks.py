"""Blocks of several module families: identity and temperature of the card."""

from lantime_simulator.part import Block, Card
from lantime_simulator.state import SimulatorState


def info(now: SimulatorState, card: Card, *, temperatures: int = 1, warm: float = 41.0) -> Block:
    """Return ``module.info`` of an IMS card: identity and ``sensors.temperature-N`` in degrees Celsius."""
    return {
        "model": card.module.model,
        "serial-number": card.module.serial_number,
        "software-revision": card.module.revision,
        "sensors": {
            f"temperature-{number}": round(now.wave(f"{card.name}/temperature-{number}", warm - 2, warm + 2, 3600), 1)
            for number in range(1, temperatures + 1)
        },
    }
