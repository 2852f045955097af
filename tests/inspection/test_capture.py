"""The page and the report of a real M600."""

import json
from collections.abc import Callable
from typing import Any

from lantime_exporter.document.shape import flatten
from lantime_exporter.inspection.anonymise import anonymise
from lantime_exporter.inspection.leaf_account import Inspection
from lantime_exporter.inspection.page import page

from tests.captures import require_capture

require_capture()

Document = dict[str, Any]
Inspected = Callable[[Document], Inspection]


def part(inspection: Inspection, name: str) -> str:
    """Return a part of the page."""
    return next(
        piece for piece in page(inspection, 100).split("\n\n") if f"({name})" in piece or piece.startswith(name)
    )


IDENTITY = (
    *("0123456789", "030111006950", "029811038330", "mbg1", "time.example.com", "192.0.2.123", "00:13:95:16:7c:9c"),
    *("46.951083", "7.438632", "4325331.924", "564728.368", "4638460.298", "555.5"),
)


def test_nothing_of_its_identity_is_in_a_report(answer: Document) -> None:
    before, after = json.dumps(answer), json.dumps(anonymise(answer))
    assert [secret for secret in IDENTITY if secret not in before or secret in after] == []


def test_hardly_anything_else_changes_in_a_report(answer: Document) -> None:
    leaves, others = flatten(answer).leaves, flatten(anonymise(answer)).leaves
    assert sum(one != other for one, other in zip(leaves, others, strict=True)) < 40


def test_ports_stand_side_by_side(inspected: Inspected, answer: Document) -> None:
    rows = [row.split() for row in part(inspected(answer), "network").splitlines()]
    assert rows[1:3] == [
        ["port", "lan0", "lan1", "lan2", "lan3"],
        ["up", "yes", "no", "no", "no"],
    ]


def test_slots_are_rows_in_natural_order_with_their_modules(inspected: Inspected, answer: Document) -> None:
    rows = page(inspected(answer), 100).splitlines()
    places = [next(place for place, row in enumerate(rows) if row.startswith(f"  {slot} ")) for slot in ("cpu", "int1")]
    assert places == sorted(places)
    assert "  clk1  clk   yes       grc180     029811038330   v2.16" in rows


def test_only_active_events_are_listed(inspected: Inspected, answer: Document) -> None:
    found = part(inspected(answer), "events")
    assert ("8 of 34 active" in found, "network-link-down" in found, "ntp-stopped" in found) == (True, True, False)


def test_only_services_that_do_not_run_are_listed(inspected: Inspected, answer: Document) -> None:
    found = part(inspected(answer), "services")
    assert ("13 of 30 not running" in found, "telnet" in found, "webshell" in found) == (True, True, False)


def test_account_counts_leaves_and_reasons(inspected: Inspected, answer: Document) -> None:
    found = part(inspected(answer), "Leaves of the status tree")
    assert "     323 ignored\n            123 the port does not exist: these are placeholders\n" in found
