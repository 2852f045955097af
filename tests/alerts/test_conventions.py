"""What every rule keeps to, whatever it is about."""

import re
from collections import Counter

import pytest

from monitoring.alerts import GROUPS, Alert, Severity
from monitoring.alerts.definition import names
from monitoring.deployment import Dashboard, Deployment
from monitoring.rules import alert_rule, expression, records, rule_files
from monitoring.thresholds import Profile, seconds

ALERTS = [alert for group in GROUPS for alert in group.alerts]

each = pytest.mark.parametrize("alert", ALERTS, ids=lambda alert: f"{alert.name}-{alert.severity}")

SCRAPE_INTERVAL = 15.0
LONGEST = 24 * 3600.0

AT_ONCE = {
    # the threshold is itself a time
    "LantimeHoldoverTooLong",
    # something happened: the window is in the expression
    *("LantimeReferenceChanged", "LantimePtpStateFlapping", "LantimePtpGrandmasterChanged", "LantimePtpAnnounceLost"),
    *("LantimeModuleChanged", "LantimeRelayFlapping", "LantimeSwitchoverOccurred", "LantimeRebooted"),
    *("LantimeConfigurationChanged", "LantimeUserBanned", "LantimeClusterMasterChanged", "LantimeNotification"),
    # an announcement
    "LantimeLeapSecondAnnounced",
}
"""Alerts that do not wait."""

WITHOUT_INSTANCE = {
    *("LantimeExporterAbsent", "LantimeFleetDesynchronized", "LantimeFleetTaiOffsetMismatch"),
    "LantimeFirmwareFleetMixed",
}
"""Alerts that are not about one device."""


@each
def test_alerts_are_named_for_lantime_in_camel_case(alert: Alert) -> None:
    assert re.fullmatch(r"Lantime[A-Z][A-Za-z0-9]+", alert.name)


@each
def test_alerts_have_a_severity_and_no_other_label(alert: Alert) -> None:
    rule = alert_rule(alert, Profile.PTP, Deployment())
    assert rule["labels"] == {"severity": alert.severity}
    assert alert.severity in Severity


@each
def test_alerts_have_the_four_annotations(alert: Alert) -> None:
    annotations = alert_rule(alert, Profile.PTP, Deployment())["annotations"]
    assert list(annotations) == ["summary", "description", "runbook_url", "dashboard_url"]


@each
def test_alerts_have_a_fixed_sentence_as_summary(alert: Alert) -> None:
    assert re.fullmatch(r"[A-Z][^{}]+\.", alert.summary)


@each
def test_alerts_describe_where_in_a_sentence(alert: Alert) -> None:
    assert alert.description.endswith(".")
    place = "$labels.job" if alert.name in WITHOUT_INSTANCE else "$labels.instance"
    assert place in alert.description or alert.name == "LantimeExporterAbsent"


@each
def test_alerts_show_rates_and_ratios_through_a_function(alert: Alert) -> None:
    bare = re.findall(r"\{\{ \$value \}\}", alert.description)
    exact = ("satellites", "carrier_to_noise", "stratum", "class", "changes", "decode", "tai", "versions", "pending")
    assert not bare or any(word in alert.expr for word in exact)


def test_alerts_of_one_name_share_summary_and_dashboard() -> None:
    apart = {"LantimeClockNotSynchronized"}  # a clock module, and the device as a whole
    shared = {(alert.name, alert.summary, alert.dashboard) for alert in ALERTS if alert.name not in apart}
    assert len(shared) == len({alert.name for alert in ALERTS} - apart)


@each
def test_alerts_lead_to_a_dashboard_of_their_device(alert: Alert) -> None:
    url = alert_rule(alert, Profile.PTP, Deployment())["annotations"]["dashboard_url"]
    assert alert.dashboard in Dashboard
    assert ("var-instance={{ $labels.instance | urlquery }}" in url) == (alert.name not in WITHOUT_INSTANCE)


@each
def test_alerts_wait_unless_something_just_happened(alert: Alert) -> None:
    assert bool(alert.hold) == (alert.name not in AT_ONCE)


@each
def test_alerts_wait_for_some_scrapes_and_not_for_ever(alert: Alert) -> None:
    for duration in filter(None, (alert.hold, alert.keep)):
        assert re.fullmatch(r"[1-9]\d*[mhd]", duration)
        assert 2 * SCRAPE_INTERVAL <= seconds(duration) <= LONGEST
        assert seconds(duration) % SCRAPE_INTERVAL == 0


@each
def test_alerts_on_absence_outlast_a_restart_of_prometheus(alert: Alert) -> None:
    assert "absent(" not in alert.expr or seconds(alert.hold) >= 120


@each
def test_alerts_say_when_and_by_whose_word(alert: Alert) -> None:
    assert alert.when
    assert not alert.when.endswith(".")
    assert alert.source


@pytest.mark.parametrize("profile", Profile)
def test_alerts_differ_in_name_or_severity(profile: Profile) -> None:
    found = Counter((alert.name, alert.severity) for alert in ALERTS)
    assert [key for key, times in found.items() if times > 1] == []


@pytest.mark.parametrize("profile", Profile)
def test_alerts_read_series_that_are_recorded_in_their_own_group(profile: Profile) -> None:
    for group in GROUPS:
        known = {signal.record for signal in records(group)}
        for alert in group.alerts:
            read = set(re.findall(r"\b\w+:\w+:\w+\b", expression(alert, profile, Deployment())))
            assert read <= known


def test_alerts_series_are_recorded_once_by_level_metric_and_operation() -> None:
    recorded = [signal.record for group in GROUPS for signal in records(group)]
    assert len(set(recorded)) == len(recorded)
    assert all(re.fullmatch(r"[a-z_]+:lantime_[a-z_]+:[a-z0-9_]+", record) for record in recorded)


def test_alerts_are_as_many_as_the_documents_say() -> None:
    assert (len(names(GROUPS)), len(ALERTS)) == (103, 116)


def test_alerts_take_the_addresses_and_matchers_of_a_site() -> None:
    site = Deployment(
        jobs="time", selector='site="hq"', runbooks="https://wiki.example.org/r.md", dashboards="https://g.example.org"
    )
    files = rule_files(Profile.NTP, site)
    text = files["lantime-availability.yml"]
    assert 'up{site="hq", job=~"time"} == 0' in text
    assert 'lantime_up{site="hq"} == 0' in text
    assert "https://wiki.example.org/r.md#lantimeexporterdown" in text
    assert "https://g.example.org/d/lantime-exporter?var-job=" in text
    assert "example.net" not in "".join(files.values())


def test_alerts_of_a_site_read_what_the_site_records() -> None:
    site = rule_files(Profile.PTP, Deployment(selector='site="hq"'))["lantime-hardware.yml"]
    assert 'expr: sum without (slot) (lantime_power_supply_ok{site="hq"})' in site
    assert 'instance:lantime_power_supply_ok:sum{site="hq"}' in site
