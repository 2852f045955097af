"""``python -m monitoring.screenshots [DIRECTORY] [--review]`` takes pictures for the documentation or for review."""

import argparse
import subprocess
import tempfile
import time
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

from monitoring.deployment import Deployment
from monitoring.rules import rule_files
from monitoring.screenshots.shots import PUBLISHED, REVIEWED, Shot
from monitoring.screenshots.take import HERE, pages, take
from monitoring.thresholds import Profile
from monitoring.timeline import Span, backfill, devices, exporter, replay, serving

STEP = 15.0

IMAGES = HERE.parents[1] / "docs" / "images"

PROFILE = Profile.NTP
"""The thresholds that suit a fleet with a long wave receiver: 10 us is as good as it gets."""


def main() -> None:
    """Take the pictures."""
    parser = argparse.ArgumentParser(prog="python -m monitoring.screenshots", description=__doc__)
    parser.add_argument("directory", type=Path, nargs="?", default=IMAGES)
    parser.add_argument("--review", action="store_true", help="every dashboard from top to bottom, twice")
    arguments = parser.parse_args()
    arguments.directory.mkdir(parents=True, exist_ok=True)
    _build()
    shots = REVIEWED if arguments.review else PUBLISHED
    with pages() as page:
        for _, group in groupby(sorted(shots, key=_fleet), key=_fleet):
            _take_all(tuple(group), page, arguments.directory)
    _optimise([arguments.directory / f"{shot.name}.png" for shot in shots])


def _build() -> None:
    """Fetch the packages of the lock file, when they are not there, and bundle the page."""
    if not (HERE / "node_modules").is_dir():
        subprocess.run(["npm", "ci", "--no-audit", "--no-fund"], cwd=HERE, check=True)  # noqa: S607 -- as found
    subprocess.run(["npm", "run", "--silent", "build"], cwd=HERE, check=True)  # noqa: S607 -- as found


def _fleet(shot: Shot) -> list[str]:
    return [f"{played.name} {played.timetable}" for played in shot.fleet]


def _take_all(shots: tuple[Shot, ...], page: str, directory: Path) -> None:
    """Take the pictures of one fleet."""
    span = Span(until=time.time() // STEP * STEP, step=STEP)
    with tempfile.TemporaryDirectory() as storage:
        fleet = shots[0].fleet
        backfill((*devices(fleet, span), *exporter(fleet, span)), Path(storage))
        replay(Path(storage), rule_files(PROFILE, Deployment()).values(), span)
        with serving(Path(storage)) as server:
            for shot in shots:
                take(shot, page, server, span, directory / f"{shot.name}.png")


def _optimise(pictures: Sequence[Path]) -> None:
    """Reduce the pictures to a palette, which is enough for a dashboard and a third of the size."""
    files = [str(picture.resolve()) for picture in pictures]
    subprocess.run(["node", "optimise.mjs", *files], cwd=HERE, check=True)  # noqa: S603, S607 -- our own script


if __name__ == "__main__":
    main()
