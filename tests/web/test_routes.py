"""Every endpoint, without a socket."""

import json
import logging
import subprocess
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from lantime_exporter.config.settings import Target
from lantime_exporter.device.exchange import Exchange
from lantime_exporter.errors import ConfigError
from lantime_exporter.web.exporter_metrics import ExporterMetrics
from lantime_exporter.web.message import Response
from lantime_exporter.web.routes import MAX_CONCURRENT_RENDERINGS

if TYPE_CHECKING:
    from tests.web.conftest import FakeApplication

Ask = Callable[..., Response]


@pytest.mark.parametrize("path", ["/-/healthy", "/-/ready", "/", "/sessions", "/sd", "/config", "/metrics"])
def test_endpoint_responds(ask: Ask, path: str) -> None:
    assert ask(path).status == 200
    assert ask(path, method="HEAD").status == 200


@pytest.mark.parametrize("path", ["/nothing", "//probe", "*", "/probe/", "/-/reload/x"])
def test_unknown_path_is_404_in_one_line(ask: Ask, path: str) -> None:
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
def test_reload_is_told_and_shown(ask: Ask, value: Callable[..., float | None], method: str) -> None:
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


def test_pages_that_take_time_are_bounded_and_health_checks_are_not(
    ask: Ask, application: "FakeApplication", monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lantime_exporter.web.routes.MAX_PAGE_WAIT", 0.05)
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


def test_config_is_what_the_mask_leaves(ask: Ask) -> None:
    assert ask("/config").body == b"max_concurrent_probes: 500\n"


def test_metrics_are_about_the_exporter_in_both_formats(ask: Ask, metrics: ExporterMetrics) -> None:
    metrics.watch_device_connections(lambda: 7)
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
