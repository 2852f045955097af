"""All scrape configurations match the documents, and Prometheus accepts them."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from lantime_exporter.collectors import load
from lantime_exporter.probe.metrics import METRICS

from tests.deploy.conftest import DEPLOY
from tests.deploy.scraping import JOBS, Job, alloy, essence, of_the_operator
from tests.integration.scrape_configurations import EXPORTER, configurations

AGENTS = DEPLOY / "agents"
OPERATOR = DEPLOY / "kubernetes/operator"

SHOWN = configurations()
BODY = "body_size_limit"


def loaded(file: Path) -> Any:
    return yaml.safe_load(file.read_text(encoding="utf-8"))


def expected() -> list[Job]:
    """Return the jobs of the README: one discovers the devices, one is for the exporter itself."""
    return [essence(job, EXPORTER) for job in yaml.safe_load(SHOWN["complete"])["scrape_configs"]]


def of_alloy() -> list[Job]:
    """Return the jobs of the Alloy file."""
    blocks = {block.name: block for block in alloy((AGENTS / "config.alloy").read_text(encoding="utf-8"))}
    jobs = []
    for scrape in (block for block in blocks.values() if block.kind == "prometheus.scrape"):
        job = dict(scrape.values)
        if isinstance(job["targets"], str):
            relabel = blocks[job["targets"].removesuffix(".output")]
            job["relabel_configs"] = [rule.values for rule in relabel.blocks]
            job["http_sd_configs"] = [blocks[relabel.values["targets"].removesuffix(".targets")].values]
        else:
            job["static_configs"] = [{"targets": [target["__address__"] for target in job["targets"]]}]
        jobs.append(job)
    return jobs


def of_operator() -> list[Job]:
    """Return the job of the ScrapeConfig, and the one that the operator generates from the ServiceMonitor."""
    monitor = loaded(OPERATOR / "servicemonitor.yaml")
    service = loaded(DEPLOY / "kubernetes/exporter/service.yaml")
    (endpoint,) = monitor["spec"]["endpoints"]
    (port,) = (port["port"] for port in service["spec"]["ports"] if port["name"] == endpoint["port"])
    assert monitor["spec"]["selector"]["matchLabels"].items() <= service["metadata"]["labels"].items()
    itself = {
        "job_name": service["metadata"]["name"],
        "static_configs": [{"targets": [f"{service['metadata']['name']}.monitoring.svc:{port}"]}],
    }
    return [of_the_operator(loaded(OPERATOR / "scrapeconfig.yaml")["spec"]), itself]


WAYS: dict[str, tuple[Callable[[], list[Job]], str]] = {
    "compose": (lambda: loaded(DEPLOY / "compose/prometheus.yml")["scrape_configs"], "exporter:10124"),
    "prometheus agent": (lambda: loaded(AGENTS / "prometheus-agent.yml")["scrape_configs"], EXPORTER),
    "vmagent": (lambda: loaded(AGENTS / "vmagent.yml")["scrape_configs"], EXPORTER),
    "opentelemetry": (
        lambda: loaded(AGENTS / "otel-collector.yml")["receivers"]["prometheus"]["config"]["scrape_configs"],
        EXPORTER,
    ),
    "alloy": (of_alloy, EXPORTER),
    "operator": (of_operator, "lantime-exporter.monitoring.svc:10124"),
}


def test_scraping_is_the_same_everywhere(subtests: pytest.Subtests) -> None:
    for way, (jobs, address) in WAYS.items():
        with subtests.test(way=way):
            assert [essence(job, address) for job in jobs() if job["job_name"] in JOBS] == expected()


def test_scraping_is_configured_in_a_way_that_prometheus_takes(
    program: Callable[[str], str], checked: Callable[..., str], tmp_path: Path, subtests: pytest.Subtests
) -> None:
    for way in WAYS.keys() - {"alloy"}:
        with subtests.test(way=way):
            file = tmp_path / "prometheus.yml"
            file.write_text(json.dumps({"scrape_configs": WAYS[way][0]()}))
            checked(program("promtool"), "check", "config", file)


def added(job: Job) -> set[str]:
    """Return the labels that a job adds to the series."""
    rules = [rule for key in ("relabel_configs", "metric_relabel_configs") for rule in job.get(key, ())]
    mapped = {f"labels by {rule['action']}" for rule in rules if rule.get("action", "").startswith("label")}
    targets = {rule["target_label"] for rule in rules if not rule.get("target_label", "__").startswith("__")}
    return mapped | targets | {label for group in job.get("static_configs", ()) for label in group.get("labels", ())}


def test_scraping_a_probe_adds_no_label_that_hides_one_of_a_metric(subtests: pytest.Subtests) -> None:
    shown = {name: yaml.safe_load(block)["scrape_configs"] for name, block in SHOWN.items()}
    ways = shown | {way: jobs() for way, (jobs, _) in WAYS.items()}
    of_metrics = {label for metric in (*load().metrics.values(), *METRICS) for label in metric.labels}
    for way, jobs in ways.items():
        with subtests.test(way=way):
            labels = {label for job in jobs if job.get("metrics_path") == "/probe" for label in added(job)}
            assert labels & of_metrics == set()
            assert "instance" in labels


def test_scraping_the_operator_probes_devices_by_no_monitor_because_that_adds_the_label_service() -> None:
    monitors = [
        (file.name, endpoint.get("path", "/metrics"))
        for file in OPERATOR.glob("*.yaml")
        for each in yaml.safe_load_all(file.read_text(encoding="utf-8"))
        if each["kind"] in ("ServiceMonitor", "PodMonitor", "Probe")
        for endpoint in each["spec"].get("endpoints")
        or each["spec"].get("podMetricsEndpoints")
        or ({"path": "/probe"},)
    ]
    assert monitors == [("servicemonitor.yaml", "/metrics")]


@pytest.mark.parametrize("name", ["prometheus-agent.yml", "vmagent.yml"])
def test_scraping_an_agent_takes_its_file(
    name: str, program: Callable[[str], str], checked: Callable[..., str]
) -> None:
    checked(program("promtool"), "check", "config", "--agent", AGENTS / name)


def test_scraping_every_way_bounds_the_size_of_a_response_where_it_can() -> None:
    unbounded = {
        way for way, (jobs, _) in WAYS.items() for job in jobs() if job["job_name"] == "lantime" and BODY not in job
    }
    assert unbounded == {"operator"}, "its ScrapeConfig has no such field"


def test_scraping_every_reference_in_the_alloy_file_leads_to_a_block() -> None:
    blocks = alloy((AGENTS / "config.alloy").read_text(encoding="utf-8"))
    values = [value for block in blocks for value in block.values.values()]
    words = [word for value in values for word in (value if isinstance(value, list) else [value])]
    references = {word.rpartition(".")[0] for word in words if isinstance(word, str) and word.count(".") > 2}
    references = {name for name in references if "/" not in name}
    assert references
    assert references <= {block.name for block in blocks}


def test_scraping_the_collector_sends_what_it_receives() -> None:
    collector = loaded(AGENTS / "otel-collector.yml")
    (pipeline,) = collector["service"]["pipelines"].values()
    assert set(pipeline["receivers"]) == set(collector["receivers"])
    assert set(pipeline["exporters"]) == set(collector["exporters"])


def test_scraping_the_collector_is_not_given_variables_by_accident() -> None:
    text = (AGENTS / "otel-collector.yml").read_text(encoding="utf-8")
    assert "$" not in "".join(line for line in text.splitlines() if not line.startswith("#"))
