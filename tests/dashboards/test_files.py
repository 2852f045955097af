"""Files: generated, identified, provisioned."""

import json
import re
from pathlib import Path

import yaml

from tests.dashboards.dashboards_read import DASHBOARDS, FILES, FOLDER, NAMES
from tools.backfill import rule_texts
from tools.dashboards.__main__ import write

SCHEMA_VERSION = 42


def test_regeneration_gives_the_files_that_are_there(tmp_path: Path) -> None:
    write(tmp_path)
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {
        path.name: path.read_text() for path in FILES
    }


def test_keys_are_sorted_so_that_a_change_is_a_small_diff() -> None:
    def is_sorted(text: str) -> bool:
        return text == json.dumps(json.loads(text), indent=2, sort_keys=True, ensure_ascii=False) + "\n"

    assert [file.name for file in FILES if not is_sorted(file.read_text(encoding="utf-8"))] == []


def test_a_file_is_named_for_its_uid() -> None:
    assert [dashboard["uid"] for dashboard in DASHBOARDS.values()] == NAMES
    assert [name for name in NAMES if not re.fullmatch(r"[A-Za-z0-9_-]{1,40}", name)] == []


def test_titles_are_unique() -> None:
    assert len({dashboard["title"] for dashboard in DASHBOARDS.values()}) == len(DASHBOARDS) == 9


def test_every_dashboard_that_alerts_lead_to_is_there() -> None:
    assert set(re.findall(r"/d/([\w-]+)", " ".join(rule_texts()))) <= set(NAMES)


def test_what_all_dashboards_have_in_common() -> None:
    common = {
        "id": None,
        "editable": True,
        "schemaVersion": SCHEMA_VERSION,
        "tags": ["lantime"],
        "timezone": "utc",
        "graphTooltip": 1,
        "version": 1,
    }
    other = {(name, key) for name, given in DASHBOARDS.items() for key in common if given[key] != common[key]}
    assert other == set()


def test_nothing_is_left_of_an_export() -> None:
    exported = {"__inputs", "__requires", "__elements", "iteration", "gnetId"}
    assert [name for name, dashboard in DASHBOARDS.items() if exported & dashboard.keys()] == []


def test_there_is_a_description() -> None:
    assert [name for name, dashboard in DASHBOARDS.items() if dashboard["description"][-1] not in ".?"] == []


def test_time_range_and_refresh_are_set() -> None:
    for name, dashboard in DASHBOARDS.items():
        assert re.fullmatch(r"now-\d+[hd]", dashboard["time"]["from"]), name
        assert dashboard["time"]["to"] == "now", name
        assert dashboard["refresh"] in {"1m", "1h"}, name


def test_the_provider_reads_a_folder_and_forbids_edits() -> None:
    document = yaml.safe_load((FOLDER / "provisioning/dashboards/lantime.yml").read_text())
    (provider,) = document["providers"]
    assert (provider["type"], provider["allowUiUpdates"]) == ("file", False)
    assert provider["options"]["path"]


def test_the_provisioned_data_source_is_one_the_dashboards_can_choose() -> None:
    document = yaml.safe_load((FOLDER / "provisioning/datasources/prometheus.yml").read_text())
    (source,) = document["datasources"]
    assert (source["type"], source["isDefault"]) == ("prometheus", True)
    assert source["jsonData"]["timeInterval"] == "15s"
