"""A response limited to some slots."""

import pytest
from lantime_exporter.exposition.metric import gauge
from lantime_exporter.mapping.finders import modules
from lantime_exporter.mapping.readers import number
from lantime_exporter.mapping.table import Collector, Row, Table

from tests.mapping.mapping_documents import Counted, document, lines, mapper, slot

POWER = Collector(
    "power",
    (
        Table(
            "module",
            modules,
            Row(gauge("lantime_module_power_watts", "Power, in watts.", "slot"), number("power")),
        ),
    ),
)
ANSWER = document(
    slot("pwr1", {"power": 1, "extra": 10}),
    slot("pwr2", {"power": 2, "extra": 20}),
    chassis1={"slots": [slot("pwr1", {"power": 3})]},
    system={"uptime": 5},
)


def test_only_the_series_of_the_requested_slots_are_returned(subtests: pytest.Subtests) -> None:
    cases: list[tuple[tuple[str, ...], list[str]]] = [
        ((), ["1.0", "2.0", "3.0", "5.0", "10.0", "20.0"]),
        (("pwr1",), ["1.0", "10.0"]),
        (("pwr2", "pwr1"), ["1.0", "2.0", "10.0", "20.0"]),
        (("chassis1/pwr1",), ["3.0"]),
        (("clk9",), []),
    ]
    for slots, figures in cases:
        with subtests.test(slots=slots):
            found = lines(mapper(POWER, Counted().collector()).map(ANSWER, slots))
            assert sorted(line.rsplit(" ", 1)[1] for line in found) == sorted(figures)


def test_responses_for_different_slots_do_not_mix() -> None:
    mapped = mapper(POWER)
    for _ in range(2):
        assert len(lines(mapped.map(ANSWER, ("pwr1",)))) == 2
        assert len(lines(mapped.map(ANSWER, ("chassis1/pwr1",)))) == 1
        assert len(lines(mapped.map(ANSWER))) == 5


def test_the_account_is_that_of_the_whole_document() -> None:
    mapped = mapper(POWER)
    assert mapped.map(ANSWER, ("pwr1",)).accounts == mapped.map(ANSWER).accounts
