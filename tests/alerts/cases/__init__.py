"""Test cases of the alerts, one file for each group."""

from itertools import chain

from tests.alerts.cases import availability, gnss, hardware, info, ntp, offsets, outputs, ptp, sync, system
from tests.alerts.cases.definition import Case

CASES: tuple[Case, ...] = tuple(
    chain.from_iterable(
        module.CASES for module in (availability, sync, gnss, ntp, ptp, offsets, hardware, outputs, system, info)
    )
)
