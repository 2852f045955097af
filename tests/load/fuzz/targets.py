"""The fuzzed functions of bytes, which must never raise, and valid examples to start with."""

import io
import json
import socket
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPException, HTTPResponse
from pathlib import Path
from typing import Any, cast

import atheris  # type: ignore[import-untyped]
import urllib3
from lantime_exporter.bounds import NEVER, Deadline, LargeResponses
from lantime_exporter.collectors import load
from lantime_exporter.config.load import load as load_configuration
from lantime_exporter.config.load import parse, redacted
from lantime_exporter.config.settings import Module, Settings
from lantime_exporter.config.value_types import Context
from lantime_exporter.device.auth import read_token
from lantime_exporter.device.client import check_tree, read_body
from lantime_exporter.device.deadline_socket import RequestTiming
from lantime_exporter.document.parse import parse as parse_document
from lantime_exporter.document.parse import parse_slot
from lantime_exporter.errors import ConfigError, ContentError
from lantime_exporter.mapping.mapper import Mapper
from lantime_exporter.mapping.plan_cache import LastPlans
from lantime_exporter.probe.service import ProbeService
from lantime_exporter.web import web_config
from lantime_exporter.web.exporter_metrics import ExporterMetrics
from lantime_exporter.web.message import encode_head
from lantime_exporter.web.request_parser import BadRequest, body_length, read_request
from lantime_exporter.web.routes import endpoints
from lantime_simulator import CATALOGUE, Lantime
from urllib3.exceptions import HTTPError

from tests.load.fuzz.checks import check_mapped, need
from tests.load.fuzz.mutate import mutated

Target = Callable[[bytes], None]

COLLECTORS = load()
MAPPER = Mapper(COLLECTORS, Module(generic_status=True))
KINDS = ("m600", "m3000", "m3000-flat", "m1000")
LARGEST = 1024 * 1024


def parts(kind: str) -> Iterator[dict[str, Any]]:
    """Yield the document of a device in small pieces, one section or card each: small ones are fast."""
    whole = Lantime(CATALOGUE[kind]()).document()
    for name, section in whole["data"].items():
        slots = section.pop("slots", ()) if isinstance(section, dict) else ()
        yield {"data": {name: section, "system": {}}}
        for slot in slots:
            yield {"data": {name: {"slots": [slot]}}}


DOCUMENTS = tuple(part for kind in KINDS for part in parts(kind))
LAST_PLANS = tuple(LastPlans() for _ in DOCUMENTS)


def document(data: bytes) -> None:
    """Map any bytes as a response."""
    with suppress(ContentError):
        read_token(data)
    for read in (parse_document, lambda body: parse_slot(body, "clk1")):
        with suppress(ContentError):
            check_tree(data)
            check_mapped(MAPPER.map(read(data)))


def change(data: bytes) -> None:
    """Map valid responses with changes chosen by the fuzzer."""
    provider = atheris.FuzzedDataProvider(data)

    def choose(below: int) -> int:
        return int(provider.ConsumeIntInRange(0, below - 1))

    number = choose(len(DOCUMENTS))
    body = json.dumps(mutated(DOCUMENTS[number], choose)).encode()
    with suppress(ContentError):
        mapped = MAPPER.map_response(body, lambda: parse_document(body), (), NEVER, LAST_PLANS[number])
        check_mapped(mapped)
        decoded = MAPPER.map(parse_document(body))
        need(mapped.families == decoded.families, "comparing two texts finds what decoding finds")


NOWHERE = Context(base=Path("/nowhere"))


def configuration(data: bytes) -> None:
    """Read any bytes as a configuration; an accepted one must be the same after redaction and reading."""
    try:
        settings = parse(data.decode("utf-8", "replace"), "config.yml", NOWHERE)
    except ConfigError as error:
        need(all(len(problem.splitlines()) == 1 for problem in error.problems), "each problem is one line")
        return
    with suppress(ConfigError):  # a redacted secret can be one that the keys of the original are too many for
        parse(redacted(settings), "redacted", NOWHERE)


FOLDER = Path(tempfile.mkdtemp(prefix="fuzz-"))


def web_configuration(data: bytes) -> None:
    """Read any bytes as the file of ``--web.config.file``, and as the configuration file."""
    file = FOLDER / "web.yml"
    file.write_bytes(data)
    for read in (web_config.load, load_configuration):
        with suppress(ConfigError):
            read(file)


def _reload() -> str:
    raise ConfigError("config.yml: nothing to read")


EXPORTER = ProbeService(lambda: Settings(auths={}, modules={"default": Module()}), COLLECTORS)
ANSWER = endpoints(EXPORTER, ExporterMetrics(now=0), _reload, clock=lambda: 0.0)


def request(data: bytes) -> None:
    """Handle any bytes as a request to the exporter."""
    try:
        read = read_request(io.BytesIO(data))
        if read is None:
            return
        body_length(read.headers)
    except BadRequest as error:
        need(400 <= error.status < 600, "a malformed request has a status")
        return
    response = ANSWER(read)
    need(response.status != 500 or read.path == "/-/reload", "no request is a fault of the exporter")
    head, end, after = encode_head(response, keep_alive=False).partition(b"\r\n\r\n")
    need(bool(end) and not after, "no response splits")
    need(all(b":" in line for line in head.split(b"\r\n")[1:]), "no header breaks out of its line")


@dataclass(frozen=True)
class _Sent:
    """A socket from which these bytes can be read."""

    data: bytes

    def makefile(self, _mode: str) -> io.BytesIO:
        return io.BytesIO(self.data)


def response(data: bytes) -> None:
    """Read any bytes as the response of a device."""
    response = HTTPResponse(cast("socket.socket", _Sent(data)), method="GET")
    timing = RequestTiming(Deadline.after(60), LARGEST)
    with response, suppress(HTTPException, HTTPError, ContentError, OSError, ValueError):
        response.begin()
        raw = urllib3.HTTPResponse(
            response, urllib3.HTTPHeaderDict(response.headers.items()), response.status, preload_content=False
        )
        body = read_body(raw, timing, LargeResponses())
        need(len(body) <= LARGEST, "no response is larger than allowed")


TARGETS: Mapping[str, Target] = {
    "document": document,
    "change": change,
    "configuration": configuration,
    "web-configuration": web_configuration,
    "request": request,
    "response": response,
}

PROBE = b"GET /probe?target=a&module=b&auth=c&slot=clk1,rel1&debug=true HTTP/1.1\r\nHost: a\r\n"
WEB = b"tls_server_config: {cert_file: a, key_file: b, client_auth_type: NoClientCert, min_version: TLS12}\n"
HASH = b"$2b$04$" + b"a" * 53


def examples(name: str) -> Iterator[bytes]:
    """Yield the initial inputs of a target."""
    good: dict[str, tuple[Any, ...]] = {
        "document": (
            *(json.dumps(part).encode() for part in DOCUMENTS),
            b'{"data": {"slot-id": "clk1", "module": {}}}',
        ),
        "change": tuple(bytes([number] * 60) for number in range(0, 256, 16)),
        "configuration": (EXAMPLE.read_bytes(), b"targets: [{address: clock1}]"),
        "web-configuration": (WEB, b"basic_auth_users: {a: '" + HASH + b"'}\n", b"http_server_config: {headers: {}}\n"),
        "request": (
            PROBE + b"X-Prometheus-Scrape-Timeout-Seconds: 9.5\r\nAccept: application/openmetrics-text\r\n\r\n",
            b"POST /-/reload HTTP/1.0\r\nContent-Length: 3\r\n\r\nabc",
            *(b"GET %s HTTP/1.1\r\nHost: a\r\nAccept-Encoding: gzip\r\n\r\n" % path.encode() for path in PATHS),
        ),
        "response": (
            b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Encoding: gzip\r\n\r\n{}",
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
            b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.0 401 No\r\nConnection: close\r\n\r\n",
        ),
    }
    yield from good[name]


EXAMPLE = Path(__file__).parents[3] / "docs" / "example.yml"
PATHS = ("/", "/metrics", "/sessions?format=json&target=a", "/sd", "/config", "/-/healthy", "http://a/-/ready")
