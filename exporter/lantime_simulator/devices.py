"""The LANTIMEs that can be simulated, by name.

A function creates the ``number``-th device of its kind, with the same shape and a different identity.
"""

from collections.abc import Mapping
from functools import partial
from types import MappingProxyType
from typing import Protocol

from lantime_simulator.description import SimulatedDevice
from lantime_simulator.modular import CLOCK_MODELS, carrier, m500, m1000, m3000
from lantime_simulator.non_modular import m300, m600


class Make(Protocol):
    """Makes the ``number``-th device of a kind."""

    def __call__(self, number: int = 1) -> SimulatedDevice:
        """Return the device."""


CATALOGUE: Mapping[str, Make] = MappingProxyType(
    {
        "m600": m600,
        "m300": m300,
        "m3000": m3000,
        "m3000-flat": partial(m3000, spelling="flat"),
        "m1000": m1000,
        "m500": m500,
        **{
            f"m500-{clock}-{spelling}": partial(m500, clock=clock, spelling=spelling)
            for clock in CLOCK_MODELS
            for spelling in ("nested", "flat")
            if (clock, spelling) != ("gps180", "nested")
        },
    }
)
"""The kinds, including an M500 with each family of clocks in both spellings."""

__all__ = ["CATALOGUE", "CLOCK_MODELS", "Make", "carrier", "m300", "m500", "m600", "m1000", "m3000"]
