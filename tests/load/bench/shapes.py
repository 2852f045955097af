"""Devices with different shapes: a hundred chassis with different names, and one that changes at every probe."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from tests.load.bench.device import DeviceDescription
from tests.load.bench.documents import write
from tests.load.bench.load import Load
from tests.load.bench.probes import Figures, configuration, failed, measure
from tests.load.bench.processes import exporter, serving
from tests.load.bench.scale import Scale

CHASSIS = 100
CHANGES = 200
"""Shapes of the changing device, more than the cache holds for a chassis of that size."""


def shapes(chassis: bytes, small: bytes, place: Path, scale: Scale) -> Figures:
    """Return the cost of probes of such devices; ``place`` is a directory for files."""
    different = {f"{number:03}": [_renamed(chassis, f"rack{number:03}")] for number in range(CHASSIS)}
    changing = {f"{CHASSIS:03}": [_renamed(small, f"turn{number:03}") for number in range(CHANGES)]}
    served = write(place / "shapes.json", *_sorted(different | changing))
    with serving("tests.load.bench.device", DeviceDescription(bodies=served, ports=CHASSIS + 1)) as devices:
        config = place / "shapes.yml"
        config.write_text(configuration([f"http://127.0.0.1:{port}" for port in devices.ports]), encoding="utf-8")
        with exporter(config) as probed:
            paths = tuple(f"/probe?target=d{number}" for number in range(CHASSIS))
            load = Load(port=probed.port, paths=paths, requests=CHASSIS, seconds=120)
            first = measure(probed, load)
            known = measure(probed, load)
            resident = probed.resident_bytes()
            requests = min(CHANGES, scale.requests)
            changed = measure(probed, replace(load, paths=(f"/probe?target=d{CHASSIS}",), requests=requests))
            return {
                "cpu_first_probe_ms": first.cpu_ms,
                "cpu_second_probe_ms": known.cpu_ms,
                "resident_after_mib": resident / 2**20,
                "cpu_changing_shape_ms": changed.cpu_ms,
                "resident_peak_mib": probed.peak_bytes() / 2**20,
                "failed": failed(probed),
            }


def _sorted(bodies: Mapping[str, Sequence[bytes]]) -> Sequence[Sequence[bytes]]:
    return [bodies[name] for name in sorted(bodies)]


def _renamed(body: bytes, name: str) -> bytes:
    """Return a response with one more key, so that its shape is unique."""
    document: dict[str, Any] = json.loads(body)
    document["data"]["system"][name] = 1
    return json.dumps(document, separators=(",", ":")).encode()
