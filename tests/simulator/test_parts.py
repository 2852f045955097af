"""Every family of cards, in each spelling, healthy and in its scenarios."""

import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lantime_simulator import CATALOGUE, CLOCK_MODELS, SimulatedDevice, carrier, document, m500, parts, signals
from lantime_simulator.parts import families, sections

from tests.simulator.simulator_differences import ABSENT, ELAPSED, WALL, changes, leaves, played

IO1 = "/chassis0/slots/io1/module"
CLK1 = "/chassis0/slots/clk1/module"
EVENTS = "/notification/events"

SPELLED = [(family, spelling) for family, part in families().items() for spelling in part.spellings]


def block(device: SimulatedDevice, slot: str = "io1", *, raw: bool = False) -> Any:
    slots = document(device, (), ELAPSED, WALL, raw=raw)["data"]["chassis0"]["slots"]
    return next(entry["module"] for entry in slots if entry["slot-id"] == slot)


def test_parts_are_discovered() -> None:
    assert families().keys() >= {"rel", "ptp", "clock", "invented"}
    assert {part.key for part in sections()} == {
        *("system", "notification", "network", "services", "ntp", "syncmon", "syncteam", "chassis-xhe"),
    }


def test_a_family_is_added_by_adding_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "simulator_new_family.py").write_text(
        "from lantime_simulator.part import ModulePart\n"
        "PART = ModulePart(family='new', model='new100', build=lambda now, card: {'info': {'model': 'new100'}})\n",
        encoding="utf-8",
    )
    monkeypatch.setattr(parts, "__path__", [*parts.__path__, str(tmp_path)])
    caches = (parts._parts, parts.sections, families)
    for cache in caches:
        cache.cache_clear()
    try:
        assert block(carrier("new"))["info"]["model"] == "new100"
    finally:
        monkeypatch.undo()
        for cache in caches:
            cache.cache_clear()


def test_a_card_reports_its_identity(subtests: pytest.Subtests) -> None:
    for family, spelling in SPELLED:
        with subtests.test(family=family, spelling=spelling):
            module = block(carrier(family, spelling))
            assert module["info"]["model"] == families()[family].model


def test_a_card_whose_json_is_not_public_has_two_spellings_that_differ(subtests: pytest.Subtests) -> None:
    for family in sorted(name for name, part in families().items() if len(part.spellings) > 1):
        with subtests.test(family=family):
            nested, flat = (block(carrier(family, spelling)) for spelling in ("nested", "flat"))
            assert set(dict(leaves(nested))) != set(dict(leaves(flat)))


COMMON = {
    *("info", "model", "serial-number", "software-revision", "firmware-image", "sensors", "temperature-", "object-id"),
    *("value", "description", "osc-type", "est-time-quality", "clock-status", "clock", "oscillator"),
}


def unnumbered(text: str) -> str:
    """A text without digits, and without the letters that distinguish relays."""
    return re.sub(r"\d|(?<=relay-)[abc]", "", text)


def keys(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield unnumbered(key)
            yield from keys(item)
    elif isinstance(value, list):
        for item in value:
            yield from keys(item)


def keys_of(family: str, spelling: str) -> set[str]:
    devices = [m500(clock=model, spelling=spelling) for model in CLOCK_MODELS]
    blocks = [block(device, "clk1") for device in devices] if family == "clock" else [block(carrier(family, spelling))]
    return {key for found in blocks for key in keys(found)}


def test_docstrings_name_every_key(subtests: pytest.Subtests) -> None:
    for family, spelling in [pair for pair in SPELLED if pair[0] not in {"psu", "invented"}]:
        with subtests.test(family=family, spelling=spelling):
            helpers = {"clock": ("satellites", "longwave", "timecode", "sources"), "cpu": ("ptp",), "n2x": ("ptp",)}
            names = [f"{parts.__name__}.{name}" for name in (family, *helpers.get(family, ()))]
            text = "".join(importlib.import_module(name).__doc__ or "" for name in (*names, signals.__name__))
            counters = {key for key in keys_of(family, spelling) if key.startswith(("rx-", "tx-"))}
            assert keys_of(family, spelling) - counters - COMMON <= set(re.findall(r"[a-z-]+", unnumbered(text)))


def documented() -> list[tuple[str, tuple[str, ...]]]:
    modules = (
        importlib.import_module(f"{parts.__name__}.{found.name}") for found in pkgutil.iter_modules(parts.__path__)
    )
    return [
        (module.__doc__ or "", module.PART.spellings)
        for module in modules
        if hasattr(module, "PART") and getattr(module.PART, "spellings", ("nested",)) != ("nested",)
    ]


def test_the_docstring_of_a_part_describes_each_spelling(subtests: pytest.Subtests) -> None:
    for text, spellings in documented():
        with subtests.test(text=text.partition("\n")[0]):
            elsewhere = ("lantime_simulator.signals", "lantime_simulator.parts.ptp")
            assert all(f"``{spelling}``" in text for spelling in spellings) or any(name in text for name in elsewhere)


def test_the_docstring_of_a_part_grades_its_evidence(subtests: pytest.Subtests) -> None:
    for text, _ in documented():
        with subtests.test(text=text.partition("\n")[0]):
            assert re.search(r"\b[ABCD]\b|nobody knows", text)


# (family, spelling, scenario or "", values of the card)
FIGURES: list[tuple[str, str, str, dict[str, object]]] = [
    ("rel", "nested", "", {f"relays/relay-{relay}/state": "no" for relay in "abc"}),
    ("rel", "nested", "", {"relays/relay-b/source": "pps-fail", "relays/relay-c/source": "10mhz-fail"}),
    ("rel", "nested", "relay-c-nc", {"relays/relay-c/state": "nc", "relays/relay-a/state": "no"}),
    ("rel", "flat", "relay-c-nc", {"rel/relay-c": "normally-closed", "rel/relay-a": "normally-open"}),
    ("rel", "words", "relay-c-nc", {"relay-state/relay-c/state": "error", "relay-state/relay-a/state": "ok"}),
    ("rel", "nested", "clock1-lost", {f"relays/relay-{relay}/state": "nc" for relay in "abc"}),
    ("rsc", "nested", "", {"rsc/mode": "automatic", "rsc/selected-clock": "clk1", "rsc/outputs-enabled": True}),
    ("rsc", "nested", "rsc-manual", {"rsc/mode": "manual", "rsc/outputs-enabled": True}),
    ("rsc", "flat", "rsc-manual", {"scu-status/auto": False, "scu-status/sel": 0}),
    ("ptp", "nested", "", {"ptp/instances/ptp1/port-ds/port1/port-state": "master"}),
    ("ptp", "nested", "", {"ptp/instances/ptp2/port-ds/port1/port-state": "slave"}),
    ("ptp", "nested", "", {"ptp/instances/ptp2/current-ds/steps-removed": 2}),
    ("ptp", "nested", "ptp-faulty", {"ptp/instances/ptp2/port-ds/port1/port-state": "faulty"}),
    ("ptp", "nested", "ptp-grandmaster-change", {"ptp/instances/ptp2/current-ds/steps-removed": 3}),
    ("ptp", "nested", "holdover", {"ptp/instances/ptp1/default-ds/clock-quality/clock-class": 7}),
    ("ptp", "nested", "leap-announced", {"ptp/instances/ptp1/time-properties-ds/leap-61": True}),
    ("ptp", "flat", "", {"ptpv2-1/port-state": 6, "ptpv2-2/port-state": 9, "ptpv2-2/clock-class": 6}),
    ("ptp", "flat", "ptp-faulty", {"ptpv2-1/port-state": 2, "ptpv2-2/port-state": 2, "ptpv2-2/clock-class": 255}),
    ("ptp", "flat", "clock1-lost", {"ptpv2-1/clock-class": 52, "ptpv2-1/time-traceable": 0}),
    ("lno", "nested", "", {"lno/pll/locked": True, "lno/outputs/out-2/level": "ok"}),
    ("lno", "nested", "output-level-lost", {"lno/outputs/out-2/level": "fault", "lno/outputs/out-1/level": "ok"}),
    ("lno", "nested", "warm-up", {"lno/pll/locked": False, "lno/outputs/out-1/enabled": False}),
    ("lno", "flat", "output-level-lost", {"output-2": "error", "info/sensors/voltage-2/value": 0.0}),
    ("lno", "flat", "", {"info/sensors/pll-1/locked": True, "output-1": "ok"}),
    ("bpe", "nested", "", {"outputs/out-2/status/carrier-detected": True, "outputs/out-4/status/disabled": True}),
    ("bpe", "nested", "output-level-lost", {"outputs/out-2/status/carrier-detected": False}),
    ("bpe", "flat", "output-level-lost", {"output-2/state": "short-circuit", "output-4/state": "disabled"}),
    ("cpe", "nested", "", {"cpe/synchronized": True, "outputs/out-1/port-type": "pps"}),
    ("cpe", "flat", "clock1-lost", {"sync-state": "not-synchronized", "output-1/io-port-type": 0}),
    ("liu", "nested", "", {"liu/ssm": "ql-prc", "liu/pll-locked": True, "outputs/out-1/frequency-khz": 2048}),
    ("liu", "flat", "clock1-lost", {"outgoing-ssm": 15, "pll": "unlocked"}),
    ("lsg", "nested", "", {"outputs/out-1/ssm": "ql-prc"}),
    ("lsg", "flat", "output-level-lost", {"output-2/state": "short-circuit", "output-2/ssm": 2}),
    ("scg", "nested", "", {"outputs/out-3/signal": "dars", "outputs/out-3/frequency-hz": 48_000}),
    ("scg", "flat", "output-level-lost", {"output-2/state": "short-circuit"}),
    ("vsg", "nested", "", {"vsg/in-sync": True, "outputs/out-2/signal": "ltc", "outputs/out-2/settled": True}),
    ("vsg", "nested", "warm-up", {"vsg/oscillator-ready": False, "outputs/out-2/settled": False}),
    ("vsg", "flat", "clock1-lost", {"vsg-state": "no-reference", "osc-ready": 1, "output-2/settled": 0}),
    ("mri", "nested", "", {"inputs/in-1/status/input-signal-avail": True, "inputs/in-1/in-use": True}),
    ("mri", "nested", "input-lost", {"inputs/in-1/status/input-signal-lost": True}),
    ("mri", "flat", "input-lost", {"input-1/state": "input-signal-lost", "input-4/state": "input-signal-never-avail"}),
    ("esi", "nested", "", {"inputs/in-1/quality-level": "ql-prc", "inputs/in-1/quality-ok": True}),
    ("esi", "nested", "input-lost", {"inputs/in-1/quality-level": "ql-dnu/dus", "inputs/in-1/quality-ok": False}),
    ("esi", "flat", "input-lost", {"input-1/ssm": 15, "input-1/state": "input-signal-lost"}),
    ("vsi", "nested", "input-lost", {"inputs/in-1/locked": False, "inputs/in-1/signal": "video-input"}),
    ("vsi", "flat", "", {"input-1/locked": 1, "input-3/state": "input-signal-never-avail"}),
    ("pio", "nested", "", {"ports/port-1/direction": "input", "ports/port-4/status/carrier-detected": True}),
    ("pio", "nested", "input-lost", {"ports/port-1/offset": ABSENT, "ports/port-1/status/input-signal-lost": True}),
    ("pio", "flat", "input-lost", {"port-1/pps-offset-ns": ABSENT, "port-1/state": "input-signal-lost"}),
    ("fdm", "nested", "", {"fdm/line-freq": 50.0, "fdm/flags/plt-is-locked": True}),
    ("fdm", "flat", "", {"nominal-frequency": 50_000, "fd-state": "inside-limits"}),
    ("fdm", "flat", "frequency-limit", {"fd-state": "outside-limits"}),
    ("acm", "nested", "", {"fans/fan-1/status": "on", "fans/fan-1/error": "no"}),
    ("acm", "nested", "fan-failed", {"fans/fan-1/status": "off", "fans/fan-1/error": "yes", "fans/fan-2/status": "on"}),
    ("acm", "flat", "fan-failed", {"fan1/fan-status": 1, "fan1/fan-error": 2, "fan2/fan-error": 1}),
    ("acm", "words", "fan-failed", {"fans/fan-1": "faulty", "fans/fan-2": "ok"}),
    ("n2x", "flat", "", {"n2x/state": "synchronized", "n2x/reach": 255}),
    ("n2x", "nested", "ptp-faulty", {"ptp/instances/ptp2/port-ds/port1/port-state": "faulty"}),
    ("invented", "nested", "", {"lasers/laser-1/phase": "humming", "mixture/nothing": None, "mixture/parts/2": 8}),
    ("psu", "nested", "psu-lost@io1", {"power-available": False, "power-capacity": 0.0, "info/model": ABSENT}),
    ("cpu", "nested", "", {"info/serial-number": "N/A", "ptp/instances/ptp1/role": "multicast-master"}),
]


def test_a_card_reports_its_scenario(subtests: pytest.Subtests) -> None:
    for family, spelling, scenario, figures in FIGURES:
        with subtests.test(family=family, spelling=spelling, scenario=scenario):
            now = played(carrier(family, spelling), scenario or "healthy")
            assert {path: now.get(f"{IO1}/{path}", ABSENT) for path in figures} == figures


@pytest.mark.parametrize(
    ("spelling", "path"),
    [("nested", "ptp/instances/ptp2/current-ds/offset-from-master"), ("flat", "ptpv2-2/offset-from-master")],
)
def test_an_offset_step_moves_the_slave_by_25_microseconds(spelling: str, path: str) -> None:
    device = carrier("ptp", spelling)
    assert played(device, "ptp-offset-step")[f"{IO1}/{path}"] == played(device)[f"{IO1}/{path}"] + 25_000


def test_a_grandmaster_change_changes_the_identity_a_slave_follows() -> None:
    changed = changes(carrier("ptp"), "ptp-grandmaster-change")
    assert f"{IO1}/ptp/instances/ptp2/parent-ds/grandmaster-identity" in changed
    assert not any("/ptp1/" in path for path in changed)


def test_a_fault_of_a_card_raises_its_event(subtests: pytest.Subtests) -> None:
    for scenario, family, raised in [
        ("ptp-faulty", "ptp", "ptp-error"),
        ("output-level-lost", "lno", "ims-port-error"),
        ("input-lost", "mri", "ims-port-error"),
        ("frequency-limit", "fdm", "fdm-error"),
        ("fan-failed", "acm", "fan-down"),
        ("psu-lost", "psu", "power-supply-failure"),
        ("module-pulled", "rel", "ims-error"),
    ]:
        with subtests.test(scenario=scenario, family=family, raised=raised):
            device = carrier(family)
            assert played(device)[f"{EVENTS}/{raised}/triggered"] == 0
            assert played(device, scenario)[f"{EVENTS}/{raised}/triggered"] == 1


def test_a_pulled_card_leaves_an_empty_slot() -> None:
    now = played(carrier("rel"), "module-pulled")
    assert now["/chassis0/slots/io1/slot-id"] == "io1"
    assert not any(path.startswith(IO1) for path in now)


def test_a_fault_of_a_card_changes_nothing_outside_it_but_events_and_leds() -> None:
    for family, spelling, scenario, _ in FIGURES:
        if scenario in {"", "clock1-lost", "warm-up", "holdover", "leap-announced"}:
            continue
        stray = [
            path
            for path in changes(carrier(family, spelling), scenario)
            if not path.startswith((f"{IO1}/", f"{EVENTS}/", "/system/front-leds/led-alarm/"))
        ]
        assert stray == [], (family, scenario)


RAW: list[tuple[str, str, int]] = [
    ("rsc", "rsc/shs/state", 1),
    ("ptp", "ptp/instances/ptp2/port-ds/port1/port-state", 9),
    ("ptp", "ptp/instances/ptp1/default-ds/clock-quality/clock-accuracy", 33),
    ("ptp", "ptp/instances/ptp1/time-properties-ds/time-source", 32),
    ("ptp", "ptp/instances/ptp1/profile", 5),
    ("bpe", "outputs/out-1/port-type", 0),
    ("bpe", "outputs/out-1/source", 9),
    ("mri", "inputs/in-1/direction", 0),
    ("esi", "inputs/in-1/quality-level", 2),
    ("liu", "liu/ssm", 2),
    ("acm", "fans/fan-1/status", 2),
]


def test_raw_gives_the_number_of_a_word(subtests: pytest.Subtests) -> None:
    for family, path, number in RAW:
        with subtests.test(family=family, path=path, number=number):
            raw = dict(leaves(document(carrier(family), (), ELAPSED, WALL, raw=True)["data"]))
            assert raw[f"{IO1}/{path}"] == number


def test_every_clock_loses_its_reference_with_the_antenna(subtests: pytest.Subtests) -> None:
    for model in CLOCK_MODELS:
        for spelling in ["nested", "flat"]:
            with subtests.test(spelling=spelling, model=model):
                device = m500(clock=model, spelling=spelling)
                healthy, now = played(device), played(device, "antenna-off")
                status = f"{CLK1}/sync-status/clock-status/clock"
                assert (healthy[status], now[status]) == ("synchronized", "holdover")
                assert now["/system/sync-status/clock-status/antenna"] == "disconnected"


RECEIVERS: list[tuple[str, str, dict[str, object]]] = [
    ("gps180", "nested", {"gps/antenna/connected": True, "gps/receiver/synchronized": True}),
    ("gps180", "flat", {"gps/antenna": "connected", "gps/receiver-status": "synchronized"}),
    ("gns181", "nested", {"gns/receiver-status": "synchronized"}),
    ("gns181uc", "nested", {"gns-uc/receiver-status": "synchronized"}),
    ("gnm181", "flat", {"gnm/receiver-status": "synchronized"}),
    ("gxl183", "nested", {"gxl/antenna/short-circuit": False}),
    ("grc181", "nested", {"grc/ref-type": "10mhz-freqin", "grc/receiver-status": "synchronized"}),
    ("pzf180", "nested", {"dcf77/type": "pzf", "dcf77/pcps/syncd": True}),
    ("pzf180", "flat", {"dcf77/receiver-status": "lw-sync", "dcf77/flags/0": "syncd"}),
    ("msf180", "nested", {"msf/type": "msf"}),
    ("msf180", "flat", {"dcf77/type": "msf"}),
    ("wwvb180", "nested", {"wwvb/ref-type": "long-wave-receiver"}),
    ("tcr180", "nested", {"tcr/locked": True, "tcr/code-consistent": True}),
    ("tcr180", "flat", {"irig/state": 101, "irig/data": "ok"}),
    ("gen180", "nested", {"mrs/priority0/info/settings/id/type": "pps-in"}),
]


def test_a_receiver_has_its_block(subtests: pytest.Subtests) -> None:
    for model, spelling, figures in RECEIVERS:
        with subtests.test(model=model, spelling=spelling):
            now = played(m500(clock=model, spelling=spelling))
            assert {path: now.get(f"{CLK1}/{path}", ABSENT) for path in figures} == figures


def test_satellites_are_counted_alike_in_both_spellings(subtests: pytest.Subtests) -> None:
    for model, constellations in [
        ("gps180", {"gps"}),
        ("gns181", {"gps", "galileo", "glonass", "beidou"}),
        ("gns181uc", {"gps", "galileo"}),
        ("gxl183", {"gps", "galileo", "glonass", "beidou", "qzss"}),
    ]:
        with subtests.test(model=model):
            lists = block(m500(clock=model), "clk1")["satellites"]
            counts = block(m500(clock=model, spelling="flat"), "clk1")["satellites"]
            assert {satellite["gnss-type"] for satellite in lists["gnss"]["satellite-list"]} == constellations
            assert {entry["gnss-type"] for entry in counts["gnss"]["constellations"]} == constellations
            assert len(lists["gnss"]["satellite-list"]) == lists["satellites-in-view"]
            assert (
                sum(entry["svs-in-view"] for entry in counts["gnss"]["constellations"]) == counts["satellites-in-view"]
            )
            assert (
                sum(satellite["used"] for satellite in lists["gnss"]["satellite-list"]) == lists["good-satellites"] >= 4
            )


def all_lists(value: Any, path: str = "") -> Iterator[tuple[str, list[Any]]]:
    """Yield every list at or below a value with its path."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from all_lists(item, f"{path}/{key}")
    elif isinstance(value, list):
        yield path, value
        for item in value:
            yield from all_lists(item, path)


def test_list_elements_have_unique_names(subtests: pytest.Subtests) -> None:
    for name in CATALOGUE:
        with subtests.test(name=name):
            for path, elements in all_lists(document(CATALOGUE[name](), (), ELAPSED, WALL)["data"]):
                names = [item["object-id"] for item in elements if isinstance(item, dict)]
                assert len(names) == len(set(names)), path
