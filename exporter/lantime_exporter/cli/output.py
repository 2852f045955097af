"""Text on standard output, which may be a closed pipe, a full disk or a terminal of another encoding."""

import os
import sys

from lantime_exporter.errors import ExporterError


def write(text: str) -> None:
    """Write to standard output; a character that its encoding does not have becomes a question mark.

    A reader that closed the pipe wants no more, so the rest is discarded. Raises ExporterError for a full disk.
    """
    encoding = sys.stdout.encoding or "utf-8"
    try:
        print(text.encode(encoding, "replace").decode(encoding), end="", flush=True)  # noqa: T201
    except BrokenPipeError:
        _discard_output()
    except OSError as error:
        _discard_output()
        raise ExporterError(f"standard output: cannot be written: {error.strerror}") from None


def _discard_output() -> None:
    """Send what is still buffered nowhere; Python writes it at its end and would print a traceback."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
