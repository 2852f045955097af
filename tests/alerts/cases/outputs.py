"""Cases of ``lantime-outputs``."""

from tests.alerts.alerts_rules import Severity
from tests.alerts.cases.definition import Case, Episode, Silence

BOOTED = {"lantime_uptime_seconds": 1900}
BOOTING = {"lantime_uptime_seconds": 1700}

CASES: tuple[Case, ...] = (
    Episode(
        alert="LantimeSwitchoverOccurred",
        says="from the first clock to the second",
        series={
            'lantime_clock_selected{slot="clk1"}': "1x9 0x60",
            'lantime_clock_selected{slot="clk2"}': "0x9 1x60",
        },
        lingers=9,
        labels={"slot": "clk2"},
        description="lt1 changed over and now follows clk2.",
    ),
    Episode(
        alert="LantimeSwitchManual",
        severity=Severity.WARNING,
        says="the switch is turned by hand",
        series={
            'lantime_switch_mode{slot="scu1", state="manual"}': (0, 1),
            'lantime_switch_mode{slot="scu1", state="auto"}': (1, 0),
        },
        labels={"slot": "scu1", "state": "manual"},
        description="lt1: switch card scu1 is in manual mode and does not change over.",
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
        description="lt1: the selected clock is not synchronized and switch card scu1 is in manual "
        "mode. Change over by hand.",
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
            labels={"slot": "scu1", "fault": fault},
            description=f"lt1: switch card scu1 does not work: {fault}.",
        )
        for name, fault in (
            ("outputs_enabled", "its outputs are off"),
            ("watchdog_ok", "its watchdog reports an error"),
        )
    ),
    Silence(
        alert="LantimeSwitchFailed",
        says="the device starts",
        series={**BOOTING, 'lantime_switch_outputs_enabled{slot="scu1"}': (1, 0)},
    ),
    *(
        Episode(
            alert="LantimeOutputFailed",
            says=f"{name} turns {bad}",
            series={**BOOTED, f'lantime_output_{name}{{slot="io1", output="2"}}': (1 - bad, bad)},
            labels={"slot": "io1", "output": "2", "fault": fault},
            description=f"lt1: output 2 of io1 {fault}.",
        )
        for name, bad, fault in (
            ("level_ok", 0, "has a wrong level"),
            ("short_circuit", 1, "is short-circuited"),
            ("overload", 1, "is overloaded"),
        )
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
        description="lt1: output 1 of io1 has been off for 10m 15s.",
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
        description="lt1: input 1 of mri1 has had no signal for 5m 15s.",
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
        description="lt1: input 1 of esi1 receives a quality level below its minimum.",
    ),
    Episode(
        alert="LantimeOutputCardUnlocked",
        says="a card loses the clock",
        series={**BOOTED, 'lantime_generator_synchronized{slot="io1"}': (1, 0)},
        labels={"slot": "io1"},
        description="lt1: card io1 is not in sync with the clock: its signals drift.",
    ),
    Episode(
        alert="LantimeOutputCardUnlocked",
        says="a PLL unlocks",
        series={'lantime_pll_locked{slot="io1", pll="pll"}': (1, 0)},
        labels={"slot": "io1", "pll": "pll"},
        description="lt1: card io1 has lost the lock of pll: its signals drift.",
    ),
    Episode(
        alert="LantimeOutputCardUnlocked",
        says="both, and one alert comes",
        series={
            'lantime_generator_synchronized{slot="io1"}': (1, 0),
            'lantime_pll_locked{slot="io1", pll="pll"}': (1, 0),
        },
        labels={"slot": "io1"},
        description="lt1: card io1 is not in sync with the clock: its signals drift.",
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
        description="lt1: the mains frequency at io1 is off by 220mHz (limit 200mHz).",
    ),
    Episode(
        alert="LantimeMainsFrequencyDeviation",
        says="the time deviation leaves the card's limits",
        series={'lantime_fdm_within_limits{slot="io1", quantity="td"}': (1, 0)},
        labels={"slot": "io1", "quantity": "td"},
        description="lt1: the mains frequency at io1 is beyond the limits of the card (td).",
    ),
    Episode(
        alert="LantimeMainsFrequencyDeviation",
        says="the card's range is exceeded",
        series={'lantime_fdm_condition{slot="io1", condition="fd-overflow"}': (0, 1)},
        labels={"slot": "io1"},
        description="lt1: the mains frequency at io1 is beyond the range of the card.",
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
        description="lt1: the mains frequency at io1 is off by 500mHz (limit 200mHz).",
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
        description="lt1: the external rubidium of clk1 reports generic-cell-error.",
    ),
    Episode(
        alert="LantimeRubidiumFault",
        says="the 1PPS is lost",
        series={
            'lantime_xhe_condition{slot="clk1", condition="pps-lock"}': (1, 0),
            'lantime_xhe_condition{slot="clk1", condition="pps-input-signal"}': (1, 0),
        },
        labels={"slot": "clk1", "condition": "pps-lock"},
        description="lt1: the external rubidium of clk1 is not locked to its 1PPS.",
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
        description="lt1: supply psu1 of the external rubidium of clk1 has delivered no power for 2m 15s.",
    ),
    Silence(
        alert="LantimeRubidiumSupplyFailed",
        says="there never was a second supply",
        series={'lantime_xhe_power_supply_ok{slot="clk1", supply="psu2"}': 0},
    ),
    Episode(
        alert="LantimeRubidiumFault",
        says="the device reports it",
        series={
            **BOOTED,
            'lantime_event_active{event="xhe-rub-error", type="error"}': (0, 1),
            'lantime_event_active{event="xhe-rub-ok", type="info"}': (1, 0),
        },
        labels={"event": "xhe-rub-error", "type": "error"},
        description="lt1: the external rubidium has a fault (event xhe-rub-error).",
    ),
    Episode(
        alert="LantimeRubidiumFault",
        says="the card and the device report it, and one alert comes",
        series={
            'lantime_xhe_condition{slot="clk1", condition="generic-cell-error"}': (0, 1),
            'lantime_event_active{event="xhe-rub-error", type="error"}': (0, 1),
        },
        labels={"slot": "clk1", "condition": "generic-cell-error"},
        description="lt1: the external rubidium of clk1 reports generic-cell-error.",
    ),
    Episode(
        alert="LantimeOutputFailed",
        says="all of it, and one alert comes",
        series={
            'lantime_output_short_circuit{slot="io1", output="2"}': (0, 1),
            'lantime_output_overload{slot="io1", output="2"}': (0, 1),
            'lantime_output_level_ok{slot="io1", output="2"}': (1, 0),
        },
        labels={"slot": "io1", "output": "2", "fault": "is short-circuited"},
        description="lt1: output 2 of io1 is short-circuited.",
    ),
    Episode(
        alert="LantimeSwitchFailed",
        says="both, and one alert comes",
        series={
            'lantime_switch_outputs_enabled{slot="scu1"}': (1, 0),
            'lantime_switch_watchdog_ok{slot="scu1"}': (1, 0),
        },
        labels={"slot": "scu1", "fault": "its outputs are off"},
        description="lt1: switch card scu1 does not work: its outputs are off.",
    ),
)
