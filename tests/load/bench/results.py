"""Results as a file, and as a table with the last saved ones."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.load.bench.probes import Figures

LATEST = Path(__file__).parent / "results/latest.json"

Results = Mapping[str, Figures]
"""Measured values by part of the benchmark."""


@dataclass(frozen=True, slots=True)
class SavedResults:
    """Results, and the machine on which they were measured."""

    machine: Mapping[str, str]
    results: Results


def saved_results(path: Path = LATEST) -> SavedResults:
    """Return the last results, empty if there are none."""
    return SavedResults(**json.loads(path.read_text(encoding="utf-8"))) if path.exists() else SavedResults({}, {})


def keep(results: Results, machine: Mapping[str, str], path: Path = LATEST) -> None:
    """Replace the last results."""
    rounded = {part: {name: round(value, 3) for name, value in figures.items()} for part, figures in results.items()}
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps({"machine": machine, "results": rounded}, indent=2) + "\n", encoding="utf-8")


def table(results: Results, last: Results) -> Iterator[str]:
    """Yield a line per figure, with its ratio to the last one."""
    for part, figures in results.items():
        yield ""
        yield part
        for name, value in figures.items():
            before = last.get(part, {}).get(name)
            ratio = f"{value / before:8.2f} of the last" if before else ""
            yield f"  {name:42}{value:12.3f}  {ratio}".rstrip()
