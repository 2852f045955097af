"""The cases themselves: they speak of series that the exporter has, and of alerts that exist."""

import re
from collections import Counter

import pytest

from monitoring.cases import CASES
from monitoring.cases.definition import TARGET, Case, Episode, alert_of
from monitoring.cases.promtool import as_test, notation, targeted
from monitoring.deployment import Deployment
from tests.alerts.alerts_promql import METRICS

each = pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.alert}: {case.says}")


@each
def test_cases_have_series_with_exactly_the_labels_of_the_exporter(case: Case) -> None:
    for series in case.series:
        name, _, inner = targeted(series).partition("{")
        labels = set(re.findall(r'(\w+)="', inner)) - {"site"}
        assert labels == METRICS[name], series


@each
def test_cases_are_of_one_alert(case: Case) -> None:
    assert alert_of(case).name == case.alert


@each
def test_cases_of_events_say_labels_that_the_alert_has(case: Case) -> None:
    if isinstance(case, Episode):
        assert not set(case.labels) & (set(TARGET) | {"severity", "alertname"})


def test_cases_have_names_of_their_own() -> None:
    found = Counter((case.alert, case.severity, case.says, profile) for case in CASES for profile in case.profiles)
    assert [name for name, times in found.items() if times > 1] == []


def test_cases_refuse_an_alert_that_does_not_exist() -> None:
    with pytest.raises(LookupError, match="0 alerts"):
        alert_of(Episode(alert="LantimeNothing", says="", series={}, description=""))


def test_cases_refuse_a_name_of_several_levels_without_severity() -> None:
    with pytest.raises(LookupError, match="2 alerts"):
        alert_of(Episode(alert="LantimePtpOffsetHigh", says="", series={}, description=""))


@pytest.mark.parametrize(
    ("series", "complete"),
    [
        ("up", 'up{job="lantime", instance="lt1", site="hq"}'),
        ('lantime_x{slot="a"}', 'lantime_x{slot="a", job="lantime", instance="lt1", site="hq"}'),
        ('lantime_x{instance="lt2"}', 'lantime_x{instance="lt2", job="lantime", site="hq"}'),
        (
            'lantime_x{ptp_instance="p"}',
            'lantime_x{ptp_instance="p", job="lantime", instance="lt1", site="hq"}',
        ),
    ],
)
def test_cases_get_the_labels_of_a_target(series: str, complete: str) -> None:
    assert targeted(series) == complete


def test_cases_refuse_what_is_no_series() -> None:
    with pytest.raises(ValueError, match="not a series"):
        targeted("rate(lantime_x[5m])")


@pytest.mark.parametrize(
    ("values", "text"),
    [
        (1, "1x30"),
        ("0+1x9", "0+1x9"),
        ((1, 0), "1x9 0x14 1x4"),
        ((None, 1), "_ _x9 1x14 stale _x4"),
        ((1, None), "1x9 stale _x14 1x4"),
    ],
)
def test_cases_spell_values_as_promtool_reads_them(
    values: float | str | tuple[float | None, float | None], text: str
) -> None:
    assert notation(values, (10, 15, 5)) == text


def test_cases_tell_all_labels_and_annotations_of_a_firing_alert() -> None:
    case = next(case for case in CASES if case.alert == "LantimeRelayError" and isinstance(case, Episode))
    [expected] = as_test(case, Deployment())["alert_rule_test"][0]["exp_alerts"]
    assert expected == {
        "exp_labels": {
            "job": "lantime",
            "instance": "lt1",
            "site": "hq",
            "severity": "critical",
            "slot": "rel1",
            "relay": "c",
            "state": "nc",
        },
        "exp_annotations": {
            "summary": "An error relay fell.",
            "description": "Relay c of rel1 of lt1 is NC: fault.",
            "runbook_url": "https://docs.example.net/lantime-exporter/runbooks.md#lantimerelayerror",
            "dashboard_url": "https://grafana.example.net/d/lantime-alarms?var-job=lantime&var-instance=lt1",
        },
    }
