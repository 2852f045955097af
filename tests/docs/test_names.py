"""Names in documents exist: metrics, flags, keys, collectors, alerts, files, make targets."""

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
import trustme
import yaml
from lantime_exporter.cli.arguments import parser
from lantime_exporter.collectors import load
from lantime_exporter.config.decoding import keys
from lantime_exporter.config.environment import Environment
from lantime_exporter.config.settings import Settings
from lantime_exporter.probe.metrics import METRICS
from lantime_exporter.web import web_config
from lantime_exporter.web.exporter_metrics import ExporterMetrics

from tests.cli.cli_process import run
from tests.docs.documents import DOCUMENTS, ROOT, Document, words
from tools.configuration_reference import sections

HISTOGRAM = ("_bucket", "_count", "_sum")


def own_metrics() -> Iterator[str]:
    """Yield the names of all series of the exporter."""
    yield from load().metrics
    yield from (metric.name for metric in METRICS)
    metrics = ExporterMetrics(0.0)
    for family in metrics.registry.collect():
        yield f"{family.name}_total" if family.type == "counter" else family.name
        yield from (sample.name for sample in family.samples)
        yield from (f"{family.name}{ending}" for ending in HISTOGRAM if family.type == "histogram")


KNOWN_METRICS = set(own_metrics())


KEYS = {
    key.name
    for whole in (Settings, Environment, web_config.WebConfig)
    for _, section in sections("", whole)
    for key in keys(section)
}

OTHERS_KEYS = {
    "Prometheus": {
        *("file_sd_configs", "http_sd_configs", "static_configs", "scrape_timeout", "scrape_interval", "basic_auth"),
        *("tls_config", "relabel_configs", "evaluation_interval", "rule_files", "remote_write", "metrics_path"),
        *("sample_limit", "body_size_limit", "label_value_length_limit", "keep_firing_for"),
        *("group_wait", "group_interval", "repeat_interval", "runbook_url", "dashboard_url"),
    },
    "a library": {"prometheus_client"},
    "spellings of LTOS": {"port_state"},
    "labels and names in PromQL": {"count_over_time", "changes_over_time"},
}
"""Words of the same form that are keys of other programs."""

OTHERS_FLAGS = {
    "--no-healthcheck": "docker run",
    "--constraint": "pip",
    "--format": "podman build, buildah build",
}

SNAKE = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)+")
UPPER = re.compile(r"LANTIME(_[A-Z0-9]+)+")
METRIC = re.compile(r"(?<![\w./:-])lantime_[a-z0-9_]*(?P<more>\.\.\.|\*)?")
RECORD = re.compile(r"\w+:lantime_\w+:\w+")
ALERT = re.compile(r"\bLantime[A-Z]\w+")
PLACE = re.compile(r"(?:exporter|tests|docs|deploy|alerts|dashboards|tools|\.github|\.ci)/[\w./*-]*")


def unknown(found: Callable[[Document], Iterable[str]]) -> list[str]:
    """Return the results of a search in all documents, with the name of the document."""
    return [f"{document.name}: {name}" for document in DOCUMENTS for name in sorted(set(found(document)))]


PACKAGES = ("lantime_exporter", "lantime_simulator")


def known_metric(match: re.Match[str]) -> bool:
    """Return whether a name is that of a metric, or with ``...`` or ``*`` the prefix of one."""
    name = match[0].removesuffix(match["more"] or "")
    return name in (*PACKAGES, *KNOWN_METRICS) or (
        bool(match["more"] or name.endswith("_")) and any(metric.startswith(name) for metric in KNOWN_METRICS)
    )


INVENTED = {"CONTRIBUTING.md": r"lantime_display\w*"}
"""Metrics of an example."""


def test_docs_name_metrics_that_exist() -> None:
    def metrics(document: Document) -> list[str]:
        text = re.sub(INVENTED.get(document.name, "$^"), "", document.text)
        return [match[0] for match in METRIC.finditer(text) if not known_metric(match)]

    assert unknown(metrics) == []


def test_docs_files_for_deployment_name_metrics_that_exist() -> None:
    found = [file for folder in ("deploy", ".github") for file in (ROOT / folder).rglob("*")]
    files = [file for file in found if file.is_file()]
    texts = [file.read_text(encoding="utf-8") for file in files]
    assert [match[0] for text in texts for match in METRIC.finditer(text) if not known_metric(match)] == []


def test_docs_name_flags_that_exist() -> None:
    known = {option for action in actions(parser()) for option in action.option_strings} | OTHERS_FLAGS.keys()

    def flags(document: Document) -> set[str]:
        return {span.split()[0].split("=")[0] for span in document.spans if span.startswith("--")}

    assert unknown(lambda document: flags(document) - known) == []


def actions(of: Any) -> Iterator[Any]:
    """Yield the actions of a parser and of its commands."""
    for action in of._actions:
        yield action
        for command in (action.choices or {}).values() if isinstance(action.choices, dict) else ():
            yield from actions(command)


def test_docs_show_command_lines_that_the_program_understands() -> None:
    for command in [command for document in DOCUMENTS for command in (*document.commands, *document.spans)]:
        program, *arguments = words(command) if command.startswith("lantime-exporter ") else [""]
        if program and not {"--help", "--version", "..."} & set(arguments):
            parser().parse_args([argument for argument in arguments if argument != "|"])


def test_docs_name_keys_that_exist() -> None:
    labels = {label for metric in load().metrics.values() for label in metric.labels}
    collectors = {collector.name for collector in load().collectors}
    known = KEYS.union(*OTHERS_KEYS.values(), labels, collectors)

    def keys(document: Document) -> set[str]:
        return {span for span in document.spans if SNAKE.fullmatch(span) and not span.startswith("lantime_")}

    assert unknown(lambda document: keys(document) - known) == []


def test_docs_name_environment_variables_that_exist() -> None:
    known = {key.name for key in keys(Environment)} | {"LANTIME_CAPTURES"}  # of tests/captures.py
    assert unknown(lambda document: {match[0] for match in UPPER.finditer(document.text)} - known) == []


def rules(kind: str) -> set[str]:
    """Return the names of all rules of a kind, ``alert`` or ``record``."""
    files = sorted((ROOT / "alerts").rglob("*.yml"))
    groups = [group for file in files for group in yaml.safe_load(file.read_text(encoding="utf-8"))["groups"]]
    return {rule[kind] for group in groups for rule in group["rules"] if kind in rule}


def test_docs_name_alerts_that_exist() -> None:
    known = rules("alert")
    assert unknown(lambda document: {match[0] for match in ALERT.finditer(document.text)} - known) == []


def test_docs_name_recording_rules_that_exist() -> None:
    known = rules("record")
    assert unknown(lambda document: {match[0] for match in RECORD.finditer(document.text)} - known) == []


def test_docs_name_files_that_exist() -> None:
    example = {"exporter/lantime_exporter/collectors/display.py", "exporter/lantime_simulator/parts/display.py"}

    def files(document: Document) -> set[str]:
        return {match[0] for span in document.spans for match in PLACE.finditer(span) if span.startswith(match[0])}

    assert unknown(lambda document: [path for path in files(document) - example if not exists(path)]) == []


def exists(path: str) -> bool:
    return any(ROOT.glob(path)) if "*" in path else (ROOT / path).exists()


def test_docs_name_targets_of_make_that_exist() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))

    def named(document: Document) -> set[str]:
        return {name for command in (*document.commands, *document.spans) for name in made(command)}

    assert unknown(lambda document: named(document) - targets) == []


def made(command: str) -> list[str]:
    """Return the targets of a make command."""
    program, *targets = command.split()
    return [name for name in targets if re.fullmatch(r"[a-z-]+", name)] if program == "make" else []


HTTP_CLIENT = {"scheme", "tls_config", "basic_auth"}
"""Keys of Prometheus for an exporter with TLS and a password."""

YAML = [(document, block) for document in DOCUMENTS for block in document.blocks("yaml")]


def test_docs_yaml_is_valid_for_the_program_that_reads_it(
    tmp_path: Path, program: Callable[[str], str], checked: Callable[..., str], subtests: pytest.Subtests
) -> None:
    for number, (document, block) in enumerate(YAML):
        with subtests.test(document=document.name, block=block):
            folder = tmp_path / str(number)
            folder.mkdir()
            check_yaml(block, folder, program, checked)


def check_yaml(block: str, folder: Path, program: Callable[[str], str], checked: Callable[..., str]) -> None:
    """Check a block with the program that reads it."""
    content = yaml.safe_load(block)
    if content.keys() & {"scrape_configs", "rule_files"}:
        (folder / "alerts").symlink_to(ROOT / "alerts")
        (folder / "prometheus.yml").write_text(block)
        checked(program("promtool"), "check", "config", folder / "prometheus.yml")
    elif content.keys() <= {key.name for key in keys(web_config.WebConfig)}:
        authority = trustme.CA()
        server = authority.issue_cert("localhost")
        server.private_key_pem.write_to_path(folder / "server.key")
        server.cert_chain_pems[0].write_to_path(folder / "server.crt")
        (folder / "web.yml").write_text(block)
        web_config.load(folder / "web.yml")
    elif content.keys() <= HTTP_CLIENT:
        job = {"job_name": "lantime-exporter", **content}
        (folder / "prometheus.yml").write_text(yaml.safe_dump({"scrape_configs": [job]}))
        checked(program("promtool"), "check", "config", "--syntax-only", folder / "prometheus.yml")
    elif content.keys() <= {key.name for key in keys(Settings)}:
        (folder / "config.yml").write_text(re.sub(r"(password|ca)_file: \S+", r"\1_file: \1", block))
        (folder / "password").write_text("a password")
        trustme.CA().cert_pem.write_to_path(folder / "ca")
        assert run("check", str(folder / "config.yml")).stderr == ""
    else:
        assert content.keys() & {"labels", "route", "receivers", "groups", "apiVersion"}, "for which program is it?"
