"""A thousand slow devices, each probed every 15 s by one process."""

from pathlib import Path

from lantime_simulator import CATALOGUE

from tests.load.bench.device import DeviceDescription
from tests.load.bench.documents import SMALL, simulated, write
from tests.load.bench.load import Load
from tests.load.bench.probes import PROMETHEUS, Figures, configuration, failed, measure
from tests.load.bench.processes import exporter, run_process, serving
from tests.load.bench.scale import Scale
from tests.load.bench.schedule import Schedule, ScheduleResult

DEVICES = 1000
INTERVAL = 15.0
DIFFERENT = 100
"""Different identities of devices, each of which ten devices share."""
STEPS = 4
DELAY = 0.2
"""Seconds until a device responds."""
TIMEOUT = 10.0
"""Scrape timeout in seconds."""


def fleet(place: Path, scale: Scale) -> Figures:
    """Return what the exporter uses for the fleet; ``place`` is a directory for files."""
    different = [simulated(CATALOGUE[SMALL](number), STEPS) for number in range(1, DIFFERENT + 1)]
    served = write(place / "fleet.json", *different)
    with serving("tests.load.bench.device", DeviceDescription(bodies=served, ports=DEVICES, delay=DELAY)) as devices:
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
                seconds=scale.fleet_seconds,
                max_wait=TIMEOUT,
                headers=dict(PROMETHEUS),
            )
            before = probed.cpu_seconds()
            scraped = ScheduleResult(**run_process("tests.load.bench.schedule", schedule))
            used = probed.cpu_seconds() - before
            counts = devices.counts()
            return {
                "devices": float(DEVICES),
                "seconds": scraped.seconds,
                "probes": float(scraped.probes),
                "missed": float(scraped.missed),
                "failed": failed(probed),
                "core_percent": used / scraped.seconds * 100,
                "cpu_ms": used / scraped.probes * 1000,
                "p50_beyond_device_ms": (scraped.p50 - DELAY) * 1000,
                "p95_beyond_device_ms": (scraped.p95 - DELAY) * 1000,
                "p99_beyond_device_ms": (scraped.p99 - DELAY) * 1000,
                "longest_beyond_device_ms": (scraped.longest - DELAY) * 1000,
                "resident_idle_mib": idle / 2**20,
                "resident_after_mib": probed.resident_bytes() / 2**20,
                "resident_peak_mib": probed.peak_bytes() / 2**20,
                "connections_opened": counts["opened"],
                "connections_most_at_one_device": counts["most_at_one"],
            }
