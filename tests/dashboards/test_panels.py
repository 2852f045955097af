"""Panels: said what they are for, drawn from the chosen data source, placed without overlap, linked."""

import re
from collections import Counter
from itertools import combinations
from typing import Any

from grafana_foundation_sdk.models import units

from tests.dashboards.dashboards_read import (
    DASHBOARDS,
    NAMES,
    all_panels,
    all_targets,
    columns,
    everything,
    panels,
    properties,
)
from tools.backfill import rule_texts
from tools.dashboards.widths import inside

UNITS = {value for name, value in vars(units).items() if isinstance(value, str) and not name.startswith("__")}

ALERTS = set(re.findall(r"alert: (Lantime\w+)", " ".join(rule_texts())))

KINDS = {"stat", "timeseries", "state-timeline", "table", "heatmap"}

OVER_TIME = ("timeseries", "state-timeline")

LINK = re.compile(r"/d/(?P<uid>[\w-]+)\?")


def test_only_kinds_of_panels_that_keep_history_or_lists_are_used() -> None:
    assert [name for name, panel in all_panels() if panel["type"] not in KINDS] == []


def test_a_title_is_given_once_on_a_dashboard() -> None:
    assert [name for name, times in Counter(name for name, _ in all_panels()).items() if times > 1] == []
    assert [name for name, panel in all_panels() if not panel["title"]] == []


def test_a_description_says_what_is_normal_what_to_do_and_what_watches() -> None:
    parts = ("\n\n**Normal:** ", "\n\n**Otherwise:** ", "\n\n**Watched by:** ")
    assert [name for name, panel in all_panels() if not all(part in panel["description"] for part in parts)] == []


def test_alerts_named_in_descriptions_exist() -> None:
    unknown = {
        (name, alert)
        for name, panel in all_panels()
        for alert in re.findall(r"\bLantime\w+", panel["description"])
        if alert not in ALERTS
    }
    assert unknown == set()


def test_ids_are_unique_on_a_dashboard() -> None:
    for name, dashboard in DASHBOARDS.items():
        ids = [panel["id"] for panel in everything(dashboard)]
        assert len(set(ids)) == len(ids), name


def test_a_panel_has_queries_with_names_of_their_own() -> None:
    def is_wrong(targets: list[dict[str, Any]]) -> bool:
        refs = [target["refId"] for target in targets]
        return not refs or len(set(refs)) < len(refs) or any(target.get("hide") for target in targets)

    assert [name for name, panel in all_panels() if is_wrong(panel["targets"])] == []


def test_the_chosen_data_source_is_asked() -> None:
    chosen = {"type": "prometheus", "uid": "${datasource}"}
    assert [name for name, asked in (*all_panels(), *all_targets()) if asked["datasource"] != chosen] == []


def test_units_are_grafanas() -> None:
    wrong = {
        (name, unit)
        for name, panel in all_panels()
        for unit in (panel["fieldConfig"]["defaults"]["unit"], *properties(panel, "unit"))
        if unit not in UNITS and not unit.startswith("suffix: ")
    }
    assert wrong == set()


def test_thresholds_begin_at_null_and_rise() -> None:
    for name, panel in all_panels():
        for thresholds in (panel["fieldConfig"]["defaults"]["thresholds"], *properties(panel, "thresholds")):
            first, *rest = [step["value"] for step in thresholds["steps"]]
            assert first is None, name
            assert rest == sorted(rest), name


def test_a_state_has_text_and_colour() -> None:
    for name, panel in all_panels():
        for mappings in (panel["fieldConfig"]["defaults"]["mappings"], *properties(panel, "mappings")):
            for mapping in mappings:
                options = mapping["options"]
                for shown in [options["result"]] if mapping["type"] == "regex" else options.values():
                    assert shown["text"], name
                    assert shown["color"], name


def test_a_timeline_maps_its_states_and_shows_20_rows_a_page() -> None:
    for name, panel in all_panels("state-timeline"):
        assert panel["fieldConfig"]["defaults"]["mappings"], name
        assert panel["options"]["perPage"] == 20, name


def test_the_legend_of_a_graph_has_the_figures_of_each_series() -> None:
    for name, panel in all_panels("timeseries"):
        legend = panel["options"]["legend"]
        assert (legend["displayMode"], legend["calcs"]) == ("table", ["min", "mean", "max", "lastNotNull"]), name


def test_panels_stay_inside_the_grid() -> None:
    for name, dashboard in DASHBOARDS.items():
        for panel in everything(dashboard):
            place = panel["gridPos"]
            assert 0 <= place["x"] < place["x"] + place["w"] <= 24, name
            assert place["h"] > 0, name
            assert panel["type"] != "row" or (place["x"], place["w"], place["h"]) == (0, 24, 1), name


def test_panels_do_not_overlap() -> None:
    def apart(one: dict[str, int], other: dict[str, int]) -> bool:
        beside = one["x"] + one["w"] <= other["x"] or other["x"] + other["w"] <= one["x"]
        below = one["y"] + one["h"] <= other["y"] or other["y"] + other["h"] <= one["y"]
        return beside or below

    for name, dashboard in DASHBOARDS.items():
        for level in (dashboard["panels"], *(row["panels"] for row in dashboard["panels"] if row["type"] == "row")):
            for one, other in combinations(level, 2):
                assert apart(one["gridPos"], other["gridPos"]), (name, one["title"], other["title"])


def test_tables_fit_a_screen_of_1024_pixels() -> None:
    for name, panel in all_panels("table"):
        fixed, sharing = list(properties(panel, "custom.width")), list(properties(panel, "custom.minWidth"))
        assert sharing, name
        assert sum(fixed) + len(sharing) * max(sharing) <= inside(panel["gridPos"]["w"]), name


def test_headings_of_columns_have_room() -> None:
    narrow = {
        (name, title)
        for name, panel in all_panels("table")
        for title, given in columns(panel).items()
        if (given.get("custom.width") or given["custom.minWidth"]) < 12 + 8 * len(title)
    }
    assert narrow == set()


def test_titles_have_room_on_a_screen_of_1024_pixels() -> None:
    assert [name for name, panel in all_panels() if 8 * len(panel["title"]) > inside(panel["gridPos"]["w"])] == []


def test_rows_that_are_open_hold_no_panels_and_closed_ones_do() -> None:
    for name, dashboard in DASHBOARDS.items():
        for row in dashboard["panels"]:
            assert row["type"] != "row" or row["collapsed"] == bool(row["panels"]), (name, row["title"])


def test_legends_name_the_device() -> None:
    assert [name for name, target in all_targets(*OVER_TIME) if "{{instance}}" not in target["legendFormat"]] == []


def test_tables_and_stats_ask_for_the_present_alone() -> None:
    for name, panel in all_panels():
        for target in panel["targets"]:
            present = panel["type"] in {"table", "stat"}
            assert (target["instant"], target["range"]) == (present, not present), name
            assert target["format"] == ("table" if panel["type"] == "table" else "time_series"), name


def test_a_silent_device_leaves_a_gap() -> None:
    assert [
        name
        for name, panel in all_panels(*OVER_TIME)
        if panel["fieldConfig"]["defaults"]["custom"]["spanNulls"] is not False
    ] == []


def test_every_dashboard_leads_to_all_others_with_its_variables_and_time() -> None:
    for name, dashboard in DASHBOARDS.items():
        (link,) = dashboard["links"]
        assert (link["type"], link["tags"], link["includeVars"], link["keepTime"]) == (
            "dashboards",
            ["lantime"],
            True,
            True,
        ), name


def test_links_to_a_device_keep_data_source_job_and_time() -> None:
    kept = ("var-instance=", "${datasource:queryparam}", "${job:queryparam}", "${__url_time_range}")
    for name, panel in all_panels():
        for links in (panel["fieldConfig"]["defaults"].get("links", []), *properties(panel, "links")):
            for link in links:
                if not link["targetBlank"]:
                    match = LINK.match(link["url"])
                    assert match, name
                    assert match["uid"] in NAMES, name
                    assert all(part in link["url"] for part in kept), name


def test_device_columns_lead_to_the_device_and_alerts_to_their_runbook() -> None:
    for name, panel in all_panels("table"):
        for title, given in columns(panel).items():
            if title in {"Device", "Alert"}:
                (link,) = given["links"]
                place = "/d/lantime-device?" if title == "Device" else "runbooks.md#${__value.raw}"
                assert place in link["url"], name


def test_tables_with_several_queries_join_them() -> None:
    for name, panel in all_panels("table"):
        kinds = [step["id"] for step in panel["transformations"]]
        assert kinds == (["merge", "organize"] if len(panel["targets"]) > 1 else ["organize"]), name


def test_marks_of_critical_alerts_are_on_and_name_the_alert_and_its_slot() -> None:
    for name, dashboard in DASHBOARDS.items():
        (mark,) = [mark for mark in dashboard["annotations"]["list"] if mark["name"] == "Critical alert"]
        assert mark["enable"], name
        assert {"{{alertname}}", "{{slot}}"} <= set(mark["textFormat"].split()), name


def test_panels_of_the_lamp_of_a_rubidium_show_nothing_cooler() -> None:
    mixed = [
        name
        for name, panel in all_panels()
        if "lantime_xhe_temperature" in str(panel["targets"]) and "lantime_module_temperature" in str(panel["targets"])
    ]
    assert mixed == []


def test_every_dashboard_has_panels() -> None:
    assert [name for name, dashboard in DASHBOARDS.items() if not list(panels(dashboard))] == []
