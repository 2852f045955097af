"""``python -m tools.screenshots [DIRECTORY] [--review]`` takes pictures for the documentation or for review."""

import argparse
import json
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path

from tools.backfill import (
    PrometheusServer,
    ScrapeSpan,
    backfill,
    device_samples,
    exporter_samples,
    replay,
    rule_texts,
    run_prometheus,
)
from tools.screenshots.shots import PUBLISHED, REVIEWED, Shot, Simulation, layout_hash
from tools.screenshots.take import HERE, pages, take

IMAGES = HERE.parents[1] / "docs" / "images"

LAYOUTS = "layouts.json"
"""The file with the hash of the layout of each picture."""


def main() -> None:
    """Take the pictures."""
    parser = argparse.ArgumentParser(prog="python -m tools.screenshots", description=__doc__)
    parser.add_argument("directory", type=Path, nargs="?", default=IMAGES)
    parser.add_argument("--review", action="store_true", help="every dashboard from top to bottom, twice")
    parser.add_argument("--only", nargs="+", default=(), metavar="NAME", help="these pictures alone")
    arguments = parser.parse_args()
    arguments.directory.mkdir(parents=True, exist_ok=True)
    _build()
    every = REVIEWED if arguments.review else PUBLISHED
    shots = [shot for shot in every if not arguments.only or shot.name in arguments.only]
    with pages() as page:
        for simulation in dict.fromkeys(shot.simulation for shot in shots):
            with _simulate(simulation) as (server, span):
                for shot in (shot for shot in shots if shot.simulation == simulation):
                    take(shot, page, server, span, arguments.directory / f"{shot.name}.png")
    _optimise([arguments.directory / f"{shot.name}.png" for shot in shots])
    if not arguments.review:
        _note_layouts(arguments.directory / LAYOUTS, shots)


def _note_layouts(file: Path, shots: Sequence[Shot]) -> None:
    """Write the layout hashes of these pictures; those of other pictures stay."""
    layouts: dict[str, str] = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    layouts |= {shot.name: layout_hash(shot) for shot in shots}
    file.write_text(json.dumps(layouts, indent=2, sort_keys=True) + "\n", encoding="utf-8")


def _build() -> None:
    """Fetch the packages of the lock file if they are missing, and bundle the page."""
    if not (HERE / "node_modules").is_dir():
        subprocess.run(["npm", "ci", "--no-audit", "--no-fund"], cwd=HERE, check=True)  # noqa: S607 -- as found
    subprocess.run(["npm", "run", "--silent", "build"], cwd=HERE, check=True)  # noqa: S607 -- as found


@contextmanager
def _simulate(simulation: Simulation) -> Iterator[tuple[PrometheusServer, ScrapeSpan]]:
    """Run a Prometheus with a simulation up to now."""
    span = ScrapeSpan(
        until=time.time() // simulation.step * simulation.step, length=simulation.length, step=simulation.step
    )
    lookback = f"{max(90, 1.5 * simulation.step):.0f}s"
    with tempfile.TemporaryDirectory() as storage:
        samples = chain(device_samples(simulation.fleet, span), exporter_samples(simulation.fleet, span))
        if simulation.metrics:
            kept = tuple(f"{name}{{" for name in simulation.metrics)
            backfill((line for line in samples if line.startswith(kept)), Path(storage))
            replay(Path(storage), rule_texts("*-compliance.yml", "*-fleet.yml"), span, lookback)
        else:
            backfill(samples, Path(storage))
            replay(Path(storage), rule_texts(), span, lookback)
        with run_prometheus(Path(storage), lookback=lookback) as server:
            yield server, span


def _optimise(pictures: Sequence[Path]) -> None:
    """Reduce the pictures to a palette, which is enough for a dashboard and saves two thirds of the size."""
    files = [str(picture.resolve()) for picture in pictures]
    subprocess.run(["node", "optimise.mjs", *files], cwd=HERE, check=True)  # noqa: S603, S607 -- our own script


if __name__ == "__main__":
    main()
