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
            "lantime_up": 1,
            'lantime_power_supply_ok{slot="pwr2"}': (1, 0),
            'lantime_power_supply_ok{slot="pwr1"}': 1,
        },
        labels={"slot": "pwr2"},
        description="lt1: power supply pwr2 has delivered no power for 2m 15s. The device runs on the others.",
    ),
    Silence(
        alert="LantimePowerSupplyFailed",
        says="the bay is empty",
        series={'lantime_power_supply_ok{slot="pwr2"}': 0},
    ),
    Episode(
        alert="LantimePowerRedundancyLost",
        says="the device reports it",
        series={
            'lantime_event_active{event="power-redundancy-not-avail", type="warning"}': (0, 1),
            'lantime_event_active{event="power-redundancy-avail", type="info"}': (1, 0),
        },
        labels={"event": "power-redundancy-not-avail", "type": "warning"},
        description="lt1 has no redundant power (event power-redundancy-not-avail).",
    ),
    Episode(
        alert="LantimePowerConsumptionExceeded",
        says="the device reports it",
        series={
            'lantime_event_active{event="power-consumption-exceeded", type="critical"}': (0, 1),
            'lantime_event_active{event="power-consumption-ok", type="info"}': (1, 0),
        },
        labels={"event": "power-consumption-exceeded", "type": "critical"},
        description="lt1 takes more power than its supplies can give (event power-consumption-exceeded). It may switch "
        "off. Check the supplies; remove modules that were added.",
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
        description="lt1: fan 1 of acm failed.",
    ),
    Episode(
        alert="LantimeFanFailed",
        severity=Severity.CRITICAL,
        says="a fan stops, and it is hot",
        series={'lantime_fan_ok{slot="acm", fan="1"}': (1, 0), HOT: 64},
        labels={"slot": "acm", "fan": "1"},
        description="lt1: fan 1 of acm failed, and modules are hot: cpu 64.0 °C (limit 62 °C).",
        also={Severity.WARNING: "lt1: fan 1 of acm failed."},
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
        description="lt1: module cpu is at 64.0 °C (limit 62 °C, sensor temperature-1).",
    ),
    Episode(
        alert="LantimeTemperatureHigh",
        severity=Severity.CRITICAL,
        says="the room gets hot",
        series={HOT: (71, 73.5)},
        labels={"slot": "cpu", "sensor": "temperature-1"},
        description="lt1: module cpu is hot: 73.5 °C (limit 72 °C, sensor temperature-1).",
        also={Severity.WARNING: "lt1: module cpu is at 73.5 °C (limit 62 °C, sensor temperature-1)."},
    ),
    Episode(
        alert="LantimeModuleVanished",
        says="a card is pulled, its slot is empty",
        series={
            'lantime_slot_occupied{slot="io1", type="io"}': (1, 0),
            'lantime_slot_occupied{slot="cpu", type="cpu"}': 1,
        },
        labels={"slot": "io1", "type": "io"},
        description="lt1: the module of slot io1 has been gone for 15m 15s.",
    ),
    Episode(
        alert="LantimeModuleVanished",
        says="a card is pulled, and its slot is not listed any more",
        series={
            'lantime_slot_occupied{slot="io1", type="io"}': (1, None),
            'lantime_slot_occupied{slot="cpu", type="cpu"}': 1,
        },
        labels={"slot": "io1", "type": "io"},
        description="lt1: the module of slot io1 has been gone for 15m 15s.",
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
        description="lt1: slot io1 had 2 different modules within an hour.",
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
        description="lt1: module io1 does not answer (state disconnected).",
    ),
    Episode(
        alert="LantimeModuleError",
        says="a sensor reports an overload",
        series={'lantime_module_sensor_overload{slot="io1", sensor="voltage-1"}': (0, 1)},
        labels={"slot": "io1", "sensor": "voltage-1"},
        description="lt1: sensor voltage-1 of module io1 reports an overload.",
    ),
    Episode(
        alert="LantimeModuleError",
        says="the device reports it",
        series={
            'lantime_event_active{event="ims-error", type="error"}': (0, 1),
            'lantime_event_active{event="ims-ok", type="info"}': (1, 0),
        },
        labels={"event": "ims-error", "type": "error"},
        description="lt1: a module is in error (event ims-error).",
    ),
    Episode(
        alert="LantimeModuleError",
        says="the backplane and the device say so, and one alert comes",
        series={
            'lantime_module_availability{slot="io1", state="disconnected"}': (0, 1),
            'lantime_event_active{event="ims-error", type="error"}': (0, 1),
        },
        labels={"slot": "io1", "state": "disconnected"},
        description="lt1: module io1 does not answer (state disconnected).",
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
        description="lt1: relay c of card rel1 dropped to NC: the alarm contact signals a fault.",
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
        description="lt1: relay a of card rel1 changed 6 times within 15 minutes (limit 5).",
    ),
    Silence(
        alert="LantimeRelayFlapping",
        says="five changes",
        series={'lantime_relay_state{slot="rel1", relay="a", state="nc"}': "0x9 1 0 1 0 1x40"},
        onset=15,
    ),
    Episode(
        alert="LantimeAlarmLedOn",
        says="the alarm LED turns red",
        series={
            'lantime_led_state{led="alarm", state="red"}': (0, 1),
            'lantime_led_state{led="alarm", state="off"}': (1, 0),
        },
        labels={"led": "alarm", "state": "red"},
        description="lt1: the alarm LED is red.",
    ),
    Silence(
        alert="LantimeAlarmLedOn",
        says="another LED turns red",
        series={
            'lantime_led_state{led="network", state="red"}': (0, 1),
            'lantime_led_state{led="alarm", state="red"}': 0,
        },
    ),
    Silence(
        alert="LantimePowerSupplyFailed",
        says="the device is away",
        series={"lantime_up": (1, 0), 'lantime_power_supply_ok{slot="pwr2"}': (1, None)},
    ),
    Episode(
        alert="LantimePowerSupplyFailed",
        says="the supply is pulled, and its bay is not listed any more",
        series={"lantime_up": 1, 'lantime_power_supply_ok{slot="pwr2"}': (1, None)},
        labels={"slot": "pwr2"},
        description="lt1: power supply pwr2 has delivered no power for 2m 15s. The device runs on the others.",
    ),
    Episode(
        alert="LantimePowerSupplyFailed",
        says="Prometheus has no history, and the device reports it",
        series={
            'lantime_power_supply_ok{slot="pwr2"}': 0,
            'lantime_event_active{event="power-supply-failure", type="error"}': (0, 1),
            'lantime_event_active{event="power-supply-up", type="info"}': (1, 0),
        },
        labels={"event": "power-supply-failure", "type": "error"},
        description="lt1: a power supply failed (event power-supply-failure). The device runs on the others.",
    ),
    Episode(
        alert="LantimePowerSupplyFailed",
        says="both, and one alert comes",
        series={
            "lantime_up": 1,
            'lantime_power_supply_ok{slot="pwr2"}': (1, 0),
            'lantime_event_active{event="power-supply-failure", type="error"}': (0, 1),
        },
        labels={"slot": "pwr2"},
        description="lt1: power supply pwr2 has delivered no power for 2m 15s. The device runs on the others.",
    ),
    Episode(
        alert="LantimeFanFailed",
        severity=Severity.WARNING,
        says="the device reports it",
        series={
            'lantime_event_active{event="fan-down", type="error"}': (0, 1),
            'lantime_event_active{event="fan-up", type="info"}': (1, 0),
        },
        labels={"event": "fan-down", "type": "error"},
        description="lt1: a fan failed.",
    ),
    Episode(
        alert="LantimeAlarmLedOn",
        says="the LED says what active events say",
        series={
            'lantime_led_state{led="alarm", state="red"}': (0, 1),
            'lantime_event_active{event="shs-time-limit-error", type="critical"}': (0, 1),
            'lantime_event_active{event="antenna-faulty", type="error"}': (0, 1),
            'lantime_event_active{event="auto-update-avail", type="info"}': 1,
        },
        labels={"led": "alarm", "state": "red"},
        description="lt1: the alarm LED is red. Active events: antenna-faulty, shs-time-limit-error.",
    ),
    Episode(
        alert="LantimeRelayError",
        says="the card says what controls the relay",
        series={
            'lantime_relay_state{slot="rel1", relay="c", state="nc"}': (0, 1),
            'lantime_relay_source_info{slot="rel1", relay="c", source="rsc-fail"}': 1,
        },
        labels={"slot": "rel1", "relay": "c", "state": "nc"},
        description="lt1: relay c of card rel1 (source rsc-fail) dropped to NC: the alarm contact signals a fault.",
    ),
)
