"""Memory over many probes: it must stop growing."""

from collections.abc import Sequence
from pathlib import Path

from tests.load.bench.device import DeviceDescription
from tests.load.bench.documents import write
from tests.load.bench.load import Load
from tests.load.bench.probes import DEVICES, Figures, configuration, failed, measure
from tests.load.bench.processes import exporter, serving
from tests.load.bench.scale import Scale

PARTS = 5


def memory(bodies: Sequence[bytes], place: Path, scale: Scale) -> Figures:
    """Return the memory after each part of the probes, of several devices in turn, and the growth after the first."""
    with serving(
        "tests.load.bench.device", DeviceDescription(bodies=write(place / "memory.json", bodies), ports=DEVICES)
    ) as devices:
        config = place / "memory.yml"
        config.write_text(configuration([f"http://127.0.0.1:{port}" for port in devices.ports]), encoding="utf-8")
        with exporter(config) as probed:
            paths = tuple(f"/probe?target=d{number}" for number in range(DEVICES))
            load = Load(
                port=probed.port,
                paths=paths,
                requests=scale.growth // PARTS,
                seconds=scale.seconds * 10,
                concurrency=4,
            )
            seen = []
            probes = 0
            for _ in range(PARTS):
                probes += measure(probed, load).result.requests
                seen.append(probed.resident_bytes() / 2**20)
            return {
                "probes": float(probes),
                "failed": failed(probed),
                **{f"resident_after_{part}_of_{PARTS}_mib": size for part, size in enumerate(seen, 1)},
                "growth_after_first_part_mib": seen[-1] - seen[0],
            }
