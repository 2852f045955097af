"""The rules in promtool: the shipped files are valid, and their cases pass."""

import re
from pathlib import Path

from tests.alerts.alerts_programs import succeeds
from tests.alerts.alerts_rules import ALERTS, FILES, GROUPS, NAMES, Alert, records_read
from tests.alerts.alerts_slices import history_slices, run, slices
from tests.alerts.cases import CASES
from tests.alerts.cases.definition import Case, Episode, Silence, alert_of


def test_alerts_rule_files_pass_promtool_without_a_finding(promtool: str) -> None:
    succeeds(promtool, "check", "rules", "--lint=all", "--lint-fatal", *FILES)


def test_alerts_pass_all_cases(promtool: str, tmp_path: Path) -> None:
    cut = list(slices())
    outcomes = run(promtool, cut, tmp_path)
    assert {part.name: outcome for part, outcome in zip(cut, outcomes, strict=True) if outcome} == {}


def test_history_passes_all_cases(promtool: str, tmp_path: Path) -> None:
    cut = list(history_slices())
    outcomes = run(promtool, cut, tmp_path)
    assert {part.name: outcome for part, outcome in zip(cut, outcomes, strict=True) if outcome} == {}


def test_history_has_cases_for_every_rule() -> None:
    assert {part.name for part in history_slices()} == {rule["record"] for rule in GROUPS["lantime-history"]}


def cases(alert: Alert) -> list[Case]:
    return [case for case in CASES if alert_of(case) is alert]


def test_alerts_fire_in_an_episode() -> None:
    assert [str(alert) for alert in ALERTS if not any(isinstance(case, Episode) for case in cases(alert))] == []


def test_alerts_whose_numbers_depend_on_the_profile_fire_in_an_episode_of_both() -> None:
    offenders = [
        str(alert)
        for alert in ALERTS
        if any("profile" in expr for expr in (alert.expr, *(rule["expr"] for rule in records_read(alert.expr))))
        and {case.profile for case in cases(alert) if isinstance(case, Episode)} != {"", "ntp"}
    ]
    assert offenders == []


def test_alerts_with_a_boot_guard_are_silent_while_the_device_starts() -> None:
    offenders = [
        str(alert)
        for alert in ALERTS
        if "lantime_uptime_seconds < 1800" in alert.expr
        and not any(isinstance(case, Silence) and "the device starts" in case.says for case in cases(alert))
    ]
    assert offenders == []


def test_alerts_that_look_back_a_day_or_more_have_a_case_of_silence() -> None:
    offenders = [
        str(alert)
        for alert in ALERTS
        if re.search(r"\[\d+d\]|:last_good|:last_usual", alert.expr)
        and not any(isinstance(case, Silence) for case in cases(alert))
    ]
    assert offenders == []


def test_events_without_a_notification_are_read_by_another_alert() -> None:
    [notification] = (alert for alert in ALERTS if alert.name == "LantimeNotification")
    [excluded] = set(re.findall(r'event!~"([^"]*)"', notification.expr))
    others = " ".join(alert.expr for alert in ALERTS if alert is not notification)
    read = "|".join(re.findall(r'lantime_event_active\{event=~?"([^"]*)"', others)).split("|")
    assert [event for event in excluded.split("|") if event not in read] == []


def test_alerts_of_a_name_stand_in_one_group_only() -> None:
    assert [name for name in NAMES if len({alert.group for alert in ALERTS if alert.name == name}) > 1] == []


def test_alerts_stand_in_files_named_for_their_group() -> None:
    assert {file.stem for file in FILES} == set(GROUPS)
