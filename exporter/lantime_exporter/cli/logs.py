"""Log lines on standard error, as logfmt or JSON, with the keys of Prometheus' own programs."""

import json
import logging
import re
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime

from lantime_exporter.cli.background_handler import BackgroundHandler

LEVEL_NAMES = {logging.WARNING: "warn", logging.CRITICAL: "error"}

MAX_LINES = 1000
"""Lines of one log statement per ``WINDOW`` seconds: a thousand devices may fail at once."""

WINDOW = 60.0

PLAIN = re.compile(r"[^\s=\"\\\x00-\x1f\x7f]+")


class Pairs(logging.Formatter):
    """Formats records as ``time=... level=... source=... msg=...``."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        return " ".join(f"{key}={quoted(value)}" for key, value in self.pairs(record).items())

    def pairs(self, record: logging.LogRecord) -> dict[str, str]:
        """Return keys and values of a record; a traceback is one value."""
        moment = datetime.fromtimestamp(record.created, UTC)
        found = {
            "time": moment.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "level": LEVEL_NAMES.get(record.levelno, record.levelname.lower()),
            "source": f"{record.name}:{record.lineno}",
            "msg": record.getMessage(),
        }
        if record.exc_info:
            found["traceback"] = self.formatException(record.exc_info)
        return found


class Json(Pairs):
    """Formats records as one JSON object per line."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        return json.dumps(self.pairs(record), ensure_ascii=False)


class RateLimit(logging.Filter):
    """Passes at most ``MAX_LINES`` records per minute and log statement; debug records do not count.

    Otherwise a device that changes its state at every probe, or a client with ever new targets, could fill the disk.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._clock = clock
        self._counts: dict[tuple[str, int], tuple[float, int]] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Return whether to log a record; the last one of a minute announces that others are dropped."""
        if record.levelno < logging.INFO:
            return True
        place, now = (record.name, record.lineno), self._clock()
        began, count = self._counts.get(place, (now, 0))
        if now - began >= WINDOW:
            began, count = now, 0
        count += 1
        self._counts[place] = (began, count)
        if count == MAX_LINES:
            record.msg, record.args = f"{record.getMessage()} (further messages of this kind are suppressed)", None
        return count <= MAX_LINES


def quoted(value: str) -> str:
    """Return a logfmt value, as a JSON text if it contains blanks, quotes or control characters."""
    return value if PLAIN.fullmatch(value) else json.dumps(value, ensure_ascii=False)


def configure(level: str, form: str) -> None:
    """Send the log of the exporter to standard error, if it is open."""
    handler = BackgroundHandler(sys.stderr.fileno()) if sys.stderr else logging.NullHandler()
    handler.addFilter(RateLimit())
    handler.setFormatter(Json() if form == "json" else Pairs())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger("lantime_exporter").setLevel(level.upper())
