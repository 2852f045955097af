"""Values that are loaded from files, and loaded again when the files change."""

import hashlib
import logging
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Generic, TypeVar

from lantime_exporter.errors import ConfigError, unreadable

log = logging.getLogger(__name__)

T = TypeVar("T")


class FileReloader(Generic[T]):
    """A value that is loaded from files.

    ``current`` compares contents, not times, so it also notices rotated certificates and swapped config maps. Invalid
    content is logged once, and the last valid value stays. The constructor raises ConfigError for invalid content.
    """

    def __init__(self, paths: Sequence[Path], make: Callable[[], T]) -> None:
        self._paths = paths
        self._make = make
        self._lock = threading.Lock()
        self._problem = ""
        digest = self._digest()
        self._valid = (digest, make())

    def current(self) -> T:
        """Return the value of the current files."""
        try:
            self._renew()
        except ConfigError as error:
            if str(error) != self._problem:
                self._problem = str(error)
                log.error("the last valid content stays in force: %s", "; ".join(error.problems))  # noqa: TRY400 -- the text says it all
        else:
            self._problem = ""
        return self._valid[1]

    def _renew(self) -> None:
        digest = self._digest()
        with self._lock:
            if digest != self._valid[0]:
                self._valid = (digest, self._make())
                log.info("reloaded after a change: %s", ", ".join(map(str, self._paths)))

    def _digest(self) -> bytes:
        """Return a digest of all contents. Raises ConfigError for a file that cannot be read."""
        try:
            return b"".join(hashlib.sha256(path.read_bytes()).digest() for path in self._paths)
        except OSError as error:
            raise ConfigError(f"{error.filename}: {unreadable(error)}") from error
