"""Input and output ports of cards, in two spellings (names D).

* ``nested``: lists ``outputs[]`` and ``inputs[]`` of ``{object-id: out-1 | in-1, port-type, direction, operation-mode,
  source, status}``; ``status`` holds the status bits as booleans: ``disabled``, ``carrier-detected``, ``short-circuit``
  for outputs, ``input-signal-avail``, ``input-signal-lost``, ``input-signal-never-avail`` for inputs. Outputs have
  ``enabled``, inputs ``in-use``.
* ``flat``: an object for each port, ``output-1``, ``input-1``: ``{io-port-type, state, source}`` with the numbers of
  the enumerations for ``io-port-type`` and ``source``; ``state`` is the most important status bit
  (``carrier-detected``, ``disabled``, ``short-circuit``; ``input-signal-avail``, ``input-signal-lost``,
  ``input-signal-never-avail``); ``enabled`` and ``used`` are 1 or 0.

The scenario ``output-level-lost`` takes the signal from the second output, ``input-lost`` from the first input.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from lantime_simulator.alarms import Alarm, during
from lantime_simulator.enums import PORT_SOURCES, PORT_TYPES
from lantime_simulator.part import Block, Card
from lantime_simulator.state import SimulatorState

PORT_ALARM = Alarm(
    raised="ims-port-error",
    severity="critical",
    cleared="ims-port-ok",
    spans=during("output-level-lost", "input-lost"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """An output; ``more`` are keys of only this card."""

    kind: str
    source: str = "active-clock"
    mode: str = "if-sync-only"
    more: Mapping[str, Any] = field(default_factory=dict)

    @property
    def enabled(self) -> bool:
        """Whether it is switched on."""
        return self.mode != "disabled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """An input. One that is not ``connected`` never had a signal."""

    kind: str
    connected: bool = True
    used: bool = False
    more: Mapping[str, Any] = field(default_factory=dict)


def output_lost(now: SimulatorState, card: Card, number: int) -> bool:
    """Return whether an output of the card, counted from 1, lost its level."""
    return number == 2 and now.on("output-level-lost", card.name)


def input_lost(now: SimulatorState, card: Card, number: int) -> bool:
    """Return whether an input of the card, counted from 1, lost its signal."""
    return number == 1 and now.on("input-lost", card.name)


def outputs(now: SimulatorState, card: Card, specified: Sequence[Output]) -> Block:
    """Return the outputs in the spelling of the card."""
    spell = _flat_output if card.module.spelling == "flat" else _nested_output
    blocks = {
        number: spell(output, lost=output_lost(now, card, number)) | dict(output.more)
        for number, output in enumerate(specified, 1)
    }
    if card.module.spelling == "flat":
        return {f"output-{number}": block for number, block in blocks.items()}
    return {"outputs": [{"object-id": f"out-{number}", **block} for number, block in blocks.items()]}


def inputs(now: SimulatorState, card: Card, specified: Sequence[Input]) -> Block:
    """Return the inputs in the spelling of the card."""
    spell = _flat_input if card.module.spelling == "flat" else _nested_input
    blocks = {
        number: spell(signal, _input_state(signal, lost=input_lost(now, card, number))) | dict(signal.more)
        for number, signal in enumerate(specified, 1)
    }
    if card.module.spelling == "flat":
        return {f"input-{number}": block for number, block in blocks.items()}
    return {"inputs": [{"object-id": f"in-{number}", **block} for number, block in blocks.items()]}


def _nested_output(output: Output, *, lost: bool) -> Block:
    return {
        "port-type": output.kind,
        "direction": "output",
        "operation-mode": output.mode,
        "source": output.source,
        "enabled": output.enabled,
        "status": {
            "disabled": not output.enabled,
            "carrier-detected": output.enabled and not lost,
            "short-circuit": False,
        },
    }


def _flat_output(output: Output, *, lost: bool) -> Block:
    working = "short-circuit" if lost else "carrier-detected"
    return {
        "io-port-type": PORT_TYPES[output.kind],
        "state": working if output.enabled else "disabled",
        "source": PORT_SOURCES[output.source],
        "enabled": int(output.enabled),
    }


def _input_state(signal: Input, *, lost: bool) -> str:
    if not signal.connected:
        return "input-signal-never-avail"
    return "input-signal-lost" if lost else "input-signal-avail"


def _nested_input(signal: Input, state: str) -> Block:
    bits = ("input-signal-avail", "input-signal-lost", "input-signal-never-avail")
    return {
        "port-type": signal.kind,
        "direction": "input",
        "in-use": signal.used,
        "status": {bit: bit == state for bit in bits},
    }


def _flat_input(signal: Input, state: str) -> Block:
    return {"io-port-type": PORT_TYPES[signal.kind], "state": state, "used": int(signal.used)}
