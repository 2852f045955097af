"""Hardware: power, cooling, modules, relays, switch cards, inputs, outputs, oscillators."""

from monitoring.signals.definition import Signal

SIGNALS = (
    Signal(
        name="supply_ok",
        meaning="Whether a power supply delivers; 0 for an empty bay too.",
        expr="lantime_power_supply_ok",
    ),
    Signal(
        name="supplies_ok",
        meaning="Power supplies that deliver.",
        expr="sum without (slot) (lantime_power_supply_ok)",
        record="instance:lantime_power_supply_ok:sum",
    ),
    Signal(
        name="redundancy_alarm",
        meaning="Whether the device itself says that its power is not redundant.",
        expr='lantime_event_active{event=~"power-redundancy-not-.*"}',
    ),
    Signal(name="fan_ok", meaning="Whether a fan has no error.", expr="lantime_fan_ok"),
    Signal(
        name="temperature",
        meaning="Temperature at a sensor of a module.",
        unit="celsius",
        expr="lantime_module_temperature_celsius",
    ),
    Signal(
        name="slot_occupied",
        meaning="Whether a module is in a slot; power supplies have a signal of their own.",
        expr='lantime_slot_occupied{type!="pwr"}',
    ),
    Signal(
        name="any_slot",
        meaning="The device says something of its slots.",
        expr="lantime_slot_occupied",
    ),
    Signal(
        name="module_bad",
        meaning="Whether the backplane says that a module is disconnected.",
        expr='lantime_module_availability{state="disconnected"}',
    ),
    Signal(
        name="module_alarm",
        meaning="Whether the device itself says that a module or one of its ports is in error.",
        expr='lantime_event_active{event=~"ims-error|ims-port-error"}',
    ),
    Signal(
        name="sensor_overload",
        meaning="Whether a voltage or current sensor of a module finds an overload.",
        expr="lantime_module_sensor_overload",
    ),
    Signal(
        name="modules_seen",
        meaning="How many different modules (model and serial number) were in a slot within an hour.",
        expr="count without (model, serial_number) (\n"
        "  count without (revision) (count_over_time(lantime_module_info[$range]))\n"
        ")",
        range="hour",
    ),
    Signal(
        name="relay_fallen",
        meaning="Whether a relay rests on NC: fault or power off.",
        expr='lantime_relay_state{state="nc"}',
    ),
    Signal(
        name="relay_changes",
        meaning="How often a relay changed within the window.",
        expr='changes(lantime_relay_state{state="nc"}[$range])',
        range="recent",
    ),
    Signal(
        name="selections",
        meaning="How often a clock was selected or left within the window.",
        expr="changes(lantime_clock_selected[$range])",
        range="recent",
    ),
    Signal(
        name="switch_manual",
        meaning="Whether the switch card is in manual mode.",
        expr='lantime_switch_mode{state="manual"}',
    ),
    Signal(
        name="switch_outputs_enabled",
        meaning="Whether the switch card puts its signals out.",
        expr="lantime_switch_outputs_enabled",
    ),
    Signal(
        name="switch_watchdog_ok",
        meaning="Whether the watchdog of the switch card is content.",
        expr="lantime_switch_watchdog_ok",
    ),
    Signal(
        name="switch_time_limit",
        meaning="Whether the switch card finds its clocks further apart than their limit.",
        expr="lantime_switch_time_limit_error",
    ),
    Signal(
        name="alarm_led_red",
        meaning="Whether the alarm LED on the front is red.",
        expr='lantime_led_state{led="alarm", state="red"}',
    ),
    Signal(name="output_level_ok", meaning="Whether the level of an output is right.", expr="lantime_output_level_ok"),
    Signal(
        name="output_shorted",
        meaning="Whether an output is short-circuited.",
        expr="lantime_output_short_circuit",
    ),
    Signal(
        name="output_overloaded",
        meaning="Whether an output is overloaded.",
        expr="lantime_output_overload",
    ),
    Signal(name="output_enabled", meaning="Whether an output is switched on.", expr="lantime_output_enabled"),
    Signal(name="input_present", meaning="Whether a signal is at an input.", expr="lantime_input_signal_present"),
    Signal(
        name="input_quality_sufficient",
        meaning="Whether the quality level at an input reaches the configured minimum.",
        expr="lantime_input_quality_sufficient",
    ),
    Signal(name="pll_locked", meaning="Whether the PLL of a module is locked.", expr="lantime_pll_locked"),
    Signal(
        name="generator_synchronized",
        meaning="Whether a card that makes signals of its own follows its reference.",
        expr="lantime_generator_synchronized",
    ),
    Signal(
        name="frequency_deviation",
        meaning="Deviation of the mains frequency.",
        unit="hertz",
        expr="abs(lantime_fdm_frequency_deviation_hertz)",
    ),
    Signal(
        name="mains_within_limits",
        meaning="Whether frequency (fd) and time deviation (td) of the mains are inside the card's limits.",
        expr="lantime_fdm_within_limits",
    ),
    Signal(
        name="mains_overflow",
        meaning="Whether frequency or time deviation of the mains are beyond the range of the card.",
        expr='max without (condition) (lantime_fdm_condition{condition=~"fd-overflow|td-overflow"})',
    ),
    Signal(
        name="rubidium_fault",
        meaning="Whether an external rubidium reports a fault, each kind a series.",
        expr="lantime_xhe_condition{\n"
        '  condition=~"voltage-overrange|low-voltage|generic-cell-error|low-temperature|overheated"\n'
        "}",
    ),
    Signal(
        name="rubidium_locked",
        meaning="Whether an external rubidium is locked to its 1PPS.",
        expr='lantime_xhe_condition{condition="pps-lock"}',
    ),
    Signal(
        name="rubidium_supply_ok",
        meaning="Whether a supply of an external rubidium delivers.",
        expr="lantime_xhe_power_supply_ok",
    ),
)
