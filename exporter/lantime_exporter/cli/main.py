"""Entry point: picks the command, turns errors into lines and exit codes.

Exit codes: 0 for success and an orderly end, 1 for a configuration or address that cannot be used or a device that does
not answer, 2 for a wrong command line, 130 when Ctrl-C ended a command that has no orderly end.
"""

import os
from collections.abc import Mapping, Sequence

from lantime_exporter.cli import arguments, check, demo, inspect, output, serve
from lantime_exporter.errors import ConfigError, ExporterError


def main(argv: Sequence[str] | None = None, environ: Mapping[str, str] = os.environ) -> int:
    """Run a command and return its exit code."""
    try:
        code = _run(argv, environ)
        output.flush()
    except ConfigError as error:
        output.write_error("\n".join(error.problems))
        return 1
    except ExporterError as error:
        output.write_error(str(error))
        return 1
    except KeyboardInterrupt:
        return 130
    return code


def _run(argv: Sequence[str] | None, environ: Mapping[str, str]) -> int:
    try:
        given = arguments.parse(argv)
    except SystemExit as end:  # argparse answered --help or --version, or refused the arguments
        return end.code if isinstance(end.code, int) else 0
    if given.command == "demo":
        return demo.run(given.listen_address, given.prometheus_address)
    if given.command == "check":
        return check.run(given.file, reads_secrets=not given.without_secrets)
    if given.command == "inspect":
        return inspect.inspect(inspect.options(given))
    if given.check_only:
        return check.everything(arguments.options(given), environ)
    return serve.run(arguments.options(given), environ)
