"""Blocks at any depth: with any nesting, collectors neither fail nor lose a leaf."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lantime_exporter.collectors import (
    module_links,
    n2x,
    ptp,
    ptp_clock,
    ptp_delay,
    ptp_messages,
    rel,
    rsc,
    shs,
    synce,
    tables,
    timestamp_unit,
)
from lantime_exporter.collectors.common.find_blocks import merged, name, names
from lantime_exporter.config.settings import Module
from lantime_exporter.document.shape import Scalar, flatten
from lantime_exporter.document.tree import Node, build_tree
from lantime_exporter.mapping.mapper import Mapper
from lantime_exporter.mapping.registry import CollectorRegistry
from lantime_exporter.mapping.result import Account
from lantime_exporter.mapping.table import Collector
from lantime_exporter.mapping.value_kind import EXPORTED, value_kind
from lantime_simulator import SimulatedDevice, carrier, document
from lantime_simulator.parts import families

from tests.collectors.conftest import Samples

COLLECTORS = tuple(
    Collector(module.__name__, tables(module))
    for module in (shs, module_links, n2x, ptp, ptp_clock, ptp_delay, ptp_messages, rel, rsc, synce, timestamp_unit)
)
MAPPER = Mapper(CollectorRegistry(COLLECTORS), Module())

KEYS = st.sampled_from(
    [
        *("ptp", "instances", "port-ds", "ports", "status", "current-ds", "default-ds", "parent-ds", "port-state"),
        *("offset-from-master-ns", "mean-path-delay", "m2s-delay", "mean-ns", "valid", "num-uc-slaves", "clients"),
        *("rx", "tx", "sync", "rx-sync", "packet-rates", "avail", "clock-identity", "stack-not-running", "profile"),
        *("relays", "relay-a", "relay-a-source", "state", "source", "rsc", "inputs", "clk1", "ts1", "sel", "ena"),
        *("psu1", "psu3-ok", "has-4-psus", "shs", "time-diff-ns", "disable-pps", "synce", "ssm-in", "time-stamper"),
        *("current-time", "offset-from-int-ref-ns", "link", "n2x", "stratum", "reach", "object-id", "x", "0", ""),
    ]
)
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-5, 300),
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from(
        ["no", "nc", "slave", "9", "N/A", "", "up", "clk2", "ql-prc", "25ns", "00:00:00:00:00:00", "never"]
    ),
    st.text(max_size=5),
)
TREES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(KEYS, inner, max_size=6)),
    max_leaves=40,
)
MODULES = st.dictionaries(KEYS, TREES, max_size=6)


def chassis(module: dict[str, Any]) -> dict[str, Any]:
    return {"data": {"chassis0": {"slots": [{"slot-id": "io1", "module": module}]}}}


@settings(max_examples=150, deadline=None)
@given(MODULES)
def test_find_blocks_collectors_survive_any_nesting_and_account_for_every_leaf(module: dict[str, Any]) -> None:
    mapped = MAPPER.map(chassis(module))
    assert [result for result in mapped.collectors if result.error] == []
    assert mapped.accounts[Account.UNACCOUNTED] == 0


def decided(device: SimulatedDevice, elapsed: float) -> dict[tuple[str, ...], Scalar]:
    """Return the leaves of the card that the context depends on, with their values at a time."""
    context, _ = MAPPER.bind(document(device, (), elapsed, 1.8e9 + elapsed))
    return {leaf.path: leaf.value for leaf in context.guards.values() if "io1" in leaf.path}


PLAYED = [
    (family, spelling) for family in ("ptp", "rel", "rsc", "lne", "n2x") for spelling in families()[family].spellings
]


def test_find_blocks_changing_figures_keep_the_plan(subtests: pytest.Subtests) -> None:
    for family, spelling in PLAYED:
        with subtests.test(family=family, spelling=spelling):
            device = carrier(family, spelling)
            assert decided(device, 1000.0) == decided(device, 1777.0)


def leaf_paths(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the path of every leaf of an object."""
    for key, item in value.items() if isinstance(value, dict) else enumerate(value):
        if isinstance(item, dict | list):
            yield from leaf_paths(item, (*path, key))
        elif isinstance(value, dict) and key != "object-id":
            yield (*path, key)


RENAMED = "no-such-member"


@pytest.mark.parametrize(("family", "spelling"), [played for played in PLAYED if played != ("lne", "flat")])
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_find_blocks_a_renamed_member_is_in_the_generic_layer_unchanged(
    family: str, spelling: str, data: st.DataObject
) -> None:
    status = document(carrier(family, spelling), (), 1000.0, 1.8e9)
    [module] = [slot["module"] for slot in status["data"]["chassis0"]["slots"] if slot["slot-id"] == "io1"]
    # Lists of clients are only counted.
    paths = [path for path in leaf_paths(module) if path[0] != "info" and "unicast-clients" not in path]
    *above, key = data.draw(st.sampled_from(paths))
    block = module
    for step in above:
        block = block[step]
    block[RENAMED] = value = block.pop(key)
    context, _ = MAPPER.bind(chassis(module))
    [leaf] = [leaf for leaf in context.root.leaves() if leaf.path[-1] == RENAMED]
    exported = context.accounts[leaf.index] is Account.GENERIC
    assert (leaf.value, exported) == (value, value_kind(RENAMED, value) in EXPORTED)


def test_find_blocks_a_block_is_named_by_the_last_key_that_names_something(subtests: pytest.Subtests) -> None:
    for path, found in [
        (("ptp", "instances", "b"), "b"),
        (("ptp",), "0"),
        ((), "0"),
        (("hps", "PTP"), "hps"),
        (("lan1", "Instances"), "lan1"),
    ]:
        with subtests.test(path=path):
            assert name(path, {"ptp", "instances"}) == found


def test_find_blocks_blocks_of_one_name_go_by_their_paths() -> None:
    assert names([("a", "1"), ("b", "1"), ("b", "2")], ()) == ["a/1", "b/1", "2"]


def test_find_blocks_own_members_win_over_wrapped_ones() -> None:
    node = build_tree(flatten({"mode": 1, "status": {"mode": 2, "flags": {"ena": 3}}, "other": {"sel": 4}}))
    found = merged(node, {"status", "flags"})
    leaves = {key: leaf.value for key, leaf in found.items() if not isinstance(leaf, Node)}
    assert leaves == {"mode": 1, "ena": 3}


def test_find_blocks_slots_limit_what_is_shown(collect: Callable[..., Samples]) -> None:
    block = {"port-state": "slave", "offset-from-master-ns": 1}
    slots = [{"slot-id": slot, "module": {"ptp": block}} for slot in ("io1", "io2")]
    samples = collect({"data": {"ptp": block, "chassis0": {"slots": slots}}}, ("io2", "cpu"))
    found = {dict(labels)["slot"] for labels in samples["lantime_ptp_port_state"]}
    assert found == {"io2", "cpu"}
