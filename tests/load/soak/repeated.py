"""Something that is done now and then beside the soak."""

import threading
from abc import ABC, abstractmethod
from typing import Self


class Repeated(ABC):
    """Takes a turn every ``between`` seconds for the time of a ``with`` block, in a separate thread."""

    def __init__(self, between: float) -> None:
        self._between = between
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._run, name=type(self).__name__.lower())

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._is_over.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._is_over.wait(self._between):
            self.turn()

    @abstractmethod
    def turn(self) -> None:
        """Do it once."""
