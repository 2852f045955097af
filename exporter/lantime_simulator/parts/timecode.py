"""Blocks of time code receivers (TCR) below a clock module; grade D.

* ``nested``: ``tcr`` with ``receiver-status`` (``tcr-sync``, ``tcr-not-sync``), booleans ``locked``,
  ``code-present``, ``code-consistent``, ``jitter-exceeded``, ``invalid-utc-parameter``,
  ``invalid-system-configuration``, ``pulses-enabled``, ``drift`` us, ``tfom`` 0..15, ``agc`` 0..255, ``code``
  (``ieee1344``).
* ``flat``: ``irig`` with ``state`` 101 (synchronized) or 100, as the MIB numbers them; ``data`` ``ok`` or ``no-code``,
  ``telegram`` ``consistent`` or ``inconsistent``, ``tfom``, ``code``.
"""

from lantime_simulator.part import Block, Card
from lantime_simulator.sync_state import SYNCHRONIZED, Clock

CODE = "ieee1344"


def blocks(card: Card, state: Clock) -> Block:
    """Return the receiver's block."""
    present = state.receiver != "no-data"
    tfom = 4 if state.state == SYNCHRONIZED else 15
    if card.module.spelling == "flat":
        return {
            "irig": {
                "state": 101 if state.receiving else 100,
                "data": "ok" if present else "no-code",
                "telegram": "consistent" if state.receiving else "inconsistent",
                "tfom": tfom,
                "code": CODE,
            }
        }
    return {
        "tcr": {
            "receiver-status": "tcr-sync" if state.receiving else "tcr-not-sync",
            "locked": state.receiving,
            "code-present": present,
            "code-consistent": state.receiving,
            "jitter-exceeded": False,
            "drift": 2 if state.receiving else 0,
            "tfom": tfom,
            "agc": 118 if present else 0,
            "invalid-utc-parameter": False,
            "invalid-system-configuration": False,
            "pulses-enabled": state.state == SYNCHRONIZED,
            "code": CODE,
        }
    }
