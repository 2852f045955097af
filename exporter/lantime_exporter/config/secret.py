"""Secrets, which are never shown; and the files and variables that a configuration names."""

import os
import re
import stat
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated
from unicodedata import category

from yaml.nodes import Node

from lantime_exporter.config.problems import fail
from lantime_exporter.config.value_types import SHOWN, Context, ValueType, from_text, read_name, read_text
from lantime_exporter.errors import ConfigError, unreadable
from lantime_exporter.pem import check_authorities

MAX_SECRET_BYTES = 64 * 1024


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


def read_source(literal: str | Secret | None, file: Path | None, variable: str | None) -> str:
    """Return the text of the source that is given. Raises ConfigError, see ``read_text_file``."""
    if file:
        return read_text_file(file)
    if variable:
        return read_variable(variable)
    return literal.text if isinstance(literal, Secret) else literal or ""


def _checked(text: str, source: str) -> str:
    text = without_additions(text)
    if not text:
        raise ConfigError(f"{source}: is empty")
    if any(category(character) in ("Cc", "Cs") or character == "\ufeff" for character in text):
        raise ConfigError(f"{source}: contains a line break or another control character")
    return text


def _read_variable(node: Node, context: Context) -> str:
    name = read_text(node, context)
    if not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", name):
        fail("must be the name of an environment variable")
    if context.reads_secrets:
        read_variable(name)
    return name


def _file(check: Callable[[Path], object], *, is_secret: bool = False) -> ValueType:
    def read(node: Node, context: Context) -> Path:
        name = read_name(node, context)
        if name.startswith("~"):
            fail("~ is not expanded: write the whole path")
        path = context.base / name
        if context.reads_secrets or not is_secret:
            check(path)
        return path

    return ValueType("file", read)


def _check_readable(path: Path) -> None:
    try:
        with path.open("rb") as file:
            file.read(1)
    except OSError as error:
        fail(f"{path}: {unreadable(error)}")


LiteralSecret = Annotated[Secret, ValueType("text", from_text(Secret))]
TextFile = Annotated[Path, _file(read_text_file, is_secret=True)]
Variable = Annotated[str, ValueType("name of a variable", _read_variable)]
File = Annotated[Path, _file(_check_readable)]
AuthoritiesFile = Annotated[Path, _file(check_authorities)]
