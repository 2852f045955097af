"""Runbooks and the table of alerts: complete both ways."""

import re

from tests.alerts.alerts_rules import ALERTS, NAMES, ROOT, records_read
from tools.alerts_table import table

RUNBOOKS = (ROOT / "docs/runbooks.md").read_text(encoding="utf-8")

# The dashboards link to the name in its original case, for which headings have no anchor.
PARTS = re.split(r"^<a id=\"(Lantime\w+)\"></a>\n\n## \1\n", RUNBOOKS, flags=re.MULTILINE)
BOOKS = dict(zip(PARTS[1::2], PARTS[2::2], strict=True))

SECTIONS = ["Meaning", "Impact", "Diagnosis", "Mitigation", "False alarms"]


def test_runbooks_are_there_for_every_alert_in_the_order_of_the_rules() -> None:
    assert list(BOOKS) == NAMES


def test_runbooks_have_five_paragraphs_meaning_impact_diagnosis_mitigation_and_false_alarms() -> None:
    found = {
        name: [re.match(r"\*\*([\w ]+)\.\*\* ", part) for part in body.strip().split("\n\n")]
        for name, body in BOOKS.items()
    }
    assert [name for name, titles in found.items() if [title and title[1] for title in titles] != SECTIONS] == []


def test_runbooks_of_alerts_that_compare_with_the_past_say_how_far_they_look_back() -> None:
    offenders = []
    for alert in ALERTS:
        read = " ".join([alert.expr, *(rule["expr"] for rule in records_read(alert.expr))])
        for records, limit in ((":last_good|:last_usual", r"\b30 days\b"), (":max1d|:day_ago|:last_seen", r"\bday\b")):
            if re.search(records, read) and not re.search(limit, BOOKS[alert.name]):
                offenders.append(str(alert))
    assert offenders == []


def test_documents_name_alerts_that_exist() -> None:
    text = RUNBOOKS + (ROOT / "docs/alerts.md").read_text(encoding="utf-8")
    assert set(re.findall(r"Lantime[A-Z]\w+", text)) <= set(NAMES)


def test_the_table_of_alerts_is_up_to_date() -> None:
    assert table() in (ROOT / "docs/alerts.md").read_text(encoding="utf-8"), "run: make docs"
