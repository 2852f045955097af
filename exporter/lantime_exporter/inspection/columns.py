"""Text in columns for a terminal of any width."""

from collections.abc import Iterator, Sequence
from textwrap import TextWrapper

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
        yield from wrapped(text, max(20 + indent, width), name.ljust(indent), " " * indent) or [name]


def wrapped(text: str, width: int, first: str = "", others: str = "") -> list[str]:
    """Return a text as lines of at most the width that begin with these texts; longer words stay whole."""
    wrapper = TextWrapper(max(1, width), first, others, break_long_words=False, break_on_hyphens=False)
    return wrapper.wrap(text)


def printable(text: str) -> str:
    r"""Return a text of the device that is safe for a terminal: control characters as ``\x1b`` and the like."""
    return "".join(character if character.isprintable() else ascii(character)[1:-1] for character in text)
