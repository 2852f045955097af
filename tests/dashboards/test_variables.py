"""Variables: data source, job, instance, and those that depend on them."""

import re
from collections.abc import Iterator

import promql_parser

from tests.dashboards.dashboards_read import DASHBOARDS, Json, filled, used_variables, variables

PURE = re.compile(r"label_values\((?:(?P<selector>.+), )?(?P<label>\w+)\)")


def queried() -> Iterator[tuple[str, Json]]:
    for name, dashboard in DASHBOARDS.items():
        for variable in variables(dashboard).values():
            if variable["type"] == "query":
                yield f"{name}: {variable['name']}", variable


def is_of_the_device_page(name: str) -> bool:
    return name == "lantime-device: instance"


def test_there_is_one_data_source_variable_for_prometheus() -> None:
    for name, dashboard in DASHBOARDS.items():
        (source,) = [variable for variable in variables(dashboard).values() if variable["type"] == "datasource"]
        assert (source["name"], source["label"], source["query"]) == ("datasource", "Data source", "prometheus"), name


def test_job_and_instance_can_be_chosen() -> None:
    found = {
        tuple(variables(dashboard)[name]["label"] for name in ("job", "instance")) for dashboard in DASHBOARDS.values()
    }
    assert found == {("Job", "Instance")}


def test_choices_come_from_the_chosen_data_source_at_each_change_of_time() -> None:
    found = {(variable["datasource"]["uid"], variable["refresh"]) for _, variable in queried()}
    assert found == {("${datasource}", 2)}


def test_any_number_can_be_chosen() -> None:
    assert [name for name, variable in queried() if not variable["multi"]] == []


def test_all_are_chosen_at_first_but_one_device_on_its_own_page() -> None:
    def at_first(name: str) -> object:
        return (False, {}) if is_of_the_device_page(name) else (True, ["$__all"])

    def chosen(variable: Json) -> object:
        current = variable["current"]
        return variable["includeAll"], current.get("value") if current else {}

    assert [name for name, variable in queried() if chosen(variable) != at_first(name)] == []


def test_all_jobs_are_those_that_have_lantimes() -> None:
    """``up`` also has other jobs, so the variable lists the jobs instead of matching any."""
    all_values = {variable["name"]: variable["allValue"] for name, variable in queried() if "device:" not in name}
    assert all_values == {"job": None, "instance": ".+", "slot": ".+", "exporter": ".+"}


def test_queries_of_variables_are_label_values_of_promql() -> None:
    for name, variable in queried():
        match = PURE.fullmatch(variable["query"]["query"])
        assert match, name
        promql_parser.parse(filled(match["selector"]))


def test_instance_depends_on_job_and_the_rest_on_both() -> None:
    for name, variable in queried():
        if variable["name"] not in {"job", "exporter"}:
            assert 'job=~"$job"' in variable["query"]["query"], name
            assert variable["name"] == "instance" or 'instance=~"$instance"' in variable["query"]["query"], name


def test_variables_are_declared_where_they_are_used_and_used_where_declared() -> None:
    wrong = {
        name: used_variables(dashboard) ^ set(variables(dashboard))
        for name, dashboard in DASHBOARDS.items()
        if used_variables(dashboard) != set(variables(dashboard))
    }
    assert wrong == {}
