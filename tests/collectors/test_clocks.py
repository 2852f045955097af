"""Clock modules with every kind of receiver, in both spellings: healthy, without antenna, and two in a device."""

from collections.abc import Callable
from dataclasses import replace
from itertools import product
from typing import Any

import pytest
from lantime_exporter.document.shape import flatten
from lantime_exporter.mapping.registry import CollectorRegistry
from lantime_simulator import CLOCK_MODELS, SimulatedDevice, m500, m3000

from tests.collectors.conftest import Samples

Shown = Callable[..., Samples]
Cards = Callable[..., Samples]
Clock = Callable[..., Samples]

SPELLINGS = ("nested", "flat")
SATELLITES = ("gps180", "gns181", "gns181uc", "gnm181", "gxl183", "grc181")
CONSTELLATIONS = {
    "gps180": {"gps"},
    "gns181": {"gps", "galileo", "glonass", "beidou"},
    "gns181uc": {"gps", "galileo"},
    "gnm181": {"gps", "galileo", "glonass", "beidou"},
    "gxl183": {"gps", "galileo", "glonass", "beidou", "qzss"},
}
LONGWAVE = ("pzf180", "msf180", "wwvb180")

# model: reference, its time quality in seconds
REFERENCES = {
    **dict.fromkeys(("gps180", "grc181"), ("gps", 1e-7)),
    **dict.fromkeys(("gns181", "gns181uc", "gnm181", "gxl183"), ("gnss-receiver", 1e-7)),
    "pzf180": ("dcf77-pzf-receiver", 1e-5),
    **dict.fromkeys(("msf180", "wwvb180"), ("long-wave-receiver", 1e-3)),
    "tcr180": ("irig", 1e-6),
    "gen180": ("pps-in", 1e-6),
}

ON = {"slot": "clk1"}


def single(model: str, spelling: str) -> SimulatedDevice:
    """Return an M500 with only this clock."""
    device = m500(clock=model, spelling=spelling)
    return replace(device, slots=tuple(device.fitted("clock")))


@pytest.fixture(scope="session")
def clock(shown: Shown) -> Clock:
    """Return a function from model, spelling and scenarios, which began 100 s ago, to samples."""

    def samples(model: str, spelling: str, *scenarios: str) -> Samples:
        return shown(single(model, spelling), *scenarios, after=100.0)

    return samples


def test_a_clock_reports_its_state_oscillator_and_quality(clock: Clock, subtests: pytest.Subtests) -> None:
    for model, spelling in product(CLOCK_MODELS, SPELLINGS):
        with subtests.test(spelling=spelling, model=model):
            samples = clock(model, spelling)
            assert samples.one("lantime_clock_synchronized", **ON) == 1
            assert samples.states("lantime_clock_state", **ON) == {"synchronized"}
            assert samples.one("lantime_clock_selected", **ON) == 1
            assert samples.one("lantime_clock_time_quality_seconds", **ON) == pytest.approx(REFERENCES[model][1])
            assert samples.one("lantime_oscillator_info", **ON, oscillator="ocxo-hq") == 1
            assert samples.one("lantime_oscillator_warmed_up", **ON) == 1
            assert samples.one("lantime_clock_holdover_elapsed_seconds", **ON) == 0


def test_a_clock_reports_its_references_by_priority(clock: Clock, subtests: pytest.Subtests) -> None:
    for model, spelling in product(CLOCK_MODELS, SPELLINGS):
        with subtests.test(spelling=spelling, model=model):
            samples = clock(model, spelling)
            own = {**ON, "priority": "0", "type": REFERENCES[model][0]}
            input_ = {**ON, "priority": "1", "type": "pps-in"}
            state = "lantime_reference_source_state"
            assert [
                samples.one("lantime_reference_source_info", **labels, source_instance="0") for labels in (own, input_)
            ] == [1, 1]
            assert samples.states(state, **own) == {"is-master", "is-locked", "is-accurate", "low-jitter"}
            assert samples.states(state, **input_) == {"is-locked", "is-accurate", "is-external"}
            offset = samples.one("lantime_reference_source_offset_seconds", **own)
            assert offset is not None
            assert abs(offset) < 1e-7


def test_a_clock_without_antenna_is_in_holdover(clock: Clock, subtests: pytest.Subtests) -> None:
    for model, spelling in product(CLOCK_MODELS, SPELLINGS):
        with subtests.test(spelling=spelling, model=model):
            samples = clock(model, spelling, "antenna-off")
            assert samples.one("lantime_clock_synchronized", **ON) == 0
            assert samples.states("lantime_clock_state", **ON) == {"holdover"}
            # Ten seconds after the antenna is lost.
            assert samples.one("lantime_clock_holdover_elapsed_seconds", **ON) == 90
            assert samples.one("lantime_clock_holdover_time_offset_seconds", **ON) == pytest.approx(1.08e-7)
            assert samples.states("lantime_reference_source_state", **ON, priority="0") == {
                "no-connection",
                "no-signal",
            }


def test_the_flat_spelling_reports_the_holdover_of_a_clock(clock: Clock, subtests: pytest.Subtests) -> None:
    for model in CLOCK_MODELS:
        with subtests.test(model=model):
            samples = clock(model, "flat", "holdover")
            held = {
                dict(labels)["condition"] for labels, on in samples["lantime_clock_holdover_condition"].items() if on
            }
            assert samples.states("lantime_clock_holdover_mode", **ON) == {"autonomous"}
            assert held == {"in-holdover", "time-offset-valid"}


def test_the_nested_spelling_reports_the_figure_of_merit_of_a_clock(clock: Clock, subtests: pytest.Subtests) -> None:
    for model in CLOCK_MODELS:
        with subtests.test(model=model):
            assert clock(model, "nested").one("lantime_clock_tfom", **ON) == 0
            assert clock(model, "nested", "holdover").one("lantime_clock_tfom", **ON) == 4


def test_a_satellite_clock_reports_receiver_and_antenna(clock: Clock, subtests: pytest.Subtests) -> None:
    for model, spelling in product(SATELLITES, SPELLINGS):
        with subtests.test(spelling=spelling, model=model):
            samples = clock(model, spelling)
            assert samples.states("lantime_receiver_state", **ON) == {"synchronized"}
            assert samples.one("lantime_antenna_connected", **ON) == 1
            assert samples.one("lantime_antenna_short_circuit", **ON) == 0


def test_a_satellite_clock_reports_what_is_wrong_with_its_antenna(clock: Clock, subtests: pytest.Subtests) -> None:
    for model, spelling in product(SATELLITES, SPELLINGS):
        with subtests.test(spelling=spelling, model=model):
            off, shorted = (clock(model, spelling, scenario) for scenario in ("antenna-off", "antenna-short"))
            assert off.one("lantime_antenna_connected", **ON) == 0
            assert off.one("lantime_antenna_short_circuit", **ON) == 0
            assert off.states("lantime_receiver_state", **ON) == {"no-data"}
            assert shorted.one("lantime_antenna_short_circuit", **ON) == 1
            # A word for the short circuit does not show the connection.
            assert shorted.one("lantime_antenna_connected", **ON) in {0, None}


def test_a_satellite_clock_reports_its_satellites_and_position(clock: Clock, subtests: pytest.Subtests) -> None:
    for model, spelling in product(SATELLITES, SPELLINGS):
        with subtests.test(spelling=spelling, model=model):
            samples, device = clock(model, spelling), single(model, spelling)
            good, in_view = (samples.one(f"lantime_satellites_{which}", **ON) for which in ("good", "in_view"))
            assert good is not None
            assert in_view is not None
            assert 4 <= good <= in_view
            assert samples.one("lantime_position_latitude_degrees", **ON) == pytest.approx(device.latitude, abs=1e-6)
            assert samples.one("lantime_position_longitude_degrees", **ON) == pytest.approx(device.longitude, abs=1e-6)
            assert samples.one("lantime_position_altitude_meters", **ON) == device.altitude
            assert {dict(labels)["kind"] for labels in samples["lantime_dilution_of_precision"]} == {"pdop", "tdop"}


def test_selected_satellites_are_counted(cards: Cards, subtests: pytest.Subtests) -> None:
    for names, number in ((["gps28", "gps1"], 2.0), ([28, 1, 17], 3.0), (["gps28", "none", None], 1.0), ([], None)):
        with subtests.test(names=names):
            samples = cards(clk1={"satellites": {"selected-satellites": names}})
            assert samples.one("lantime_satellites_selected", **ON) == number


def test_a_satellite_that_comes_or_goes_does_not_change_the_shape(catalogue: CollectorRegistry) -> None:
    for key in ("selected-satellites", "svs"):
        shapes = {flatten({key: ["gps28", "gps1", "gps17"][:number]}, catalogue.summaries).shape for number in range(4)}
        assert len(shapes) == 1


def counts(samples: Samples, use: str) -> dict[str, float]:
    """Return the satellites of one use by constellation."""
    found = {tuple(sorted(dict(labels).items())): count for labels, count in samples["lantime_gnss_satellites"].items()}
    return {dict(labels)["gnss"]: count for labels, count in found.items() if dict(labels)["use"] == use}


def test_satellites_are_counted_by_constellation(clock: Clock, subtests: pytest.Subtests) -> None:
    for model, (spelling, usable) in product(CONSTELLATIONS, [("nested", "used"), ("flat", "good")]):
        with subtests.test(spelling=spelling, usable=usable, model=model):
            samples = clock(model, spelling)
            in_view, well = counts(samples, "in-view"), counts(samples, usable)
            assert set(in_view) == set(well) == CONSTELLATIONS[model]
            assert sum(in_view.values()) == samples.one("lantime_satellites_in_view", **ON)
            assert sum(well.values()) == samples.one("lantime_satellites_good", **ON)


def test_signal_strength_is_exported_by_constellation(clock: Clock, subtests: pytest.Subtests) -> None:
    for model, constellations in CONSTELLATIONS.items():
        with subtests.test(model=model):
            samples = clock(model, "nested")["lantime_gnss_carrier_to_noise_dbhz"]
            for gnss in constellations:
                least, middle, most = (
                    samples[frozenset({**ON, "gnss": gnss, "statistic": statistic}.items())]
                    for statistic in ("min", "median", "max")
                )
                assert 30 < least <= middle <= most < 50


def test_a_receiver_state_with_ambiguous_numbers_stays_a_number(cards: Cards) -> None:
    samples = cards(clk1={"gns": {"receiver-status": 4}})
    assert samples.states("lantime_receiver_state", slot="clk1") == {"4"}


def test_a_long_wave_clock_reports_its_field_strength(clock: Clock, subtests: pytest.Subtests) -> None:
    for model, spelling in product(LONGWAVE, SPELLINGS):
        with subtests.test(spelling=spelling, model=model):
            healthy, without_antenna = (clock(model, spelling, *scenarios) for scenarios in ((), ("antenna-off",)))
            strength = healthy.one("lantime_longwave_field_strength_ratio", **ON)
            assert strength is not None
            assert 0.38 <= strength <= 0.47
            assert without_antenna.one("lantime_longwave_field_strength_ratio", **ON) == pytest.approx(0.02)
            assert {dict(labels)["type"] for labels in healthy["lantime_longwave_info"]} == {model[:-3]}


def test_a_pzf_reports_its_correlation_and_flags(clock: Clock, subtests: pytest.Subtests) -> None:
    for spelling in SPELLINGS:
        with subtests.test(spelling=spelling):
            healthy, without_antenna = (clock("pzf180", spelling, *scenarios) for scenarios in ((), ("antenna-off",)))
            correlation = healthy.one("lantime_longwave_correlation_ratio", **ON)
            assert correlation is not None
            assert 0.54 <= correlation <= 0.72
            assert without_antenna.one("lantime_longwave_correlation_ratio", **ON) == pytest.approx(0.04)
            assert healthy.one("lantime_longwave_condition", **ON, condition="syncd") == 1
            assert without_antenna.one("lantime_longwave_condition", **ON, condition="freer") == 1


@pytest.mark.parametrize("model", LONGWAVE)
def test_words_of_the_mib_are_states_of_a_long_wave_receiver(clock: Clock, model: str) -> None:
    states = [
        clock(model, "flat", *scenarios).states("lantime_receiver_state", **ON) for scenarios in ((), ("antenna-off",))
    ]
    assert states == [{"synchronized"}, {"not-synchronized"}]


def test_a_time_code_clock_reports_code_and_quality(clock: Clock, subtests: pytest.Subtests) -> None:
    for spelling in SPELLINGS:
        with subtests.test(spelling=spelling):
            healthy, lost = (clock("tcr180", spelling, *scenarios) for scenarios in ((), ("antenna-off",)))
            facts = ("lantime_timecode_present", "lantime_timecode_consistent", "lantime_timecode_tfom")
            assert [healthy.one(name, **ON) for name in facts] == [1, 1, 4]
            assert [lost.one(name, **ON) for name in facts] == [0, 0, 15]
            assert healthy.one("lantime_timecode_info", **ON, code="ieee1344") == 1


def test_a_time_code_clock_reports_its_lock(clock: Clock) -> None:
    nested, flat = (clock("tcr180", spelling) for spelling in SPELLINGS)
    assert nested.one("lantime_timecode_locked", **ON) == 1
    assert clock("tcr180", "nested", "antenna-off").one("lantime_timecode_locked", **ON) == 0
    assert flat.states("lantime_timecode_state", **ON) == {"synchronized"}


def test_a_clock_without_receiver_has_none_of_its_series(clock: Clock, subtests: pytest.Subtests) -> None:
    for spelling in SPELLINGS:
        with subtests.test(spelling=spelling):
            prefixes = (
                "lantime_receiver_",
                "lantime_antenna_",
                "lantime_satellites_",
                "lantime_longwave_",
                "lantime_timecode_",
            )
            assert [name for name in clock("gen180", spelling) if name.startswith(prefixes)] == []


PAIR: dict[str, Any] = {
    "clk1": {"sync-status": {"clock-idx": "selected"}, "gns": {"antenna": {"connected": True}}},
    "clk2": {"sync-status": {"clock-idx": "standby"}, "gns": {"antenna": {"connected": False}}},
}


def test_two_clocks_of_one_kind_are_kept_apart(cards: Cards) -> None:
    samples = cards(**PAIR)
    assert [samples.one("lantime_clock_selected", slot=slot) for slot in PAIR] == [1, 0]
    assert [samples.one("lantime_antenna_connected", slot=slot) for slot in PAIR] == [1, 0]


@pytest.mark.parametrize("followed", [0, 1])
def test_a_choice_given_as_a_number_is_that_of_the_device(collect: Shown, followed: int) -> None:
    slots = [{"slot-id": name, "module": {"sync-status": {"clock-idx": 7}}} for name in ("clk1", "clk2")]
    system = {"sync-status": {"clock-idx": followed}}
    samples = collect({"data": {"chassis0": {"slots": slots}, "system": system}})
    chosen = [samples.one("lantime_clock_selected", slot=slot) for slot in ("clk1", "clk2")]
    assert chosen == [float(followed == 0), float(followed == 1)]


def test_a_choice_given_as_a_number_says_nothing_alone(cards: Cards) -> None:
    samples = cards(clk1={"sync-status": {"clock-idx": 0}})
    assert "lantime_clock_selected" not in samples
    assert samples.one("lantime_module_value", slot="clk1", model="", path="sync-status/clock-idx") == 0


def test_a_lost_clock_hands_over_to_the_one_beside_it(shown: Shown, subtests: pytest.Subtests) -> None:
    for spelling in SPELLINGS:
        with subtests.test(spelling=spelling):
            device = m3000(spelling=spelling)
            device = replace(device, slots=tuple(device.fitted("clock", "rsc")))
            healthy, lost = shown(device, after=100.0), shown(device, "clock1-lost", after=100.0)
            assert [healthy.one("lantime_clock_selected", slot=slot) for slot in ("clk1", "clk2")] == [1, 0]
            assert [lost.one("lantime_clock_selected", slot=slot) for slot in ("clk1", "clk2")] == [0, 1]
            assert [healthy.one("lantime_clock_synchronized", slot=slot) for slot in ("clk1", "clk2")] == [1, 1]
            assert [lost.one("lantime_clock_synchronized", slot=slot) for slot in ("clk1", "clk2")] == [0, 1]


def test_a_figure_is_read_in_every_spelling(cards: Cards, subtests: pytest.Subtests) -> None:
    for metric, spelled in [
        ("lantime_clock_holdover_elapsed_seconds", {"sync-status": {"holdover-status": {"time-elapsed": "90"}}}),
        ("lantime_clock_holdover_elapsed_seconds", {"sync-status": {"holdover": {"elapsed": 90}}}),
        ("lantime_clock_holdover_elapsed_seconds", {"sync-status": {}, "holdover-status": {"elapsed": 90.0}}),
        ("lantime_longwave_field_strength_ratio", {"dcf77": {"signal": 90}}),
        ("lantime_longwave_field_strength_ratio", {"WWVB": {"signal-strength": "90"}}),
        ("lantime_longwave_field_strength_ratio", {"receiver-1": {"field-strength": 90}}),
    ]:
        with subtests.test(metric=metric):
            assert cards(clk1=spelled).one(metric, slot="clk1") == (0.9 if metric.endswith("_ratio") else 90)


def test_a_holdover_of_a_card_that_is_no_clock_is_in_the_generic_layer(cards: Cards) -> None:
    samples = cards(io1={"holdover": {"elapsed": 90}})
    assert samples.one("lantime_module_value", slot="io1", model="", path="holdover/elapsed") == 90


def test_raw_numbers_and_words_of_references_are_the_same(cards: Cards, subtests: pytest.Subtests) -> None:
    def source(kind: object) -> dict[str, Any]:
        return {"mrs": [{"object-id": "priority0", "type": kind, "status": ["is-master"]}], "dcf77": {"ref-type": kind}}

    for number, word in [(-1, "none"), (0, "gps"), (14, "gnss-receiver"), (19, "linear-time-code")]:
        with subtests.test(number=number, word=word):
            assert cards(clk1=source(number)) == cards(clk1=source(word))


def test_raw_numbers_and_words_of_oscillators_are_the_same(cards: Cards, subtests: pytest.Subtests) -> None:
    for number, word in [(0, "unknown"), (5, "OCXO HQ"), (7, "rubidium"), (10, "ocxo_sq")]:
        with subtests.test(number=number, word=word):
            raw, exported = (cards(clk1={"sync-status": {"osc-type": value}}) for value in (number, word))
            assert raw == exported


def test_an_unknown_oscillator_is_shown(cards: Cards) -> None:
    samples = cards(clk1={"sync-status": {"osc-type": "Caesium Beam"}})
    assert samples.one("lantime_oscillator_info", slot="clk1", oscillator="caesium-beam") == 1
