"""What commands print: to a closed pipe, a full disk or a terminal of another encoding too."""

import os
import sys
from contextlib import suppress
from typing import TextIO

from lantime_exporter.errors import ExporterError


def write(text: str) -> None:
    """Write to standard output; a character that its encoding does not have becomes a question mark.

    A reader that closed the pipe wants no more, so the rest is discarded. Raises ExporterError for a full disk.
    """
    encoding = sys.stdout.encoding or "utf-8"
    try:
        print(text.encode(encoding, "replace").decode(encoding), end="", flush=True)  # noqa: T201
    except BrokenPipeError:
        _discard(sys.stdout)
    except OSError as error:
        _discard(sys.stdout)
        raise ExporterError(f"standard output: cannot be written: {error.strerror}") from None


def flush() -> None:
    """Write what is still buffered, such as the text of ``--help``. Raises ExporterError for a full disk."""
    write("")


def write_error(text: str) -> None:
    """Write a line to standard error, if anybody reads it."""
    try:
        print(text, file=sys.stderr, flush=True)  # noqa: T201
    except OSError:
        _discard(sys.stderr)


def _discard(stream: TextIO) -> None:
    """Send what is still buffered nowhere; Python writes it at its end and would print a traceback."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
