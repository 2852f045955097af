"""Scenarios and faults of the devices, which change all the time."""

from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from random import Random

from lantime_exporter.errors import RequestError
from lantime_simulator import Lantime
from lantime_simulator.scenarios import CATALOGUE

from tests.load.soak.periodic import Periodic

SCENARIOS = tuple(name for name, kind in CATALOGUE.items() if not kind.transport)
FAULTS = tuple(name for name, kind in CATALOGUE.items() if kind.transport)

STEADY = 5
"""One device in so many has scenarios but no faults, so that all its scrapes must succeed."""


class FaultInjector(Periodic):
    """Changes the scenarios of a random device several times a second, in a separate thread."""

    def __init__(self, lantimes: Sequence[Lantime], interval: float = 0.2) -> None:
        super().__init__(interval)
        self.changes: Counter[str] = Counter()
        self._lantimes = lantimes
        self._random = Random(1)  # noqa: S311 - the same faults in each run

    def steady(self) -> list[int]:
        """Return the devices without faults."""
        return list(range(0, len(self._lantimes), STEADY))

    def run_once(self) -> None:
        """Change the scenarios of one device."""
        number = self._random.randrange(len(self._lantimes))
        wanted = [self._random.choice(SCENARIOS)] if self._random.random() < 0.5 else []
        if number % STEADY and self._random.random() < 0.3:
            wanted.append(self._random.choice(FAULTS))
        with suppress(RequestError):  # this device has no such card
            self._lantimes[number].activate(*wanted)
            self.changes.update(wanted or ["healthy"])
