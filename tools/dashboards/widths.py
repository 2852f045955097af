"""Widths of panels on a screen of 1024 pixels, and of the columns of tables."""

from collections.abc import Sequence

COLUMNS = 24
"""Columns of the grid of Grafana."""

SCREEN, MARGINS, GAP, FRAME, SCROLL_BAR = 1024, 32, 8, 18, 10
"""Pixels: of the screen, beside the grid, between two panels, of border and padding of a panel, of a scroll bar."""


def inside(columns: int) -> int:
    """Return the pixels that a table has in a panel of so many columns of the grid."""
    return (SCREEN - MARGINS + GAP) * columns // COLUMNS - GAP - FRAME - SCROLL_BAR


def fixed(needs: Sequence[int], space: int) -> list[int | None]:
    """Return the width of each column that needs more than its share of the space, None for the others.

    Grafana gives columns without a width equal shares of the rest, so columns that need more get a fixed width.
    """
    given: list[int | None] = [None] * len(needs)
    while sharing := [place for place, width in enumerate(given) if width is None]:
        share = (space - sum(width or 0 for width in given)) / len(sharing)
        wider = [place for place in sharing if needs[place] > share]
        if not wider:
            break
        for place in wider:
            given[place] = needs[place]
    return given
