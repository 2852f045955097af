"""Variables: data source, job, instance, and what is chained to them; rules of Grafana's dashboard-linter."""

import re
from typing import Any

import promql_parser
import pytest

from tests.dashboards.dashboards_read import FILES, NAMES, filled, load, used_variables, variables

PURE = re.compile(r"label_values\((?:(?P<selector>.+), )?(?P<label>\w+)\)")


@pytest.fixture(params=FILES, ids=NAMES)
def dashboard(request: pytest.FixtureRequest) -> dict[str, Any]:
    return load(request.param)


def queried(dashboard: dict[str, Any]) -> list[dict[str, Any]]:
    return [variable for variable in variables(dashboard).values() if variable["type"] == "query"]


def test_there_is_one_data_source_variable_for_prometheus(dashboard: dict[str, Any]) -> None:
    (source,) = [variable for variable in variables(dashboard).values() if variable["type"] == "datasource"]
    assert (source["name"], source["label"], source["query"]) == ("datasource", "Data source", "prometheus")


@pytest.mark.parametrize(("name", "label"), [("job", "Job"), ("instance", "Instance")])
def test_job_and_instance_can_be_chosen(dashboard: dict[str, Any], name: str, label: str) -> None:
    assert variables(dashboard)[name]["label"] == label


def test_choices_come_from_the_chosen_data_source_at_each_change_of_time(dashboard: dict[str, Any]) -> None:
    assert all(
        (variable["datasource"]["uid"], variable["refresh"]) == ("${datasource}", 2) for variable in queried(dashboard)
    )


def test_any_number_can_be_chosen_and_all_are_a_pattern(dashboard: dict[str, Any]) -> None:
    assert all(
        (variable["multi"], variable["includeAll"], variable["allValue"]) == (True, True, ".+")
        for variable in queried(dashboard)
    )


def test_no_choice_names_a_real_host(dashboard: dict[str, Any]) -> None:
    assert all(variable["current"].get("value") == ["$__all"] for variable in queried(dashboard))


def test_queries_of_variables_are_label_values_of_promql(dashboard: dict[str, Any]) -> None:
    for variable in queried(dashboard):
        match = PURE.fullmatch(variable["query"]["query"])
        assert match, variable["name"]
        promql_parser.parse(filled(match["selector"]))


def test_instance_depends_on_job_and_the_rest_on_both(dashboard: dict[str, Any]) -> None:
    for name, variable in variables(dashboard).items():
        if variable["type"] != "query" or name in {"job", "exporter"}:
            continue
        assert 'job=~"$job"' in variable["query"]["query"]
        assert name == "instance" or 'instance=~"$instance"' in variable["query"]["query"]


def test_variables_are_declared_where_they_are_used_and_used_where_declared(dashboard: dict[str, Any]) -> None:
    assert used_variables(dashboard) == set(variables(dashboard))
