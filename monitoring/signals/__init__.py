"""Signals, one file for each group of alerts; ``BY_NAME`` has all of them."""

from itertools import chain

from monitoring.signals import availability, gnss, hardware, info, ntp, ptp, sync, system
from monitoring.signals.definition import Signal

SIGNALS: tuple[Signal, ...] = tuple(
    chain.from_iterable(module.SIGNALS for module in (availability, sync, gnss, ntp, ptp, hardware, system, info))
)

BY_NAME = {signal.name: signal for signal in SIGNALS}

__all__ = ["BY_NAME", "SIGNALS", "Signal"]
