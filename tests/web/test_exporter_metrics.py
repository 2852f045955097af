"""The exporter's own metrics: their values, and what does not affect them."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from lantime_exporter.web.exporter_metrics import DURATION_BUCKETS, RESULTS, ExporterMetrics
from prometheus_client.openmetrics.parser import text_string_to_metric_families


def value(metrics: ExporterMetrics, name: str, **labels: str) -> float | None:
    return metrics.registry.get_sample_value(f"lantime_exporter_{name}", labels)


def test_results_exist_before_they_happen() -> None:
    metrics = ExporterMetrics(now=0)
    assert [value(metrics, "probes_total", result=result) for result in RESULTS] == [0.0] * len(RESULTS)


def test_probe_counts_in_every_bucket_from_its_duration_on(subtests: pytest.Subtests) -> None:
    cases: list[tuple[float, int | None]] = [(0.0, 0), (0.005, 0), (0.0051, 1), (30.0, 11), (31.0, None)]
    for seconds, first in cases:
        with subtests.test(seconds=seconds):
            metrics = ExporterMetrics(now=0)
            metrics.begin_probe(limit=1)
            metrics.end_probe("none", seconds)
            counts = [value(metrics, "probe_duration_seconds_bucket", le=str(edge)) for edge in DURATION_BUCKETS]
            assert counts == [float(first is not None and index >= first) for index in range(len(DURATION_BUCKETS))]
            assert value(metrics, "probe_duration_seconds_bucket", le="+Inf") == 1
            assert value(metrics, "probe_duration_seconds_count") == 1
            assert value(metrics, "probe_duration_seconds_sum") == seconds


def test_probe_is_in_flight_until_it_ends() -> None:
    metrics = ExporterMetrics(now=0)
    assert metrics.begin_probe(limit=1)
    assert not metrics.begin_probe(limit=1)
    assert value(metrics, "probes_in_flight") == 1
    metrics.end_probe("none", 0.1)
    assert value(metrics, "probes_in_flight") == 0
    assert value(metrics, "probes_total", result="rejected") == 1


def test_probe_with_an_invalid_request_is_not_counted() -> None:
    metrics = ExporterMetrics(now=0)
    metrics.begin_probe(limit=1)
    metrics.end_probe(None, 0.1)
    assert value(metrics, "probe_duration_seconds_count") == 0
    assert value(metrics, "probes_in_flight") == 0


def test_openmetrics_reads_back() -> None:
    metrics = ExporterMetrics(now=5.5)
    metrics.count_response(200)
    text = metrics.render(as_openmetrics=True).decode()
    families = {family.name: family for family in text_string_to_metric_families(text)}  # type: ignore[no-untyped-call]
    assert families["lantime_exporter_http_requests"].samples[0].labels == {"code": "200"}
    assert families["lantime_exporter_config_last_reload_success_timestamp_seconds"].samples[0].value == 5.5


RENDER = """
from lantime_exporter.web.exporter_metrics import ExporterMetrics
metrics = ExporterMetrics(0.0)
metrics.begin_probe(limit=1)
metrics.end_probe("none", 0.1)
metrics.count_response(200)
print(metrics.render(as_openmetrics=True).decode())
"""


@pytest.mark.parametrize(
    "variables",
    [
        {},
        {"PROMETHEUS_MULTIPROC_DIR": "{folder}"},
        {"PROMETHEUS_MULTIPROC_DIR": "{folder}/missing"},
        {"prometheus_multiproc_dir": "{folder}"},
        {"PROMETHEUS_DISABLE_CREATED_SERIES": "false"},
    ],
    ids=str,
)
def test_variables_for_other_programs_change_nothing(tmp_path: Path, variables: dict[str, str]) -> None:
    environ = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(sys.path),
        **{name: text.format(folder=tmp_path) for name, text in variables.items()},
    }
    command = [sys.executable, "-c", RENDER]
    done = subprocess.run(command, env=environ, capture_output=True, text=True, check=True)  # noqa: S603 - fixed words
    assert 'lantime_exporter_probes_total{result="success"} 1.0' in done.stdout
    assert 'lantime_exporter_http_requests_total{code="200"} 1.0' in done.stdout
    assert "_created" not in done.stdout
    assert list(tmp_path.iterdir()) == []
