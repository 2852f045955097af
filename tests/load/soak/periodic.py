"""Periodic tasks during the soak test."""

import threading
from abc import ABC, abstractmethod
from typing import Self


class Periodic(ABC):
    """Runs a task every ``interval`` seconds during a ``with`` block, in a separate thread."""

    def __init__(self, interval: float) -> None:
        self._interval = interval
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._run, name=type(self).__name__.lower())

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._is_over.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._is_over.wait(self._interval):
            self.run_once()

    @abstractmethod
    def run_once(self) -> None:
        """Run the task once."""
