"""What happens to the devices: scenes and faults that come and go."""

import threading
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from random import Random
from typing import Self

from exporter.errors import RequestError
from exporter.simulator import Lantime
from exporter.simulator.scenes import CATALOGUE

SCENES = tuple(name for name, kind in CATALOGUE.items() if not kind.transport)
FAULTS = tuple(name for name, kind in CATALOGUE.items() if kind.transport)

STEADY = 5
"""Every so many-th device has scenes but no faults, so that each of its scrapes must succeed."""


class Weather:
    """Changes what happens to some device several times a second, in a thread of its own."""

    def __init__(self, lantimes: Sequence[Lantime], between: float = 0.2) -> None:
        self.changes: Counter[str] = Counter()
        self._lantimes = lantimes
        self._between = between
        self._random = Random(1)  # noqa: S311 - the same weather each time
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._run, name="weather")

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._is_over.set()
        self._thread.join()

    def steady(self) -> list[int]:
        """Return the devices without faults."""
        return list(range(0, len(self._lantimes), STEADY))

    def _run(self) -> None:
        while not self._is_over.wait(self._between):
            number = self._random.randrange(len(self._lantimes))
            wanted = [self._random.choice(SCENES)] if self._random.random() < 0.5 else []
            if number % STEADY and self._random.random() < 0.3:
                wanted.append(self._random.choice(FAULTS))
            with suppress(RequestError):  # this device has no such card
                self._lantimes[number].play(*wanted)
                self.changes.update(wanted or ["healthy"])
