"""``clk1``, ``clk2``: clock modules with any receiver (docs/modules.md).

Grade A for GRC180 (API 20) and PZF511 (API 10): ``dac-cal`` and ``dac-val`` (null, or integers on modular devices, C),
``supported-string-types``, ``sync-status``, the receiver's block, ``satellites`` or ``dcf77``. The rest:

* ``nested``: the block of a satellite receiver is named after its family (``gps``, ``gns``, ``gns-uc``, ``gnm``,
  ``gxl``, ``grc``) with the members that ``grc`` has; all but ``grc`` also list their satellites, see
  ``satellites.py``; long wave in ``longwave.py``, time code in ``timecode.py``; ``sync-status.clock-idx`` ``selected``
  or ``not-selected``; ``sync-status.holdover-status.{time-offset, time-elapsed, tfom-out}`` as the system's; inputs in
  ``mrs[]``, see ``sources.py``.
* ``flat``: the receiver's block holds words only: ``receiver-status``, ``antenna`` ``connected``, ``disconnected`` or
  ``short-circuit``; ``clock-idx`` ``selected`` or ``standby``; ``holdover.{mode, flags, elapsed, time-offset-ns}`` with
  ``mode`` ``autonomous`` and ``flags`` a list of ``in-holdover``, ``time-offset-valid``; satellites are counted by
  constellation.

``?raw`` leaves the words of satellite receivers: the MIB and meinbergOS number them differently.
"""

from lantime_simulator import receivers, sync_state
from lantime_simulator.enums import QUALITY_LEVELS, RECEIVER_STATES, REFERENCE_TYPES, SYNC_STATUS, counted
from lantime_simulator.part import Block, Card, ModulePart, info
from lantime_simulator.parts import longwave, satellites, sources, timecode
from lantime_simulator.state import SimulatorState

STRING_TYPES = (
    *("meinberg-standard", "sat", "nmea-rmc", "uni-erlangen", "computime", "sysplex-1-", "meinberg-capture", "spa"),
    *("racal", "meinberg-gps", "nmea-gga", "nmea-rmc-gga", "nmea-zda", "ion"),
)


def clock(now: SimulatorState, card: Card) -> Block:
    """Return the module of a clock."""
    receiver = receivers.of(card.module)
    state = sync_state.clock(now, card.name)
    modern = now.device.api_major >= 16
    block: Block = {}
    if modern:
        block |= _dac(now, card)
    block |= {
        "info": _info(now, card),
        "supported-string-types": _string_types() if modern else [],
        "sync-status": {
            "clock-idx": _choice(now, card),
            "osc-type": card.module.oscillator,
            "est-time-quality": sync_state.time_quality(state, receiver.quality, card.module.oscillator),
            "clock-status": {"clock": state.state, "oscillator": "warmed-up" if state.warm else "not-warmed-up"},
        },
    }
    if now.device.modular:
        if card.module.spelling == "flat":
            block["holdover"] = _holdover(now, card, state)
        else:
            block["sync-status"]["holdover-status"] = _holdover_status(now, card, state)
    if now.device.modular or not modern:
        block["mrs"] = sources.mrs(now, card, receiver, state)
    if receiver.satellite:
        block |= satellites.blocks(now, card, receiver, state)
    elif receiver.block == "tcr":
        block |= timecode.blocks(card, state)
    elif receiver.block:
        block |= longwave.blocks(now, card, receiver, state)
    return block


def _holdover_status(now: SimulatorState, card: Card, state: sync_state.Clock) -> Block:
    return {
        "time-offset": sync_state.holdover_error(now, card.name),
        "time-elapsed": int(state.holdover),
        "tfom-out": 0 if state.state == sync_state.SYNCHRONIZED else 4 if state.holdover else 15,
    }


def _holdover(now: SimulatorState, card: Card, state: sync_state.Clock) -> Block:
    return {
        "mode": "autonomous",
        "flags": ["in-holdover", "time-offset-valid"] if state.holdover else [],
        "elapsed": int(state.holdover),
        "time-offset-ns": sync_state.holdover_error(now, card.name),
    }


def _dac(now: SimulatorState, card: Card) -> Block:
    if not now.device.modular:
        return {"dac-cal": None, "dac-val": None}
    return {"dac-cal": 32_768, "dac-val": int(now.wave(f"{card.name}/dac", -420, -180, 7200))}


def _info(now: SimulatorState, card: Card) -> Block:
    block = info(now, card, temperatures=2, warm=44.0)
    if not now.device.modular:
        # Clocks of non-modular devices have no sensor and report 0.0; API 10 pads the serial number with blanks.
        block["sensors"] = {"temperature-1": 0.0, "temperature-2": 0.0}
        if now.device.api_major < 16:
            block["serial-number"] += "    "
    return block


def _string_types() -> list[Block]:
    return [{"object-id": name, "value": value, "description": name} for value, name in enumerate(STRING_TYPES)]


def _choice(now: SimulatorState, card: Card) -> str:
    if sync_state.selected_clock(now) == card.name:
        return "selected"
    return "standby" if card.module.spelling == "flat" else "not-selected"


PART = ModulePart(
    family="clock",
    model="gps180",
    slot_kind="clk",
    build=clock,
    spellings=("nested", "flat"),
    enums={
        **SYNC_STATUS,
        "clock-idx": counted("not-selected", "selected") | {"standby": 0},
        "mode": counted("autonomous", "pre-autonomous", "remote"),
        "type": REFERENCE_TYPES,
        "ssm": QUALITY_LEVELS,
        "gnss-type": counted("gps", "glonass", "beidou", "galileo", "waas", "egnos", "qzss"),
        "health": counted("unknown", "ok", "not-ok"),
        "quality": counted(
            *("no-signal", "searching", "acquired", "unusable", "code-locked", "code-carrier-locked"),
        ),
        "receiver-status": RECEIVER_STATES,
    },
)
