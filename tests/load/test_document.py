"""docs/performance.md shows the saved results."""

from pathlib import Path

import pytest

from tests.load.bench.document import BEGIN, END, renewed
from tests.load.bench.results import saved_results

DOCUMENT = Path(__file__).parents[2] / "docs/performance.md"


def test_the_document_shows_the_saved_results() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    assert renewed(text, saved_results()) == text, "run make docs"


def test_text_around_the_figures_stays() -> None:
    text = renewed(f"before\n{BEGIN}\nold\n{END}\nafter\n", saved_results())
    assert (text.startswith(f"before\n{BEGIN}\n"), "old" in text, text.endswith(f"\n{END}\nafter\n")) == (
        True,
        False,
        True,
    )


def test_a_document_without_marks_is_refused() -> None:
    with pytest.raises(ValueError, match="substring not found"):
        renewed("text", saved_results())
