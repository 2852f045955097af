"""The machine and the versions of a result."""

import os
import platform
from importlib.metadata import version
from pathlib import Path

from lantime_exporter import __version__

LIBRARIES = ("prometheus-client", "requests", "urllib3", "PyYAML", "isal")


def describe() -> dict[str, str]:
    """Return the data needed to compare results."""
    return {
        "processor": _processor(),
        "cores": str(os.cpu_count()),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "lantime-exporter": __version__,
        **{name: version(name) for name in LIBRARIES},
        "load_average": " ".join(f"{value:.1f}" for value in os.getloadavg()),
    }


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        name, _, value = line.partition(":")
        if name.strip() == "model name":
            return value.strip()
    return platform.processor() or "unknown"
