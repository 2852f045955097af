"""A thousand devices every 15 s in one process, each of which takes its time to answer."""

from pathlib import Path

from lantime_simulator import CATALOGUE

from tests.load.bench.device import Description
from tests.load.bench.documents import SMALL, simulated, write
from tests.load.bench.effort import Effort
from tests.load.bench.load import Load
from tests.load.bench.probes import PROMETHEUS, Figures, configuration, failed, measure
from tests.load.bench.processes import ask, exporter, serving
from tests.load.bench.schedule import Kept, Schedule

DEVICES = 1000
INTERVAL = 15.0
DIFFERENT = 100
"""Different identities of devices; ten devices share each, far more than the exporter remembers."""
STEPS = 4
DELAY = 0.2
"""Seconds that a device takes."""
TIMEOUT = 10.0
"""Seconds after which Prometheus gives a scrape up."""


def fleet(place: Path, effort: Effort) -> Figures:
    """Return what the exporter needs for the fleet; ``place`` is a directory for files."""
    different = [simulated(CATALOGUE[SMALL](number), STEPS) for number in range(1, DIFFERENT + 1)]
    served = write(place / "fleet.json", *different)
    with serving("tests.load.bench.device", Description(bodies=served, ports=DEVICES, delay=DELAY)) as devices:
        config = place / "fleet.yml"
        config.write_text(configuration([f"http://127.0.0.1:{port}" for port in devices.ports]), encoding="utf-8")
        with exporter(config) as probed:
            idle = probed.resident_bytes()
            paths = tuple(f"/probe?target=d{number}" for number in range(DEVICES))
            warm_up = Load(port=probed.port, paths=paths, requests=DEVICES, seconds=60, concurrency=32)
            measure(probed, warm_up)
            schedule = Schedule(
                port=probed.port,
                paths=paths,
                interval=INTERVAL,
                seconds=effort.fleet_seconds,
                patience=TIMEOUT,
                headers=dict(PROMETHEUS),
            )
            before = probed.cpu_seconds()
            kept = Kept(**ask("tests.load.bench.schedule", schedule))
            used = probed.cpu_seconds() - before
            counts = devices.counts()
            return {
                "devices": float(DEVICES),
                "seconds": kept.seconds,
                "probes": float(kept.probes),
                "missed": float(kept.missed),
                "failed": failed(probed),
                "core_percent": used / kept.seconds * 100,
                "cpu_ms": used / kept.probes * 1000,
                "p50_beyond_device_ms": (kept.p50 - DELAY) * 1000,
                "p95_beyond_device_ms": (kept.p95 - DELAY) * 1000,
                "p99_beyond_device_ms": (kept.p99 - DELAY) * 1000,
                "longest_beyond_device_ms": (kept.longest - DELAY) * 1000,
                "resident_idle_mib": idle / 2**20,
                "resident_after_mib": probed.resident_bytes() / 2**20,
                "resident_peak_mib": probed.peak_bytes() / 2**20,
                "connections_opened": counts["opened"],
                "connections_most_at_one_device": counts["most_at_one"],
            }
