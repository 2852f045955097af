"""The sessions, as a page and as JSON."""

import json
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from lantime_exporter.errors import RequestError
from lantime_exporter.web.message import Request, Response
from lantime_exporter.web.pages import sessions
from lantime_exporter.web.pages.sessions import MAX_ROWS

from tests.web.pages.shown_pages import ANSWERED, FAILED, NOW, Text

if TYPE_CHECKING:
    from tests.web.conftest import FakeApplication


Ask = Callable[..., Response]


@pytest.fixture
def ask(application: "FakeApplication") -> Ask:
    def ask_for(query: str = "", accept: str | None = None) -> Response:
        headers = {"accept": accept} if accept else {}
        return sessions.respond(application, Request(method="GET", path="/sessions", query=query, headers=headers))

    return ask_for


def test_sessions_show_times_round_trip_and_failure(application: "FakeApplication", ask: Ask) -> None:
    application.exchanges = {"studio-a": (FAILED, ANSWERED)}
    text = Text(ask()).text
    assert "2 sessions, the newest first. The last 20 with each device are remembered." in text
    answered = (
        "studio-a /api/status 2026-11-20 23:10:05.500 2026-11-20 23:10:05.523 "
        "23.4 ms wait 20 ms , transfer 3.4 ms 200 30.43 KiB reused"
    )
    failed = "studio-a /api/status 2026-11-20 23:09:50.500 none none before: connect 1 ms none timeout late 0 B new"
    assert f"{answered} {failed}" in text


def test_sessions_of_one_target_are_picked_by_name(application: "FakeApplication", ask: Ask) -> None:
    application.exchanges = {"studio-a": (ANSWERED,), "studio-b": (FAILED,)}
    text = Text(ask("target=studio-b")).text
    assert "HTTP sessions with studio-b" in text
    assert "studio-a" not in text


def test_target_without_sessions_is_no_error(application: "FakeApplication", ask: Ask) -> None:
    assert "No sessions yet." in Text(ask("target=studio-b")).text


def test_disabled_tracking_is_explained(application: "FakeApplication", ask: Ask) -> None:
    application.configure(sessions_per_device=0)
    assert "Sessions are not recorded, because sessions_per_device is 0." in Text(ask()).text


def test_page_of_a_large_fleet_shows_the_newest(application: "FakeApplication", ask: Ask) -> None:
    application.exchanges = {f"clock{index}": (ANSWERED, FAILED) for index in range(MAX_ROWS)}
    shown = Text(ask())
    assert f"The newest {MAX_ROWS} of {2 * MAX_ROWS} sessions." in shown.text
    assert shown.tags.count("tr") == MAX_ROWS + 1
    assert "timeout" not in shown.words


@pytest.mark.parametrize(("query", "accept"), [("format=json", None), ("", "application/json")])
def test_sessions_come_as_json(application: "FakeApplication", ask: Ask, query: str, accept: str | None) -> None:
    application.exchanges = {"studio-a": (FAILED, ANSWERED)}
    response = ask(query, accept)
    assert response.content_type == "application/json"
    failed, answered = json.loads(response.body)["sessions"]["studio-a"]
    assert failed["error"] == {"reason": "timeout", "text": "late"}
    assert (failed["rtt"], failed["responded_at"], failed["status"]) == (None, None, None)
    assert (answered["requested_at"], answered["rtt"], answered["status"]) == (NOW, 0.0234, 200)
    assert (answered["reused"], answered["response_bytes"], answered["error"]) == (True, 31161, None)
    assert answered["responded_at"] == pytest.approx(NOW + 0.0234)


def test_format_in_the_address_wins_over_the_header(ask: Ask) -> None:
    assert ask("format=html", "application/json").content_type.startswith("text/html")


def test_wrong_parameters_of_sessions_are_refused(ask: Ask, subtests: pytest.Subtests) -> None:
    for query in ("format=xml", "target=", "target=a&target=b", "device=a"):
        with subtests.test(query=query), pytest.raises(RequestError):
            ask(query)
