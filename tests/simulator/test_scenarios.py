import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lantime_exporter.errors import RequestError
from lantime_simulator import Lantime, Scenario, SimulatedDevice, Timetable, m300, m600
from lantime_simulator.document import document
from lantime_simulator.scenarios import CATALOGUE, Episode, activate, change, parse

from tests.simulator.simulator_differences import ABSENT, ELAPSED, WALL, changes, played

CLK1 = "/chassis0/slots/clk1/module"
SYNC = "/system/sync-status"
LEDS = "/system/front-leds"
EVENTS = "/notification/events"

Expected = dict[str, object]

SCENES: list[tuple[str, Expected, str]] = [
    (
        "holdover",
        {
            f"{CLK1}/sync-status/clock-status/clock": "holdover",
            f"{CLK1}/sync-status/est-time-quality": "less-than-250ns",
            f"{CLK1}/grc/receiver-status": "tracking",
            f"{SYNC}/clock-status/clock": "holdover",
            f"{SYNC}/est-time-quality": "less-than-250ns",
            f"{SYNC}/holdover-status/time-elapsed": 100,
            f"{EVENTS}/refclock-1-not-sync/triggered": 1,
            f"{EVENTS}/refclock-1-sync/triggered": 0,
            f"{LEDS}/led-ref-time/current-color": "red",
        },
        (
            rf"{CLK1}/(grc/receiver|satellites/|sync-status/)|{SYNC}/(clock-status/clock|est|hold)|{LEDS}/led-ref-time"
            rf"|{EVENTS}/refclock-1-|/ntp/sys/rootdisp"
        ),
    ),
    (
        "antenna-off",
        {
            f"{CLK1}/grc/antenna/connected": False,
            f"{CLK1}/grc/receiver-status": "no-data",
            f"{CLK1}/satellites/good-satellites": 0,
            f"{CLK1}/sync-status/clock-status/clock": "holdover",
            f"{SYNC}/clock-status/antenna": "disconnected",
            f"{SYNC}/holdover-status/time-elapsed": 90,
            f"{EVENTS}/antenna-faulty/triggered": 1,
            f"{EVENTS}/antenna-reconnect/triggered": 0,
            f"{EVENTS}/refclock-1-not-sync/triggered": 1,
            f"{LEDS}/led-alarm/current-color": "red",
            f"{LEDS}/led-alarm/current-state": True,
            f"{LEDS}/led-ref-time/current-color": "red",
        },
        (
            rf"{CLK1}/(grc/|satellites/|sync-status/)|{SYNC}/|{LEDS}/led-(ref-time|alarm)|{EVENTS}/(refclock-1|antenna)-"
            rf"|/ntp/sys/rootdisp"
        ),
    ),
    (
        "antenna-short",
        {
            f"{CLK1}/grc/antenna/short-circuit": True,
            f"{SYNC}/clock-status/antenna": "short-circuit",
            f"{EVENTS}/antenna-short-circuit/triggered": 1,
        },
        (
            rf"{CLK1}/(grc/|satellites/|sync-status/)|{SYNC}/|{LEDS}/led-(ref-time|alarm)|{EVENTS}/(refclock-1|antenna)-"
            rf"|/ntp/sys/rootdisp"
        ),
    ),
    (
        "warm-up",
        {
            "/system/uptime": 100.0,
            f"{CLK1}/sync-status/clock-status/clock": "not-synchronized",
            f"{CLK1}/sync-status/clock-status/oscillator": "not-warmed-up",
            f"{SYNC}/clock-status/oscillator": "not-warmed-up",
            f"{EVENTS}/oscillator-not-adjusted/triggered": 1,
            f"{EVENTS}/ntp-not-sync/triggered": 1,
            "/ntp/sys/leap": 3,
        },
        (
            rf"{CLK1}/(grc/receiver|satellites/|sync-status/)|{SYNC}/|{LEDS}/|{EVENTS}/|/ntp/"
            rf"|/network/ports/lan[01]/statistics/|/system/(uptime|last-config-change|cpuload)$"
        ),
    ),
    (
        "ntp-unsynchronized",
        {
            "/ntp/sys/leap": 3,
            "/ntp/sys/stratum": 16,
            "/ntp/sys/status-sys-leap-indicator": "alarm",
            "/ntp/ref_1/status-peer-selection": "reject",
            "/ntp/ref_1/reach": 128,
            f"{EVENTS}/ntp-not-sync/triggered": 1,
            f"{EVENTS}/ntp-sync/triggered": 0,
            f"{LEDS}/led-time-service/current-color": "red",
        },
        rf"/ntp/|{EVENTS}/ntp-(not-)?sync|{LEDS}/led-time-service",
    ),
    ("leap-file-expired", {"/ntp/sys/expire": "202312280000"}, "/ntp/sys/expire"),
    (
        "leap-announced",
        {
            f"{SYNC}/leapsecond-announced": True,
            f"{SYNC}/leapsecond-date": "2026-12-31",
            "/ntp/sys/leap": 1,
            "/ntp/sys/status-sys-leap-indicator": "add",
            f"{EVENTS}/leapsecond-announced/triggered": 1,
        },
        rf"{SYNC}/leapsecond-|/ntp/(sys|ref_1)/(leap|status)|{EVENTS}/leapsecond-announced",
    ),
    (
        "clock1-lost",
        {
            f"{CLK1}/sync-status/clock-status/clock": "not-synchronized",
            f"{SYNC}/clock-status/clock": "not-synchronized",
            f"{SYNC}/est-time-quality": "unknown",
            "/ntp/sys/leap": 3,
        },
        rf"{CLK1}/(grc/receiver|satellites/|sync-status/)|{SYNC}/|{LEDS}/|{EVENTS}/(refclock-1|ntp)-|/ntp/",
    ),
    (
        "psu-lost",
        {
            "/chassis0/slots/pwr2/module/power-available": False,
            "/chassis0/slots/pwr2/module/power-capacity": 0.0,
            "/chassis0/slots/pwr2/module/info/model": ABSENT,
            f"{LEDS}/led-alarm/current-color": "red",
        },
        rf"/chassis0/slots/pwr2/module/|{LEDS}/led-alarm",
    ),
    (
        "link-down",
        {
            "/network/ports/lan1/link": False,
            "/network/ports/lan1/operstate": False,
            "/network/ports/lan1/speed": "-",
            f"{EVENTS}/network-link-down/triggered": 1,
            f"{EVENTS}/network-link-up/triggered": 0,
            f"{LEDS}/led-network/current-color": "red",
        },
        rf"/network/ports/lan1/|{EVENTS}/network-link-|{LEDS}/led-network",
    ),
    (
        "event-raised@https-certificate-expired",
        {f"{EVENTS}/https-certificate-expired/triggered": 1},
        f"{EVENTS}/https-certificate-expired/",
    ),
    (
        "module-pulled",
        {
            f"{CLK1}/info/model": ABSENT,
            f"{EVENTS}/refclock-1-not-responding/triggered": 1,
            f"{SYNC}/reference": "none",
            "/ntp/sys/leap": 3,
        },
        rf"{CLK1}/|{EVENTS}/(refclock-1|ntp)-|{SYNC}/|{LEDS}/led-(ref-time|time-service)|/ntp/",
    ),
]


def test_a_scenario_changes_what_it_should(subtests: pytest.Subtests) -> None:
    for scenario, expected, _ in SCENES:
        with subtests.test(scenario=scenario):
            changed = changes(m600(), scenario)
            assert {path: changed.get(path) for path in expected} == expected


def test_a_scenario_changes_nothing_more(subtests: pytest.Subtests) -> None:
    for scenario, _, allowed in SCENES:
        with subtests.test(scenario=scenario):
            assert [path for path in changes(m600(), scenario) if not re.match(allowed, path)] == []


HEALED = [scenario for scenario, *_ in SCENES if scenario not in {"warm-up", "link-down"}]


def test_after_a_scenario_only_events_and_leds_remember_it(subtests: pytest.Subtests) -> None:
    for scenario in HEALED:
        with subtests.test(scenario=scenario):
            left = changes(m600(), scenario, healed=200.0)
            assert {path for path in left if not re.match(rf"{EVENTS}/.*/last-triggered|{LEDS}/.*/last-", path)} <= {
                f"{EVENTS}/{event}/triggered" for event in ("antenna-reconnect", "ntp-offset-limit-ok")
            }


def test_events_report_when_a_scenario_began_and_ended() -> None:
    left = changes(m600(), "antenna-off", after=100.0, healed=40.0)
    now = document(m600(), (), ELAPSED, WALL)["system-information"]["time-stamp"]
    assert now == "2026-10-14T17:46:40"
    assert left[f"{EVENTS}/antenna-faulty/last-triggered"] == "2026-10-14T17:44:20"
    assert left[f"{EVENTS}/antenna-reconnect/last-triggered"] == "2026-10-14T17:46:00"


def test_stale_data_freezes_all_but_the_time_stamp_of_the_response() -> None:
    device = m600()
    episodes = (Episode(Scenario("stale-data"), 100.0),)
    frozen, later = (document(device, episodes, elapsed, WALL + elapsed) for elapsed in (100.0, 700.0))
    assert frozen["data"] == later["data"]
    assert frozen["system-information"]["time-stamp"] < later["system-information"]["time-stamp"]


def test_time_in_holdover_grows_and_quality_falls() -> None:
    elapsed = [
        played(m600(), "holdover", after=seconds)[f"{SYNC}/holdover-status/time-elapsed"] for seconds in (10.0, 300.0)
    ]
    quality = [played(m600(), "holdover", after=seconds)[f"{SYNC}/est-time-quality"] for seconds in (10.0, 900.0)]
    assert elapsed == [10, 300]
    assert quality == ["less-than-100ns", "less-than-2.5us"]


def test_an_antenna_fault_leads_to_holdover_after_ten_seconds() -> None:
    path = f"{SYNC}/clock-status/clock"
    states = [played(m600(), "antenna-off", after=seconds)[path] for seconds in (9.0, 10.0)]
    assert states == ["synchronized", "holdover"]


def test_warming_up_goes_through_its_phases(subtests: pytest.Subtests) -> None:
    for after, receiver, clock, oscillator in [
        (10.0, "cold-boot", "not-synchronized", "not-warmed-up"),
        (70.0, "warm-boot", "not-synchronized", "not-warmed-up"),
        (130.0, "synchronized", "synchronized", "not-warmed-up"),
        (310.0, "synchronized", "synchronized", "warmed-up"),
    ]:
        with subtests.test(after=after):
            now = played(m600(), "warm-up", after=after)
            status = f"{CLK1}/sync-status/clock-status"
            assert (now[f"{CLK1}/grc/receiver-status"], now[f"{status}/clock"], now[f"{status}/oscillator"]) == (
                receiver,
                clock,
                oscillator,
            )


def test_reach_falls_bit_by_bit() -> None:
    reach = [played(m600(), "ntp-unsynchronized", after=after)["/ntp/ref_1/reach"] for after in (1.0, 20.0, 200.0)]
    assert reach == [254, 252, 0]
    assert played(m600(), "ntp-unsynchronized", after=200.0)["/ntp/ref_1/status-peer-reach-ok"] is False


def test_long_wave_reception_is_lost_with_the_antenna() -> None:
    changed = changes(m300(), "antenna-off")
    assert changed[f"{CLK1}/dcf77/correlation"] < 10
    assert changed[f"{CLK1}/dcf77/field-strength"] < 10
    assert changed[f"{CLK1}/dcf77/pcps/freer"] is True
    assert changed[f"{SYNC}/clock-status/antenna"] == "disconnected"


def test_scenarios_combine() -> None:
    both = changes(m600(), "psu-lost", "link-down")
    assert both.keys() == changes(m600(), "psu-lost").keys() | changes(m600(), "link-down").keys()


def test_a_raised_event_that_no_capture_shows_is_listed() -> None:
    assert changes(m600(), "event-raised@fan-down")[f"{EVENTS}/fan-down/triggered"] == 1


def test_an_action_event_stays_untriggered_and_moves_its_time() -> None:
    changed = changes(m600(), "event-raised@faillock-user-banned")
    assert changed == {f"{EVENTS}/faillock-user-banned/last-triggered": "2026-10-14T17:45:00"}


def test_a_transport_scenario_leaves_the_document_alone(subtests: pytest.Subtests) -> None:
    for scenario in [name for name, kind in CATALOGUE.items() if kind.transport]:
        with subtests.test(scenario=scenario):
            assert changes(m600(), scenario) == {}


def test_a_scenario_is_written_with_or_without_a_target(subtests: pytest.Subtests) -> None:
    for text, scenario in [
        ("healthy", None),
        ("antenna-off", Scenario("antenna-off", "clk1")),
        ("psu-lost", Scenario("psu-lost", "pwr2")),
        ("psu-lost@pwr1", Scenario("psu-lost", "pwr1")),
        ("link-down", Scenario("link-down", "lan1")),
        ("slow@0.2", Scenario("slow", "0.2")),
        ("slow", Scenario("slow", "3")),
        ("event-raised", Scenario("event-raised", "low-system-resources")),
    ]:
        with subtests.test(text=text):
            assert parse(text, m600()) == scenario


def test_a_scenario_that_does_not_apply_is_rejected_with_the_reason(subtests: pytest.Subtests) -> None:
    for text, message in [
        ("antena-off", "unknown scenario 'antena-off', known: healthy, holdover, antenna-off"),
        ("antenna-off@clk7", "scenario antenna-off: device m600-1 has no 'clk7' for it, has: clk1"),
        ("relay-c-nc", "scenario relay-c-nc: device m600-1 has nothing it could happen to"),
        ("stale-data@clk1", "scenario stale-data: takes no target"),
        ("rubidium-fault", "scenario rubidium-fault: device m600-1 has no rubidium"),
        ("slow@soon", "scenario slow: 'soon' is not a number of seconds below 3600"),
        ("healthy@clk1", "unknown scenario 'healthy'"),
    ]:
        with subtests.test(text=text), pytest.raises(RequestError, match=re.escape(message)):
            parse(text, m600())


@given(st.text())
def test_any_text_is_a_scenario_or_an_error(text: str) -> None:
    try:
        scenario = parse(text, m600())
    except RequestError:
        return
    assert scenario is None or scenario.name in CATALOGUE


def test_an_active_scenario_keeps_its_start() -> None:
    off, lost = Scenario("antenna-off", "clk1"), Scenario("psu-lost", "pwr2")
    episodes = change((Episode(off, 10.0),), [off, lost], 60.0)
    assert change(episodes, [lost], 90.0) == (Episode(off, 10.0, 90.0), Episode(lost, 60.0))


def test_history_does_not_grow_with_repetitions() -> None:
    off = Scenario("antenna-off", "clk1")
    episodes: tuple[Episode, ...] = ()
    for second in range(0, 100, 2):
        episodes = change(change(episodes, [off], second), [], second + 1)
    assert episodes == (Episode(off, 98, 99),)


DAY = Timetable(((0.0, ()), (60.0, ("antenna-off",)), (120.0, ("antenna-off", "psu-lost")), (180.0, ())), period=300.0)


def test_a_timetable_changes_over_time_and_repeats(subtests: pytest.Subtests) -> None:
    for elapsed, names in [
        (0.0, set()),
        (60.0, {"antenna-off"}),
        (150.0, {"antenna-off", "psu-lost"}),
        (200.0, set()),
        (310.0, set()),
        (3_070.0, {"antenna-off"}),
    ]:
        with subtests.test(elapsed=elapsed):
            episodes = activate(DAY, m600(), elapsed)
            assert {episode.scenario.name for episode in episodes if episode.holds(elapsed)} == names


def test_a_scenario_in_two_rows_is_one_episode() -> None:
    assert Episode(Scenario("antenna-off", "clk1"), 60.0, 180.0) in activate(DAY, m600(), 200.0)


def test_a_timetable_with_a_mistake_is_refused_at_once() -> None:
    with pytest.raises(RequestError, match="unknown scenario 'nonsense'"):
        Lantime(m600(), timetable=Timetable(((3600.0, ("nonsense",)),)))


def live(make: Callable[[], SimulatedDevice], clock: Callable[[], float], timetable: Timetable = DAY) -> Lantime:
    return Lantime(make(), timetable=timetable, clock=clock, wall=lambda: WALL)


def test_activate_replaces_the_timetable_and_keeps_its_history() -> None:
    now = [0.0]
    lantime = live(m600, lambda: now[0])
    now[0] = 70.0
    lantime.activate("link-down")
    now[0] = 500.0
    assert [scenario.name for scenario in lantime.scenarios] == ["link-down"]
    events = {event["object-id"]: event for event in lantime.document()["data"]["notification"]["events"]}
    assert events["antenna-faulty"]["last-triggered"] != "never"


def test_a_scenario_shows_in_the_second_in_which_it_is_set() -> None:
    now = [10.2]
    lantime = live(m600, lambda: now[0], Timetable(()))
    lantime.body("/api/status")
    now[0] = 15.7
    lantime.activate("antenna-off")
    assert lantime.document()["data"]["system"]["sync-status"]["clock-status"]["antenna"] == "disconnected"
    lantime.activate("healthy")
    assert lantime.scenarios == ()
    assert lantime.document()["data"]["system"]["sync-status"]["clock-status"]["antenna"] == "connected"
