"""The command line."""

import argparse
import math
import platform
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from lantime_exporter import __revision__, __version__
from lantime_exporter.config.environment import PASSWORD, PASSWORD_FILE, TARGET, USERNAME
from lantime_exporter.config.problems import did_you_mean, known
from lantime_exporter.config.value_types import fingerprint_digits
from lantime_exporter.errors import RequestError

PORT = 10124
LISTEN = f":{PORT}"
ANY_PORT = "127.0.0.1:0"


class Arguments(argparse.Namespace):
    """The parsed command line; ``command`` names the module of this folder that runs it, ``timeout`` is in seconds."""

    command: str
    config_file: Path | None = None
    listen_addresses: list[str] | None
    web_config_file: Path | None
    log_level: str
    log_format: str
    check_only: bool
    without_secrets: bool = False

    target: str | None
    auth: str | None
    module: str | None
    username: str | None
    password_file: Path | None
    insecure: bool
    ca_file: Path | None
    fingerprint: str | None
    timeout: float | None


class StrictParser(argparse.ArgumentParser):
    """Names unknown flags and commands, and the ones that were probably meant.

    It checks for them first, because argparse would report the word after them.
    """

    commands: Sequence[str] = ()
    """The first argument that is not a flag must be one of these; if empty, any is allowed."""

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """Parse; usage errors end the program with status 2."""
        if problem := self._problem(sys.argv[1:] if args is None else args):
            self.error(problem)
        return super().parse_known_args(args, namespace)

    def _problem(self, words: Sequence[str]) -> str | None:
        rest = iter(words)
        for word in rest:
            if word == "--":
                return None
            if word.startswith("-") and word != "-":
                flag, equals, _ = word.partition("=")
                action = self._option_string_actions.get(flag)
                if action is None:
                    return f"unknown flag {flag}{did_you_mean(flag, self._option_string_actions)}"
                if action.nargs is None and not equals:
                    next(rest, None)
            elif self.commands:
                return None if word in self.commands else self._unknown_command(word)
        return None

    def _unknown_command(self, word: str) -> str:
        if "." in word or "/" in word:
            return f'unknown command "{word}" (did you mean --config.file {word}?)'
        return f'unknown command "{word}"{did_you_mean(word, self.commands)}, {known(self.commands)}'


def parser() -> StrictParser:
    """Return the parser; usage errors end the program with status 2."""
    # The flag may stand before or after the command, so none of the parsers has a default that hides it.
    config = StrictParser(add_help=False, argument_default=argparse.SUPPRESS)
    help_text = "configuration: targets, auths, modules"
    config.add_argument("--config.file", dest="config_file", type=Path, metavar="FILE", help=help_text)
    top = StrictParser(
        parents=[config],
        prog="lantime-exporter",
        description="Prometheus exporter for Meinberg LANTIME time servers.",
        epilog="Without a command, the exporter runs until a signal stops it. A single device needs no file: set "
        f"{TARGET}, {USERNAME} and {PASSWORD} or {PASSWORD_FILE}.",
    )
    top.add_argument("--version", action="version", version=f"lantime-exporter {__version__} ({build()})")
    _add_serving(top)
    commands = top.add_subparsers(dest="command", metavar="COMMAND")
    _add_demo(commands.add_parser("demo", help="run with simulated devices; needs no configuration"))
    _add_check(commands.add_parser("check", parents=[config], help="check a configuration file"))
    _add_inspect(commands.add_parser("inspect", parents=[config], help="show all values of a device"))
    top.commands = tuple(commands.choices)
    return top


def parse(argv: Sequence[str] | None) -> Arguments:
    """Return the arguments; ``check`` has one file. Usage errors end the program with status 2."""
    top = parser()
    given: Arguments = top.parse_args(argv, Arguments())
    if given.command == "check":
        if (given.file is None) == (given.config_file is None):
            top.error("check needs one file: lantime-exporter check FILE")
        given.config_file = given.file or given.config_file
    given.command = given.command or ("check" if given.check_only else "serve")
    return given


def build() -> str:
    """Return the revision of this program, if it is known, and the version of Python."""
    python = f"{platform.python_implementation()} {platform.python_version()}"
    return python if __revision__.startswith("$") else f"revision {__revision__[:12]}, {python}"


def _add_serving(top: argparse.ArgumentParser) -> None:
    top.add_argument(
        "--web.listen-address",
        dest="listen_addresses",
        action="append",
        metavar="HOST:PORT",
        help=f"address to listen on, repeatable; default {LISTEN}, on all interfaces",
    )
    web_help = "TLS and basic authentication of the exporter"
    top.add_argument("--web.config.file", dest="web_config_file", type=Path, metavar="FILE", help=web_help)
    choice = partial(top.add_argument, help="default %(default)s")
    choice("--log.level", dest="log_level", choices=("debug", "info", "warn", "error"), default="info")
    choice("--log.format", dest="log_format", choices=("logfmt", "json"), default="logfmt")
    top.add_argument("--config.check", dest="check_only", action="store_true", help="check the configuration and exit")


def _add_demo(demo: argparse.ArgumentParser) -> None:
    demo.add_argument(
        "--web.listen-address",
        dest="listen_address",
        default=f"127.0.0.1:{PORT}",
        metavar="HOST:PORT",
        help="address to listen on; default %(default)s",
    )
    demo.add_argument(
        "--with-prometheus",
        dest="prometheus_address",
        nargs="?",
        const=ANY_PORT,
        metavar="HOST:PORT",
        help="also start Prometheus, which must be installed; default address: loopback, a free port",
    )


def _add_check(check: argparse.ArgumentParser) -> None:
    check.add_argument("file", type=Path, nargs="?", metavar="FILE", help="configuration to check")
    check.add_argument(
        "--without-secrets",
        action="store_true",
        help="do not read passwords, which may exist only where the service runs",
    )


def _add_inspect(inspect: argparse.ArgumentParser) -> None:
    inspect.description = (
        "Show all values of a device as tables, what the exporter does with each leaf of the status tree, and the "
        "values that it cannot decode. Sends one request for the status."
    )
    inspect.epilog = (
        "User and password come from the configuration, else from --username and --password-file, else from "
        f"{USERNAME} and {PASSWORD} or {PASSWORD_FILE}; else the command prompts. Exit codes: 0 success, "
        "1 the device or a file failed, 2 invalid command line."
    )
    add, file = inspect.add_argument, partial(inspect.add_argument, type=Path, metavar="FILE")
    add("target", nargs="?", metavar="TARGET", help=f"name or address of the device; default ${TARGET}")
    file("--from", dest="source", help="inspect a saved response or report")
    add("--auth", metavar="NAME", help="credentials from the configuration")
    add("--module", metavar="NAME", help="module from the configuration")
    add("--username", metavar="USER", help="user on the device, if there is no configuration")
    file("--password-file", help="file with the user's password")
    trust = inspect.add_mutually_exclusive_group()
    trust.add_argument("--insecure", action="store_true", help="accept any certificate of the device")
    trust.add_argument(
        "--fingerprint",
        type=_fingerprint,
        metavar="SHA256",
        help="SHA-256 fingerprint of the only certificate to accept, for a self-signed one",
    )
    trust.add_argument("--ca-file", type=Path, metavar="FILE", help="CA certificates to trust instead of the system's")
    add("--timeout", type=_seconds, metavar="S", help="maximum time for the request, in seconds")
    file("--report", help="write the anonymised response, to attach to a bug report")
    file("--json", help="write the unchanged response, for --from")


def _fingerprint(text: str) -> str:
    try:
        return fingerprint_digits(text)
    except RequestError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = math.nan
    if not 0 < seconds < math.inf:
        raise argparse.ArgumentTypeError("must be a number of seconds above 0")
    return seconds
