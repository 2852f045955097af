"""Finders: the places to which tables apply."""

from collections.abc import Mapping
from typing import Any

import pytest
from lantime_exporter.exposition.metric import gauge
from lantime_exporter.mapping.finders import each, flagged
from lantime_exporter.mapping.readers import number
from lantime_exporter.mapping.result import Mapped
from lantime_exporter.mapping.table import Collector, Row, Table

from tests.mapping.mapping_documents import document, lines, mapper

SET, UNSET = flagged(each("ports", port="object-id"), "enabled", otherwise=True)


def rows(name: str) -> Row:
    return Row(gauge(f"lantime_{name}_seconds", "Offset, in seconds.", "port"), number("offset"))


PORTS = Collector("ports", (Table("ports[]", SET, rows("set")), Table("ports[]", UNSET, rows("unset"))))


def mapped(port: Mapping[str, Any]) -> Mapped:
    return mapper(PORTS).map(document(ports={"a": {**port, "offset": 1}}))


@pytest.mark.parametrize(
    ("port", "table"),
    [({"enabled": True}, "set"), ({"enabled": False}, "unset"), ({}, "set"), ({"enabled": "?"}, "set")],
)
def test_a_flag_decides_which_table_a_place_belongs_to(port: Mapping[str, Any], table: str) -> None:
    assert lines(mapped(port)) == [f'lantime_{table}_seconds{{port="a"}} 1.0']


def test_an_invalid_flag_is_one_decode_error_for_all_tables() -> None:
    assert [collector.decode_errors for collector in mapped({"enabled": "?"}).collectors] == [1]
