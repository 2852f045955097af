"""What happens to the devices: scenes and faults that come and go."""

from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from random import Random

from lantime_exporter.errors import RequestError
from lantime_simulator import Lantime
from lantime_simulator.scenarios import CATALOGUE

from tests.load.soak.repeated import Repeated

SCENES = tuple(name for name, kind in CATALOGUE.items() if not kind.transport)
FAULTS = tuple(name for name, kind in CATALOGUE.items() if kind.transport)

STEADY = 5
"""Every so many-th device has scenes but no faults, so that each of its scrapes must succeed."""


class Weather(Repeated):
    """Changes what happens to some device several times a second, in a separate thread."""

    def __init__(self, lantimes: Sequence[Lantime], between: float = 0.2) -> None:
        super().__init__(between)
        self.changes: Counter[str] = Counter()
        self._lantimes = lantimes
        self._random = Random(1)  # noqa: S311 - the same weather each time

    def steady(self) -> list[int]:
        """Return the devices without faults."""
        return list(range(0, len(self._lantimes), STEADY))

    def turn(self) -> None:
        """Change what happens to one device."""
        number = self._random.randrange(len(self._lantimes))
        wanted = [self._random.choice(SCENES)] if self._random.random() < 0.5 else []
        if number % STEADY and self._random.random() < 0.3:
            wanted.append(self._random.choice(FAULTS))
        with suppress(RequestError):  # this device has no such card
            self._lantimes[number].activate(*wanted)
            self.changes.update(wanted or ["healthy"])
