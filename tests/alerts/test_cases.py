"""The cases themselves: they use existing series and alerts."""

import re
from collections import Counter

import pytest

from tests.alerts.alerts_promql import METRICS
from tests.alerts.alerts_rules import NAMES
from tests.alerts.cases import CASES
from tests.alerts.cases.definition import TARGET, Episode, Values, alert_of
from tests.alerts.cases.promtool import as_test, notation, targeted


def test_cases_have_series_with_exactly_the_labels_of_the_exporter() -> None:
    offenders = [
        (case.alert, series)
        for case in CASES
        for series in case.series
        if labels_of(series) - {"site"} != METRICS[targeted(series).partition("{")[0]]
    ]
    assert offenders == []


def labels_of(series: str) -> set[str]:
    return set(re.findall(r'(\w+)="', targeted(series)))


def test_cases_of_events_say_labels_that_the_alert_has() -> None:
    own = set(TARGET) | {"severity", "alertname", "profile"}
    assert [case.alert for case in CASES if isinstance(case, Episode) and set(case.labels) & own] == []


def test_cases_have_names_of_their_own() -> None:
    found = Counter((case.alert, case.severity, case.says, case.profile) for case in CASES)
    assert [name for name, times in found.items() if times > 1] == []


def test_cases_are_of_alerts_that_exist() -> None:
    assert {alert_of(case).name for case in CASES} == set(NAMES)


def test_cases_reject_an_alert_that_does_not_exist_and_a_name_of_several_levels_without_severity() -> None:
    for name, found in (("LantimeNothing", 0), ("LantimePtpOffsetHigh", 2)):
        with pytest.raises(LookupError, match=f"{found} alerts"):
            alert_of(Episode(alert=name, says="", series={}, description=""))


def test_cases_get_the_labels_of_a_target() -> None:
    complete = {
        "up": 'up{job="lantime", instance="lt1", site="hq"}',
        'lantime_x{slot="a"}': 'lantime_x{slot="a", job="lantime", instance="lt1", site="hq"}',
        'lantime_x{instance="lt2"}': 'lantime_x{instance="lt2", job="lantime", site="hq"}',
        'lantime_x{ptp_instance="p"}': 'lantime_x{ptp_instance="p", job="lantime", instance="lt1", site="hq"}',
    }
    assert {series: targeted(series) for series in complete} == complete


def test_cases_reject_what_is_no_series() -> None:
    with pytest.raises(ValueError, match="not a series"):
        targeted("rate(lantime_x[5m])")


def test_cases_spell_values_as_promtool_reads_them() -> None:
    spelled: dict[Values, str] = {
        1: "1x30",
        "0+1x9": "0+1x9",
        (1, 0): "1x9 0x14 1x4",
        (None, 1): "_ _x9 1x14 stale _x4",
        (1, None): "1x9 stale _x14 1x4",
    }
    assert {values: notation(values, (10, 15, 5)) for values in spelled} == spelled


def test_cases_have_all_labels_and_annotations_of_a_firing_alert() -> None:
    case = next(case for case in CASES if case.alert == "LantimeRelayError" and isinstance(case, Episode))
    [expected] = as_test(case)["alert_rule_test"][0]["exp_alerts"]
    assert expected == {
        "exp_labels": {
            "job": "lantime",
            "instance": "lt1",
            "site": "hq",
            "severity": "warning",
            "slot": "rel1",
            "relay": "c",
            "state": "nc",
        },
        "exp_annotations": {
            "summary": "An error relay signals a fault.",
            "description": "lt1: relay c of card rel1 dropped to NC: the alarm contact signals a fault.",
            "runbook_url": "https://docs.example.net/lantime-exporter/runbooks.md#lantimerelayerror",
            "dashboard_url": "https://grafana.example.net/d/lantime-alarms?var-job=lantime&var-instance=lt1",
        },
    }
