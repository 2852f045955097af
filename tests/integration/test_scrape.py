"""A real Prometheus scrapes the simulated fleet with the configurations of the documents."""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
import yaml
from prometheus_client.parser import text_string_to_metric_families

from tests.integration.prometheus import Prometheus, Series
from tests.integration.scrape_configurations import adapted, configurations, through
from tests.integration.watched import WEB_PASSWORD, WEB_USER, Watched

SHOWN = configurations()
README = Path(__file__).parents[2] / "README.md"
NAMES = ("m600", "m300", "m3000")
OF_THE_SCRAPE = {
    "up",
    "scrape_duration_seconds",
    "scrape_samples_scraped",
    "scrape_samples_post_metric_relabeling",
    "scrape_series_added",
}

Servers = Mapping[str, Prometheus]


@pytest.fixture(scope="module")
def servers(
    program: Callable[[str], str], watched: Watched, guarded: Watched, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Servers]:
    """A Prometheus for each configuration, all at the same time, because the first scrape takes seconds."""
    folder = tmp_path_factory.mktemp("prometheus")
    configurations = {
        "listed": adapted(SHOWN["static targets"], watched.address, NAMES),
        "discovered": adapted(SHOWN["service discovery"], watched.address, ()),
        "one card": adapted(SHOWN["one card"], watched.address, ["m3000"]),
        "file": from_a_file(adapted(SHOWN["service discovery"], watched.address, ()), folder / "targets.yml"),
        "listed, guarded": through(
            adapted(SHOWN["static targets"], guarded.address, NAMES), client(guarded, folder / "password")
        ),
        "discovered, guarded": through(
            adapted(SHOWN["service discovery"], guarded.address, ()), client(guarded, folder / "password")
        ),
        "no password": through(adapted(SHOWN["static targets"], guarded.address, ["m600"]), client(guarded)),
    }
    with ExitStack() as stack:
        yield {
            name: stack.enter_context(
                Prometheus(program("prometheus"), program("promtool"), tmp_path_factory.mktemp("data"), configuration)
            )
            for name, configuration in configurations.items()
        }


def from_a_file(configuration: dict[str, Any], file: Path) -> dict[str, Any]:
    """Return the configuration with targets from a file in place of those from the exporter."""
    groups = [
        {"targets": ["m600"], "labels": {"site": "hq"}},
        {"targets": ["m300"], "labels": {"__param_module": "clocks", "site": "lab"}},
    ]
    file.write_text(yaml.safe_dump(groups))
    job, _ = configuration["scrape_configs"]
    del job["http_sd_configs"]
    job["file_sd_configs"] = [{"files": [str(file)]}]
    return configuration


def client(guarded: Watched, password: Path | None = None) -> dict[str, Any]:
    """Return the settings of Prometheus for an exporter with TLS, with or without the password."""
    settings: dict[str, Any] = {"scheme": "https", "tls_config": {"ca_file": str(guarded.ca_file)}}
    if password is not None:
        password.write_text(WEB_PASSWORD)
        settings["basic_auth"] = {"username": WEB_USER, "password_file": str(password)}
    return settings


def test_the_documents_show_these_configurations() -> None:
    assert list(SHOWN) == ["complete", "static targets", "service discovery", "one card", "three exporters"]


def by_instance(series: list[Series]) -> dict[str, float]:
    return {labels["instance"]: value for labels, value in series}


def uptime(watched: Watched, name: str) -> float:
    return float(watched.lantimes[name].document()["data"]["system"]["uptime"])


def assert_equals_the_simulator(prometheus: Prometheus, watched: Watched, name: str) -> None:
    device = watched.lantimes[name].device
    ((identity, _),) = prometheus.query(f'lantime_device_info{{instance="{name}"}}')
    assert identity["serial_number"] == device.serial_number
    assert identity["hostname"] == device.hostname
    slots = prometheus.query(f'lantime_slot_occupied{{instance="{name}"}}')
    assert {labels["slot"]: value for labels, value in slots} == {
        slot.name: float(slot.module is not None) for slot in device.slots
    }
    ((_, up),) = prometheus.query(f'lantime_uptime_seconds{{instance="{name}"}}')
    assert uptime(watched, name) - 5 <= up <= uptime(watched, name)


def assert_complete(prometheus: Prometheus, watched: Watched, name: str) -> None:
    """Compare the names of all series of a device with those of a probe."""
    page = watched.get("/probe", target=name)
    probed = {sample.name for family in text_string_to_metric_families(page) for sample in family.samples}
    scraped = {labels["__name__"] for labels, _ in prometheus.query(f'{{instance="{name}"}}')}
    assert scraped - OF_THE_SCRAPE == probed


def test_targets_listed_in_prometheus(servers: Servers, watched: Watched) -> None:
    server = servers["listed"]
    assert by_instance(server.first("lantime_up == 1", len(NAMES))) == dict.fromkeys(NAMES, 1.0)
    for name in NAMES:
        assert_equals_the_simulator(server, watched, name)
        assert_complete(server, watched, name)


def test_the_exporter_itself_is_scraped(servers: Servers) -> None:
    ((labels, _),) = servers["listed"].first('lantime_exporter_probes_total{result="success"} > 0')
    assert labels["job"] == "lantime-exporter"


def test_the_scrape_is_openmetrics(servers: Servers) -> None:
    # Only OpenMetrics names the family of a counter without _total, and knows the type info.
    assert servers["listed"].type_of("lantime_network_receive_bytes") == "counter"
    assert servers["listed"].type_of("lantime_device") == "info"


def test_targets_discovered_from_the_exporter(servers: Servers, watched: Watched) -> None:
    found = servers["discovered"].first("lantime_up == 1", len(watched.lantimes))
    assert by_instance(found) == dict.fromkeys(watched.lantimes, 1.0)
    assert all(labels.keys() == {"__name__", "job", "instance", "site"} for labels, _ in found)
    assert {labels["site"] for labels, _ in found} == {"demo"}


def test_one_card(servers: Servers) -> None:
    server = servers["one card"]
    server.first("lantime_up == 1")
    relays = server.query("lantime_relay_state == 1")
    assert {(labels["relay"], labels["state"]) for labels, _ in relays} == {("a", "no"), ("b", "no"), ("c", "no")}
    assert {labels["slot"] for labels, _ in server.query('{slot!=""}')} == {"io3"}


def test_targets_of_a_file_with_a_module_each(servers: Servers) -> None:
    server = servers["file"]
    found = server.first("lantime_up == 1", 2)
    assert {(labels["instance"], labels["site"]) for labels, _ in found} == {("m600", "hq"), ("m300", "lab")}
    collectors = {(labels["instance"], labels["collector"]) for labels, _ in server.query("lantime_collector_success")}
    assert {("m600", "ntp"), ("m600", "clock"), ("m300", "clock")} <= collectors
    assert ("m300", "ntp") not in collectors


def test_an_exporter_behind_tls_and_basic_auth(servers: Servers) -> None:
    found = servers["listed, guarded"].first("lantime_up == 1", len(NAMES))
    assert by_instance(found) == dict.fromkeys(NAMES, 1.0)


def test_targets_discovered_behind_tls_and_basic_auth(servers: Servers, guarded: Watched) -> None:
    found = servers["discovered, guarded"].first("lantime_up == 1", len(guarded.lantimes))
    assert by_instance(found) == dict.fromkeys(guarded.lantimes, 1.0)


def test_without_the_password_nothing_is_scraped(servers: Servers) -> None:
    server = servers["no password"]
    assert by_instance(server.first('up{job="lantime"}')) == {"m600": 0.0}
    assert server.query("lantime_up") == []


def test_the_series_that_the_readme_shows_are_those_of_the_demo(watched: Watched) -> None:
    (sample,) = re.findall(
        r"^```text\n(lantime_up .*?)^```$", README.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
    )
    series = {line.rpartition(" ")[0] for line in watched.get("/probe", target="m600").splitlines()}
    assert [line for line in sample.splitlines() if line.rpartition(" ")[0] not in series] == []
