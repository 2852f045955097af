"""The landing page."""

import re
from dataclasses import replace

from lantime_exporter.web.pages import landing

from tests.web.pages.shown_pages import DOWN, LOCKED, NOW, SETTINGS, UNPROBED, UNSYNCHRONIZED, UP, land


def test_target_shows_its_last_probe() -> None:
    text = land(UP).text
    assert "1 target: 1 answering." in text
    assert "studio-a Debug Sessions up synchronized 12 s ago took 12.3 ms" in text
    assert "https://10.0.0.1 default hq" in text


def test_links_of_a_target_probe_it_the_same_way() -> None:
    probe = "probe?target=studio-a&module=default&auth=hq"
    links = [value for name, value in land(UP).attributes if name == "href"]
    assert [link for link in links if link and "studio-a" in link] == [
        probe,
        f"{probe}&debug=true",
        "sessions?target=studio-a",
    ]


def test_target_shows_its_collectors() -> None:
    text = land(UP).text
    assert "1 done, 1 failed" in text
    assert "ntp: done, 200 us ptp: failed, 1 ms" in text


def test_failing_target_shows_why() -> None:
    assert "timeout no response after 9.5 s just now took 9.5 s not run https" in land(DOWN).text


def test_locked_target_shows_for_how_long() -> None:
    assert "The device rejected the credentials. No requests for another 4 min." in land(LOCKED).text


def test_lock_that_is_over_is_not_shown() -> None:
    assert "left alone" not in land(replace(LOCKED, locked_until=NOW - 1)).text


def test_targets_in_trouble_come_first() -> None:
    text = land(UP, UNPROBED, DOWN, UNSYNCHRONIZED, LOCKED).text
    assert "5 targets: 2 answering, 1 not synchronized, 2 failing, 1 not probed yet." in text
    names = re.findall(r"studio-(.) Debug", text)
    assert names == ["l", "z", "s", "a", "n"]


def test_device_that_answers_and_is_not_synchronized_is_seen_at_once() -> None:
    assert "studio-s Debug Sessions up holdover" in land(UNSYNCHRONIZED).text


def test_names_are_sorted_by_their_numbers() -> None:
    text = land(*(replace(UP, name=name) for name in ("m1000", "m300", "m3000", "m500"))).text
    assert re.findall(r"(m\d+) Debug", text) == ["m300", "m500", "m1000", "m3000"]


def test_empty_list_is_explained() -> None:
    assert "No target is configured, and none was probed." in land().text


def test_form_leaves_out_what_is_not_chosen() -> None:
    html = landing.page(SETTINGS, (UP,), NOW).body.decode()
    assert html.count('<option value="" disabled selected>as configured</option>') == 2
    assert "<option>quick</option>" in html
    assert '<option value="studio-a"></option>' in html
