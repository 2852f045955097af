"""Figures in texts, and texts of the inventory."""

import pytest
from lantime_exporter.document.shape import Scalar
from lantime_exporter.document.values import load_average, memory, text
from lantime_exporter.errors import DecodeError

LOAD = "0.48 0.66 0.57 2/99 25157"
MEMORY = "228428 kB total memory, 161732 kB free (70 %)"


@pytest.mark.parametrize(("place", "figure"), [(0, 0.48), (1, 0.66), (2, 0.57)])
def test_the_load_line_gives_three_figures(place: int, figure: float) -> None:
    assert load_average(LOAD, place=place) == figure


def test_no_load_line_is_absent(subtests: pytest.Subtests) -> None:
    for value in (None, "", "N/A", "-"):
        with subtests.test(value=value):
            assert load_average(value, place=0) is None


def test_any_other_load_line_is_a_decode_error(subtests: pytest.Subtests) -> None:
    for value in ("busy", "0.48 0.66", 0.48, True, "a b c"):
        with subtests.test(value=value), pytest.raises(DecodeError):
            load_average(value, place=0)


def test_one_invalid_figure_of_the_load_line_leaves_the_others() -> None:
    assert load_average("0.48 high 0.57 2/99 25157", place=2) == 0.57


@pytest.mark.parametrize(("part", "size"), [(1, 228428 * 1024), (2, 161732 * 1024)])
def test_the_memory_line_gives_bytes(part: int, size: float) -> None:
    assert memory(MEMORY, part=part) == size


def test_no_memory_line_is_absent(subtests: pytest.Subtests) -> None:
    for value in (None, "", "N/A", "never"):
        with subtests.test(value=value):
            assert memory(value, part=1) is None


def test_any_other_memory_line_is_a_decode_error(subtests: pytest.Subtests) -> None:
    for value in ("plenty", "228428 kB", 228428, False, f"{'9' * 400} kB total memory, 1 kB free"):
        with subtests.test(value=value), pytest.raises(DecodeError):
            memory(value, part=1)


def test_a_text_of_the_inventory_is_trimmed_and_sentinels_are_absent(subtests: pytest.Subtests) -> None:
    cases: list[tuple[Scalar, str | None]] = [
        ("001122334455    ", "001122334455"),
        ("v2.16", "v2.16"),
        (7, "7"),
        (7.5, "7.5"),
        (True, "true"),
        (None, None),
        ("", None),
        ("    ", None),
        ("N/A", None),
        ("no version information", None),
    ]
    for value, found in cases:
        with subtests.test(value=value):
            assert text(value) == found
