"""The registry: every collector once, by name, and one definition of each metric."""

import pytest
from lantime_exporter.collectors import load
from lantime_exporter.exposition.metric import Kind, Metric, counter, gauge, info
from lantime_exporter.mapping.readers import number
from lantime_exporter.mapping.registry import CollectorRegistry
from lantime_exporter.mapping.table import Collector, Row, Table

from tests.mapping.mapping_documents import Counted


def read(metric: Metric, *keys: str, path: str = "system") -> Collector:
    return Collector(path, (Table(path, Counted(path).find, Row(metric, number(*keys))),))


UPTIME = gauge("lantime_uptime_seconds", "Uptime, in seconds.")


def test_collectors_run_by_name() -> None:
    names = [collector.name for collector in load().collectors]
    assert names == sorted(names)


def test_two_definitions_of_one_metric_are_refused() -> None:
    other = gauge("lantime_uptime_seconds", "Something else, in seconds.")
    with pytest.raises(ValueError, match="lantime_uptime_seconds: two definitions"):
        CollectorRegistry((read(UPTIME, "uptime"), read(other, "uptime", path="ntp")))


def test_all_collectors_are_found() -> None:
    names = [collector.name for collector in load().collectors]
    assert {"device", "sync", "slots", "clock", "receiver", "satellites", "ntp", "network", "events"} <= set(names)
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("name", ["lantime_module_value", "lantime_status_state"])
def test_the_metrics_of_the_generic_layer_are_known(name: str) -> None:
    assert name in load().metrics


def test_a_metric_against_the_conventions_is_refused(subtests: pytest.Subtests) -> None:
    cases: list[tuple[str, str, Kind, tuple[str, ...]]] = [
        ("uptime_seconds", "Uptime.", Kind.GAUGE, ()),
        ("lantime_Uptime", "Uptime.", Kind.GAUGE, ()),
        ("lantime_uptime", "Uptime", Kind.GAUGE, ()),
        ("lantime_bytes_total", "Bytes.", Kind.GAUGE, ()),
        ("lantime_bytes", "Bytes.", Kind.COUNTER, ()),
        ("lantime_device_info", "Device.", Kind.GAUGE, ()),
        ("lantime_device", "Device.", Kind.INFO, ()),
        ("lantime_state", "State.", Kind.GAUGE, ("slot", "slot")),
    ]
    for name, text, kind, labels in cases:
        with subtests.test(name=name), pytest.raises(ValueError, match=name):
            Metric(name=name, help=text, kind=kind, labels=labels)


def test_the_short_forms_name_their_kind() -> None:
    kinds = [gauge("lantime_x", "X.").kind, counter("lantime_x_total", "X.").kind, info("lantime_x_info", "X.").kind]
    assert kinds == [Kind.GAUGE, Kind.COUNTER, Kind.INFO]
