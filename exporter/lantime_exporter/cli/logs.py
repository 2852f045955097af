"""Log lines on standard error, as logfmt or JSON, with the keys of Prometheus' own programs."""

import json
import logging
import re
import sys
from datetime import UTC, datetime

LEVELS = {"debug": logging.DEBUG, "info": logging.INFO, "warn": logging.WARNING, "error": logging.ERROR}
NAMES = {number: name for name, number in LEVELS.items()} | {logging.CRITICAL: "error"}

PLAIN = re.compile(r"[^\s=\"\\\x00-\x1f\x7f]+")


class Pairs(logging.Formatter):
    """Formats records as ``time=... level=... source=... msg=...``."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        return " ".join(f"{key}={quoted(value)}" for key, value in self.pairs(record).items())

    def pairs(self, record: logging.LogRecord) -> dict[str, str]:
        """Return keys and values of a record; a traceback is a value of its own."""
        moment = datetime.fromtimestamp(record.created, UTC)
        found = {
            "time": moment.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "level": NAMES.get(record.levelno, record.levelname.lower()),
            "source": f"{record.name}:{record.lineno}",
            "msg": record.getMessage(),
        }
        if record.exc_info:
            found["traceback"] = self.formatException(record.exc_info)
        return found


class Json(Pairs):
    """Formats records as one JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        return json.dumps(self.pairs(record), ensure_ascii=False)


def quoted(value: str) -> str:
    """Return a logfmt value: as it is, or as a JSON text where it holds blanks, quotes or control characters."""
    return value if PLAIN.fullmatch(value) else json.dumps(value, ensure_ascii=False)


def configure(level: str, form: str) -> None:
    """Send the log of the exporter to standard error."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Json() if form == "json" else Pairs())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger("lantime_exporter").setLevel(LEVELS[level])
