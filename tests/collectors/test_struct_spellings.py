"""Members of structs in Meinberg's header, in possible spellings of the API."""

from collections.abc import Callable
from typing import Any

import pytest
from lantime_exporter.config.settings import Module
from lantime_exporter.mapping.mapper import Mapper
from lantime_exporter.mapping.registry import CollectorRegistry
from lantime_exporter.mapping.result import Account

from tests.collectors.conftest import Samples

Status = dict[str, Any]
Expected = dict[str, dict[tuple[str, ...], float]]
"""Values by metric without ``lantime_``, then by the values of its labels in alphabetical order of the labels."""


def chassis(**modules: Any) -> Status:
    """Return a status with these modules by slot."""
    return {"data": {"chassis0": {"slots": [{"slot-id": slot, "module": part} for slot, part in modules.items()]}}}


def ports(*elements: Status) -> Status:
    return {"data": {"network": {"ports": list(elements)}}}


def events(*elements: Status) -> Status:
    return {"data": {"notification": {"events": list(elements)}}}


SCU: Status = {
    "hw-id": 3,
    "fw-id": 257,
    "flags": 0,
    "clk0-info": "GPS",
    "clk1-info": 2,
    "epld-status": {"ts1": 1, "ts2": 0, "sel": 0, "ena": 1, "auto": 1, "wdog-ok": 1},
    "epld-control": 4,
}
IO_PORT: Status = {
    "object-id": "port-1",
    "supp-stati": ["disabled", "carrier-detected"],
    "status": ["carrier-detected"],
    "phys-grp-role": "master",
    "log-grp": 7,
    "log-grp-role": "slave",
}
SHS: Status = {"time-diff": -3.8e-8, "clk-status-1": "synchronized", "clk-status-2": "holdover", "shs-state": 1}
FOREIGN = [{"port-state": "leader", "offset-from-master": 5, "identity": "00139512-1"}, {"clock-class": 7}]
PTP: Status = {"current-ds": {"offset-from-master": -38}, "port-ds": {"port-state": "Follower"}}
FDM: Status = {
    "freq": {"hz": 49, "frac": 2**31},
    "freq-deviation": -0.5,
    "t-ref": {"secs": 1_700_000_000, "nano-secs": 500_000_000},
}

FACTS: dict[str, tuple[Status, Expected]] = {
    "SCU: bits of the EPLD, kind of a clock as a word": (
        chassis(scu1={"scu": SCU}),
        {
            "switch_selected_clock": {("scu1", "clk1"): 1, ("scu1", "clk2"): 0},
            "switch_outputs_enabled": {("scu1",): 1},
            "switch_watchdog_ok": {("scu1",): 1},
            "switch_input_synchronized": {("clk1", "scu1"): 1, ("clk2", "scu1"): 0},
            "switch_input_info": {("clk1", "scu1", "GPS"): 1},
        },
    ),
    "SCU: a control word, reserved flags and a clock kind as a number stay generic": (
        chassis(scu1={"scu": SCU}),
        {
            "module_value": {
                ("", "scu/flags", "scu1"): 0,
                ("", "scu/clk1-info", "scu1"): 2,
                ("", "scu/epld-control", "scu1"): 4,
            }
        },
    ),
    "SCU: a mask stays generic, the card is known all the same": (
        chassis(scu={"info": {"model": "rsc180scu"}, "clk0-info": "pzf", "epld-status": 4660}),
        {
            "switch_input_info": {("clk1", "scu", "pzf"): 1},
            "module_value": {("rsc180scu", "epld-status", "scu"): 4660},
        },
    ),
    "I/O port: roles in groups, conditions": (
        chassis(io2={"info": {"model": "bpe"}, "ports": [IO_PORT]}),
        {
            "output_group_role": {
                ("physical", "1", "io2", "master"): 1,
                ("physical", "1", "io2", "slave"): 0,
                ("logical", "1", "io2", "master"): 0,
                ("logical", "1", "io2", "slave"): 1,
            },
            "output_signal_present": {("1", "io2"): 1},
            "module_value": {("bpe", "ports/port-1/log-grp", "io2"): 7},
        },
    ),
    "I/O port: an input has roles too, numbers stay generic": (
        chassis(mri1={"info": {"model": "mri"}, "ports": [IO_PORT | {"phys-grp-role": 1, "status": []}]}),
        {
            "input_group_role": {("logical", "1", "mri1", "master"): 0, ("logical", "1", "mri1", "slave"): 1},
            "module_value": {
                ("mri", "ports/port-1/log-grp", "mri1"): 7,
                ("mri", "ports/port-1/phys-grp-role", "mri1"): 1,
            },
        },
    ),
    "SHS: NANO_TIME as one float is seconds": (
        chassis(scu1={"shs": SHS}),
        {
            "clock_difference_seconds": {("scu1",): -3.8e-8},
            "shs_state": {("scu1", s): float(s == "ok") for s in ("disabled", "ok", "warning", "error", "fatal")},
            "shs_clock_state": {
                ("clk1", "scu1", "synchronized"): 1,
                ("clk1", "scu1", "holdover"): 0,
                ("clk1", "scu1", "not-synchronized"): 0,
                ("clk2", "scu1", "synchronized"): 0,
                ("clk2", "scu1", "holdover"): 1,
                ("clk2", "scu1", "not-synchronized"): 0,
            },
        },
    ),
    "SHS: NANO_TIME as an object": (
        chassis(scu1={"shs": {"time-diff": {"secs": 0, "nano-secs": -38}}}),
        {"clock_difference_seconds": {("scu1",): -3.8e-8}},
    ),
    "SHS: states of clocks as numbers stay generic": (
        chassis(scu1={"shs": {"shs-state": "ok", "clk-status-1": 1}}),
        {"module_value": {("", "shs/clk-status-1", "scu1"): 1}},
    ),
    "FDM: hertz and a 32-bit fraction, seconds and nanoseconds": (
        chassis(io1={"fdm": FDM}),
        {
            "fdm_frequency_hertz": {("io1",): 49.5},
            "fdm_frequency_deviation_hertz": {("io1",): -0.5},
            "fdm_reference_timestamp_seconds": {("io1",): 1_700_000_000.5},
        },
    ),
    "FDM: zero seconds are no time": (
        chassis(io1={"fdm": FDM | {"t-ref": {"secs": 0, "nano-secs": 0}}}),
        {"fdm_reference_timestamp_seconds": {}},
    ),
    "MRS: an offset as seconds and nanoseconds, or as one float": (
        chassis(
            clk1={"mrs": [{"object-id": "priority0", "offset": {"secs": 0, "nano-secs": 12}}]},
            clk2={"mrs": [{"object-id": "priority0", "offset": 1.2e-8}]},
        ),
        {"reference_source_offset_seconds": {("0", "clk1", ""): 1.2e-8, ("0", "clk2", ""): 1.2e-8}},
    ),
    "sensors: a scalar, or a figure with an exponent": (
        chassis(io1={"info": {"sensors": {"temperature-1": 41.5, "temperature-2": {"val": 415, "exp": -1}}}}),
        {"module_temperature_celsius": {("temperature-1", "io1"): 41.5, ("temperature-2", "io1"): 41.5}},
    ),
    "sensors: voltage, current and PLL as scalars": (
        chassis(io1={"info": {"sensors": {"voltage-1": 12.1, "current-1": 0.2, "pll-1": "locked"}}}),
        {
            "module_voltage_volts": {("voltage-1", "io1"): 12.1},
            "module_current_amperes": {("current-1", "io1"): 0.2},
            "pll_locked": {("pll-1", "io1"): 1},
        },
    ),
    "sensors: voltage, current and PLL as objects": (
        chassis(
            io1={
                "info": {
                    "sensors": {
                        "voltage-1": {"val": 121, "exp": -1},
                        "current-1": {"val": 2, "exp": -1},
                        "pll-1": {"locked": True, "control-voltage": {"val": 25, "exp": -1}},
                    }
                }
            }
        ),
        {
            "module_voltage_volts": {("voltage-1", "io1"): 12.1},
            "module_current_amperes": {("current-1", "io1"): 0.2},
            "pll_locked": {("pll-1", "io1"): 1},
        },
    ),
    "slots: a switch card without number, a processor, a number of two digits": (
        chassis(scu={"info": {"model": "spt"}}, cpu={"info": {"model": "c15g2"}}, io10={"info": {"model": "bpe"}}),
        {
            "module_info": {
                ("spt", "", "", "scu"): 1,
                ("c15g2", "", "", "cpu"): 1,
                ("bpe", "", "", "io10"): 1,
            }
        },
    ),
    "events: those of several slots that share a name have their slot before it": (
        events(
            {"object-id": "antenna-faulty", "type": "error", "chassis": 0, "slot": "clk1", "triggered": 1},
            {"object-id": "antenna-faulty", "type": "error", "chassis": 0, "slot": "clk2", "triggered": 0},
            {"object-id": "ptp-error", "type": "error", "slot": "io1", "port": 1, "instance": 2, "triggered": 0},
            {"object-id": "CLK1 Antenna Disconnected", "type": "error", "triggered": 1},
        ),
        {
            "event_active": {
                ("clk1/antenna-faulty", "error"): 1,
                ("clk2/antenna-faulty", "error"): 0,
                ("ptp-error", "error"): 0,
                ("CLK1 Antenna Disconnected", "error"): 1,
            }
        },
    ),
    "network: ports of a PSX that are named like those of the processor have their slot before their name": (
        ports(
            {"object-id": "lan0", "slot-name": "cpu", "link": True},
            {"object-id": "lan1", "slot-name": "cpu", "link": True},
            {"object-id": "lan0", "slot-name": "io1", "link": False},
        ),
        {"network_up": {("lan0",): 1, ("lan1",): 1, ("io1/lan0",): 0}},
    ),
    "PTP: foreign masters are counted, and are neither instances nor ports": (
        chassis(io1={"ptp": PTP | {"foreign-masters": FOREIGN}}),
        {
            "ptp_foreign_masters": {("0", "0", "io1"): 2},
            "ptp_offset_from_master_seconds": {("0", "io1"): -3.8e-8},
            "ptp_available": {("0", "io1"): 1},
        },
    ),
    "leap second: 'not announced' is no date": (
        {"data": {"system": {"sync-status": {"leapsecond-date": "not announced", "leapsecond-announced": False}}}},
        {"leap_second_announced": {(): 0}, "leap_second_timestamp_seconds": {}},
    ),
}


def values(samples: Samples, name: str) -> dict[tuple[str, ...], float]:
    """Return the series of a metric by the values of their labels, in alphabetical order of the labels."""
    return {tuple(text for _, text in sorted(labels)): value for labels, value in samples.get(name, {}).items()}


def test_a_member_of_a_struct_has_its_value(
    collect: Callable[..., Samples], catalogue: CollectorRegistry, subtests: pytest.Subtests
) -> None:
    for case, (status, expected) in FACTS.items():
        with subtests.test(case):
            samples = collect(status)
            assert {name: values(samples, f"lantime_{name}") for name in expected} == {
                name: {place: pytest.approx(value, rel=1e-12) for place, value in series.items()}
                for name, series in expected.items()
            }
            mapped = Mapper(catalogue, Module()).map(status)
            assert mapped.accounts[Account.UNACCOUNTED] == 0
            assert mapped.decode_errors == ()
