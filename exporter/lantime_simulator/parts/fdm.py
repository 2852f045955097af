"""FDM: mains frequency monitor (docs/modules.md; members C, units not known).

* ``nested``: ``fdm`` with ``freq``, ``line-freq`` (nominal) and ``freq-deviation`` in Hz, ``time-deviation`` s,
  ``t-ref``, ``t-plt``, ``t-sync`` times, ``flags.{sync-after-reset, plt-is-locked, fd-overflow, td-overflow}``,
  ``limits.{fd-neg-limit, fd-pos-limit}`` Hz, ``limits.{td-neg-limit, td-pos-limit}`` s,
  ``outputs[]`` of ``{object-id: out-1, mode: fd | td, dac-val}``.
* ``flat``: ``frequency``, ``nominal-frequency``, ``frequency-deviation`` integers in mHz, as the MIB has them;
  ``time-deviation`` text in s (``"-0.183"``); ``plt-is-locked``, ``fd-overflow``, ``td-overflow`` 1 or 0;
  ``fd-state``, ``td-state`` ``inside-limits`` or ``outside-limits``.

The scenario ``frequency-limit`` brings the frequency to 49.2 Hz.
"""

from lantime_simulator import times
from lantime_simulator.alarms import Alarm, during
from lantime_simulator.part import Block, Card, ModulePart, info
from lantime_simulator.state import SimulatorState

NOMINAL = 50.0


def fdm(now: SimulatorState, card: Card) -> Block:
    """Return the module of a frequency monitor."""
    frequency = round(now.wave(f"{card.name}/frequency", 49.965, 50.035, 400), 3)
    if now.on("frequency-limit", card.name):
        frequency = round(frequency - 0.8, 3)
    deviation = round(now.wave(f"{card.name}/time", -2.4, 3.1, 14_000), 3)
    spell = _flat if card.module.spelling == "flat" else _nested
    return {"info": info(now, card), **spell(now, frequency, deviation)}


def _nested(now: SimulatorState, frequency: float, deviation: float) -> Block:
    return {
        "fdm": {
            "freq": frequency,
            "line-freq": NOMINAL,
            "freq-deviation": round(frequency - NOMINAL, 3),
            "time-deviation": deviation,
            "t-ref": times.iso_milliseconds(now.wall),
            "t-plt": times.iso_milliseconds(now.wall + deviation),
            "t-sync": times.iso(int(now.unix(now.booted + 180))),
            "flags": {
                "sync-after-reset": True,
                "plt-is-locked": True,
                "fd-overflow": False,
                "td-overflow": False,
            },
            "limits": {"fd-neg-limit": -0.5, "fd-pos-limit": 0.5, "td-neg-limit": -20.0, "td-pos-limit": 20.0},
            "outputs": [
                {"object-id": "out-1", "mode": "fd", "dac-val": int((frequency - NOMINAL) * 4000)},
                {"object-id": "out-2", "mode": "td", "dac-val": int(deviation * 100)},
            ],
        }
    }


def _flat(_: SimulatorState, frequency: float, deviation: float) -> Block:
    outside = abs(frequency - NOMINAL) > 0.5
    return {
        "frequency": round(frequency * 1000),
        "nominal-frequency": round(NOMINAL * 1000),
        "frequency-deviation": round((frequency - NOMINAL) * 1000),
        "time-deviation": f"{deviation:.3f}",
        "plt-is-locked": 1,
        "fd-overflow": 0,
        "td-overflow": 0,
        "fd-state": "outside-limits" if outside else "inside-limits",
        "td-state": "inside-limits",
    }


PART = ModulePart(
    family="fdm",
    model="fdm180",
    build=fdm,
    spellings=("nested", "flat"),
    alarms=(Alarm(raised="fdm-error", severity="warning", cleared="fdm-ok", spans=during("frequency-limit")),),
)
