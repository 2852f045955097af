"""``/probe``: parameters and responses."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from lantime_exporter.errors import RequestError
from lantime_exporter.probe.probe import ProbeRequest
from lantime_exporter.web.message import Response

if TYPE_CHECKING:
    from tests.web.conftest import FakeApplication

Ask = Callable[..., Response]
TIMEOUT_HEADER = "X-Prometheus-Scrape-Timeout-Seconds"


@pytest.mark.parametrize(
    ("query", "probe"),
    [
        ("target=a", ProbeRequest(target="a")),
        ("target=a&module=m&auth=b", ProbeRequest(target="a", module="m", auth="b")),
        ("target=a&slot=clk1,rel1&slot=pwr1,clk1", ProbeRequest(target="a", slots=("clk1", "rel1", "pwr1"))),
        ("target=%5B2001:db8::1%5D:443", ProbeRequest(target="[2001:db8::1]:443")),
        ("target=a&debug=false", ProbeRequest(target="a")),
    ],
)
def test_parameters_become_a_probe(ask: Ask, application: "FakeApplication", query: str, probe: ProbeRequest) -> None:
    assert ask(f"/probe?{query}").status == 200
    assert application.probed == [probe]


@pytest.mark.parametrize(("header", "seconds"), [("10", 10.0), ("0.5", 0.5), ("1e+01", 10.0)])
def test_scrape_timeout_comes_from_the_header(
    ask: Ask, application: "FakeApplication", header: str, seconds: float
) -> None:
    ask("/probe?target=a", **{TIMEOUT_HEADER: header})
    assert application.probed[0].scrape_timeout == seconds


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("", "target: is missing: ask for /probe?target=NAME"),
        ("module=m", "target: is missing: ask for /probe?target=NAME"),
        ("target=", "target: is empty: give a value or leave it out"),
        ("target=a&module=", "module: is empty: give a value or leave it out"),
        ("target=a&module=%20", "module: is empty: give a value or leave it out"),
        ("target=a&target=b", "target: is given 2 times: give it once"),
        ("target=a&auth=b&auth=b", "auth: is given 2 times: give it once"),
        ("target=a&slots=b", 'unknown parameter "slots", known: target, module, auth, slot, debug'),
        ("target=a&x%0d%0ay=b", 'unknown parameter "x\\r\\ny", known: target, module, auth, slot, debug'),
        ("target=a&slot=b,,c", "slot: has an empty name: write slot=clk1,rel1 or slot=clk1&slot=rel1"),
        ("target=a&debug=yes", 'debug: must be true or false, not "yes"'),
        ("target=%ff", "parameters: not UTF-8"),
        ("target=a" + "&slot=b" * 100, "parameters: more than 100"),
    ],
)
def test_wrong_parameters_are_answered_with_one_line(
    ask: Ask, application: "FakeApplication", query: str, text: str
) -> None:
    response = ask(f"/probe?{query}")
    assert (response.status, response.body.decode()) == (400, f"{text}\n")
    assert not application.probed


@pytest.mark.parametrize("header", ["", "ten", "-1", "0", "nan", "inf", "1_0", "1e999", "٣"])
def test_wrong_scrape_timeout_is_the_caller_s_fault(ask: Ask, application: "FakeApplication", header: str) -> None:
    response = ask("/probe?target=a", **{TIMEOUT_HEADER: header})
    assert response.status == 400
    assert response.body.startswith(TIMEOUT_HEADER.encode())
    assert not application.probed


def test_refusal_of_the_application_is_one_line(ask: Ask, application: "FakeApplication") -> None:
    application.fault = RequestError('unknown target "a"\nknown: b')
    response = ask("/probe?target=a")
    assert (response.status, response.body) == (400, b'unknown target "a" known: b\n')


def test_probe_returns_the_requested_format(ask: Ask) -> None:
    text, openmetrics = ask("/probe?target=a"), ask("/probe?target=a", Accept="application/openmetrics-text")
    assert (text.content_type, text.body) == ("text/plain; version=0.0.4; charset=utf-8", b"lantime_up 1\n")
    assert openmetrics.content_type == "application/openmetrics-text; version=1.0.0; charset=utf-8"
    assert openmetrics.body.endswith(b"# EOF\n")


def test_debug_shows_the_log_of_the_probe(ask: Ask) -> None:
    response = ask("/probe?target=a&debug=true")
    assert (response.content_type, response.body) == ("text/plain; charset=utf-8", b"the log of the probe\n")


def test_debug_is_a_page_for_a_browser(ask: Ask, application: "FakeApplication") -> None:
    application.result = type(application.result)(log="<script>")
    response = ask("/probe?target=<b>&debug=true", Accept="text/html,application/xhtml+xml,*/*;q=0.8")
    assert response.content_type == "text/html; charset=utf-8"
    assert b"<h1>Probe of &lt;b&gt;</h1>" in response.body
    assert b"<pre>&lt;script&gt;</pre>" in response.body
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]


def test_probe_of_a_failing_device_is_a_success_of_http(
    ask: Ask, application: "FakeApplication", value: Callable[..., float | None]
) -> None:
    application.result = type(application.result)(reason="timeout")
    assert ask("/probe?target=a").status == 200
    assert value("probes_total", result="timeout") == 1


def test_probes_are_counted_and_timed(ask: Ask, value: Callable[..., float | None]) -> None:
    ask("/probe?target=a")
    assert value("probes_total", result="success") == 1
    assert value("probe_duration_seconds_count") == 1
    assert value("probes_in_flight") == 0


def test_too_many_probes_are_rejected_at_once(
    ask: Ask, application: "FakeApplication", value: Callable[..., float | None]
) -> None:
    application.configure(max_concurrent_probes=0)
    response = ask("/probe?target=a")
    assert (response.status, response.body.count(b"\n")) == (503, 1)
    assert b"max_concurrent_probes" in response.body
    assert value("probes_total", result="rejected") == 1


def test_fault_of_the_exporter_is_logged_and_gives_its_place_back(
    ask: Ask, application: "FakeApplication", value: Callable[..., float | None], caplog: pytest.LogCaptureFixture
) -> None:
    application.configure(max_concurrent_probes=1)
    application.fault = ZeroDivisionError("oops")
    response = ask("/probe?target=a")
    assert (response.status, response.body) == (500, b"internal error: see the log\n")
    assert "oops" in caplog.text
    assert value("probes_total", result="fault") == 1
    application.fault = None
    assert ask("/probe?target=a").status == 200
