"""The parts of the benchmark: the same series for the peer, changing documents, complete loads."""

import json
from pathlib import Path
from typing import Any

import pytest
from lantime_exporter.collectors import load as load_registry
from lantime_exporter.document.parse import parse
from lantime_exporter.document.shape import flatten
from lantime_exporter.mapping.registry import CollectorRegistry
from lantime_simulator import CATALOGUE

from tests.load.bench import documents, load, peer, results, series
from tests.load.bench.device import DeviceDescription
from tests.load.bench.processes import Process, serving

BODIES = documents.simulated(CATALOGUE[documents.SMALL]())


@pytest.fixture(scope="module")
def catalogue() -> CollectorRegistry:
    return load_registry()


@pytest.fixture(scope="module")
def bodies(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("bench") / "bodies.json"
    documents.write(path, BODIES)
    return path


def test_a_simulated_device_moves_from_one_body_to_the_next() -> None:
    assert len({bytes(body) for body in BODIES}) == len(BODIES)


def test_a_moved_document_keeps_its_shape_and_its_words() -> None:
    first: dict[str, Any] = {"a": {"load": 0.5, "count": 20_000, "port": 443, "word": "sync", "on": True, "no": None}}
    later = documents.moved(first, 7)
    assert flatten(later).shape == flatten(first).shape
    assert (later["a"]["port"], later["a"]["word"], later["a"]["on"], later["a"]["no"]) == (443, "sync", True, None)
    assert later["a"]["load"] != 0.5
    assert later["a"]["count"] > 20_000


def test_times_of_a_moved_document_go_on() -> None:
    assert documents.moved({"at": "2026-02-11T22:05:07.5Z"}, 2) == {"at": "2026-02-11T22:05:37.5Z"}


def test_the_peer_serves_the_series_of_the_page(catalogue: CollectorRegistry, bodies: Path) -> None:
    document = parse(BODIES[0])
    page = series.mapped(catalogue, document)
    found = json.loads(series.text(series.families(catalogue, document, page)))
    with serving("tests.load.bench.device", DeviceDescription(bodies=str(bodies))) as device:
        plain = peer.Plain(f"http://127.0.0.1:{device.port}/api/status", found)
        theirs = {
            (sample.name, frozenset(sample.labels.items())) for family in plain.collect() for sample in family.samples
        }
        plain.close()
    assert theirs == {
        (family["name"], frozenset(zip(family["labels"], each["labels"], strict=True)))
        for family in found
        for each in family["series"]
    }
    assert len(theirs) == sum(not line.startswith(b"#") for line in page.splitlines())


def test_a_load_sends_its_requests_over_its_connections(bodies: Path) -> None:
    with serving("tests.load.bench.device", DeviceDescription(bodies=str(bodies), ports=1)) as device:
        done = load.run(load.Load(port=device.port, paths=("/api/status",), requests=50, seconds=10, concurrency=4))
        assert (done.requests, done.failures, device.counts()) == (50, 0, {"opened": 4, "most_at_one": 4})


def test_percentiles_are_those_of_the_ordered_times() -> None:
    assert load.percentiles([float(number) for number in range(100, 0, -1)]) == (51.0, 96.0, 100.0)


def test_memory_and_time_of_a_process_are_measured(bodies: Path) -> None:
    with serving("tests.load.bench.device", DeviceDescription(bodies=str(bodies))) as device:
        assert 0 < device.resident_bytes() <= device.peak_bytes()
        assert device.cpu_seconds() > 0
        assert isinstance(device, Process)


def test_results_are_shown_beside_the_last_ones(tmp_path: Path) -> None:
    path = tmp_path / "results/latest.json"
    assert results.saved_results(path).results == {}
    results.keep({"probe": {"cpu_ms": 2.0}}, {"python": "3"}, path)
    shown = list(results.table({"probe": {"cpu_ms": 1.0, "new": 3.0}}, results.saved_results(path).results))
    assert [line.split() for line in shown[2:]] == [["cpu_ms", "1.000", "0.50", "of", "the", "last"], ["new", "3.000"]]
