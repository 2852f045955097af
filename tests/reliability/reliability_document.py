"""The tables of docs/reliability.md: the log line of each fault, or the series that it costs."""

from collections.abc import Iterator
from pathlib import Path

DOCUMENT = Path(__file__).parents[2] / "docs" / "reliability.md"


def rows() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield each fault with the other cells of its row."""
    in_table = False
    for line in DOCUMENT.read_text(encoding="utf-8").splitlines():
        in_table = line.startswith("| fault |") or (in_table and line.startswith("|"))
        if in_table and not line.startswith(("| fault |", "|---")):
            fault, *cells = (cell.strip() for cell in line.strip("|").split("|"))
            yield fault, tuple(cells)


DOCUMENTED = dict(rows())
