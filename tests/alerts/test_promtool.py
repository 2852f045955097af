"""The rules in promtool: checked as they are shipped, and proved by their cases."""

from pathlib import Path

import pytest

from monitoring.alerts import GROUPS, Alert, Group
from monitoring.cases import CASES
from monitoring.cases.definition import Episode, Silence, alert_of
from monitoring.deployment import Deployment
from monitoring.render import ROOT
from monitoring.slices import Slice, run, slices
from monitoring.thresholds import Profile
from tests.alerts.alerts_programs import succeeds

ALERTS = [alert for group in GROUPS for alert in group.alerts]


@pytest.mark.parametrize("profile", Profile)
def test_alerts_rule_files_pass_promtool_without_a_finding(promtool: str, profile: Profile) -> None:
    files = sorted((ROOT / "alerts" / profile).glob("*.yml"))
    assert len(files) == len(GROUPS)
    succeeds(promtool, "check", "rules", "--lint=all", "--lint-fatal", *files)


def test_alerts_of_the_profile_ptp_pass_all_cases(promtool: str, tmp_path: Path) -> None:
    assert complaints(promtool, list(slices(Profile.PTP, Deployment())), tmp_path) == {}


def test_alerts_of_the_profile_ntp_pass_all_cases_where_they_differ(promtool: str, tmp_path: Path) -> None:
    same = {cut.name: cut.rules for cut in slices(Profile.PTP, Deployment())}
    other = [cut for cut in slices(Profile.NTP, Deployment()) if cut.rules != same[cut.name]]
    assert len(other) >= 6
    assert complaints(promtool, other, tmp_path) == {}


def complaints(promtool: str, cut: list[Slice], directory: Path) -> dict[str, str]:
    verdicts = run(promtool, cut, directory)
    return {part.name: verdict for part, verdict in zip(cut, verdicts, strict=True) if verdict}


@pytest.mark.parametrize("alert", ALERTS, ids=lambda alert: f"{alert.name}-{alert.severity}")
def test_alerts_fire_in_an_episode_of_every_profile(alert: Alert) -> None:
    proved = {
        profile for case in CASES if isinstance(case, Episode) and alert_of(case) is alert for profile in case.profiles
    }
    assert proved == set(Profile)


def guarded(word: str) -> list[Alert]:
    return [alert for alert in ALERTS if word in alert.expr]


@pytest.mark.parametrize("alert", guarded("$boot_time"), ids=lambda alert: f"{alert.name}-{alert.severity}")
def test_alerts_with_a_boot_guard_are_silent_while_the_device_starts(alert: Alert) -> None:
    assert any("the device starts" in case.says for case in silences(alert))


@pytest.mark.parametrize(
    "alert", [*guarded("[$week]"), *guarded("[$day]")], ids=lambda alert: f"{alert.name}-{alert.severity}"
)
def test_alerts_that_look_back_are_silent_where_the_past_was_no_better(alert: Alert) -> None:
    compared = "team_online" in alert.expr or "supplies_ok" in alert.expr
    assert silences(alert) or compared


def silences(alert: Alert) -> list[Silence]:
    return [case for case in CASES if isinstance(case, Silence) and alert_of(case) is alert]


def test_alerts_have_groups_in_the_order_of_availability_to_information() -> None:
    assert [group.name for group in GROUPS] == [
        *("lantime-availability", "lantime-sync", "lantime-gnss", "lantime-ntp", "lantime-ptp"),
        *("lantime-hardware", "lantime-system", "lantime-info"),
    ]


@pytest.mark.parametrize("group", GROUPS, ids=lambda group: group.name)
def test_alerts_of_a_name_stand_in_one_group_only(group: Group) -> None:
    others = {alert.name for other in GROUPS if other is not group for alert in other.alerts}
    assert not others & {alert.name for alert in group.alerts}
