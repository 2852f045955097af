"""The landing page and the sessions page as HTML and JSON."""

import base64
import hashlib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from email.message import Message
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lantime_exporter.config.settings import Module, Settings
from lantime_exporter.device.exchange import Exchange
from lantime_exporter.errors import DeadlineError, RequestError
from lantime_exporter.probe.application import CollectorStatus, LastProbe, TargetStatus
from lantime_exporter.web import human, sessions
from lantime_exporter.web.landing import landing
from lantime_exporter.web.message import Request, Response
from lantime_exporter.web.sessions import MOST_ROWS

if TYPE_CHECKING:
    from tests.web.conftest import FakeApplication

NOW = 1_795_216_205.5
SETTINGS = Settings(auths={}, modules={"default": Module(), "quick": Module()})
HOSTILE = "\"'><script>alert(1)</script>&amp;${x}"

UP = TargetStatus(
    name="studio-a",
    address="https://10.0.0.1",
    module="default",
    auth="hq",
    last=LastProbe(
        ended_at=NOW - 12,
        duration=0.0123,
        collectors=(
            CollectorStatus(name="ntp", state="done", duration=0.0002),
            CollectorStatus(name="ptp", state="failed", duration=0.001),
            CollectorStatus(name="relays", state="waiting"),
        ),
    ),
)
DOWN = replace(
    UP, name="studio-z", last=LastProbe(ended_at=NOW, duration=9.5, reason="timeout", error="no answer after 9.5 s")
)
LOCKED = replace(
    UP,
    name="studio-l",
    last=LastProbe(ended_at=NOW, duration=0, reason="lockout", error="401"),
    locked_until=NOW + 240,
)
UNPROBED = replace(UP, name="studio-n", last=None)

ANSWERED = Exchange(
    resource="/api/status",
    requested_at=NOW,
    rtt=0.0234,
    phases={"wait": 0.02, "transfer": 0.0034},
    status=200,
    response_bytes=31161,
    reused=True,
)
FAILED = Exchange(
    resource="/api/status", requested_at=NOW - 15, phases={"connect": 0.001}, reused=False, error=DeadlineError("late")
)


class Text(HTMLParser):
    """Gathers the text and the elements of a page."""

    def __init__(self, response: Response) -> None:
        super().__init__()
        self.words: list[str] = []
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.feed(response.body.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes.extend(attrs)

    def handle_data(self, data: str) -> None:
        self.words.extend(data.split())

    @property
    def text(self) -> str:
        return " ".join(self.words)


def land(*targets: TargetStatus) -> Text:
    return Text(landing(SETTINGS, targets, NOW))


Ask = Callable[..., Response]


@pytest.fixture
def ask(application: "FakeApplication") -> Ask:
    def ask_for(query: str = "", accept: str | None = None) -> Response:
        headers = Message()
        if accept:
            headers["Accept"] = accept
        return sessions.answer(application, Request(method="GET", path="/sessions", query=query, headers=headers))

    return ask_for


# The landing page


def test_target_shows_its_last_probe() -> None:
    text = land(UP).text
    assert "1 target: 1 answering." in text
    assert "studio-a Debug Sessions up 12 s ago took 12.3 ms" in text
    assert "https://10.0.0.1 default hq" in text


def test_links_of_a_target_probe_it_the_same_way() -> None:
    probe = "/probe?target=studio-a&module=default&auth=hq"
    links = [value for name, value in land(UP).attributes if name == "href"]
    assert [link for link in links if link and "studio-a" in link] == [
        probe,
        f"{probe}&debug=true",
        "/sessions?target=studio-a",
    ]


def test_target_shows_its_collectors() -> None:
    text = land(UP).text
    assert "1 done, 1 failed, 1 waiting" in text
    assert "ntp: done, 200 µs ptp: failed, 1 ms relays: waiting" in text


def test_failing_target_shows_why() -> None:
    assert "timeout no answer after 9.5 s just now took 9.5 s" in land(DOWN).text


def test_locked_target_shows_for_how_long() -> None:
    assert "The device refused the credentials. It is left alone for 4 min." in land(LOCKED).text


def test_lock_that_is_over_is_not_shown() -> None:
    assert "left alone" not in land(replace(LOCKED, locked_until=NOW - 1)).text


def test_targets_in_trouble_come_first() -> None:
    text = land(UP, UNPROBED, DOWN, LOCKED).text
    assert "4 targets: 1 answering, 2 failing, 1 not probed yet." in text
    names = re.findall(r"studio-. Debug", text)
    assert names == ["studio-l Debug", "studio-z Debug", "studio-a Debug", "studio-n Debug"]


def test_no_target_is_said() -> None:
    assert "No target is configured, and none was probed." in land().text


def test_form_leaves_out_what_is_not_chosen() -> None:
    html = landing(SETTINGS, (UP,), NOW).body.decode()
    assert html.count('<option value="" disabled selected>as configured</option>') == 2
    assert "<option>quick</option>" in html
    assert '<option value="studio-a"></option>' in html


def hostile_pages() -> Mapping[str, Response]:
    settings = Settings(auths={}, modules={HOSTILE: Module()})
    last = LastProbe(
        ended_at=NOW,
        duration=1,
        reason="tls",
        error=HOSTILE,
        collectors=(CollectorStatus(name=HOSTILE, state="done"),),
    )
    target = TargetStatus(name=HOSTILE, address=HOSTILE, module=HOSTILE, auth=HOSTILE, last=last)
    exchange = Exchange(resource=HOSTILE, requested_at=NOW, error=DeadlineError(HOSTILE))
    return {
        "landing": landing(settings, (target,), NOW),
        "sessions": sessions.html(settings, {HOSTILE: (exchange,)}, None),
        "one": sessions.html(settings, {HOSTILE: (exchange,)}, HOSTILE),
        "none": sessions.html(settings, {}, HOSTILE),
    }


@pytest.mark.parametrize("page", ["landing", "sessions", "one", "none"])
def test_hostile_names_stay_text(page: str) -> None:
    shown = Text(hostile_pages()[page])
    assert "script" not in shown.tags
    assert "<script>alert(1)</script>&amp;${x}" in shown.text
    assert not any(name.startswith("on") for name, _ in shown.attributes)


@given(st.text(min_size=1, max_size=30))
def test_any_name_gives_the_same_elements(name: str) -> None:
    ordinary, odd = land(UP), land(replace(UP, name=name))
    assert odd.tags == ordinary.tags


@pytest.mark.parametrize("page", ["landing", "sessions", "one", "none"])
def test_pages_need_nothing_from_elsewhere(page: str) -> None:
    response = hostile_pages()[page]
    links = [value or "" for name, value in Text(response).attributes if name in ("href", "src", "action")]
    assert all(link.startswith("/") or link == "data:," for link in links)
    assert b"url(" not in response.body
    assert b"@import" not in response.body


def test_policy_allows_the_style_of_the_page_and_nothing_more() -> None:
    response = landing(SETTINGS, (), NOW)
    style = re.search(r"<style>(.*?)</style>", response.body.decode(), re.DOTALL)
    assert style is not None
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    policy = response.headers["Content-Security-Policy"]
    assert f"default-src 'none'; style-src 'sha256-{digest}';" in policy
    assert "unsafe" not in policy
    assert "style=" not in response.body.decode()


# The sessions page


def test_sessions_show_times_round_trip_and_failure(application: "FakeApplication", ask: Ask) -> None:
    application.exchanges = {"studio-a": (FAILED, ANSWERED)}
    text = Text(ask()).text
    assert "2 sessions, the newest first. The last 20 with each device are remembered." in text
    answered = (
        "studio-a /api/status 2026-11-20 23:10:05.500 2026-11-20 23:10:05.523 "
        "23.4 ms wait 20 ms , transfer 3.4 ms 200 30.4 KiB reused"
    )
    failed = "studio-a /api/status 2026-11-20 23:09:50.500 none none connect 1 ms none timeout late 0 B new"
    assert f"{answered} {failed}" in text


def test_sessions_of_one_target_are_picked_by_name(application: "FakeApplication", ask: Ask) -> None:
    application.exchanges = {"studio-a": (ANSWERED,), "studio-b": (FAILED,)}
    text = Text(ask("target=studio-b")).text
    assert "HTTP sessions with studio-b" in text
    assert "studio-a" not in text


def test_target_without_sessions_is_no_error(application: "FakeApplication", ask: Ask) -> None:
    assert "There was no session yet." in Text(ask("target=studio-b")).text


def test_tracking_turned_off_is_said(application: "FakeApplication", ask: Ask) -> None:
    application.configure(sessions_per_device=0)
    assert "Sessions are not remembered, because sessions_per_device is 0." in Text(ask()).text


def test_page_of_a_large_fleet_shows_the_newest(application: "FakeApplication", ask: Ask) -> None:
    application.exchanges = {f"clock{index}": (ANSWERED, FAILED) for index in range(MOST_ROWS)}
    shown = Text(ask())
    assert f"The newest {MOST_ROWS} of {2 * MOST_ROWS} sessions." in shown.text
    assert shown.tags.count("tr") == MOST_ROWS + 1
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


@pytest.mark.parametrize("query", ["format=xml", "target=", "target=a&target=b", "device=a"])
def test_wrong_parameters_of_sessions_are_refused(ask: Ask, query: str) -> None:
    with pytest.raises(RequestError):
        ask(query)


# Numbers and times


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "0 µs"),
        (2.5e-6, "2.5 µs"),
        (0.0123, "12.3 ms"),
        (0.9996, "1000 ms"),
        (1, "1 s"),
        (59.94, "59.9 s"),
        (241.8, "4 min"),
        (5400, "1.5 h"),
        (86400 * 3000, "3000 d"),
    ],
)
def test_spans_read_naturally(seconds: float, text: str) -> None:
    assert human.span(seconds) == text


@pytest.mark.parametrize(("count", "text"), [(0, "0 B"), (1023, "1023 B"), (31161, "30.4 KiB"), (1 << 24, "16.0 MiB")])
def test_sizes_read_naturally(count: int, text: str) -> None:
    assert human.size(count) == text
