"""Panels: descriptions, data source, layout, links."""

import re
from collections import Counter
from itertools import chain, groupby
from typing import Any

from grafana_foundation_sdk.models import units

from tests.dashboards.dashboards_read import (
    DASHBOARDS,
    NAMES,
    all_panels,
    all_targets,
    columns,
    everything,
    properties,
)
from tools.backfill import rule_texts
from tools.dashboards.colours import BAD, GOOD
from tools.dashboards.widths import inside

UNITS = {value for name, value in vars(units).items() if isinstance(value, str) and not name.startswith("__")}

ALERTS = set(re.findall(r"alert: (Lantime\w+)", " ".join(rule_texts())))

KINDS = {"stat", "timeseries", "state-timeline", "table", "heatmap"}

OVER_TIME = ("timeseries", "state-timeline")

LINK = re.compile(r"/d/(?P<uid>[\w-]+)\?")

FIGURES = ["min", "mean", "max", "lastNotNull"]


def test_panels_have_a_known_type_and_a_title_of_their_own() -> None:
    assert [name for name, panel in all_panels() if panel["type"] not in KINDS or not panel["title"]] == []
    assert [name for name, times in Counter(name for name, _ in all_panels()).items() if times > 1] == []
    assert {name.split(":")[0] for name, _ in all_panels()} == set(NAMES)


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


def test_ids_of_panels_and_names_of_queries_are_unique() -> None:
    def is_repeated(names: list[Any]) -> bool:
        return not names or len(set(names)) < len(names)

    wrong = [name for name, board in DASHBOARDS.items() if is_repeated([panel["id"] for panel in everything(board)])]
    wrong += [name for name, panel in all_panels() if is_repeated([target["refId"] for target in panel["targets"]])]
    assert wrong == []


def test_queries_use_the_chosen_data_source() -> None:
    chosen = {"type": "prometheus", "uid": "${datasource}"}
    wrong = [name for name, query in (*all_panels(), *all_targets()) if query["datasource"] != chosen]
    assert wrong + [name for name, target in all_targets() if target.get("hide")] == []


def test_units_are_grafanas() -> None:
    wrong = {
        (name, unit)
        for name, panel in all_panels()
        for unit in (panel["fieldConfig"]["defaults"]["unit"], *properties(panel, "unit"))
        if unit not in UNITS and not unit.startswith("suffix:")
    }
    assert wrong == set()


def test_thresholds_begin_at_null_and_rise() -> None:
    wrong = []
    for name, panel in all_panels():
        for thresholds in (panel["fieldConfig"]["defaults"]["thresholds"], *properties(panel, "thresholds")):
            first, *rest = [step["value"] for step in thresholds["steps"]]
            wrong += [name] if first is not None or rest != sorted(rest) else []
    assert wrong == []


def test_a_state_has_text_and_colour() -> None:
    wrong = set()
    for name, panel in all_panels():
        for mapping in (*panel["fieldConfig"]["defaults"]["mappings"], *chain(*properties(panel, "mappings"))):
            options = mapping["options"]
            shown = [options["result"]] if mapping["type"] == "regex" else options.values()
            wrong |= {(name, str(state)) for state in shown if not (state["text"] and state["color"])}
    assert wrong == set()


def test_a_timeline_maps_its_states_and_shows_20_rows_a_page() -> None:
    wrong = [
        name
        for name, panel in all_panels("state-timeline")
        if not panel["fieldConfig"]["defaults"]["mappings"] or panel["options"]["perPage"] != 20
    ]
    assert wrong == []


def test_the_legend_of_a_graph_has_the_figures_of_each_series_as_far_as_there_is_room_the_worst_first() -> None:
    wrong = []
    for name, panel in all_panels("timeseries"):
        legend = panel["options"]["legend"]
        colours = [step["color"] for step in panel["fieldConfig"]["defaults"]["thresholds"]["steps"]]
        worst = "min" if (colours[0], colours[-1]) == (BAD, GOOD) else "max"
        figures = FIGURES if panel["gridPos"]["w"] >= 12 else [worst, "lastNotNull"]
        sorting = (worst.capitalize(), worst == "max")
        if (legend["displayMode"], legend["calcs"]) != ("table", figures):
            wrong.append(name)
        if (legend["sortBy"], legend["sortDesc"]) != sorting:
            wrong.append(name)
    assert wrong == []


def test_panels_fill_the_grid_line_by_line_without_overlap() -> None:
    wrong = []
    for name, dashboard in DASHBOARDS.items():
        rows = [panel for panel in dashboard["panels"] if panel["type"] == "row"]
        for level in (dashboard["panels"], *(row["panels"] for row in rows)):
            below = None
            for _, line in groupby(level, key=lambda panel: panel["gridPos"]["y"]):
                places = [panel["gridPos"] for panel in line]
                ends = [place["x"] + place["w"] for place in places]
                follows = below is None or places[0]["y"] == below
                if not follows or [place["x"] for place in places] != [0, *ends[:-1]] or ends[-1] != 24:
                    wrong.append((name, places))
                if len({place["h"] for place in places}) > 1:
                    wrong.append((name, places))
                below = places[0]["y"] + places[0]["h"]
    assert wrong == []


def test_tables_fit_a_screen_of_1024_pixels() -> None:
    wrong = []
    for name, panel in all_panels("table"):
        fixed, sharing = list(properties(panel, "custom.width")), list(properties(panel, "custom.minWidth"))
        if not sharing or sum(fixed) + len(sharing) * max(sharing) > inside(panel["gridPos"]["w"]):
            wrong.append(name)
    assert wrong == []


def test_headings_and_titles_have_room_on_a_screen_of_1024_pixels() -> None:
    narrow = {
        (name, title)
        for name, panel in all_panels("table")
        for title, given in columns(panel).items()
        if (given.get("custom.width") or given["custom.minWidth"]) < 12 + 8 * len(title)
    }
    assert narrow == set()
    assert [name for name, panel in all_panels() if 8 * len(panel["title"]) > inside(panel["gridPos"]["w"])] == []


def test_rows_that_are_open_hold_no_panels_and_closed_ones_do() -> None:
    rows = [(name, row) for name, board in DASHBOARDS.items() for row in board["panels"] if row["type"] == "row"]
    assert [(name, row["title"]) for name, row in rows if row["collapsed"] != bool(row["panels"])] == []


def test_legends_name_the_device() -> None:
    assert [name for name, target in all_targets(*OVER_TIME) if "{{instance}}" not in target["legendFormat"]] == []


def test_tables_and_stats_ask_for_the_present_alone() -> None:
    wrong = []
    for name, panel in all_panels():
        present = panel["type"] in {"table", "stat"}
        wanted = (present, not present, "table" if panel["type"] == "table" else "time_series")
        found = {(target["instant"], target["range"], target["format"]) for target in panel["targets"]}
        wrong += [name] if found != {wanted} else []
    assert wrong == []


def test_a_silent_device_leaves_a_gap() -> None:
    assert [
        name
        for name, panel in all_panels(*OVER_TIME)
        if panel["fieldConfig"]["defaults"]["custom"]["spanNulls"] is not False
    ] == []


def test_every_dashboard_leads_to_all_others_with_its_variables_and_time() -> None:
    wanted = [("dashboards", ["lantime"], True, True)]
    found = {
        name: [(link["type"], link["tags"], link["includeVars"], link["keepTime"]) for link in board["links"]]
        for name, board in DASHBOARDS.items()
    }
    assert {name for name, links in found.items() if links != wanted} == set()


def test_links_to_a_device_keep_data_source_job_and_time() -> None:
    kept = ("var-instance=", "${datasource:queryparam}", "${job:queryparam}", "${__url_time_range}")
    wrong = set()
    for name, panel in all_panels():
        for link in (*panel["fieldConfig"]["defaults"].get("links", []), *chain(*properties(panel, "links"))):
            match = LINK.match(link["url"])
            leads = match and match["uid"] in NAMES and all(part in link["url"] for part in kept)
            if not leads and not link["targetBlank"]:
                wrong.add((name, link["url"]))
    assert wrong == set()


def test_device_columns_lead_to_the_device_and_alerts_to_their_runbook() -> None:
    """The runbooks have an anchor in the spelling of the alert (tests/alerts/test_documents.py)."""
    wanted = {"Device": "/d/lantime-device?", "Alert": "runbooks.md#${__value.raw}"}
    wrong = [
        (name, title)
        for name, panel in all_panels("table")
        for title, given in columns(panel).items()
        if title in wanted and not any(wanted[title] in link["url"] for link in given["links"])
    ]
    assert wrong == []


def test_an_empty_table_says_why_but_an_empty_cell_does_not() -> None:
    """Grafana uses the text for no value in both, unless a column has another one."""
    wrong = [
        name
        for name, panel in all_panels("table")
        if ("**No data:**" in panel["description"]) != ("noValue" in panel["fieldConfig"]["defaults"])
        or (
            "noValue" in panel["fieldConfig"]["defaults"]
            and {c.get("noValue") for c in columns(panel).values()} != {""}
        )
    ]
    assert wrong == []


def test_tables_with_several_queries_join_them() -> None:
    wrong = [
        name
        for name, panel in all_panels("table")
        if [step["id"] for step in panel["transformations"]]
        != (["merge", "organize"] if len(panel["targets"]) > 1 else ["organize"])
    ]
    assert wrong == []


def test_marks_of_critical_alerts_are_on_and_name_the_alert_and_its_slot() -> None:
    marks = [
        (name, mark["enable"], mark["textFormat"])
        for name, board in DASHBOARDS.items()
        for mark in board["annotations"]["list"]
        if mark["name"] == "Critical alert"
    ]
    assert marks == [(name, True, "{{instance}} {{slot}} {{alertname}}") for name in NAMES]


def test_panels_of_the_lamp_of_a_rubidium_show_nothing_cooler() -> None:
    mixed = [
        name
        for name, panel in all_panels()
        if "lantime_xhe_temperature" in str(panel["targets"]) and "lantime_module_temperature" in str(panel["targets"])
    ]
    assert mixed == []
