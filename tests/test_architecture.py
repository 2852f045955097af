"""How the package hangs together: imports point one way, effects stay at the edges, tables keep the conventions."""

import ast
import importlib
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest
from lantime_exporter.collectors import load
from lantime_exporter.exposition.metric import Kind, Metric

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "exporter"
PACKAGE = SOURCE / "lantime_exporter"

FOLDERS: dict[str, set[str]] = {
    "errors": set(),
    "bounds": {"errors"},
    "endpoint": {"errors"},
    "formatting": set(),
    "pem": {"errors"},
    "file_reloader": {"errors"},
    "config": {"errors", "endpoint", "formatting", "pem"},
    "device": {"errors", "bounds", "endpoint", "pem", "file_reloader", "config"},
    "document": {"errors"},
    "exposition": set(),
    "mapping": {"errors", "bounds", "config", "document", "exposition"},
    "collectors": {"errors", "document", "mapping"},
    "probe": {"errors", "bounds", "endpoint", "config", "device", "document", "mapping", "exposition"},
    "web": {"errors", "bounds", "formatting", "pem", "file_reloader", "config", "device", "probe"},
    "inspection": {"errors", "formatting", "document", "exposition", "mapping", "collectors"},
    "simulator": {"errors"},
    "cli": {
        *("errors", "endpoint", "formatting", "collectors", "bounds", "config", "device", "document", "mapping"),
        *("probe", "web", "inspection", "simulator"),
    },
    "__main__": {"cli"},
}
"""What each folder may import of the others: what stands before it in the flow of the data."""

REASONING = {
    *("collections", "dataclasses", "datetime", "enum", "functools", "itertools", "math", "operator", "re"),
    *("statistics", "types", "typing"),
}
"""Modules of the standard library that touch nothing outside."""

PURE = {
    "document": REASONING | {"json", "msgspec"},
    "exposition": REASONING,
    "collectors": REASONING | {"importlib", "pkgutil"},
    "mapping": REASONING | {"contextlib", "gc", "msgspec", "threading", "time", "weakref"},
}
"""Folders without effects, and all that they may import beside the package itself."""

THIRD_PARTY = {
    "config": {"msgspec", "yaml"},
    "document": {"msgspec"},
    "mapping": {"msgspec"},
    "probe": {"msgspec"},
    "device": {"requests", "urllib3"},
    "web": {"bcrypt", "isal", "msgspec", "prometheus_client", "yaml"},
    "cli": {"msgspec"},
}
"""Libraries of others, by the folder that may use them."""

STANDARD = {"_typeshed"}


def name_of(file: Path) -> str:
    parts = file.relative_to(SOURCE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {name_of(file): file for file in sorted(SOURCE.rglob("*.py"))}


def folder_of(module: str) -> str:
    """Return the folder, or the single module, directly below the package."""
    package, _, rest = module.partition(".")
    return "simulator" if package == "lantime_simulator" else rest.split(".")[0]


def imports(module: str) -> Iterator[str]:
    """Yield every module that a module imports, also inside functions."""
    for node in ast.walk(ast.parse(MODULES[module].read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}: a relative import"
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                yield inner if inner in MODULES else str(node.module)


PACKAGES = {"lantime_exporter", "lantime_simulator"}

INSIDE = [(module, other) for module in MODULES for other in imports(module) if other.split(".")[0] in PACKAGES]
OUTSIDE = [(module, other) for module in MODULES for other in imports(module) if other.split(".")[0] not in PACKAGES]


def test_a_folder_imports_only_earlier_ones() -> None:
    found = {
        f"{module} imports {other}"
        for module, other in INSIDE
        if (folder := folder_of(module)) and folder_of(other) not in FOLDERS[folder] | {folder, ""}
    }
    assert found == set()


def test_every_folder_has_its_place() -> None:
    assert {folder_of(module) for module in MODULES} - {""} == set(FOLDERS)


def test_no_folder_is_granted_more_than_it_imports() -> None:
    used = {(folder_of(module), folder_of(other)) for module, other in INSIDE}
    granted = {(folder, other) for folder, others in FOLDERS.items() for other in others}
    assert granted - used == set()


def test_no_modules_import_each_other_in_a_circle() -> None:
    graph: dict[str, set[str]] = {module: set() for module in MODULES}
    for module, other in INSIDE:
        if other not in PACKAGES:
            graph[module].add(other)
    assert len(list(TopologicalSorter(graph).static_order())) == len(MODULES)


def test_only_the_commands_import_the_simulator() -> None:
    users = {folder_of(module) for module, other in INSIDE if folder_of(other) == "simulator"}
    assert users == {"cli", "simulator"}


def test_a_folder_without_effects_imports_none_with_effects() -> None:
    found = {
        f"{module} imports {other}"
        for module, other in OUTSIDE
        if (folder := folder_of(module)) in PURE and other.split(".")[0] not in PURE[folder]
    }
    assert found == set()


def test_a_folder_without_effects_opens_and_prints_nothing() -> None:
    found = [
        f"{module}: {node.func.id}()"
        for module, file in MODULES.items()
        if folder_of(module) in PURE
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        if node.func.id in {"open", "print", "input", "exec", "eval"}
    ]
    assert found == []


def test_each_library_is_used_in_its_own_folder_only() -> None:
    known = sys.stdlib_module_names | STANDARD
    found = {
        f"{module} imports {other}"
        for module, other in OUTSIDE
        if other.split(".")[0] not in known | THIRD_PARTY.get(folder_of(module), set())
    }
    assert found == set()


REGISTRY = load()
COLLECTORS = {
    module: importlib.import_module(module)
    for module in MODULES
    if re.fullmatch(r"lantime_exporter\.collectors\.(?!common$)\w+", module)
}

IN_THE_TABLES_ONLY = {"lantime_exporter.collectors.module_availability", "lantime_exporter.collectors.device"}
"""Collectors whose paths are in their tables, not yet in their docstrings."""


def test_the_docstring_of_a_collector_names_its_source() -> None:
    where = re.compile(r"``[\w.\[\]*-]+``|docs/modules\.md")
    silent = {name for name, module in COLLECTORS.items() if not where.search(module.__doc__ or "")}
    assert silent - IN_THE_TABLES_ONLY == set()


def test_every_table_of_a_collector_names_its_path() -> None:
    assert [
        one.name for one in REGISTRY.collectors if not one.tables or not all(table.path for table in one.tables)
    ] == []


def test_a_table_belongs_to_one_collector() -> None:
    times = Counter(table for collector in REGISTRY.collectors for table in collector.tables)
    assert [table.path for table, count in times.items() if count > 1] == []


METRICS = tuple(REGISTRY.metrics.values())

UNITS = {
    "seconds": "seconds",
    "bytes": "bytes",
    "bits per second": "bits_per_second",
    "messages per second": "messages_per_second",
    "hertz": "hertz",
    "volts": "volts",
    "amperes": "amperes",
    "watts": "watts",
    "degrees Celsius": "celsius",
    "degrees": "degrees",
    "metres": "meters",
    "dB-Hz": "dbhz",
    "revolutions per minute": "rpm",
}
"""Units as help texts and names write them."""

UNIT_OF_HELP = re.compile(rf", in ({'|'.join(sorted(UNITS, key=len, reverse=True))})\b")

NO_BASE_UNIT = re.compile(
    r"_(ns|us|ms|nanoseconds?|microseconds?|milliseconds?|minutes?|hours?|days?|kib|kb|mb|kilobytes?|megabytes?"
    r"|percent|percentage|mhz|khz|mbps|kelvin|fahrenheit|mv|ma|mw|kw|feet|km)(_total)?"
)


def has_unit_in_help(metric: Metric) -> bool:
    name = metric.name.removesuffix("_total")
    return next((words for words, suffix in UNITS.items() if name.endswith(f"_{suffix}")), "") in metric.help


def has_kind_in_name(metric: Metric) -> bool:
    endings = {Kind.COUNTER: "_total", Kind.INFO: "_info"}
    return all(metric.name.endswith(ending) == (kind is metric.kind) for kind, ending in endings.items())


SLOT_ELSEWHERE = ("lantime_network_info",)
"""Metrics with the slot of a port, not of the series."""

CONVENTIONS: dict[str, Callable[[Metric], object]] = {
    "a name consists of words in lower case": lambda metric: re.fullmatch(r"lantime(_[a-z0-9]+)+", metric.name),
    "a help text is a sentence": lambda metric: re.fullmatch(r"[A-Z0-9][^\n]*[^ .]\.", metric.help),
    "a name has base units only": lambda metric: not re.search(rf"{NO_BASE_UNIT.pattern}$", metric.name),
    "the unit of the help text is in the name": lambda metric: all(
        UNITS[unit] in metric.name for unit in UNIT_OF_HELP.findall(metric.help)
    ),
    "the unit of the name is in the help text": has_unit_in_help,
    "the time of an event is in Unix seconds": lambda metric: (
        "_timestamp_seconds" not in metric.name or "Unix seconds" in metric.help
    ),
    "the kind is in the name": has_kind_in_name,
    "no label stands for the target": lambda metric: not {"host", "target", "job"} & set(metric.labels),
    "the slot is the first label": lambda metric: "slot" not in metric.labels[1:] or metric.name in SLOT_ELSEWHERE,
}


def test_every_metric_keeps_the_conventions(subtests: pytest.Subtests) -> None:
    for convention, is_kept in CONVENTIONS.items():
        with subtests.test(convention):
            assert [metric.name for metric in METRICS if not is_kept(metric)] == []


def test_no_two_metrics_are_one_family_to_openmetrics() -> None:
    stems = Counter(metric.name.removesuffix("_total").removesuffix("_info") for metric in METRICS)
    assert [stem for stem, times in stems.items() if times > 1] == []


MAX_LINES = 300


def test_no_file_is_too_long_to_read_at_once() -> None:
    lines = {module: len(file.read_text().splitlines()) for module, file in MODULES.items()}
    assert {module: count for module, count in lines.items() if count > MAX_LINES} == {}


def classes(module: str) -> Iterator[str]:
    for node in ast.parse(MODULES[module].read_text()).body:
        if isinstance(node, ast.ClassDef):
            yield node.name


def test_no_two_classes_of_a_package_have_the_same_name() -> None:
    for package in PACKAGES:
        assert repeated(name for module in modules_of(package) for name in classes(module)) == []


def test_no_two_modules_of_a_package_have_the_same_name() -> None:
    for package in PACKAGES:
        assert repeated(MODULES[module].stem for module in modules_of(package)) == ["__init__"]


def modules_of(package: str) -> list[str]:
    return [name for name in MODULES if name.split(".")[0] == package]


def repeated(names: Iterable[str]) -> list[str]:
    return [name for name, count in Counter(names).items() if count > 1]
