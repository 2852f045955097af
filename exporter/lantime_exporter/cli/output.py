"""Output of commands, also to a closed pipe, a full disk or a terminal with another encoding."""

import os
import sys
from contextlib import suppress
from typing import TextIO

from lantime_exporter.errors import ExporterError


def write(text: str) -> None:
    """Write to standard output; a character that its encoding does not have becomes a question mark.

    If the reader closed the pipe, the rest is discarded. Raises ExporterError for a full disk.
    """
    encoding = sys.stdout.encoding or "utf-8"
    try:
        print(text.encode(encoding, "replace").decode(encoding), end="", flush=True)  # noqa: T201
    except BrokenPipeError:
        _discard(sys.stdout)
    except OSError as error:
        _discard(sys.stdout)
        raise ExporterError(f"standard output: cannot be written: {error.strerror}") from None


def write_error(text: str) -> None:
    """Write a line to standard error, if it is open."""
    try:
        print(text, file=sys.stderr, flush=True)  # noqa: T201
    except OSError:
        _discard(sys.stderr)


def _discard(stream: TextIO) -> None:
    """Discard the buffer, which Python would write at its end with a traceback."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
