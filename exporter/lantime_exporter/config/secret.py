"""Values that come from the file itself, from another file or from the environment; and the ones nobody may see."""

import os
from dataclasses import dataclass
from pathlib import Path

from lantime_exporter.errors import ConfigError


@dataclass(frozen=True, slots=True)
class Source:
    """Where a text comes from: exactly one of the three is set."""

    literal: str | None = None
    file: Path | None = None
    environment: str | None = None

    def read(self) -> str:
        """Return the text as it is now; files and the environment are read at every call, so that rotation works.

        Line ends after the text of a file are not part of it. Raises ConfigError, which names the file or variable and
        never what it holds, when it is missing or empty, or the file is not UTF-8.
        """
        if self.literal is not None:
            return self.literal
        if self.file is not None:
            return _read_file(self.file)
        text = os.environ.get(self.environment or "")
        if not text:
            raise ConfigError(f"environment variable {self.environment}: {'not set' if text is None else 'empty'}")
        return text


@dataclass(frozen=True, slots=True, repr=False)
class Secret(Source):
    """A source whose text never prints: not in repr, logs, errors or ``/config``."""

    def __repr__(self) -> str:
        return "<secret>"

    __str__ = __repr__


def _read_file(path: Path) -> str:
    try:
        text = path.read_text(encoding="utf-8").rstrip("\r\n")
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError:
        # The exception holds the bytes of the file, so it is not chained.
        raise ConfigError(f"{path}: cannot be read: not UTF-8 text") from None
    if not text:
        raise ConfigError(f"{path}: empty")
    return text
