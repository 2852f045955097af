"""Properties of every page, and the format of numbers."""

import base64
import hashlib
import re
from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import urljoin, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lantime_exporter.config.settings import Module, Settings
from lantime_exporter.device.exchange import Exchange
from lantime_exporter.errors import DeadlineError
from lantime_exporter.mapping.result import CollectorResult
from lantime_exporter.probe.service import LastProbe, TargetStatus
from lantime_exporter.web.message import Response
from lantime_exporter.web.pages import html, landing, sessions

from tests.web.pages.shown_pages import HOSTILE, NOW, SETTINGS, UP, Text, land


def hostile_pages() -> Mapping[str, Response]:
    settings = Settings(auths={}, modules={HOSTILE: Module()})
    last = LastProbe(
        ended_at=NOW,
        duration=1,
        reason="tls",
        error=HOSTILE,
        collectors=(CollectorResult(HOSTILE, 0.001),),
    )
    target = TargetStatus(name=HOSTILE, address=HOSTILE, module=HOSTILE, auth=HOSTILE, last=last)
    exchange = Exchange(resource=HOSTILE, requested_at=NOW, error=DeadlineError(HOSTILE))
    return {
        "landing": landing.page(settings, (target,), NOW),
        "sessions": sessions.page(settings, {HOSTILE: (exchange,)}, None),
        "one": sessions.page(settings, {HOSTILE: (exchange,)}, HOSTILE),
        "none": sessions.page(settings, {}, HOSTILE),
    }


def test_hostile_names_stay_text(subtests: pytest.Subtests) -> None:
    for page in ("landing", "sessions", "one", "none"):
        with subtests.test(page=page):
            shown = Text(hostile_pages()[page])
            assert "script" not in shown.tags
            assert "<script>alert(1)</script>&amp;${x}" in shown.text
            assert not any(name.startswith("on") for name, _ in shown.attributes)


@given(st.text(min_size=1, max_size=30))
def test_any_name_gives_the_same_elements(name: str) -> None:
    ordinary, unusual = land(UP), land(replace(UP, name=name))
    assert unusual.tags == ordinary.tags


def test_pages_need_nothing_from_elsewhere_and_work_below_a_path(subtests: pytest.Subtests) -> None:
    for page in ("landing", "sessions", "one", "none"):
        with subtests.test(page=page):
            response = hostile_pages()[page]
            links = [value or "" for name, value in Text(response).attributes if name in ("href", "src", "action")]
            assert "data:," in links
            targets = [
                urljoin("https://proxy.example.net/lantime/sessions", link) for link in links if link != "data:,"
            ]
            assert {urlsplit(target).path.removeprefix("/lantime/") for target in targets} <= {
                *("", "probe", "sessions", "metrics", "config", "sd")
            }
            assert b"url(" not in response.body
            assert b"@import" not in response.body


def test_policy_allows_the_style_of_the_page_and_nothing_more() -> None:
    response = landing.page(SETTINGS, (), NOW)
    style = re.search(r"<style>(.*?)</style>", response.body.decode(), re.DOTALL)
    assert style is not None
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    policy = response.headers["Content-Security-Policy"]
    assert f"default-src 'none'; style-src 'sha256-{digest}';" in policy
    assert "unsafe" not in policy
    assert "style=" not in response.body.decode()


def test_names_sort_by_the_value_of_their_numbers() -> None:
    names = ["m1000", "M500", "m300", "clock-10-b", "clock-9", "clock-10-a", "10", "9", "", "²", "9" * 50]
    ordered = ["", "9", "10", "9" * 50, "clock-9", "clock-10-a", "clock-10-b", "m300", "M500", "m1000", "²"]
    assert sorted(names, key=html.natural_order) == ordered
