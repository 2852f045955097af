"""The command line."""

import argparse
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from lantime_exporter import __revision__, __version__
from lantime_exporter.cli import inspect, prometheus
from lantime_exporter.cli.strict_parser import StrictParser

PORT = 10124
LISTEN = f":{PORT}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What serving needs to know."""

    config_file: Path | None
    listen_addresses: tuple[str, ...]
    web_config_file: Path | None
    log_level: str
    log_format: str


def parser() -> StrictParser:
    """Return the parser; usage errors end the program with status 2."""
    top = StrictParser(
        prog="lantime-exporter",
        description="Prometheus exporter for Meinberg LANTIME time servers.",
        epilog="Without a command it serves. A single device needs no file: set LANTIME_TARGET, LANTIME_USERNAME and "
        "LANTIME_PASSWORD or LANTIME_PASSWORD_FILE.",
        allow_abbrev=False,
    )
    top.add_argument("--version", action="version", version=f"lantime-exporter {__version__} ({build()})")
    _serving(top)
    top.add_argument("--config.check", dest="check_only", action="store_true", help="check the configuration and end")
    commands = top.add_subparsers(dest="command", metavar="COMMAND")
    add_command = partial(commands.add_parser, allow_abbrev=False)
    demo = add_command("demo", help="serve simulated devices on loopback, no configuration needed")
    demo.add_argument(
        "--web.listen-address",
        dest="listen_address",
        default=f"127.0.0.1:{PORT}",
        metavar="HOST:PORT",
        help="default %(default)s",
    )
    demo.add_argument(
        "--with-prometheus",
        dest="prometheus_address",
        nargs="?",
        const=prometheus.ANY_PORT,
        metavar="HOST:PORT",
        help="also start the Prometheus of this machine, on loopback and a free port or where it is told to listen",
    )
    check = add_command("check", help="check a configuration file")
    check.add_argument("file", type=Path, nargs="?", metavar="FILE")
    check.add_argument(
        "--config.file",
        dest="config_file",
        type=Path,
        default=argparse.SUPPRESS,
        metavar="FILE",
        help="the same as FILE alone",
    )
    check.add_argument(
        "--without-secrets",
        action="store_true",
        help="do not read passwords, whose files may exist only while the service runs",
    )
    inspect.add_arguments(add_command("inspect", help="show everything that a device says"))
    top.commands = tuple(commands.choices)
    return top


def parse(argv: Sequence[str] | None) -> argparse.Namespace:
    """Return the arguments; ``check`` has one file. Usage errors end the program with status 2."""
    top = parser()
    given = top.parse_args(argv)
    if given.command == "check":
        if (given.file is None) == (given.config_file is None):
            top.error("check needs one file: lantime-exporter check FILE")
        given.file = given.file or given.config_file
    return given


def _serving(top: argparse.ArgumentParser) -> None:
    top.add_argument("--config.file", dest="config_file", type=Path, metavar="FILE", help="targets, auths, modules")
    top.add_argument(
        "--web.listen-address",
        dest="listen_addresses",
        action="append",
        metavar="HOST:PORT",
        help=f"address to listen on, repeatable; default {LISTEN}, which is all interfaces",
    )
    top.add_argument(
        "--web.config.file", dest="web_config_file", type=Path, metavar="FILE", help="TLS and basic authentication"
    )
    top.add_argument(
        "--log.level",
        dest="log_level",
        choices=("debug", "info", "warn", "error"),
        default="info",
        help="default %(default)s",
    )
    top.add_argument(
        "--log.format", dest="log_format", choices=("logfmt", "json"), default="logfmt", help="default %(default)s"
    )


def options(arguments: argparse.Namespace) -> Options:
    """Return the part of the arguments that serving needs."""
    return Options(
        config_file=arguments.config_file,
        listen_addresses=tuple(arguments.listen_addresses or (LISTEN,)),
        web_config_file=arguments.web_config_file,
        log_level=arguments.log_level,
        log_format=arguments.log_format,
    )


def build() -> str:
    """Return what this program was built from: the revision where it is known, and Python."""
    python = f"{platform.python_implementation()} {platform.python_version()}"
    return python if __revision__.startswith("$") else f"revision {__revision__[:12]}, {python}"
