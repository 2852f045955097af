"""A log handler that writes its lines in a separate thread, so that a log that nobody reads delays nothing."""

import logging
import os
import threading
from collections import deque

MAX_WAITING_BYTES = 1024 * 1024
"""Bytes of the lines that wait to be written, some 8,000 lines; further ones are dropped."""

MAX_FLUSH_SECONDS = 1.0
"""Seconds to wait at the end until all lines are written."""


class BackgroundHandler(logging.Handler):
    """Formats records at once, and writes the lines to a file descriptor in their order.

    Lines are dropped only while ``MAX_WAITING_BYTES`` wait, and their number is logged when the reader continues.
    """

    def __init__(self, descriptor: int) -> None:
        super().__init__()
        self._descriptor = descriptor
        self._changed = threading.Condition()
        self._waiting: deque[bytes] = deque()
        """The lines to write; the first one is being written."""
        self._waiting_bytes = 0
        self._dropped = 0
        threading.Thread(target=self._write_lines, name="log", daemon=True).start()

    def emit(self, record: logging.LogRecord) -> None:
        """Add the line of a record to those that wait, or count it as dropped."""
        try:
            line = self._line(record)
        except Exception:  # noqa: BLE001 -- as in the handlers of the standard library
            self.handleError(record)
            return
        with self._changed:
            if self._waiting_bytes + len(line) > MAX_WAITING_BYTES:
                self._dropped += 1
            else:
                self._add(line)

    def flush(self) -> None:
        """Wait until all lines are written, at most ``MAX_FLUSH_SECONDS``."""
        with self._changed:
            self._changed.wait_for(lambda: not self._waiting, MAX_FLUSH_SECONDS)

    def _line(self, record: logging.LogRecord) -> bytes:
        return f"{self.format(record)}\n".encode("utf-8", "backslashreplace")

    def _add(self, line: bytes) -> None:
        self._waiting.append(line)
        self._waiting_bytes += len(line)
        self._changed.notify_all()

    def _write_lines(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._waiting)
                line = self._waiting[0]
            _write(self._descriptor, line)
            with self._changed:
                self._waiting.popleft()
                self._waiting_bytes -= len(line)
                if self._dropped and not self._waiting:
                    self._add(self._line(_dropped_record(self._dropped)))
                    self._dropped = 0
                self._changed.notify_all()


def _write(descriptor: int, line: bytes) -> None:
    """Write a line; it is lost if the disk is full or the reader has closed the pipe.

    ``sys.stderr`` would hold a lock while it waits, and Python needs that lock to end.
    """
    try:
        while line:
            line = line[os.write(descriptor, line) :]
    except OSError:
        pass


def _dropped_record(count: int) -> logging.LogRecord:
    text = "%d log lines were dropped, because the log was not read fast enough"
    return logging.getLogger(__name__).makeRecord(__name__, logging.WARNING, __file__, 0, text, (count,), None)
