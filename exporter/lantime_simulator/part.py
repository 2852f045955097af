"""What a file in ``lantime_simulator.parts`` defines: a section of the status tree, or the module of a family."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from lantime_simulator.alarms import Alarm
from lantime_simulator.description import SimulatedModule, SimulatedSlot
from lantime_simulator.state import SimulatorState

Block = dict[str, Any]
"""A JSON object."""

Enums = Mapping[str, Mapping[str, int]]
"""The raw numbers of words, by key."""


@dataclass(frozen=True, slots=True)
class Card:
    """A slot with its module, the input of a part."""

    slot: SimulatedSlot
    module: SimulatedModule

    @property
    def name(self) -> str:
        """The slot's name."""
        return self.slot.name


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionPart:
    """A section below ``data``. ``build`` returns None if the device has no such section."""

    key: str
    build: Callable[[SimulatorState], Any]
    enums: Enums = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ModulePart:
    """The ``module`` of slots with a card of a family.

    ``model`` is one of its models, ``slot_kind`` the type of its slots, ``alarms`` the events that only devices
    with such a card have.
    """

    family: str
    model: str
    build: Callable[[SimulatorState, Card], Block]
    slot_kind: str = "io"
    spellings: tuple[str, ...] = ("nested",)
    enums: Enums = field(default_factory=dict)
    alarms: Iterable[Alarm] = ()


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


def in_numbers(value: Any, enums: Enums, key: str = "") -> Any:
    """Return a value with the words of its enumerations replaced by their numbers, as with ``?raw``."""
    if isinstance(value, dict):
        return {name: in_numbers(item, enums, name) for name, item in value.items()}
    if isinstance(value, list):
        return [in_numbers(item, enums, key) for item in value]
    if isinstance(value, str):
        return enums.get(key, {}).get(value, value)
    return value
