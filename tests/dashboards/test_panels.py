"""Panels: said what they are for, drawn from the chosen data source, placed without overlap, linked."""

import re
from itertools import combinations
from typing import Any

import pytest
from grafana_foundation_sdk.models import units

from tests.dashboards.dashboards_read import FILES, FOLDER, NAMES, everything, load, panels, properties
from tools.backfill import rule_texts
from tools.dashboards.widths import inside

UNITS = {value for name, value in vars(units).items() if isinstance(value, str) and not name.startswith("__")}

ALERTS = set(re.findall(r"alert: (Lantime\w+)", " ".join(rule_texts())))

KINDS = {"stat", "timeseries", "state-timeline", "table"}

LINK = re.compile(r"/d/(?P<uid>[\w-]+)\?")


@pytest.fixture(params=FILES, ids=NAMES)
def dashboard(request: pytest.FixtureRequest) -> dict[str, Any]:
    return load(request.param)


def titles(found: list[dict[str, Any]]) -> list[str]:
    return [panel["title"] for panel in found]


def test_only_kinds_of_panels_that_keep_history_or_lists_are_used(dashboard: dict[str, Any]) -> None:
    assert {panel["type"] for panel in panels(dashboard)} <= KINDS


def test_titles_are_given_once(dashboard: dict[str, Any]) -> None:
    found = titles(list(panels(dashboard)))
    assert all(found)
    assert len(set(found)) == len(found)


def test_descriptions_say_what_is_normal_what_to_do_and_what_watches(dashboard: dict[str, Any]) -> None:
    parts = ("\n\n**Normal:** ", "\n\n**Otherwise:** ", "\n\n**Watched by:** ")
    assert (
        titles([panel for panel in panels(dashboard) if not all(part in panel["description"] for part in parts)]) == []
    )


def test_alerts_named_in_descriptions_exist(dashboard: dict[str, Any]) -> None:
    named = {name for panel in panels(dashboard) for name in re.findall(r"\bLantime\w+", panel["description"])}
    assert named <= ALERTS


def test_ids_are_unique(dashboard: dict[str, Any]) -> None:
    ids = [panel["id"] for panel in everything(dashboard)]
    assert len(set(ids)) == len(ids)


def test_panels_have_queries_with_names_of_their_own(dashboard: dict[str, Any]) -> None:
    for panel in panels(dashboard):
        refs = [target["refId"] for target in panel["targets"]]
        assert refs
        assert len(set(refs)) == len(refs)
        assert not any(target.get("hide") for target in panel["targets"])


def test_the_chosen_data_source_is_asked(dashboard: dict[str, Any]) -> None:
    chosen = {"type": "prometheus", "uid": "${datasource}"}
    for panel in panels(dashboard):
        assert panel["datasource"] == chosen
        assert all(target["datasource"] == chosen for target in panel["targets"])


def test_units_are_grafanas(dashboard: dict[str, Any]) -> None:
    for panel in panels(dashboard):
        assert {panel["fieldConfig"]["defaults"]["unit"], *properties(panel, "unit")} <= UNITS, panel["title"]


def test_thresholds_begin_at_null_and_rise(dashboard: dict[str, Any]) -> None:
    for panel in panels(dashboard):
        for thresholds in (panel["fieldConfig"]["defaults"]["thresholds"], *properties(panel, "thresholds")):
            first, *rest = [step["value"] for step in thresholds["steps"]]
            assert first is None, panel["title"]
            assert rest == sorted(rest), panel["title"]


def test_states_have_text_and_colour(dashboard: dict[str, Any]) -> None:
    for panel in panels(dashboard):
        for mappings in (panel["fieldConfig"]["defaults"]["mappings"], *properties(panel, "mappings")):
            for mapping in mappings:
                options = mapping["options"]
                for shown in [options["result"]] if mapping["type"] == "regex" else options.values():
                    assert shown["text"], panel["title"]
                    assert shown["color"], panel["title"]


def test_timelines_map_their_states(dashboard: dict[str, Any]) -> None:
    states = [panel for panel in panels(dashboard) if panel["type"] == "state-timeline"]
    assert titles([panel for panel in states if not panel["fieldConfig"]["defaults"]["mappings"]]) == []


def test_panels_stay_inside_the_grid(dashboard: dict[str, Any]) -> None:
    for panel in everything(dashboard):
        place = panel["gridPos"]
        assert 0 <= place["x"] < place["x"] + place["w"] <= 24
        assert place["h"] > 0
        assert panel["type"] != "row" or (place["x"], place["w"], place["h"]) == (0, 24, 1)


def test_panels_do_not_overlap(dashboard: dict[str, Any]) -> None:
    def apart(one: dict[str, int], other: dict[str, int]) -> bool:
        beside = one["x"] + one["w"] <= other["x"] or other["x"] + other["w"] <= one["x"]
        below = one["y"] + one["h"] <= other["y"] or other["y"] + other["h"] <= one["y"]
        return beside or below

    for level in (dashboard["panels"], *(row["panels"] for row in dashboard["panels"] if row["type"] == "row")):
        for one, other in combinations(level, 2):
            assert apart(one["gridPos"], other["gridPos"]), (one["title"], other["title"])


def test_tables_fit_a_screen_of_1024_pixels(dashboard: dict[str, Any]) -> None:
    for panel in panels(dashboard):
        if panel["type"] == "table":
            fixed, sharing = list(properties(panel, "custom.width")), list(properties(panel, "custom.minWidth"))
            assert sharing, panel["title"]
            assert sum(fixed) + len(sharing) * max(sharing) <= inside(panel["gridPos"]["w"]), panel["title"]


def test_headings_of_columns_have_room(dashboard: dict[str, Any]) -> None:
    for panel in panels(dashboard):
        if panel["type"] == "table":
            for override in panel["fieldConfig"]["overrides"]:
                given = {item["id"]: item["value"] for item in override["properties"]}
                pixels = given.get("custom.width") or given["custom.minWidth"]
                assert pixels >= 12 + 8 * len(override["matcher"]["options"]), panel["title"]


def test_titles_of_panels_have_room_on_a_screen_of_1024_pixels(dashboard: dict[str, Any]) -> None:
    for panel in panels(dashboard):
        assert 8 * len(panel["title"]) <= inside(panel["gridPos"]["w"]), panel["title"]


def test_rows_that_are_open_hold_no_panels_and_closed_ones_do(dashboard: dict[str, Any]) -> None:
    assert all(row["collapsed"] == bool(row["panels"]) for row in dashboard["panels"] if row["type"] == "row")


def test_legends_name_the_device_unless_all_are_summed(dashboard: dict[str, Any]) -> None:
    for panel in panels(dashboard):
        if panel["type"] in {"timeseries", "state-timeline"}:
            assert all("{{instance}}" in target["legendFormat"] for target in panel["targets"]), panel["title"]


def test_tables_and_stats_ask_for_the_present_alone(dashboard: dict[str, Any]) -> None:
    for panel in panels(dashboard):
        for target in panel["targets"]:
            present = panel["type"] in {"table", "stat"}
            assert (target["instant"], target["range"]) == (present, not present)
            assert target["format"] == ("table" if panel["type"] == "table" else "time_series")


def test_silent_clocks_leave_a_gap(dashboard: dict[str, Any]) -> None:
    for panel in panels(dashboard):
        if panel["type"] in {"timeseries", "state-timeline"}:
            assert panel["fieldConfig"]["defaults"]["custom"]["spanNulls"] is False


def test_every_dashboard_leads_to_all_others_with_its_variables_and_time(dashboard: dict[str, Any]) -> None:
    (link,) = dashboard["links"]
    assert (link["type"], link["tags"], link["includeVars"], link["keepTime"]) == (
        "dashboards",
        ["lantime"],
        True,
        True,
    )


def test_links_to_a_device_keep_data_source_job_and_time(dashboard: dict[str, Any]) -> None:
    for panel in panels(dashboard):
        for links in (panel["fieldConfig"]["defaults"].get("links", []), *properties(panel, "links")):
            for link in links:
                match = LINK.match(link["url"])
                assert match, link["url"]
                assert (FOLDER / f"{match['uid']}.json").exists()
                for kept in ("var-instance=", "${datasource:queryparam}", "${job:queryparam}", "${__url_time_range}"):
                    assert kept in link["url"]


def test_device_columns_lead_to_the_device(dashboard: dict[str, Any]) -> None:
    for panel in panels(dashboard):
        columns = {override["matcher"]["options"] for override in panel["fieldConfig"]["overrides"]}
        if panel["type"] == "table" and "Device" in columns:
            assert list(properties(panel, "links")), panel["title"]


def test_tables_with_several_queries_join_them(dashboard: dict[str, Any]) -> None:
    for panel in panels(dashboard):
        if panel["type"] == "table":
            kinds = [step["id"] for step in panel["transformations"]]
            assert kinds == (["merge", "organize"] if len(panel["targets"]) > 1 else ["organize"])
