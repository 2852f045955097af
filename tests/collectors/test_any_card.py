"""Any value at the keys of inputs, outputs, fans and so on: no collector fails, every leaf is accounted for."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from lantime_exporter.config.settings import Module
from lantime_exporter.mapping.mapper import Mapper
from lantime_exporter.mapping.registry import CollectorRegistry
from lantime_exporter.mapping.result import Account

KEYS = st.sampled_from(
    [
        *("outputs", "inputs", "ports", "output-1", "in-a", "port-1", "out-1-enabled", "direction", "dir", "object-id"),
        *("status", "state", "port-state", "enabled", "level", "signal", "signal-present", "settled", "port-type"),
        *("ssm", "offset", "offset-ns", "frequency-hz", "pll", "pll-locked", "locked", "control-voltage", "unit"),
        *("info", "sensors", "voltage-1", "current-1", "flags", "overload", "value", "model"),
        *("lno", "vsg", "liu", "in-sync", "oscillator", "e1-mode", "line-code", "mode"),
        *("fdm", "freq", "fd", "time-deviation", "t-plt", "line-freq", "dac-val"),
        *("fans", "fan-1", "fan2-error", "acm", "availability", "device-state"),
    ]
)
WORDS = st.sampled_from(["ok", "on", "output", "locked", "N/A", "", "pio180", "bpe", "V", "50", "carrier-detected"])
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | WORDS
MODULES = st.dictionaries(
    KEYS,
    st.recursive(
        SCALARS, lambda parts: st.lists(parts, max_size=3) | st.dictionaries(KEYS, parts, max_size=4), max_leaves=12
    ),
    max_size=6,
)


@given(MODULES, MODULES)
@settings(max_examples=150, deadline=None)
def test_any_module_is_mapped_and_accounted_for(
    catalogue: CollectorRegistry, first: dict[str, Any], second: dict[str, Any]
) -> None:
    slots = [{"slot-id": "io1", "module": first}, {"slot-id": "io2", "module": second}]
    mapped = Mapper(catalogue, Module()).map({"data": {"chassis0": {"slots": slots}}})
    assert [result.error for result in mapped.collectors if result.error] == []
    assert mapped.accounts[Account.UNACCOUNTED] == 0
