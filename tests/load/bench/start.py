"""Time from the start of the process to its first response, and its memory before the first request."""

import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from tests.load.bench.device import DeviceDescription
from tests.load.bench.documents import write
from tests.load.bench.load import Load
from tests.load.bench.probes import Figures, configuration, get, measure
from tests.load.bench.processes import ROOT, exporter, serving
from tests.load.bench.scale import Scale

STARTS = 5

HEALTH_CHECKS = 2_000


def start(bodies: Sequence[bytes], place: Path, scale: Scale) -> Figures:
    """Return the seconds of start and import, the idle memory, and the CPU of a health check."""
    with serving("tests.load.bench.device", DeviceDescription(bodies=write(place / "start.json", bodies))) as devices:
        config = place / "start.yml"
        config.write_text(configuration([f"http://127.0.0.1:{devices.port}"]), encoding="utf-8")
        listening, responded = [], []
        for _ in range(STARTS):
            began = time.perf_counter()
            with exporter(config) as probed:
                listening.append(time.perf_counter() - began)
                get(probed.port, "/probe?target=d0")
                responded.append(time.perf_counter() - began)
        with exporter(config) as probed:
            idle = probed.resident_bytes()
            load = Load(port=probed.port, paths=("/-/healthy",), requests=HEALTH_CHECKS, seconds=scale.seconds)
            healthy = measure(probed, load)
        return {
            "listens_after_s": median(listening),
            "first_answer_after_s": median(responded),
            "version_after_s": median(_seconds("-m", "lantime_exporter", "--version") for _ in range(STARTS)),
            "import_s": median(_seconds("-c", "import lantime_exporter.cli.serve") for _ in range(STARTS)),
            "bare_python_s": median(_seconds("-c", "") for _ in range(STARTS)),
            "resident_idle_mib": idle / 2**20,
            "cpu_health_check_us": healthy.cpu_ms * 1000,
        }


def _seconds(*arguments: str) -> float:
    began = time.perf_counter()
    subprocess.run([sys.executable, *arguments], check=True, cwd=ROOT, stdout=subprocess.DEVNULL)  # noqa: S603 -- ours
    return time.perf_counter() - began
