"""Secrets, which are never shown; and texts from files and environment variables, such as secrets."""

import os
import stat
from dataclasses import dataclass
from pathlib import Path
from unicodedata import category

from lantime_exporter.errors import ConfigError, unreadable

MAX_SECRET_BYTES = 64 * 1024

SHOWN = "<secret>"
"""What is shown in place of a secret."""


@dataclass(frozen=True, slots=True, repr=False)
class Secret:
    """A text that never prints: not in repr, logs, errors or ``/config``."""

    text: str

    def __repr__(self) -> str:
        return SHOWN

    __str__ = __repr__


def without_additions(text: str) -> str:
    """Return a text without a leading byte order mark and trailing line ends, which editors and shells add."""
    return text.removeprefix("\ufeff").rstrip("\r\n")


def read_text_file(path: Path) -> str:
    """Return the text of a file, without a leading byte order mark and trailing line ends.

    Raises ConfigError if it is missing, not regular, too long, not UTF-8, empty, or contains control characters. The
    error names the file, never its contents.
    """
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
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        # Not chained: the exception contains the bytes of the file.
        raise ConfigError(f"{path}: cannot be read: not UTF-8 text") from None
    return _checked(text, str(path))


def read_variable(name: str) -> str:
    """Return the text of an environment variable, as ``read_text_file`` does; raises ConfigError likewise."""
    text = os.environ.get(name)
    if text is None:
        raise ConfigError(f"environment variable {name}: not set")
    return _checked(text, f"environment variable {name}")


def _checked(text: str, source: str) -> str:
    text = without_additions(text)
    if not text:
        raise ConfigError(f"{source}: is empty")
    if any(category(character) in ("Cc", "Cs") or character == "\ufeff" for character in text):
        raise ConfigError(f"{source}: contains a line break or another control character")
    return text
