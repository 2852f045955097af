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

from lantime_simulator import condition, receivers
from lantime_simulator.blocks import info
from lantime_simulator.enums import QUALITY_LEVELS, RECEIVER_STATES, REFERENCE_TYPES, SYNC_STATUS, counted
from lantime_simulator.moment import Moment
from lantime_simulator.part import Block, Card, ModulePart
from lantime_simulator.parts import longwave, satellites, sources, timecode

STRING_TYPES = (
    *("meinberg-standard", "sat", "nmea-rmc", "uni-erlangen", "computime", "sysplex-1-", "meinberg-capture", "spa"),
    *("racal", "meinberg-gps", "nmea-gga", "nmea-rmc-gga", "nmea-zda", "ion"),
)


def clock(moment: Moment, card: Card) -> Block:
    """Return the module of a clock."""
    receiver = receivers.of(card.module)
    state = condition.clock(moment, card.name)
    modern = moment.device.api_major >= 16
    block: Block = {}
    if modern:
        block |= _dac(moment, card)
    block |= {
        "info": _info(moment, card),
        "supported-string-types": _string_types() if modern else [],
        "sync-status": {
            "clock-idx": _choice(moment, card),
            "osc-type": card.module.oscillator,
            "est-time-quality": condition.time_quality(state, receiver.quality, card.module.oscillator),
            "clock-status": {"clock": state.state, "oscillator": "warmed-up" if state.warm else "not-warmed-up"},
        },
    }
    if moment.device.modular:
        if card.module.dialect == "flat":
            block["holdover"] = _holdover(moment, card, state)
        else:
            block["sync-status"]["holdover-status"] = _holdover_status(moment, card, state)
    if moment.device.modular or not modern:
        block["mrs"] = sources.mrs(moment, card, receiver, state)
    if receiver.satellite:
        block |= satellites.blocks(moment, card, receiver, state)
    elif receiver.block == "tcr":
        block |= timecode.blocks(card, state)
    elif receiver.block:
        block |= longwave.blocks(moment, card, receiver, state)
    return block


def _holdover_status(moment: Moment, card: Card, state: condition.Clock) -> Block:
    return {
        "time-offset": condition.holdover_error(moment, card.name),
        "time-elapsed": int(state.holdover),
        "tfom-out": 0 if state.state == condition.SYNCHRONIZED else 4 if state.holdover else 15,
    }


def _holdover(moment: Moment, card: Card, state: condition.Clock) -> Block:
    return {
        "mode": "autonomous",
        "flags": ["in-holdover", "time-offset-valid"] if state.holdover else [],
        "elapsed": int(state.holdover),
        "time-offset-ns": condition.holdover_error(moment, card.name),
    }


def _dac(moment: Moment, card: Card) -> Block:
    if not moment.device.modular:
        return {"dac-cal": None, "dac-val": None}
    return {"dac-cal": 32_768, "dac-val": int(moment.wave(f"{card.name}/dac", -420, -180, 7200))}


def _info(moment: Moment, card: Card) -> Block:
    block = info(moment, card, temperatures=2, warm=44.0)
    if not moment.device.modular:
        # Clocks of small boxes have no sensor and say 0.0; V10 pads the serial number with blanks.
        block["sensors"] = {"temperature-1": 0.0, "temperature-2": 0.0}
        if moment.device.api_major < 16:
            block["serial-number"] += "    "
    return block


def _string_types() -> list[Block]:
    return [{"object-id": name, "value": value, "description": name} for value, name in enumerate(STRING_TYPES)]


def _choice(moment: Moment, card: Card) -> str:
    if condition.selected_clock(moment) == card.name:
        return "selected"
    return "standby" if card.module.dialect == "flat" else "not-selected"


PART = ModulePart(
    family="clock",
    model="gps180",
    slot_kind="clk",
    build=clock,
    dialects=("nested", "flat"),
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
