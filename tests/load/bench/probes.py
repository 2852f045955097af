"""The cost of one probe, and of the same series from the peer in the same minutes."""

import json
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median
from types import MappingProxyType

from lantime_exporter.document.parse import parse
from lantime_exporter.mapping.registry import CollectorRegistry
from prometheus_client.parser import text_string_to_metric_families

from tests.load.bench import peer, series
from tests.load.bench.device import DeviceDescription
from tests.load.bench.documents import write
from tests.load.bench.load import Load, LoadResult
from tests.load.bench.other import Other, other_exporter
from tests.load.bench.processes import Process, exporter, run_load, serving
from tests.load.bench.scale import Scale

CONCURRENCIES = (2, 8, 32)

ROUNDS_AT_ONCE = 3

DEVICES = max(CONCURRENCIES)
"""One per concurrent probe, because concurrent probes of a device share a fetch."""

PROMETHEUS: Mapping[str, str] = MappingProxyType(
    {
        "Accept": "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,"
        "application/openmetrics-text;version=0.0.1;q=0.5,text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,"
        "text/plain;version=0.0.4;q=0.3,*/*;q=0.2",
        "Accept-Encoding": "gzip",
        "User-Agent": "Prometheus/3.0.0",
        "X-Prometheus-Scrape-Timeout-Seconds": "10",
    }
)
"""Headers of Prometheus 3; without them the page is uncompressed text."""

Figures = dict[str, float]
"""Measured values by name; names end in the unit."""


@dataclass(frozen=True, slots=True)
class Round:
    """One load on one process, and the CPU seconds that the process used for it."""

    result: LoadResult
    cpu: float

    @property
    def cpu_ms(self) -> float:
        """Return the milliseconds of CPU per response."""
        return self.cpu / self.result.requests * 1000


def measure(process: Process, load: Load) -> Round:
    """Run a load on a process. Raises RuntimeError if a response is a failure."""
    before = process.cpu_seconds()
    done = run_load(load)
    used = process.cpu_seconds() - before
    if done.failures:
        raise RuntimeError(f"{done.failures} of {done.requests} responses were failures")
    return Round(done, used)


@dataclass(frozen=True, slots=True)
class Peer:
    """The peer, and its device."""

    process: Process
    device: Process


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """The running processes for one document, and the first page."""

    devices: Process
    exporter: Process
    peer: Peer | None
    other: Other | None
    page: bytes


@contextmanager
def stage(
    bodies: Sequence[bytes], place: Path, catalogue: CollectorRegistry, *, certificate: Path | None = None
) -> Iterator[Stage]:
    """Start device, exporter and, without TLS, the peer; ``place`` is a directory for their files."""
    description = DeviceDescription(
        bodies=write(place / "bodies.json", bodies),
        ports=DEVICES,
        certificate=str(certificate) if certificate else None,
    )
    with serving("tests.load.bench.device", description) as devices:
        config = place / "config.yml"
        scheme = "https" if certificate else "http"
        addresses = [f"{scheme}://127.0.0.1:{port}" for port in devices.ports]
        config.write_text(configuration(addresses), encoding="utf-8")
        with exporter(config) as probed:
            page = get(probed.port, "/probe?target=d0")
            if certificate:
                yield Stage(devices=devices, exporter=probed, peer=None, other=None, page=page)
                return
            found = place / "series.json"
            found.write_text(series.text(series.families(catalogue, parse(bodies[0]), page)), encoding="utf-8")
            with serving("tests.load.bench.device", replace(description, ports=1)) as other:
                plain = peer.PeerDescription(url=f"http://127.0.0.1:{other.port}/api/status", series=str(found))
                with (
                    serving("tests.load.bench.peer", plain) as usual,
                    serving("tests.load.bench.device", replace(description, ports=1)) as third,
                    other_exporter(f"http://127.0.0.1:{third.port}") as named,
                ):
                    yield Stage(devices=devices, exporter=probed, peer=Peer(usual, other), other=named, page=page)


def configuration(addresses: Sequence[str]) -> str:
    """Return a configuration file of devices named ``d0``, ``d1`` and so on."""
    settings = {
        "auths": {"default": {"username": "bench", "password": "bench"}},
        "modules": {"default": {"tls": {"insecure_skip_verify": True}}},
        "targets": [{"name": f"d{number}", "address": address} for number, address in enumerate(addresses)],
    }
    return json.dumps(settings)  # JSON is YAML


def get(port: int, path: str) -> bytes:
    """Return the body of a page on the loopback interface."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=30) as response:
        body: bytes = response.read()
        return body


def failed(exporter: Process) -> float:
    """Return how many probes failed so far, from the metrics of the exporter."""
    families = text_string_to_metric_families(get(exporter.port, "/metrics").decode())
    results = next(family for family in families if family.name == "lantime_exporter_probes")
    return sum(sample.value for sample in results.samples if sample.labels.get("result", "success") != "success")


def _round_load(found: Stage, scale: Scale) -> Load:
    """Return the probes of one round without concurrency."""
    path = "/probe?target=d0"
    return Load(port=found.exporter.port, paths=(path,), requests=scale.round_requests, seconds=scale.seconds)


def beside_the_peer(found: Stage, scale: Scale) -> Figures:
    """Return the cost of a probe without concurrency, in turn with the peer."""
    assert found.peer is not None
    ours = _round_load(found, scale)
    theirs = replace(ours, port=found.peer.process.port, paths=("/metrics",), requests=scale.round_requests // 4)
    idle = found.exporter.resident_bytes()
    for process, load in ((found.exporter, ours), (found.peer.process, theirs)):
        measure(process, replace(load, requests=scale.warm_up))
    rounds: dict[str, list[Round]] = {}
    for _ in range(scale.rounds):
        for name, headers in (("bare", {}), ("prometheus", dict(PROMETHEUS))):
            rounds.setdefault(f"ours {name}", []).append(measure(found.exporter, replace(ours, headers=headers)))
            rounds.setdefault(f"peer {name}", []).append(measure(found.peer.process, replace(theirs, headers=headers)))
            if found.other is not None:
                load = replace(ours, port=found.other.process.port, paths=(found.other.path,), headers=headers)
                rounds.setdefault(f"other {name}", []).append(measure(found.other.process, load))
    bare, prometheus = rounds["ours bare"], rounds["ours prometheus"]
    device = run_load(replace(ours, port=found.peer.device.port, paths=("/api/status",)))
    return {
        "series": float(sum(not line.startswith(b"#") for line in found.page.splitlines())),
        "page_bytes": float(len(found.page)),
        "gzip_bytes": float(prometheus[0].result.bytes),
        "cpu_ms": median(each.cpu_ms for each in bare),
        "cpu_least_ms": min(each.cpu_ms for each in bare),
        "cpu_most_ms": max(each.cpu_ms for each in bare),
        "cpu_peer_ms": median(each.cpu_ms for each in rounds["peer bare"]),
        "cpu_to_peer_ratio": _ratio(bare, rounds["peer bare"]),
        "cpu_gzip_openmetrics_ms": median(each.cpu_ms for each in prometheus),
        "cpu_gzip_openmetrics_to_peer_ratio": _ratio(prometheus, rounds["peer prometheus"]),
        "p50_ms": median(each.result.p50 for each in bare) * 1000,
        "p95_ms": median(each.result.p95 for each in bare) * 1000,
        "p99_ms": median(each.result.p99 for each in bare) * 1000,
        "p50_peer_ms": median(each.result.p50 for each in rounds["peer bare"]) * 1000,
        "p95_device_alone_ms": device.p95 * 1000,
        "probes_per_second_at_1": median(each.result.rate for each in bare),
        "resident_idle_mib": idle / 2**20,
    } | (_beside(rounds) if found.other is not None else {})


def _beside(rounds: Mapping[str, Sequence[Round]]) -> Figures:
    """Return the cost of the other exporter, and the ratio of ours to it."""
    return {
        "cpu_other_ms": median(each.cpu_ms for each in rounds["other bare"]),
        "cpu_to_other_ratio": _ratio(rounds["ours bare"], rounds["other bare"]),
        "cpu_other_gzip_ms": median(each.cpu_ms for each in rounds["other prometheus"]),
        "cpu_gzip_openmetrics_to_other_ratio": _ratio(rounds["ours prometheus"], rounds["other prometheus"]),
    }


def _ratio(ours: Sequence[Round], theirs: Sequence[Round]) -> float:
    """Return the ratio of CPU of consecutive rounds."""
    return median(mine.cpu_ms / other.cpu_ms for mine, other in zip(ours, theirs, strict=True))


def at_once(found: Stage, scale: Scale) -> Figures:
    """Return the cost of concurrent probes of different devices."""
    paths = tuple(f"/probe?target=d{number}" for number in range(DEVICES))
    load = Load(port=found.exporter.port, paths=paths, requests=scale.requests, seconds=scale.seconds)
    measure(found.exporter, replace(load, requests=scale.warm_up))
    figures: Figures = {}
    for concurrency in CONCURRENCIES:
        rounds = [measure(found.exporter, replace(load, concurrency=concurrency)) for _ in range(ROUNDS_AT_ONCE)]
        figures[f"probes_per_second_at_{concurrency}"] = median(each.result.rate for each in rounds)
        figures[f"cpu_at_{concurrency}_ms"] = median(each.cpu_ms for each in rounds)
        figures[f"p50_at_{concurrency}_ms"] = median(each.result.p50 for each in rounds) * 1000
        figures[f"p95_at_{concurrency}_ms"] = median(each.result.p95 for each in rounds) * 1000
        figures[f"p99_at_{concurrency}_ms"] = median(each.result.p99 for each in rounds) * 1000
    return figures


def after(found: Stage) -> Figures:
    """Return memory and connections after the load."""
    counts = found.devices.counts()
    return {
        "failed": failed(found.exporter),
        "resident_after_mib": found.exporter.resident_bytes() / 2**20,
        "resident_peak_mib": found.exporter.peak_bytes() / 2**20,
        "connections_opened": counts["opened"],
        "connections_most_at_one_device": counts["most_at_one"],
    }


def over_tls(found: Stage, scale: Scale) -> Figures:
    """Return the cost of a probe over a kept TLS connection."""
    load = _round_load(found, scale)
    measure(found.exporter, replace(load, requests=scale.warm_up))
    rounds = [measure(found.exporter, load) for _ in range(scale.rounds)]
    return {
        "cpu_tls_ms": median(each.cpu_ms for each in rounds),
        "p50_tls_ms": median(each.result.p50 for each in rounds) * 1000,
        "p95_tls_ms": median(each.result.p95 for each in rounds) * 1000,
        "connections_opened_tls": found.devices.counts()["opened"],
    }
