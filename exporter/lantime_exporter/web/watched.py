"""What is made of files, and made again when their content changes."""

import hashlib
import logging
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Generic, TypeVar

from lantime_exporter.errors import ConfigError

logger = logging.getLogger(__name__)

T = TypeVar("T")


class Watched(Generic[T]):
    """A value made of the content of files.

    ``current`` compares contents, not times: a rotated certificate and a swapped config map are seen alike.
    A content that cannot be used is logged once and the last good value stays. The first value must be good:
    creating raises ConfigError.
    """

    def __init__(self, paths: Sequence[Path], make: Callable[[], T]) -> None:
        self._paths = paths
        self._make = make
        self._lock = threading.Lock()
        self._problem = ""
        digest = self._digest()
        self._good = (digest, make())

    def current(self) -> T:
        """Return the value of the files as they are now."""
        try:
            digest = self._digest()
        except ConfigError as error:
            self._keep(error)
            return self._good[1]
        if digest == self._good[0]:
            self._problem = ""
            return self._good[1]
        with self._lock:
            if digest != self._good[0]:
                self._renew(digest)
            return self._good[1]

    def _renew(self, digest: bytes) -> None:
        try:
            self._good = (digest, self._make())
        except ConfigError as error:
            self._keep(error)
            return
        self._problem = ""
        logger.info("read again after a change: %s", ", ".join(map(str, self._paths)))

    def _keep(self, error: ConfigError) -> None:
        if str(error) != self._problem:
            self._problem = str(error)
            logger.error("the last good content stays in force: %s", "; ".join(error.problems))

    def _digest(self) -> bytes:
        """Return a digest of all contents. Raises ConfigError for a file that cannot be read."""
        digest = hashlib.sha256()
        for path in self._paths:
            try:
                digest.update(hashlib.sha256(path.read_bytes()).digest())
            except OSError as error:
                raise ConfigError(f"{path}: cannot be read: {error.strerror}") from error
        return digest.digest()
