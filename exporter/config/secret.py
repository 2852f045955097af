"""Values that come from the file itself, from another file or from the environment; and the ones nobody may see."""

import os
from dataclasses import dataclass
from pathlib import Path

from exporter.errors import ConfigError


@dataclass(frozen=True, slots=True)
class Source:
    """Where a text comes from: exactly one of the three is set."""

    literal: str | None = None
    file: Path | None = None
    environment: str | None = None

    def read(self) -> str:
        """Return the text as it is now; files and the environment are read at every call, so that rotation works.

        Raises ConfigError when the file or variable is missing.
        """
        if self.literal is not None:
            return self.literal
        if self.file is not None:
            try:
                return self.file.read_text(encoding="utf-8").rstrip("\r\n")
            except (OSError, UnicodeDecodeError) as error:
                raise ConfigError(f"{self.file}: cannot be read: {error}") from error
        try:
            return os.environ[self.environment or ""]
        except KeyError:
            raise ConfigError(f"environment variable {self.environment}: not set") from None


@dataclass(frozen=True, slots=True, repr=False)
class Secret(Source):
    """A source whose text never prints: not in repr, logs, errors or ``/config``."""

    def __repr__(self) -> str:
        return "<secret>"

    __str__ = __repr__
