"""Widths of columns: what needs more than its share is fixed, the rest shares what is left."""

import pytest

from tools.dashboards.widths import fixed, inside


@pytest.mark.parametrize(
    ("needs", "widths"),
    [
        ([50, 50, 50], [None, None, None]),
        ([200, 50, 50], [200, None, None]),
        ([200, 90, 10], [200, 90, None]),
        ([300], [None]),
        ([], []),
    ],
)
def test_widths_only_what_needs_more_than_its_share_is_fixed(needs: list[int], widths: list[int | None]) -> None:
    assert fixed(needs, 300) == widths


def test_widths_of_columns_that_need_too_much_are_all_fixed() -> None:
    assert fixed([200, 200], 300) == [200, 200]


def test_widths_of_panels_grow_with_their_columns() -> None:
    assert [inside(columns) for columns in (8, 12, 24)] == [297, 464, 964]
