"""Widths of columns: columns that need more than their share are fixed, the others share the rest."""

from tools.dashboards.widths import fixed, inside


def test_widths_only_what_needs_more_than_its_share_is_fixed() -> None:
    assert fixed([50, 50, 50], 300) == [None, None, None]
    assert fixed([200, 50, 50], 300) == [200, None, None]
    assert fixed([200, 90, 10], 300) == [200, 90, None]
    assert fixed([300], 300) == [None]
    assert fixed([], 300) == []


def test_widths_of_columns_that_need_too_much_are_all_fixed() -> None:
    assert fixed([200, 200], 300) == [200, 200]


def test_widths_of_panels_grow_with_their_columns() -> None:
    assert [inside(columns) for columns in (8, 12, 24)] == [297, 464, 964]
