"""Any request, and any web configuration: a response or a reason, never an internal error."""

import io
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from lantime_exporter.collectors import load
from lantime_exporter.errors import ConfigError
from lantime_exporter.probe.service import ProbeService
from lantime_exporter.web import web_config
from lantime_exporter.web.exporter_metrics import ExporterMetrics
from lantime_exporter.web.message import Handler, encode_head
from lantime_exporter.web.reload import logged_reload
from lantime_exporter.web.request_parser import BadRequest, read_request
from lantime_exporter.web.routes import PARAMETERS, endpoints

from tests.probe.probe_settings import watching


@pytest.fixture(scope="module")
def answer() -> Iterator[Handler]:
    """The pages of an exporter with one device that does not listen."""
    exporter = ProbeService(lambda: watching("http://255.255.255.255"), load())
    metrics = ExporterMetrics(now=0)
    yield endpoints(exporter, metrics, logged_reload(exporter, metrics))
    exporter.close()


PATHS = ("/", "/probe", "/metrics", "/sessions", "/sd", "/config", "/-/healthy", "/-/ready", "/-/reload")
VALUES = st.text(max_size=20) | st.sampled_from(
    [
        "lantime-1",
        "default",
        "clk1",
        "clk1,rel1",
        "true",
        "json",
        "http://255.255.255.255",
        "a\r\nb: c",
        "<b>",
        "%",
        "\0",
    ]
)
QUERIES = st.lists(st.tuples(st.sampled_from((*PARAMETERS, "format")) | st.text(max_size=5), VALUES), max_size=5).map(
    urlencode
) | st.text(st.characters(min_codepoint=33, max_codepoint=126), max_size=30)
HEADERS = st.dictionaries(
    st.sampled_from(["Accept", "Accept-Encoding", "X-Prometheus-Scrape-Timeout-Seconds", "Connection", "Expect", "A"]),
    st.text(st.characters(min_codepoint=32, max_codepoint=255), max_size=30)
    | st.sampled_from(["gzip", "*/*;q=0", "application/openmetrics-text; version=1.0.0", "9.5", "1e400", "nan", "-1"]),
)
METHODS = st.sampled_from(["GET", "HEAD", "POST", "PUT", "DELETE", "get", "OPTIONS"])


@given(METHODS, st.sampled_from(PATHS), QUERIES, HEADERS)
@settings(deadline=None, max_examples=300)
def test_any_request_gets_one_valid_response(
    answer: Handler, method: str, path: str, query: str, headers: dict[str, str]
) -> None:
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    sent = f"{method} {path}?{query} HTTP/1.1\r\nHost: a\r\n{lines}\r\n".encode("latin-1")
    try:
        request = read_request(io.BytesIO(sent))
    except BadRequest as error:
        assert 400 <= error.status < 500  # noqa: PT017 - a request is as good an outcome
        return
    assert request is not None
    response = answer(request)
    assert response.status in (200, 400, 404, 405)
    head, end, after = encode_head(response, keep_alive=True).partition(b"\r\n\r\n")
    assert end
    assert not after
    assert all(line.partition(b": ")[0].replace(b"-", b"").isalpha() for line in head.split(b"\r\n")[1:])


KEYS = [
    *("tls_server_config", "http_server_config", "basic_auth_users", "cert_file", "key_file", "client_auth_type"),
    *("client_ca_file", "min_version", "cipher_suites", "headers", "http2", "X-Frame-Options", "rate_limit", "user"),
]
WORDS = [
    "NoClientCert",
    "TLS13",
    "deny",
    "nosniff",
    "$2b$04$" + "a" * 53,
    "/dev/null",
    ".",
    "[a]",
    "no",
    "12:30",
    "true",
]
scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.sampled_from(WORDS) | st.text(max_size=8)
documents = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS) | st.text(max_size=3), inner),
    max_leaves=15,
)


@given(st.binary(max_size=60) | documents.map(lambda value: yaml.safe_dump(value, allow_unicode=True).encode()))
@settings(max_examples=150, deadline=None)
def test_any_web_configuration_is_read_or_has_problems_of_one_line(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    file = tmp_path_factory.getbasetemp() / "any-web.yml"
    file.write_bytes(content)
    try:
        web_config.load(file)
    except ConfigError as error:
        assert error.problems  # noqa: PT017 - a configuration is as good an outcome
        assert all(problem.startswith(f"{file}: ") for problem in error.problems)  # noqa: PT017
        assert all(len(problem.splitlines()) == 1 for problem in error.problems)  # noqa: PT017
