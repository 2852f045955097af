"""Cards with unknown keys: the generic layer exports what no collector recognises, with value, path and slot."""

import json
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lantime_exporter.collectors import load
from lantime_exporter.config.settings import Module
from lantime_exporter.document.enumeration import kebab
from lantime_exporter.document.shape import Scalar
from lantime_exporter.document.tree import Leaf
from lantime_exporter.exposition.text import Page
from lantime_exporter.mapping.binding_context import BindingContext
from lantime_exporter.mapping.finders import slots
from lantime_exporter.mapping.generic import key_of
from lantime_exporter.mapping.mapper import Mapper
from lantime_exporter.mapping.registry import CollectorRegistry
from lantime_exporter.mapping.result import Account
from lantime_exporter.mapping.value_kind import EXPORTED, value_kind
from lantime_simulator import CLOCK_MODELS, carrier, document, m500
from lantime_simulator.parts import families

from tests.collectors.conftest import Labels, Samples, samples_of

LAYER = ("lantime_module_value", "lantime_module_flag", "lantime_module_state")

Status = dict[str, Any]


def modules() -> Iterator[tuple[str, Any]]:
    """Yield the modules of every family and clock in every spelling, each with its description."""
    for family, part in families().items():
        for spelling in part.spellings:
            yield f"{family} {spelling}", module(document(carrier(family, spelling), (), 1000.0, 1.8e9), "io1")
    for model in CLOCK_MODELS:
        for spelling in ("nested", "flat"):
            device = m500(clock=model, spelling=spelling)
            yield f"{model} {spelling}", module(document(device, (), 1000.0, 1.8e9), "clk1")


def module(status: Status, name: str) -> Any:
    return next(slot["module"] for slot in status["data"]["chassis0"]["slots"] if slot["slot-id"] == name)


MODULES = dict(modules())


SUMMARIES = load().summaries


def holders(value: Any) -> Iterator[dict[str, Any]]:
    """Yield every object at or below a value."""
    if isinstance(value, dict):
        yield value
    for item in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from holders(item)


def rename(holder: dict[str, Any], old: str, new: str) -> None:
    """Rename a key in place."""
    items = [(new if key == old else key, value) for key, value in holder.items()]
    holder.clear()
    holder.update(items)


def at(value: Any, path: list[str]) -> Any:
    """Return the value at a path; elements of lists have their object-id, else their index.

    A list of varying length is replaced by its summary.
    """
    if not path:
        return value
    if isinstance(value, dict):
        key, member = path[0], value[path[0]]
        return at(SUMMARIES[key](member) if isinstance(member, list) and key in SUMMARIES else member, path[1:])
    names = [
        str(item.get("object-id", index)) if isinstance(item, dict) else str(index) for index, item in enumerate(value)
    ]
    return at(value[names.index(path[0])], path[1:])


def chassis(slot: str, card: Any) -> Status:
    return {"data": {"chassis0": {"slots": [{"object-id": slot, "slot-id": slot, "module": card}]}}}


def mapped(catalogue: CollectorRegistry, document: Status, **changes: Any) -> tuple[BindingContext, Samples]:
    """Return the context of a response and its samples."""
    mapper = Mapper(catalogue, Module(**changes))
    context, failures = mapper.bind(document)
    assert failures == {}
    return context, samples_of(Page(mapper.map(document).families).render(openmetrics=False))


def expected(slot: str, model: str, path: str, value: Scalar) -> tuple[str, Labels, float]:
    """Return the expected series of the generic layer for a scalar."""
    labels = {"slot": slot, "model": model, "path": path}
    if isinstance(value, bool):
        return LAYER[1], frozenset(labels.items()), float(value)
    try:
        return LAYER[0], frozenset(labels.items()), float(value or 0)
    except ValueError:
        return LAYER[2], frozenset({**labels, "state": kebab(str(value))}.items()), 1.0


def unclaimed(context: BindingContext) -> Iterator[tuple[str, str, Leaf]]:
    """Yield path below the module and model of every leaf that no collector maps or ignores."""
    for slot in slots(context):
        for leaf in slot.module.leaves() if slot.module else ():
            if context.accounts[leaf.index] is Account.GENERIC and value_kind(key_of(leaf), leaf.value) in EXPORTED:
                yield slot.model, "/".join(leaf.path[len(slot.module.path) if slot.module else 0 :]), leaf


def check(slot: str, document: Status, context: BindingContext, samples: Samples) -> int:
    """Assert that the layer exports exactly the unclaimed values, unchanged; return their number."""
    wanted = {
        (name, labels): value
        for model, path, leaf in unclaimed(context)
        for name, labels, value in [expected(slot, model, path, leaf.value)]
    }
    assert {(name, labels): value for name in LAYER for labels, value in samples.get(name, {}).items()} == wanted
    for _, labels in wanted:
        series = dict(labels)
        assert not isinstance(at(module(document, slot), series["path"].split("/")), dict | list)
    accounts = {context.accounts.get(index, Account.UNACCOUNTED) for index in range(context.count)}
    assert Account.UNACCOUNTED not in accounts
    return len(wanted)


UNKNOWN = st.text("qxzjw", min_size=2, max_size=6)
"""Keys that are in no table and no pattern."""


PLACE = st.integers(0, 9_999)
"""A choice among as many objects or keys as there are."""


@given(st.sampled_from(sorted(MODULES)), st.lists(st.tuples(PLACE, PLACE, UNKNOWN), min_size=1, max_size=4))
@settings(max_examples=80)
def test_what_a_renamed_key_hides_from_collectors_is_in_the_generic_layer(
    catalogue: CollectorRegistry, card: str, renamed: list[tuple[int, int, str]]
) -> None:
    document = chassis("io7", deepcopy(MODULES[card]))
    objects = [holder for holder in holders(module(document, "io7")) if holder]
    for place, key, new in renamed:
        holder = objects[place % len(objects)]
        old = sorted(holder)[key % len(holder)]
        rename(holder, old, new if new not in holder else f"{new}{len(holder)}")
    context, samples = mapped(catalogue, document)
    check("io7", document, context, samples)


@pytest.mark.parametrize("card", ["gps180 nested", "gps180 flat"])
def test_summarised_satellites_in_an_unknown_block_are_in_the_generic_layer(
    catalogue: CollectorRegistry, card: str
) -> None:
    document = chassis("io7", deepcopy(MODULES[card]))
    rename(module(document, "io7")["satellites"], "gnss", "jj")
    context, samples = mapped(catalogue, document)
    check("io7", document, context, samples)
    assert any("satellites/jj/" in path for _, path, _ in unclaimed(context))


def test_a_card_of_which_no_key_is_known_is_in_the_generic_layer_as_a_whole(
    catalogue: CollectorRegistry, subtests: pytest.Subtests
) -> None:
    for card, block in MODULES.items():
        document = chassis("io7", deepcopy(block))
        for number, holder in enumerate([holder for holder in holders(module(document, "io7")) if holder]):
            for place, key in enumerate(sorted(set(holder) - {"object-id"})):
                rename(holder, key, f"qx{number}z{place}")
        context, samples = mapped(catalogue, document)
        # Unchanged values of the document, except identifiers and values that are not a number, flag or word.
        leaves = [leaf for slot in slots(context) if slot.module for leaf in slot.module.leaves()]
        figures = [
            leaf for leaf in leaves if leaf.path[-1] != "object-id" and value_kind(key_of(leaf), leaf.value) in EXPORTED
        ]
        with subtests.test(card):
            assert check("io7", document, context, samples) == len(figures) > 0


INVENTED: dict[str, Any] = {
    "info": {"model": "XYZ900"},
    "lanes": [[{"object-id": "red", "power": "3.25"}, [1, [2, "3"]]], {"object-id": "blue", "power": -1e-3}],
    "mood": "slightly out of tune",
    "armed": True,
    "phase": {"now": "Humming", "then": "N/A", "never": None},
    "serial-number": "0815",
}


def test_a_card_of_an_invented_model_is_exported_completely(catalogue: CollectorRegistry) -> None:
    context, samples = mapped(catalogue, chassis("io7", INVENTED))
    layer = {
        (name.removeprefix("lantime_module_"), series["path"], series.get("state", "")): value
        for name in LAYER
        for labels, value in samples[name].items()
        for series in [dict(labels)]
        if (series["slot"], series["model"]) == ("io7", "xyz900")
    }
    assert layer == {
        ("value", "lanes/0/red/power", ""): 3.25,
        ("value", "lanes/0/1/0", ""): 1,
        ("value", "lanes/0/1/1/0", ""): 2,
        ("value", "lanes/0/1/1/1", ""): 3,
        ("value", "lanes/blue/power", ""): -1e-3,
        ("state", "mood", "slightly-out-of-tune"): 1,
        ("flag", "armed", ""): 1,
        ("state", "phase/now", "humming"): 1,
    }
    assert samples.one("lantime_module_info", slot="io7", model="XYZ900", serial_number="", revision="") == 1
    assert check("io7", chassis("io7", INVENTED), context, samples) == len(layer)


@pytest.mark.parametrize("spelling", ["nested", "flat"])
def test_an_invented_card_of_a_simulated_device_is_exported_completely(
    catalogue: CollectorRegistry, spelling: str
) -> None:
    document = chassis("io7", MODULES[f"invented {spelling}"])
    context, samples = mapped(catalogue, document)
    assert check("io7", document, context, samples) >= 6


def test_dropped_series_of_an_invented_card_are_counted(catalogue: CollectorRegistry) -> None:
    document = chassis("io7", {"info": {"model": "xyz900"}, "lanes": [[lane, [str(lane)]] for lane in range(350)]})
    result = Mapper(catalogue, Module()).map(document)
    samples = samples_of(Page(result.families).render(openmetrics=False))
    assert len(samples["lantime_module_value"]) == 500
    assert result.dropped == {"io7": 200}
    assert result.accounts[Account.UNACCOUNTED] == 0


def test_the_responses_are_unchanged() -> None:
    assert json.dumps(MODULES) == json.dumps(dict(modules()))
