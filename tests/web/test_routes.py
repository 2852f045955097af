"""Every endpoint, without a socket."""

import json
import logging
import subprocess
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from lantime_exporter.config.secret import Secret
from lantime_exporter.config.settings import Auth, Target
from lantime_exporter.device.exchange import Exchange
from lantime_exporter.errors import ConfigError, RequestError
from lantime_exporter.probe.probe import ProbeRequest
from lantime_exporter.web.exporter_metrics import ExporterMetrics
from lantime_exporter.web.message import Response
from lantime_exporter.web.routes import MAX_CONCURRENT_RENDERINGS

if TYPE_CHECKING:
    from tests.web.conftest import FakeApplication

Ask = Callable[..., Response]
TIMEOUT_HEADER = "X-Prometheus-Scrape-Timeout-Seconds"


def test_endpoint_responds(ask: Ask, subtests: pytest.Subtests) -> None:
    for path in ["/-/healthy", "/-/ready", "/", "/sessions", "/sd", "/config", "/metrics"]:
        with subtests.test(path=path):
            assert ask(path).status == 200
            assert ask(path, method="HEAD").status == 200


def test_unknown_path_is_404_in_one_line(ask: Ask, subtests: pytest.Subtests) -> None:
    for path in ["/nothing", "//probe", "*", "/probe/", "/-/reload/x"]:
        with subtests.test(path=path):
            response = ask(path)
            assert response.status == 404
            assert response.body.count(b"\n") == 1


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [("GET", "/-/reload", "POST, PUT"), ("HEAD", "/-/reload", "POST, PUT"), ("POST", "/probe", "GET, HEAD")],
)
def test_wrong_method_is_405_with_the_right_ones(ask: Ask, method: str, path: str, allowed: str) -> None:
    response = ask(path, method=method)
    assert (response.status, response.headers["Allow"]) == (405, allowed)


@pytest.mark.parametrize("method", ["POST", "PUT"])
def test_reload_is_logged_and_shown(ask: Ask, value: Callable[..., float | None], method: str) -> None:
    assert value("config_last_reload_success_timestamp_seconds") == 1000
    response = ask("/-/reload", method=method)
    assert (response.status, response.body) == (200, b"configuration reloaded: 0 targets: no change\n")
    assert value("config_last_reload_successful") == 1
    assert value("config_last_reload_success_timestamp_seconds") == 2000


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({}, 200),
        ({"Sec_Fetch_Site": "same-origin", "Origin": "https://proxy.example.net"}, 200),
        ({"Sec_Fetch_Site": "none"}, 200),
        ({"Sec_Fetch_Site": "cross-site"}, 403),
        ({"Sec_Fetch_Site": "same-site"}, 403),
        ({"Sec_Fetch_Site": ""}, 403),
        ({"Origin": "http://exporter:10124"}, 200),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "http://exporter:10125"}, 403),
        ({"Origin": "null"}, 403),
    ],
)
def test_page_of_another_origin_cannot_reload(
    ask: Ask, value: Callable[..., float | None], fields: dict[str, str], status: int
) -> None:
    assert ask("/-/reload", method="POST", Host="exporter:10124", **fields).status == status
    reloaded = value("config_last_reload_success_timestamp_seconds") == 2000
    assert reloaded is (status == 200)


def test_page_of_another_origin_may_link_here(ask: Ask) -> None:
    assert ask("/", Host="exporter:10124", Sec_Fetch_Site="cross-site").status == 200


def test_failed_reload_gives_the_reasons_and_keeps_the_time(
    ask: Ask, application: "FakeApplication", value: Callable[..., float | None], caplog: pytest.LogCaptureFixture
) -> None:
    application.fault = ConfigError("config.yml: targets[0].auth: unknown auth", "config.yml: x: unknown key")
    response = ask("/-/reload", method="POST")
    assert response.status == 500
    assert response.body.decode().splitlines()[1:] == list(application.fault.problems)
    assert value("config_last_reload_successful") == 0
    assert value("config_last_reload_success_timestamp_seconds") == 1000
    assert [record.levelno for record in caplog.records] == [logging.ERROR]


def test_discovery_lists_targets_with_their_labels(ask: Ask, application: "FakeApplication") -> None:
    application.configure(targets=(Target(name="a", address="https://10.0.0.1", module="m", labels={"site": "x"}),))
    response = ask("/sd")
    assert response.content_type == "application/json"
    assert json.loads(response.body) == [
        {
            "targets": ["a"],
            "labels": {
                "__meta_lantime_address": "https://10.0.0.1",
                "__meta_lantime_module": "m",
                "__meta_lantime_auth": "default",
                "site": "x",
            },
        }
    ]


def test_pages_that_take_time_are_bounded_and_health_checks_are_not(ask: Ask, application: "FakeApplication") -> None:
    is_rendering, is_released = threading.Semaphore(0), threading.Event()

    def sessions() -> dict[str, tuple[Exchange, ...]]:
        is_rendering.release()
        assert is_released.wait(10)
        return {}

    application.sessions = sessions  # type: ignore[method-assign]
    with ThreadPoolExecutor() as pool:
        running = [pool.submit(ask, "/sessions") for _ in range(MAX_CONCURRENT_RENDERINGS)]
        for _ in running:
            assert is_rendering.acquire(timeout=10)
        assert ask("/sessions").status == 503
        assert [ask(path).status for path in ("/", "/metrics", "/-/healthy", "/-/ready")] == [200] * 4
        is_released.set()
        assert [page.result().status for page in running] == [200] * MAX_CONCURRENT_RENDERINGS
    assert ask("/sessions").status == 200


def test_discovery_of_nothing_is_an_empty_list(ask: Ask) -> None:
    assert json.loads(ask("/sd").body) == []


def test_config_has_no_secrets(ask: Ask, application: "FakeApplication") -> None:
    application.configure(auths={"default": Auth(username="monitor", password=Secret("hunter2"))})
    body = ask("/config").body
    assert b"password: <secret>" in body
    assert b"hunter2" not in body


def test_metrics_are_about_the_exporter_in_both_formats(ask: Ask, metrics: ExporterMetrics) -> None:
    metrics.count_response(200)
    text = ask("/metrics").body.decode()
    for name in ("build_info{", "device_connections 7.0", 'http_requests_total{code="200"} 1.0'):
        assert f"lantime_exporter_{name}" in text
    assert "process_" in text
    assert "python_info" in text
    assert "lantime_up" not in text
    assert ask("/metrics", Accept="application/openmetrics-text").body.endswith(b"# EOF\n")


def test_large_responses_are_compressed_for_those_who_take_it(ask: Ask) -> None:
    assert ask("/metrics", Accept_Encoding="gzip").headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in ask("/metrics", Accept_Encoding="gzip;q=0").headers


def test_metrics_have_nothing_that_promtool_minds(ask: Ask, program: Callable[[str], str]) -> None:
    command = [program("promtool"), "check", "metrics"]
    done = subprocess.run(command, input=ask("/metrics").body, capture_output=True, check=False)  # noqa: S603 - fixed words
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


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


def test_wrong_parameters_are_answered_with_one_line(
    ask: Ask, application: "FakeApplication", subtests: pytest.Subtests
) -> None:
    for query, text in [
        ("", "target: is missing: request /probe?target=NAME"),
        ("module=m", "target: is missing: request /probe?target=NAME"),
        ("target=", "target: is empty: give a value or leave it out"),
        ("target=a&module=", "module: is empty: give a value or leave it out"),
        ("target=a&module=%20", "module: is empty: give a value or leave it out"),
        ("target=a&target=b", "target: is given more than once: give it once"),
        ("target=a&auth=b&auth=b", "auth: is given more than once: give it once"),
        ("target=a&slots=b", 'unknown parameter "slots", known: target, module, auth, slot, debug'),
        ("target=a&x%0d%0ay=b", 'unknown parameter "x\\r\\ny", known: target, module, auth, slot, debug'),
        ("target=a&slot=b,,c", "slot: has an empty name: write slot=clk1,rel1 or slot=clk1&slot=rel1"),
        ("target=a&debug=yes", 'debug: must be true or false, not "yes"'),
        ("target=%ff", "parameters: not UTF-8"),
        ("target=a" + "&slot=b" * 100, "parameters: more than 100"),
    ]:
        with subtests.test(query=query, text=text):
            response = ask(f"/probe?{query}")
            assert (response.status, response.body.decode()) == (400, f"{text}\n")
            assert not application.probed


def test_wrong_scrape_timeout_is_the_caller_s_fault(
    ask: Ask, application: "FakeApplication", subtests: pytest.Subtests
) -> None:
    for header in ["", "ten", "-1", "0", "nan", "inf", "1_0", "1e999", "٣"]:
        with subtests.test(header=header):
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
