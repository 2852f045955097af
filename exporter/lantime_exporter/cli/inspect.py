"""``lantime-exporter inspect``: all values of one device in readable form, and reports to attach to an issue."""

import json
import os
import shutil
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

from lantime_exporter import collectors
from lantime_exporter.bounds import Deadline
from lantime_exporter.cli import output
from lantime_exporter.cli.arguments import Arguments
from lantime_exporter.cli.configuration import device_settings
from lantime_exporter.config.settings import Module
from lantime_exporter.device.client import DeviceClient
from lantime_exporter.device.exchange import Exchange
from lantime_exporter.device.tls import TlsContexts
from lantime_exporter.document.parse import parse
from lantime_exporter.errors import ContentError, ExporterError, RequestError, unreadable
from lantime_exporter.formatting import format_exact_duration, format_size, format_time
from lantime_exporter.inspection.anonymise import REPORT, report
from lantime_exporter.inspection.leaf_account import inspect_document
from lantime_exporter.inspection.page import page
from lantime_exporter.mapping.mapper import Mapper
from lantime_exporter.mapping.registry import CollectorRegistry
from lantime_exporter.probe.probe import STATUS
from lantime_exporter.probe.targets import TargetRegistry

WIDTH = 100
"""Columns if the output is not a terminal."""

ABOUT_REPORT = (
    "anonymised response. Numbers, state words, models, versions and times are kept; every other text and the position "
    "are replaced. Read it before you send it."
)


Response = tuple[str, bytes, str, Module]
"""Where a response comes from, its body, details of the request, and the module that maps it."""


def run(arguments: Arguments, environ: Mapping[str, str]) -> int:
    """Print the values of a device and write the files.

    Raises RequestError for an invalid command line, other errors of this package for a device or a file that fails.
    """
    loaded = collectors.load()
    for file in filter(None, (arguments.json, arguments.report)):
        _check_writable(file)
    origin, body, details, module = _saved(arguments) if arguments.source else _fetched(arguments, environ, loaded)
    try:
        document = parse(body)
    except ContentError as error:
        raise ContentError(f"{origin}: {error}") from None
    document.pop(REPORT, None)  # not part of the status
    inspection = inspect_document(Mapper(loaded, module), document)
    output.write(f"{origin}: {format_size(len(body))}{details}\n\n")
    output.write(page(inspection, shutil.get_terminal_size((WIDTH, 24)).columns))
    if arguments.json:
        _write_file(arguments.json, body)
        output.write(f"{arguments.json}: the unchanged response; it identifies the device, do not publish it\n")
    if arguments.report:
        _write_file(arguments.report, f"{json.dumps(report(document), indent=1)}\n".encode())
        output.write(f"{arguments.report}: {ABOUT_REPORT}\n")
    return 0


def _saved(arguments: Arguments) -> Response:
    """Return the response in a file. Raises ExporterError."""
    file: Path = arguments.source
    if arguments.target is not None:
        raise RequestError("give either TARGET or --from")
    try:
        return str(file), file.read_bytes(), "", Module()
    except OSError as error:
        raise ExporterError(f"{file}: {unreadable(error)}") from None


def _fetched(arguments: Arguments, environ: Mapping[str, str], loaded: CollectorRegistry) -> Response:
    """Return the response of the device. Raises ExporterError."""
    settings, target = device_settings(arguments, environ, loaded)
    device = TargetRegistry(settings).find(target, arguments.auth, arguments.module)
    module = settings.module_for(device.module, device.fingerprint_sha256)
    client = DeviceClient(device.endpoint, settings.auths[device.auth], module, contexts=TlsContexts())
    with closing(client):
        fetch = client.fetch(STATUS, Deadline.after(module.timeout))
    if fetch.error is not None:
        raise fetch.error if arguments.config_file else ExporterError(_with_flags(str(fetch.error)))
    return f"{device.endpoint.url}{STATUS}", fetch.body or b"", _details(fetch.exchanges[-1]), module


def _details(exchange: Exchange) -> str:
    rtt = "" if exchange.rtt is None else f" in {format_exact_duration(exchange.rtt)}"
    end = exchange.certificate_not_after
    return rtt if end is None else f"{rtt}, certificate valid until {format_time(end)}"


def _check_writable(file: Path) -> None:
    """Raise ExporterError if a file cannot be written, before a request is sent."""
    is_new = not file.exists()
    _write_file(file, b"", flags=0)
    if is_new:
        file.unlink()


def _write_file(file: Path, body: bytes, *, flags: int = os.O_TRUNC) -> None:
    """Write a file that only its owner may read. Raises ExporterError."""
    try:
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | flags, 0o600), "wb") as opened:
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
"""Advice in errors: keys of the configuration, and the flags of this command that replace them."""


def _with_flags(text: str) -> str:
    """Return the text of an error, with flags instead of keys."""
    for keys, flags in FLAGS:
        text = text.replace(keys, flags)
    return text
