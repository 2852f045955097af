"""Texts from the configuration, another file or the environment; and secrets, which are never shown."""

import os
import stat
from dataclasses import dataclass
from pathlib import Path
from unicodedata import category

from lantime_exporter.errors import ConfigError, unreadable

MAX_SECRET_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True)
class Source:
    """Where a text comes from: exactly one of the three is set."""

    literal: str | None = None
    file: Path | None = None
    environment: str | None = None

    def read(self) -> str:
        """Return the current text; files and the environment are read at every call, so that rotation works.

        A leading byte order mark and trailing line ends are stripped. Raises ConfigError if the text is missing, empty,
        too long, not UTF-8 or contains control characters, or if the file is not regular. The error names the file or
        variable, never its contents.
        """
        if self.literal is not None:
            return self.literal
        if self.file is not None:
            return _checked(_read_file(self.file), str(self.file))
        name = f"environment variable {self.environment}"
        text = os.environ.get(self.environment or "")
        if text is None:
            raise ConfigError(f"{name}: not set")
        return _checked(text, name)


@dataclass(frozen=True, slots=True, repr=False)
class Secret(Source):
    """A source whose text never prints: not in repr, logs, errors or ``/config``."""

    def __repr__(self) -> str:
        return "<secret>"

    __str__ = __repr__


def without_additions(text: str) -> str:
    """Return a text without a leading byte order mark and trailing line ends, which editors and shells add."""
    return text.removeprefix("\ufeff").rstrip("\r\n")


def _read_file(path: Path) -> str:
    try:
        # A pipe without a writer would block forever; a device would never end.
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        with os.fdopen(descriptor, "rb") as file:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise ConfigError(f"{path}: is not a regular file")
            content = file.read(MAX_SECRET_BYTES + 1)
    except OSError as error:
        raise ConfigError(f"{path}: {unreadable(error)}") from error
    if len(content) > MAX_SECRET_BYTES:
        raise ConfigError(f"{path}: longer than {MAX_SECRET_BYTES} bytes")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        # Not chained: the exception contains the bytes of the file.
        raise ConfigError(f"{path}: cannot be read: not UTF-8 text") from None


def _checked(text: str, source: str) -> str:
    text = without_additions(text)
    if not text:
        raise ConfigError(f"{source}: is empty")
    if any(category(character) in ("Cc", "Cs") or character == "\ufeff" for character in text):
        raise ConfigError(f"{source}: contains a line break or another control character")
    return text
