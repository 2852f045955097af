"""Text in columns for a terminal of any width."""

import textwrap
from collections.abc import Iterable, Iterator, Sequence

GAP = "  "
ABSENT = "-"


def columns(rows: Sequence[Sequence[str]], width: int) -> Iterator[str]:
    """Yield the lines of a table; the first row is its head, the first column names the rows.

    Columns beyond the width follow below, with the names repeated. An empty cell is shown as ``-``.
    """
    cells = [[cell or ABSENT for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    for place, columns in enumerate(_portions(widths, width)):
        if place:
            yield ""
        for row in cells:
            yield GAP.join(row[column].ljust(widths[column]) for column in (0, *columns)).rstrip()


def _portions(widths: Sequence[int], width: int) -> Iterator[list[int]]:
    """Yield the columns that fit side by side, at least one at a time."""
    portion: list[int] = []
    used = widths[0]
    for column in range(1, len(widths)):
        needed = len(GAP) + widths[column]
        if portion and used + needed > width:
            yield portion
            portion, used = [], widths[0]
        portion.append(column)
        used += needed
    if portion:
        yield portion


def pairs(items: Sequence[tuple[str, str]], width: int) -> Iterator[str]:
    """Yield names and texts in two columns; long texts are wrapped."""
    indent = max((len(name) for name, _ in items), default=0) + len(GAP)
    for name, text in items:
        first, *others = wrapped(text, max(20, width - indent)) or [""]
        yield f"{name.ljust(indent)}{first}".rstrip()
        yield from (f"{' ' * indent}{line}" for line in others)


def wrapped(text: str, width: int) -> list[str]:
    """Return a text as lines of at most the width; longer words stay whole."""
    return textwrap.wrap(text, max(1, width), break_long_words=False, break_on_hyphens=False)


def indented(lines: Iterable[str]) -> Iterator[str]:
    """Yield the lines indented."""
    return (f"{GAP}{line}" if line else line for line in lines)


def printable(text: str) -> str:
    r"""Return a text of the device that is safe for a terminal: control characters as ``\x1b`` and the like."""
    return "".join(character if character.isprintable() else ascii(character)[1:-1] for character in text)
