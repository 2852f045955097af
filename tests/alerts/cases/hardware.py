"""Cases of ``lantime-hardware``."""

from tests.alerts.alerts_rules import Severity
from tests.alerts.cases.definition import Case, Episode, Silence

BOOTED = {"lantime_uptime_seconds": 1900}
BOOTING = {"lantime_uptime_seconds": 1700}

HOT = 'lantime_module_temperature_celsius{slot="cpu", sensor="temperature-1"}'
MODULE = 'lantime_module_info{{slot="io1", model="{}", serial_number="{}", revision="{}"}}'

CASES: tuple[Case, ...] = (
    Episode(
        alert="LantimePowerSupplyFailed",
        says="a supply dies",
        series={
            'lantime_power_supply_ok{slot="pwr2"}': (1, 0),
            'lantime_power_supply_ok{slot="pwr1"}': 1,
        },
        labels={"slot": "pwr2"},
        description="Power supply pwr2 of lt1 does not deliver.",
    ),
    Silence(
        alert="LantimePowerSupplyFailed",
        says="the bay is empty",
        series={'lantime_power_supply_ok{slot="pwr2"}': 0},
    ),
    Episode(
        alert="LantimePowerRedundancyLost",
        says="one of two supplies is gone",
        series={
            'lantime_power_supply_ok{slot="pwr1"}': 1,
            'lantime_power_supply_ok{slot="pwr2"}': (1, None),
        },
        description="lt1 has fewer power supplies than it had.",
    ),
    Silence(
        alert="LantimePowerRedundancyLost",
        says="the second bay was always empty",
        series={'lantime_power_supply_ok{slot="pwr1"}': 1, 'lantime_power_supply_ok{slot="pwr2"}': 0},
    ),
    Episode(
        alert="LantimePowerRedundancyLost",
        says="the device says so",
        series={
            'lantime_event_active{event="power-redundancy-not-avail", type="warning"}': (0, 1),
            'lantime_event_active{event="power-redundancy-avail", type="info"}': (1, 0),
        },
        labels={"event": "power-redundancy-not-avail", "type": "warning"},
        description="lt1 has fewer power supplies than it had.",
    ),
    Episode(
        alert="LantimePowerRedundancyLost",
        says="both, and one alert comes",
        series={
            'lantime_power_supply_ok{slot="pwr1"}': 1,
            'lantime_power_supply_ok{slot="pwr2"}': (1, 0),
            'lantime_event_active{event="power-redundancy-not-avail", type="warning"}': (0, 1),
        },
        description="lt1 has fewer power supplies than it had.",
    ),
    Episode(
        alert="LantimeFanFailed",
        severity=Severity.WARNING,
        says="a fan stops, and it stays cool",
        series={
            'lantime_fan_ok{slot="acm", fan="1"}': (1, 0),
            'lantime_fan_ok{slot="acm", fan="2"}': 1,
            HOT: 60,
        },
        labels={"slot": "acm", "fan": "1"},
        description="Fan 1 of acm of lt1 failed.",
    ),
    Episode(
        alert="LantimeFanFailed",
        severity=Severity.CRITICAL,
        says="a fan stops, and it is hot",
        series={'lantime_fan_ok{slot="acm", fan="1"}': (1, 0), HOT: 64},
        labels={"slot": "acm", "fan": "1"},
        description="Fan 1 of acm of lt1 failed.",
        also={Severity.WARNING: "Fan 1 of acm of lt1 failed."},
    ),
    Silence(
        alert="LantimeFanFailed",
        severity=Severity.CRITICAL,
        says="a fan stops, and it stays cool",
        series={'lantime_fan_ok{slot="acm", fan="1"}': (1, 0), HOT: 60},
    ),
    Silence(
        alert="LantimeFanFailed",
        severity=Severity.CRITICAL,
        says="it is hot, and the fans run",
        series={'lantime_fan_ok{slot="acm", fan="1"}': 1, HOT: (50, 70)},
    ),
    Episode(
        alert="LantimeTemperatureHigh",
        severity=Severity.WARNING,
        says="the room gets warm",
        series={HOT: (61, 64)},
        labels={"slot": "cpu", "sensor": "temperature-1"},
        description="cpu of lt1 has 64.0 C (temperature-1).",
    ),
    Episode(
        alert="LantimeTemperatureHigh",
        severity=Severity.CRITICAL,
        says="the room gets hot",
        series={HOT: (71, 73.5)},
        labels={"slot": "cpu", "sensor": "temperature-1"},
        description="cpu of lt1 has 73.5 C (temperature-1).",
        also={Severity.WARNING: "cpu of lt1 has 73.5 C (temperature-1)."},
    ),
    Episode(
        alert="LantimeModuleVanished",
        says="a card is pulled, its slot is empty",
        series={
            'lantime_slot_occupied{slot="io1", type="io"}': (1, 0),
            'lantime_slot_occupied{slot="cpu", type="cpu"}': 1,
        },
        labels={"slot": "io1", "type": "io"},
        description="Slot io1 of lt1 had a module and has none.",
    ),
    Episode(
        alert="LantimeModuleVanished",
        says="a card is pulled, and its slot is not listed any more",
        series={
            'lantime_slot_occupied{slot="io1", type="io"}': (1, None),
            'lantime_slot_occupied{slot="cpu", type="cpu"}': 1,
        },
        labels={"slot": "io1", "type": "io"},
        description="Slot io1 of lt1 had a module and has none.",
    ),
    Silence(
        alert="LantimeModuleVanished",
        says="the slot was never occupied",
        series={'lantime_slot_occupied{slot="io1", type="io"}': 0},
    ),
    Silence(
        alert="LantimeModuleVanished",
        says="a power supply is pulled, which is another alert",
        series={
            'lantime_slot_occupied{slot="pwr2", type="pwr"}': (1, 0),
            'lantime_slot_occupied{slot="cpu", type="cpu"}': 1,
        },
    ),
    Silence(
        alert="LantimeModuleVanished",
        says="the device is away",
        series={'lantime_slot_occupied{slot="io1", type="io"}': (1, None)},
    ),
    Episode(
        alert="LantimeModuleChanged",
        says="a card is replaced by one of its kind",
        series={
            MODULE.format("lno180", "0815", "v1"): "1x4 stale _x100",
            MODULE.format("lno180", "4711", "v1"): "_x10 1x100",
        },
        lingers=49,
        labels={"slot": "io1"},
        description="Slot io1 of lt1 has another module.",
    ),
    Silence(
        alert="LantimeModuleChanged",
        says="the firmware of a card is updated",
        series={
            MODULE.format("lno180", "0815", "v1"): "1x4 stale _x100",
            MODULE.format("lno180", "0815", "v2"): "_x10 1x100",
        },
    ),
    Episode(
        alert="LantimeModuleError",
        says="the backplane lost a card",
        series={
            'lantime_module_availability{slot="io1", state="disconnected"}': (0, 1),
            'lantime_module_availability{slot="io1", state="available"}': (1, 0),
        },
        labels={"slot": "io1", "state": "disconnected"},
        description="Module io1 of lt1 is in error.",
    ),
    Episode(
        alert="LantimeModuleError",
        says="a sensor finds an overload",
        series={'lantime_module_sensor_overload{slot="io1", sensor="voltage-1"}': (0, 1)},
        labels={"slot": "io1", "sensor": "voltage-1"},
        description="Module io1 of lt1 is in error.",
    ),
    Episode(
        alert="LantimeModuleError",
        says="the device says so",
        series={
            'lantime_event_active{event="ims-error", type="error"}': (0, 1),
            'lantime_event_active{event="ims-ok", type="info"}': (1, 0),
        },
        labels={"event": "ims-error", "type": "error"},
        description="A module of lt1 is in error.",
    ),
    Episode(
        alert="LantimeModuleError",
        says="the backplane and the device say so, and one alert comes",
        series={
            'lantime_module_availability{slot="io1", state="disconnected"}': (0, 1),
            'lantime_event_active{event="ims-error", type="error"}': (0, 1),
        },
        labels={"slot": "io1", "state": "disconnected"},
        description="Module io1 of lt1 is in error.",
    ),
    Episode(
        alert="LantimeRelayError",
        says="relay C falls",
        series={
            'lantime_relay_state{slot="rel1", relay="c", state="nc"}': (0, 1),
            'lantime_relay_state{slot="rel1", relay="c", state="no"}': (1, 0),
            'lantime_relay_state{slot="rel1", relay="a", state="no"}': 1,
        },
        labels={"slot": "rel1", "relay": "c", "state": "nc"},
        description="Relay c of rel1 of lt1 is NC: fault.",
    ),
    Silence(
        alert="LantimeRelayError",
        says="a word whose meaning is not proved",
        series={
            'lantime_relay_state{slot="rel1", relay="c", state="error"}': (None, 1),
            'lantime_relay_state{slot="rel1", relay="c", state="nc"}': 0,
        },
    ),
    Episode(
        alert="LantimeRelayFlapping",
        says="six changes",
        series={
            'lantime_relay_state{slot="rel1", relay="a", state="nc"}': "0x9 1 0 1 0 1 0x40",
            'lantime_relay_state{slot="rel1", relay="a", state="no"}': "1x9 0 1 0 1 0 1x40",
        },
        onset=15,
        lingers=4,
        labels={"slot": "rel1", "relay": "a", "state": "nc"},
        description="Relay a of rel1 of lt1 changed 6 times.",
    ),
    Silence(
        alert="LantimeRelayFlapping",
        says="five changes",
        series={'lantime_relay_state{slot="rel1", relay="a", state="nc"}': "0x9 1 0 1 0 1x40"},
        onset=15,
    ),
    Episode(
        alert="LantimeSwitchoverOccurred",
        says="from the first clock to the second",
        series={
            'lantime_clock_selected{slot="clk1"}': "1x9 0x60",
            'lantime_clock_selected{slot="clk2"}': "0x9 1x60",
        },
        lingers=9,
        labels={"slot": "clk2"},
        description="lt1 follows clk2 now.",
    ),
    Episode(
        alert="LantimeSwitchManual",
        severity=Severity.WARNING,
        says="somebody turns the switch",
        series={
            'lantime_switch_mode{slot="scu1", state="manual"}': (0, 1),
            'lantime_switch_mode{slot="scu1", state="auto"}': (1, 0),
        },
        labels={"slot": "scu1", "state": "manual"},
        description="Switch card scu1 of lt1 is in manual mode; it does not change over.",
    ),
    Episode(
        alert="LantimeSwitchManual",
        severity=Severity.CRITICAL,
        says="the selected clock is lost in manual mode",
        series={
            'lantime_switch_mode{slot="scu1", state="manual"}': "0x7 1x40",
            'lantime_clock_selected{slot="clk1"}': 1,
            'lantime_clock_synchronized{slot="clk1"}': "1x9 0x6 1x40",
            'lantime_clock_selected{slot="clk2"}': 0,
            'lantime_clock_synchronized{slot="clk2"}': 0,
        },
        labels={"slot": "scu1", "state": "manual"},
        description="Switch card scu1 of lt1 is in manual mode; it does not change over.",
    ),
    Silence(
        alert="LantimeSwitchManual",
        severity=Severity.CRITICAL,
        says="the other clock is lost in manual mode",
        series={
            'lantime_switch_mode{slot="scu1", state="manual"}': 1,
            'lantime_clock_selected{slot="clk1"}': 1,
            'lantime_clock_synchronized{slot="clk1"}': 1,
            'lantime_clock_selected{slot="clk2"}': 0,
            'lantime_clock_synchronized{slot="clk2"}': (1, 0),
        },
    ),
    Silence(
        alert="LantimeSwitchManual",
        severity=Severity.CRITICAL,
        says="the selected clock is lost in automatic mode",
        series={
            'lantime_switch_mode{slot="scu1", state="manual"}': 0,
            'lantime_switch_mode{slot="scu1", state="auto"}': 1,
            'lantime_clock_selected{slot="clk1"}': 1,
            'lantime_clock_synchronized{slot="clk1"}': (1, 0),
        },
    ),
    *(
        Episode(
            alert="LantimeSwitchFailed",
            says=f"{name} turns false",
            series={**BOOTED, f'lantime_switch_{name}{{slot="scu1"}}': (1, 0)},
            labels={"slot": "scu1"},
            description="Switch card scu1 of lt1 puts no signals out, or its watchdog complains.",
        )
        for name in ("outputs_enabled", "watchdog_ok")
    ),
    Silence(
        alert="LantimeSwitchFailed",
        says="the device starts",
        series={**BOOTING, 'lantime_switch_outputs_enabled{slot="scu1"}': (1, 0)},
    ),
    Episode(
        alert="LantimeAlarmLedOn",
        says="the alarm LED turns red",
        series={
            'lantime_led_state{led="alarm", state="red"}': (0, 1),
            'lantime_led_state{led="alarm", state="off"}': (1, 0),
        },
        labels={"led": "alarm", "state": "red"},
        description="The alarm LED of lt1 is red.",
    ),
    Silence(
        alert="LantimeAlarmLedOn",
        says="another LED turns red",
        series={
            'lantime_led_state{led="network", state="red"}': (0, 1),
            'lantime_led_state{led="alarm", state="red"}': 0,
        },
    ),
    *(
        Episode(
            alert="LantimeOutputFailed",
            says=f"{name} turns {bad}",
            series={**BOOTED, f'lantime_output_{name}{{slot="io1", output="2"}}': (1 - bad, bad)},
            labels={"slot": "io1", "output": "2"},
            description="Output 2 of io1 of lt1 has a wrong level, a short circuit or an overload.",
        )
        for name, bad in (("level_ok", 0), ("short_circuit", 1), ("overload", 1))
    ),
    Silence(
        alert="LantimeOutputFailed",
        says="the device starts",
        series={**BOOTING, 'lantime_output_level_ok{slot="io1", output="2"}': (1, 0)},
    ),
    Episode(
        alert="LantimeOutputDisabled",
        says="an output is switched off",
        series={**BOOTED, 'lantime_output_enabled{slot="io1", output="1"}': (1, 0)},
        labels={"slot": "io1", "output": "1"},
        description="Output 1 of io1 of lt1 is switched off.",
    ),
    Silence(
        alert="LantimeOutputDisabled",
        says="the output was never switched on",
        series={'lantime_output_enabled{slot="io1", output="1"}': 0},
    ),
    Silence(
        alert="LantimeOutputDisabled",
        says="the device starts",
        series={**BOOTING, 'lantime_output_enabled{slot="io1", output="1"}': (1, 0)},
    ),
    Episode(
        alert="LantimeInputLost",
        says="a cable is pulled",
        series={
            'lantime_input_signal_present{slot="mri1", input="1"}': (1, 0),
            'lantime_input_signal_present{slot="mri1", input="2"}': 1,
        },
        labels={"slot": "mri1", "input": "1"},
        description="Input 1 of mri1 of lt1 has no signal.",
    ),
    Silence(
        alert="LantimeInputLost",
        says="the input was never used",
        series={'lantime_input_signal_present{slot="mri1", input="1"}': 0},
    ),
    Episode(
        alert="LantimeInputQualityLow",
        says="the quality level sinks",
        series={'lantime_input_quality_sufficient{slot="esi1", input="1"}': (1, 0)},
        labels={"slot": "esi1", "input": "1"},
        description="Input 1 of esi1 of lt1 receives a quality level below its minimum.",
    ),
    Episode(
        alert="LantimeOutputCardUnlocked",
        says="a card loses the clock",
        series={**BOOTED, 'lantime_generator_synchronized{slot="io1"}': (1, 0)},
        labels={"slot": "io1"},
        description="Card io1 of lt1 is not in sync with the clock.",
    ),
    Episode(
        alert="LantimeOutputCardUnlocked",
        says="a PLL unlocks",
        series={'lantime_pll_locked{slot="io1", pll="pll"}': (1, 0)},
        labels={"slot": "io1", "pll": "pll"},
        description="Card io1 of lt1 is not in sync with the clock.",
    ),
    Episode(
        alert="LantimeOutputCardUnlocked",
        says="both, and one alert comes",
        series={
            'lantime_generator_synchronized{slot="io1"}': (1, 0),
            'lantime_pll_locked{slot="io1", pll="pll"}': (1, 0),
        },
        labels={"slot": "io1"},
        description="Card io1 of lt1 is not in sync with the clock.",
    ),
    Silence(
        alert="LantimeOutputCardUnlocked",
        says="the device starts",
        series={**BOOTING, 'lantime_pll_locked{slot="io1", pll="pll"}': (1, 0)},
    ),
    Episode(
        alert="LantimeMainsFrequencyDeviation",
        says="the frequency sinks",
        series={'lantime_fdm_frequency_deviation_hertz{slot="io1"}': (-0.18, -0.22)},
        labels={"slot": "io1"},
        description="The mains frequency that io1 of lt1 measures is out of limits.",
    ),
    Episode(
        alert="LantimeMainsFrequencyDeviation",
        says="the time deviation leaves the card's limits",
        series={'lantime_fdm_within_limits{slot="io1", quantity="td"}': (1, 0)},
        labels={"slot": "io1", "quantity": "td"},
        description="The mains frequency that io1 of lt1 measures is out of limits.",
    ),
    Episode(
        alert="LantimeMainsFrequencyDeviation",
        says="the card's range is exceeded",
        series={'lantime_fdm_condition{slot="io1", condition="fd-overflow"}': (0, 1)},
        labels={"slot": "io1"},
        description="The mains frequency that io1 of lt1 measures is out of limits.",
    ),
    Episode(
        alert="LantimeMainsFrequencyDeviation",
        says="all of it, and one alert comes",
        series={
            'lantime_fdm_frequency_deviation_hertz{slot="io1"}': (0, 0.5),
            'lantime_fdm_within_limits{slot="io1", quantity="fd"}': (1, 0),
            'lantime_fdm_condition{slot="io1", condition="fd-overflow"}': (0, 1),
        },
        labels={"slot": "io1"},
        description="The mains frequency that io1 of lt1 measures is out of limits.",
    ),
    Silence(
        alert="LantimeMainsFrequencyDeviation",
        says="the card sets its power line time",
        series={
            'lantime_fdm_condition{slot="io1", condition="plt-is-locked"}': (0, 1),
            'lantime_fdm_condition{slot="io1", condition="td-overflow"}': 0,
        },
    ),
    Episode(
        alert="LantimeRubidiumFault",
        says="the cell fails",
        series={**BOOTED, 'lantime_xhe_condition{slot="clk1", condition="generic-cell-error"}': (0, 1)},
        labels={"slot": "clk1", "condition": "generic-cell-error"},
        description="The external rubidium of clk1 of lt1 reports generic-cell-error.",
    ),
    Episode(
        alert="LantimeRubidiumFault",
        says="the 1PPS is lost",
        series={
            'lantime_xhe_condition{slot="clk1", condition="pps-lock"}': (1, 0),
            'lantime_xhe_condition{slot="clk1", condition="pps-input-signal"}': (1, 0),
        },
        labels={"slot": "clk1", "condition": "pps-lock"},
        description="The external rubidium of clk1 of lt1 reports no lock to its 1PPS.",
    ),
    Silence(
        alert="LantimeRubidiumFault",
        says="all is well",
        series={
            'lantime_xhe_condition{slot="clk1", condition="ppl-enabled"}': 1,
            'lantime_xhe_condition{slot="clk1", condition="pps-lock"}': 1,
            'lantime_xhe_condition{slot="clk1", condition="overheated"}': 0,
        },
    ),
    Silence(
        alert="LantimeRubidiumFault",
        says="the device starts",
        series={**BOOTING, 'lantime_xhe_condition{slot="clk1", condition="pps-lock"}': (1, 0)},
    ),
    Episode(
        alert="LantimeRubidiumSupplyFailed",
        says="a supply dies",
        series={'lantime_xhe_power_supply_ok{slot="clk1", supply="psu1"}': (1, 0)},
        labels={"slot": "clk1", "supply": "psu1"},
        description="Supply psu1 of the external rubidium of clk1 of lt1 does not deliver.",
    ),
    Silence(
        alert="LantimeRubidiumSupplyFailed",
        says="there never was a second supply",
        series={'lantime_xhe_power_supply_ok{slot="clk1", supply="psu2"}': 0},
    ),
)
