"""Files: generated, identified, provisioned."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.dashboards.dashboards_read import FILES, FOLDER, NAMES, load
from tools.backfill import rule_texts
from tools.dashboards.__main__ import write

SCHEMA_VERSION = 42


@pytest.fixture(params=FILES, ids=NAMES)
def file(request: pytest.FixtureRequest) -> Path:
    path: Path = request.param
    return path


@pytest.fixture
def dashboard(file: Path) -> dict[str, Any]:
    return load(file)


def test_regeneration_gives_the_files_that_are_there(tmp_path: Path) -> None:
    write(tmp_path)
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {
        path.name: path.read_text() for path in FILES
    }


def test_keys_are_sorted_and_the_file_ends_with_a_line_break(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert text == json.dumps(json.loads(text), indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def test_the_file_is_named_for_its_uid(file: Path, dashboard: dict[str, Any]) -> None:
    assert dashboard["uid"] == file.stem
    assert re.fullmatch(r"[A-Za-z0-9_-]{1,40}", dashboard["uid"])


def test_titles_are_unique() -> None:
    titles = [load(file)["title"] for file in FILES]
    assert len(set(titles)) == len(titles) == 8


def test_every_dashboard_that_alerts_lead_to_is_there() -> None:
    assert set(re.findall(r"/d/([\w-]+)", " ".join(rule_texts()))) <= set(NAMES)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("id", None),
        ("editable", False),
        ("schemaVersion", SCHEMA_VERSION),
        ("tags", ["lantime"]),
        ("timezone", "utc"),
        ("graphTooltip", 1),
        ("version", 1),
    ],
)
def test_what_all_dashboards_have_in_common(dashboard: dict[str, Any], key: str, value: object) -> None:
    assert dashboard[key] == value


def test_nothing_is_left_of_an_export(dashboard: dict[str, Any]) -> None:
    assert not {"__inputs", "__requires", "__elements", "iteration", "gnetId"} & dashboard.keys()


def test_there_is_a_description(dashboard: dict[str, Any]) -> None:
    assert dashboard["description"].endswith((".", "?"))


def test_time_range_and_refresh_are_set(dashboard: dict[str, Any]) -> None:
    assert re.fullmatch(r"now-\d+[hd]", dashboard["time"]["from"])
    assert dashboard["time"]["to"] == "now"
    assert dashboard["refresh"] in {"1m", "1h"}


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
