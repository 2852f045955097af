"""Entry point: runs the command, turns errors into lines and exit codes.

Exit codes: 0 for success and a normal end, 1 for an unusable configuration or address or a device that does not answer,
2 for a wrong command line, 130 if Ctrl-C interrupted a command.
"""

import os
from collections.abc import Mapping, Sequence
from importlib import import_module

from lantime_exporter.cli import arguments, output
from lantime_exporter.errors import ExporterError, RequestError


def main(argv: Sequence[str] | None = None, environ: Mapping[str, str] = os.environ) -> int:
    """Run a command and return its exit code."""
    try:
        code = _run(argv, environ)
        output.write("")  # what is still buffered, such as the text of --help
    except ExporterError as error:
        output.write_error(str(error))
        return 2 if isinstance(error, RequestError) else 1
    except KeyboardInterrupt:
        return 130
    return code


def _run(argv: Sequence[str] | None, environ: Mapping[str, str]) -> int:
    try:
        given = arguments.parse(argv)
    except SystemExit as end:  # argparse printed --help or --version, or rejected the arguments
        return end.code if isinstance(end.code, int) else 0
    # Only the chosen command is imported: --version takes a fifth of the time, and serving needs no simulator.
    command = import_module(f"lantime_exporter.cli.{given.command}")
    return int(command.run(given, environ))
