"""Signals, one file for each group of alerts; ``BY_NAME`` has all of them.

The label ``instance`` that the exporter gives to PTP instances (and to MRS sources) collides with the label of the
target, so Prometheus stores it as ``exported_instance``.
"""

from itertools import chain

from monitoring.signals import availability, gnss, hardware, info, ntp, ptp, sync, system
from monitoring.signals.definition import Signal

SIGNALS: tuple[Signal, ...] = tuple(
    chain.from_iterable(module.SIGNALS for module in (availability, sync, gnss, ntp, ptp, hardware, system, info))
)

BY_NAME = {signal.name: signal for signal in SIGNALS}

__all__ = ["BY_NAME", "SIGNALS", "Signal"]
