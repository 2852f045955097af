"""Conventions of all rules. Each test lists all offenders."""

import re
from collections import Counter

import promql_parser as promql

from tests.alerts.alerts_promql import METRICS, recorded, result
from tests.alerts.alerts_rules import ALERTS, FILES, GROUPS, RECORDS, ROOT, Alert, records_read, seconds

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

DASHBOARDS = "https://grafana.example.net/d/"


OF_THE_EXPORTER = {
    *("LantimeExporterConfigRefused", "LantimeProbesRefused", "LantimeExporterRestarting"),
}
"""Alerts whose instance is the exporter."""


def dashboard(alert: Alert) -> str:
    return alert.annotations["dashboard_url"].removeprefix(DASHBOARDS).partition("?")[0]


def test_alerts_are_named_for_lantime_in_camel_case() -> None:
    assert [alert.name for alert in ALERTS if not re.fullmatch(r"Lantime[A-Z][A-Za-z0-9]+", alert.name)] == []


def test_alerts_have_a_severity_and_no_other_label() -> None:
    assert [str(alert) for alert in ALERTS if alert.rule["labels"] != {"severity": alert.severity}] == []


def test_alerts_have_the_four_annotations() -> None:
    four = ["summary", "description", "runbook_url", "dashboard_url"]
    assert [str(alert) for alert in ALERTS if list(alert.annotations) != four] == []


def test_alerts_have_a_fixed_sentence_as_summary() -> None:
    assert [alert.name for alert in ALERTS if not re.fullmatch(r"[A-Z][^{}]+\.", alert.annotations["summary"])] == []


def test_alerts_describe_where_in_a_sentence() -> None:
    offenders = [
        str(alert)
        for alert in ALERTS
        if not alert.description.endswith(".")
        or ("$labels.job" if alert.name in WITHOUT_INSTANCE else "$labels.instance") not in alert.description
    ]
    assert offenders == ["LantimeExporterAbsent (critical)"]


def test_alerts_of_one_name_share_their_dashboard() -> None:
    assert len({(alert.name, dashboard(alert)) for alert in ALERTS}) == len({alert.name for alert in ALERTS})


def test_alerts_lead_to_their_runbook() -> None:
    page = "https://docs.example.net/lantime-exporter/runbooks.md"
    offenders = [str(alert) for alert in ALERTS if alert.annotations["runbook_url"] != f"{page}#{alert.name.lower()}"]
    assert offenders == []


def test_alerts_lead_to_a_dashboard_of_their_device_or_exporter() -> None:
    known = {file.stem for file in (FILES[0].parents[1] / "dashboards").glob("*.json")}
    assert [str(alert) for alert in ALERTS if dashboard(alert) not in known] == []
    expected = {
        str(alert): "exporter" if alert.name in OF_THE_EXPORTER else "instance"
        for alert in ALERTS
        if alert.name not in WITHOUT_INSTANCE | {"LantimeExporterDown"}  # its instance is a device or the exporter
    }
    variable = re.compile(r"[?&]var-(\w+)=\{\{ \$labels\.instance \| urlquery \}\}")
    found = {str(alert): match[1] for alert in ALERTS if (match := variable.search(alert.annotations["dashboard_url"]))}
    assert found == expected


def test_alerts_wait_unless_something_just_happened() -> None:
    assert [str(alert) for alert in ALERTS if bool(alert.hold) == (alert.name in AT_ONCE)] == []


def test_alerts_wait_for_some_scrapes_and_not_for_ever() -> None:
    offenders = [
        str(alert)
        for alert in ALERTS
        for duration in filter(None, (alert.hold, alert.keep))
        if not re.fullmatch(r"[1-9]\d*[mhd]", duration) or not 2 * SCRAPE_INTERVAL <= seconds(duration) <= LONGEST
    ]
    assert offenders == []


def test_alerts_on_absence_outlast_a_restart_of_prometheus() -> None:
    assert [str(alert) for alert in ALERTS if "absent(" in alert.expr and seconds(alert.hold) < 120] == []


def test_rules_outside_the_history_read_no_more_than_hours_of_raw_samples() -> None:
    rules = [(name, rule) for name, rules in GROUPS.items() for rule in rules if name != "lantime-history"]
    offenders = [
        f"{name}: {length}"
        for name, rule in rules
        for length in re.findall(r"\[(\d+[mhd])|offset (\d+[mhd])", rule["expr"])
        if seconds("".join(length)) > 2 * 3600
    ]
    assert offenders == []


def test_alerts_differ_in_name_or_severity() -> None:
    assert [key for key, times in Counter(map(str, ALERTS)).items() if times > 1] == []


def test_rules_have_a_comment_that_says_why_and_by_whose_word() -> None:
    offenders = []
    for file in FILES:
        lines = file.read_text(encoding="utf-8").splitlines()
        starts = [number for number, line in enumerate(lines) if re.match(r"  - (alert|record):", line)]
        offenders += [f"{file.name}: {lines[start]}" for start in starts if not lines[start - 1].startswith("  # ")]
    assert offenders == []


def test_records_are_named_by_level_metric_and_operation_once() -> None:
    names = [rule["record"] for rule in RECORDS]
    assert len(set(names)) == len(names)
    assert [name for name in names if not re.fullmatch(r"[a-z_]+:(lantime|scrape)_[a-z_]+:[a-z0-9_]+", name)] == []


def test_records_are_read_by_an_alert_or_a_dashboard() -> None:
    read = {rule["record"] for alert in ALERTS for rule in records_read(alert.expr)}
    shown = " ".join(file.read_text(encoding="utf-8") for file in (ROOT / "dashboards").glob("*.json"))
    read |= {rule["record"] for rule in RECORDS if rule["record"] in shown}
    assert {rule["record"] for rule in RECORDS} - read == set()


GUARD = re.compile(r"lantime_uptime_seconds < 1800|\[[^\]]*\]|\"[^\"]*\"")

WITHOUT_LIMIT = {
    "LantimeNtpNotSynchronized (critical)",  # stratum 16 is a state
    "LantimeFirmwareFleetMixed (info)",  # more than one version is not a limit
    *("LantimeConfigurationChanged (info)", "LantimeUserBanned (info)", "LantimeNotification (warning)"),
    *("LantimeModuleChanged (info)", "LantimeClusterMasterChanged (info)", "LantimeReferenceChanged (info)"),
    *("LantimePtpGrandmasterChanged (info)", "LantimeRebooted (info)"),
}
"""Alerts that compare with a number that is not a limit: an event happened recently."""

PARTS = {
    *("association", "collector", "fan", "gnss", "input", "interface", "mountpoint", "node", "output", "pll"),
    *("port", "ptp_instance", "relay", "sensor", "slot", "supply"),
}
"""Labels that name a part of a device."""

UNITS_OF = {
    "humanizeDuration": r"\d(ns|us|ms|s|m|h|d)\b|limit on the device|\{\{ if eq \$labels.profile|limit\{job",
    "humanizePercentage": r"\d%|\$labels\.limit|offset limit",
}
"""The unit of a limit by the format of its value."""


def test_alerts_with_a_threshold_say_the_value_and_the_limit_in_its_unit() -> None:
    thresholds = {
        str(alert): [
            number for number in re.findall(r"[<>]=? ?(-?\d[\d.e-]*)", GUARD.sub("", alert.expr)) if float(number)
        ]
        for alert in ALERTS
    }
    limited = [alert for alert in ALERTS if thresholds[str(alert)] and str(alert) not in WITHOUT_LIMIT]
    values = re.compile(r"\$value|\.Value")
    assert [
        str(alert)
        for alert in limited
        if not values.search(alert.description) or not re.search(r"\blimit|\$labels\.limit", alert.description)
    ] == []
    assert [
        str(alert)
        for alert in limited
        for style, unit in UNITS_OF.items()
        if f"$value | {style}" in alert.description and not re.search(unit, alert.description)
    ] == []


def test_alerts_write_times_and_shares_as_prometheus_formats_values() -> None:
    """``humanizeDuration`` writes 3.635us and 5m 0s, ``humanizePercentage`` 12.5%: limits look the same."""
    spaced = re.compile(
        r"\d (?:ns|us|ms|s|min|h|d|%)(?!\w)|\blimit [\d.]+ (?:seconds|minutes|hours|days)|\}\} (?:s|%)(?!\w)"
    )
    assert [(str(alert), found) for alert in ALERTS for found in spaced.findall(alert.description)] == []


def test_alerts_name_the_part_that_they_are_about() -> None:
    offenders = {
        str(alert): hidden
        for alert in ALERTS
        if (hidden := (result(promql.parse(alert.expr), METRICS | recorded()) & PARTS) - shown(alert))
    }
    assert offenders == {}


def shown(alert: Alert) -> set[str]:
    return set(re.findall(r"\$labels\.(\w+)", alert.description))


def test_alerts_of_two_severities_have_different_texts() -> None:
    for text in ("summary", "description"):
        counts = Counter(alert.annotations[text] for alert in ALERTS)
        assert [found for found, times in counts.items() if times > 1] == []


def test_alerts_count_one_thing_in_the_singular() -> None:
    # A count that is always above one needs no singular.
    counted = re.compile(r"\$value(?: \| [^}]*)? \}\} (?!series)([a-z]{2,})")
    offenders = [
        str(alert)
        for alert in ALERTS
        for noun in counted.findall(alert.description)
        if noun.endswith("s") and not re.search(r"> [1-9]|>= [2-9]", alert.expr)
    ]
    assert offenders == []


def test_alerts_of_the_exporter_name_it_as_the_exporter() -> None:
    found = {alert.name for alert in ALERTS if alert.description.startswith("Exporter {{ $labels.instance }}")}
    assert found == OF_THE_EXPORTER
