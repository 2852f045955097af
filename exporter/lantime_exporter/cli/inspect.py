"""``lantime-exporter inspect``: everything that one device says, for a person, and reports to attach to an issue."""

import argparse
import getpass
import json
import math
import os
import re
import shutil
import sys
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lantime_exporter import collectors
from lantime_exporter.cli import output
from lantime_exporter.config import Module
from lantime_exporter.config.environment import PASSWORD, PASSWORD_FILE, TARGET, USERNAME
from lantime_exporter.deadline import Deadline
from lantime_exporter.device.client import DeviceClient
from lantime_exporter.device.exchange import Exchange
from lantime_exporter.device.tls import TlsContexts
from lantime_exporter.document.parse import parse
from lantime_exporter.errors import ContentError, DeviceError, ExporterError, RequestError
from lantime_exporter.inspection import device_options
from lantime_exporter.inspection.device_options import DeviceOptions, Terminal
from lantime_exporter.inspection.leaf_account import inspect_document
from lantime_exporter.inspection.page import page
from lantime_exporter.inspection.report import report, without_report
from lantime_exporter.inspection.titles import titles
from lantime_exporter.inspection.units import moment, size, span
from lantime_exporter.mapping.mapper import Mapper
from lantime_exporter.mapping.registry import CollectorRegistry
from lantime_exporter.probe.probe import STATUS
from lantime_exporter.probe.targets import TargetRegistry

WIDTH = 100
"""Columns where the output is no terminal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InspectOptions:
    """What to inspect, and which files to write.

    ``source`` is a saved answer, instead of a device; ``report`` becomes the anonymised answer, ``json`` the answer as
    it came.
    """

    access: DeviceOptions = field(default_factory=DeviceOptions)
    source: Path | None = None
    report: Path | None = None
    json: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What is inspected: the body, where it comes from, how it came in words, and the module that maps it."""

    body: bytes
    origin: str
    manner: str = ""
    module: Module = field(default_factory=Module)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command understands."""
    parser.description = (
        "Shows everything that a device says as tables, what becomes of each leaf of its status tree, and the fields "
        "that were not understood. The device is asked once, for its status."
    )
    parser.epilog = (
        "User and password: from the configuration; without one from --username and --password-file, else "
        f"{USERNAME} and {PASSWORD} or {PASSWORD_FILE}, else asked for. Exit codes: 0 shown, 1 the device or a file "
        "failed, 2 wrong command line."
    )
    parser.add_argument("target", nargs="?", metavar="TARGET", help=f"name or address of the device; default ${TARGET}")
    parser.add_argument("--from", dest="source", type=Path, metavar="FILE", help="inspect a saved answer or report")
    parser.add_argument(
        "--config.file",
        dest="config_file",
        type=Path,
        metavar="FILE",
        # The command line before the word inspect may have it too.
        default=argparse.SUPPRESS,
        help="TARGET is one of this configuration",
    )
    parser.add_argument("--auth", metavar="NAME", help="credentials of the configuration")
    parser.add_argument("--module", metavar="NAME", help="module of the configuration")
    parser.add_argument("--username", metavar="USER", help="user on the device, without a configuration")
    parser.add_argument("--password-file", type=Path, metavar="FILE", help="file that holds the user's password")
    trust = parser.add_mutually_exclusive_group()
    trust.add_argument("--insecure", action="store_true", help="accept any certificate of the device")
    trust.add_argument(
        "--fingerprint",
        type=_fingerprint,
        metavar="SHA256",
        help="the one certificate to accept, by its SHA-256 fingerprint, for a device with a self-signed one",
    )
    trust.add_argument("--ca-file", type=Path, metavar="FILE", help="authorities to trust instead of the system's")
    parser.add_argument("--timeout", type=_seconds, metavar="S", help="seconds that the device may take")
    parser.add_argument(
        "--report", type=Path, metavar="FILE", help="write the answer anonymised, to attach to a bug report"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the answer as it came, for --from")


def _fingerprint(text: str) -> str:
    """Return the 64 digits of a fingerprint, also of the line that openssl prints."""
    digits = text.rpartition("=")[2].replace(":", "").strip().lower()
    if not re.fullmatch(r"[0-9a-f]{64}", digits):
        raise argparse.ArgumentTypeError("must be a SHA-256 fingerprint: 64 hexadecimal digits, with or without colons")
    return digits


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = math.nan
    if not 0 < seconds < math.inf:
        raise argparse.ArgumentTypeError("must be a number of seconds above 0")
    return seconds


def options(arguments: argparse.Namespace) -> InspectOptions:
    """Return the arguments of the command."""
    return InspectOptions(
        access=DeviceOptions(
            target=arguments.target,
            config_file=getattr(arguments, "config_file", None),
            auth=arguments.auth,
            module=arguments.module,
            username=arguments.username,
            password_file=arguments.password_file,
            insecure=arguments.insecure,
            ca_file=arguments.ca_file,
            fingerprint=arguments.fingerprint,
            timeout=arguments.timeout,
        ),
        source=arguments.source,
        report=arguments.report,
        json=arguments.json,
    )


def inspect(options: InspectOptions, environ: Mapping[str, str] = os.environ) -> int:
    """Show a device, write the files and return the exit code. Raises ConfigError."""
    loaded = collectors.load()
    try:
        answer = _saved(options) if options.source else _fetched(options.access, environ, loaded)
        document = _parsed(answer)
        found = inspect_document(Mapper(loaded, answer.module), document)
    except RequestError as error:
        return _failed(str(error), 2)
    except DeviceError as error:
        text = str(error) if options.access.config_file else _with_flags(str(error))
        return _failed(f"{text} ({error.reason})", 1)
    except OSError as error:
        return _failed(f"{error.filename}: cannot be read: {error.strerror}", 1)
    try:
        output.write(f"{answer.origin}: {size(len(answer.body))}{answer.manner}\n\n")
        output.write(page(found, titles(), shutil.get_terminal_size((WIDTH, 24)).columns))
        _write_files(options, answer, document)
    except ExporterError as error:
        return _failed(str(error), 1)
    return 0


def _saved(options: InspectOptions) -> Answer:
    """Return the answer in a file. Raises OSError, RequestError."""
    if options.source is None or options.access.target is not None:
        raise RequestError("give either TARGET or --from")
    return Answer(body=options.source.read_bytes(), origin=str(options.source))


def _fetched(given: DeviceOptions, environ: Mapping[str, str], loaded: CollectorRegistry) -> Answer:
    """Return the answer of the device. Raises ConfigError, RequestError, DeviceError."""
    names = tuple(collector.name for collector in loaded.collectors)
    settings, target = device_options.settings(given, environ, _terminal(), names)
    device = TargetRegistry(settings).find(target, given.auth, given.module)
    module = settings.module_for(device.module, device.fingerprint_sha256)
    client = DeviceClient(device.endpoint, settings.auths[device.auth], module, contexts=TlsContexts())
    with closing(client):
        fetch = client.fetch(STATUS, Deadline.after(module.timeout))
    if fetch.error is not None or fetch.body is None:
        raise fetch.error or ContentError(f"{device.endpoint.authority}: empty answer")
    origin, manner = f"{device.endpoint.url}{STATUS}", _manner(fetch.exchanges[-1])
    return Answer(body=fetch.body, origin=origin, manner=manner, module=module)


def _manner(exchange: Exchange) -> str:
    rtt = "" if exchange.rtt is None else f" in {span(exchange.rtt)}"
    end = exchange.certificate_not_after
    return rtt if end is None else f"{rtt}, certificate valid until {moment(end)}"


def _terminal() -> Terminal | None:
    """Return the terminal, None where nobody sits at it."""
    return Terminal(ask=input, ask_secretly=getpass.getpass) if sys.stdin.isatty() else None


def _parsed(answer: Answer) -> dict[str, Any]:
    try:
        return without_report(parse(answer.body))
    except ContentError as error:
        raise ContentError(f"{answer.origin}: {error}") from None


def _write_files(options: InspectOptions, answer: Answer, document: dict[str, Any]) -> None:
    """Write the files that were asked for. Raises ExporterError."""
    if options.json:
        _write_file(options.json, answer.body)
        output.write(f"{options.json}: the answer as it came; it names the device, do not publish it\n")
    if options.report:
        text = json.dumps(report(document), indent=1)
        _write_file(options.report, f"{text}\n".encode())
        output.write(
            f"{options.report}: anonymised answer. Numbers, state words, models, versions and times are kept; every "
            "other text and the position are replaced. Read it before you send it.\n"
        )


def _write_file(file: Path, body: bytes) -> None:
    """Write a file that only its owner may read, a report too until it is sent. Raises ExporterError."""
    try:
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as opened:
            opened.write(body)
    except OSError as error:
        raise ExporterError(f"{file}: cannot be written: {error.strerror}") from None


COMPARED = "compare the fingerprint with the device's, then use --fingerprint"
FLAGS = (
    ("set tls.server_name or tls.fingerprint_sha256", COMPARED),
    ("set tls.ca_file or tls.fingerprint_sha256", f"{COMPARED}, or use --ca-file"),
    ("tls.fingerprint_sha256", "--fingerprint"),
    ("tls.ca_file", "--ca-file"),
)
"""Advice of errors in keys of the configuration, and the same in flags of this command."""


def _with_flags(text: str) -> str:
    """Return an error of a device with its advice in the words of the command line."""
    for keys, flags in FLAGS:
        text = text.replace(keys, flags)
    return text


def _failed(problem: str, code: int) -> int:
    print(f"lantime-exporter inspect: {problem}", file=sys.stderr)  # noqa: T201
    return code
