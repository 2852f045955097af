"""Modules and slots: the place and the state of each card."""

from tools.dashboards import colours, limits, states
from tools.dashboards.dashboard import Dashboard, PanelRow
from tools.dashboards.panel import Description
from tools.dashboards.panel_types import lines, timeline
from tools.dashboards.query import DEVICES, query
from tools.dashboards.table import KEYS, Heading, labels, table, value, word
from tools.dashboards.variables import INSTANCE, JOB, SLOT

IN_SLOT = f'{DEVICES}, slot=~"$slot"'
"""The matchers for series of the chosen slots."""

CHOSEN = '{slot=~"$slot"}'

REVISION, SERIAL = Heading("Revision", 8), Heading("Serial number", 14)

INVENTORY = (
    table(
        "Slots",
        value(
            "Module", f"lantime_slot_occupied{CHOSEN}", states=states.flag("present", "empty", off_colour=colours.OFF)
        ),
        labels(f"lantime_module_info{CHOSEN}", model=KEYS["model"], serial_number=SERIAL, revision=REVISION),
        word("Backplane", f"lantime_module_availability{CHOSEN}", room=12),
        value(
            "Temperature",
            f"max by (job, instance, slot) (lantime_module_temperature_celsius{CHOSEN})",
            unit="celsius",
            steps=limits.TEMPERATURE,
        ),
        value(
            "Power", f"lantime_power_supply_ok{CHOSEN}", states=states.flag("ok", "none", off_colour=colours.WARNING)
        ),
        value("Rated", f"lantime_power_supply_capacity_watts{CHOSEN}", unit="watt"),
        value(
            "Link",
            f"min by (job, instance, slot) (lantime_module_link_up{CHOSEN})",
            states=states.flag("all up", "one down", off_colour=colours.WARNING),
        ),
        keys=("slot",),
        description=Description(
            "Every slot of the chosen devices, its module, and the state of the module on the backplane.",
            "modules are present, supplies ok; a bay that never had a supply shows none.",
            "a missing module is in the timeline and in the table of vanished modules.",
            ("LantimeModuleVanished", "LantimeModuleChanged", "LantimePowerSupplyFailed", "LantimeTemperatureHigh"),
        ),
        height=11,
    ),
    timeline(
        "Slots that changed",
        query(
            "lantime_slot_occupied and on (job, instance, slot) changes(lantime_slot_occupied[$__range] @ end()) > 0",
            "{{instance}} {{slot}}",
            matchers=IN_SLOT,
        ),
        states=states.flag("present", "empty", off_colour=colours.OFF),
        description=Description(
            "Presence of modules over time, for slots that changed within the time range.",
            "empty.",
            "a change means that a card was removed, lost its contact or failed.",
            ("LantimeModuleVanished",),
        ),
        width=12,
        height=7,
        empty="no slot changed",
    ),
    table(
        "Vanished modules",
        labels(
            'last_over_time(lantime_module_info{slot=~"$slot"}[$__range])\n'
            'unless on (job, instance, slot) lantime_module_info{slot=~"$slot"}\n'
            "and on (job, instance) lantime_up == 1",
            model=KEYS["model"],
            serial_number=SERIAL,
        ),
        keys=("slot",),
        description=Description(
            "Modules that were present within the time range and now are not.",
            "empty.",
            "reseat the card; if it stays missing, replace it.",
            ("LantimeModuleVanished",),
        ),
        width=12,
        height=7,
        empty="none",
    ),
    lines(
        "Temperature",
        query(
            "max by (job, instance, slot) (lantime_module_temperature_celsius)",
            "{{instance}} {{slot}}",
            matchers=IN_SLOT,
        ),
        unit="celsius",
        description=Description(
            "The hottest sensor of each module.",
            "50 to 55 C in a processor module.",
            "check fans, filters and the air conditioning of the room.",
            ("LantimeTemperatureHigh",),
        ),
        steps=limits.TEMPERATURE,
        width=12,
        height=8,
    ),
    table(
        "Chassis",
        labels(
            "lantime_chassis_info",
            model=Heading("Model", 6),
            serial_number=SERIAL,
            backplane_revision="Backplane",
        ),
        keys=("chassis",),
        description=Description(
            "The chassis of each device.",
            "one for each device; the second of a pair has slots named chassis1/...",
            "have model and serial number ready when you call Meinberg.",
        ),
        height=8,
        width=12,
    ),
)

SWITCHING = (
    table(
        "Switch cards (RSC, SPT)",
        word("Selected", f"lantime_switch_selected_clock{CHOSEN}"),
        word(
            "Mode",
            f"lantime_switch_mode{CHOSEN}",
            states=states.Words(
                (
                    ("auto", states.StateStyle("auto", colours.GOOD)),
                    ("manual", states.StateStyle("manual", colours.WARNING)),
                )
            ),
        ),
        value("Outputs", f"lantime_switch_outputs_enabled{CHOSEN}", states=states.flag("enabled", "disabled")),
        value(
            "Time limit",
            f"lantime_switch_time_limit_error{CHOSEN}",
            states=states.flag("exceeded", "kept", colours.BAD, colours.GOOD),
        ),
        value("Watchdog", f"lantime_switch_watchdog_ok{CHOSEN}", states=states.flag("ok", "fault")),
        value(
            "Supplies",
            f"min by (job, instance, slot) (lantime_switch_power_supply_ok{CHOSEN})",
            states=states.flag("ok", "one lost"),
        ),
        value(
            "Override",
            f"lantime_switch_access_override{CHOSEN}",
            states=states.flag("yes", "no", colours.WARNING, colours.OFF),
        ),
        value("Changeovers", f"lantime_switch_changeovers_total{CHOSEN}"),
        keys=("slot",),
        description=Description(
            "Cards that choose between two clocks.",
            "mode auto, outputs enabled, watchdog ok.",
            "manual mode has no failover: set it back to auto.",
            ("LantimeSwitchManual", "LantimeSwitchFailed", "LantimeSwitchoverOccurred"),
        ),
        height=6,
    ),
    table(
        "Clocks at the switch cards",
        labels(f"lantime_switch_input_info{CHOSEN}", type=Heading("Kind", 8)),
        word("Usage", f"lantime_switch_input_usage{CHOSEN}", room=9),
        word("Synchronization", f"lantime_switch_input_state{CHOSEN}", states=states.SYNC),
        keys=("slot", "input"),
        description=Description(
            "The clocks that a switch card can select.",
            "synchronized; one is primary or selected.",
            "a clock that is not synchronized cannot take over.",
            ("LantimeClockNotSynchronized",),
        ),
        height=6,
    ),
    timeline(
        "Selected clock",
        query(
            states.States((states.StateStyle("clk1", colours.GOOD), states.StateStyle("clk2", colours.NEUTRAL))).query(
                "lantime_switch_selected_clock", "job, instance, slot"
            ),
            "{{instance}} {{slot}}",
            matchers=IN_SLOT,
        ),
        states=states.States((states.StateStyle("clk1", colours.GOOD), states.StateStyle("clk2", colours.NEUTRAL))),
        description=Description(
            "Clock whose signals are on the backplane, over time.",
            "no change.",
            "find out why the other clock was deselected; both are good if nothing else is red.",
            ("LantimeSwitchoverOccurred",),
        ),
        width=12,
        height=6,
    ),
    timeline(
        "Comparison of the clocks (SHS)",
        query(states.SHS.query("lantime_shs_state", "job, instance, slot"), "{{instance}} {{slot}}", matchers=IN_SLOT),
        states=states.SHS,
        description=Description(
            "Result of the device's comparison of its two clocks.",
            "ok, or disabled if it is not used.",
            "find the wrong clock by its satellites and its offset to other references.",
            ("LantimeClocksDisagree",),
        ),
        width=12,
        height=6,
    ),
)

CARDS = (
    lines(
        "Voltages",
        query("lantime_module_voltage_volts", "{{instance}} {{slot}} {{sensor}}", matchers=IN_SLOT),
        query("lantime_pll_control_voltage_volts", "{{instance}} {{slot}} {{pll}} control", matchers=IN_SLOT),
        unit="volt",
        description=Description(
            "Voltages at the sensors of modules, and control voltages of PLLs.",
            "steady.",
            "a control voltage near its limit means that the PLL will lose its lock.",
        ),
        empty="no such sensor",
    ),
    lines(
        "Currents",
        query("lantime_module_current_amperes", "{{instance}} {{slot}} {{sensor}}", matchers=IN_SLOT),
        unit="amp",
        description=Description(
            "Currents at the sensors of modules, such as antenna lines.",
            "steady; an antenna takes some 10 mA.",
            "no current means an open line, a high one a short circuit.",
            ("LantimeModuleError",),
        ),
        empty="no such sensor",
    ),
    table(
        "PLLs and generators",
        value(
            "PLL",
            f"min by (job, instance, slot) (lantime_pll_locked{CHOSEN})",
            states=states.flag("locked", "not locked"),
        ),
        value("In sync", f"lantime_generator_synchronized{CHOSEN}", states=states.flag("in sync", "not in sync")),
        value("Reference", f"lantime_generator_reference_found{CHOSEN}", states=states.flag("found", "missing")),
        value(
            "Oscillator",
            f"lantime_generator_oscillator_ready{CHOSEN}",
            states=states.flag("ready", "warms up", off_colour=colours.WARNING),
        ),
        value(
            "Pulses",
            f"lantime_generator_pulses_enabled{CHOSEN}",
            states=states.flag("on", "off", off_colour=colours.OFF),
        ),
        value(
            "Overload",
            f"max by (job, instance, slot) (lantime_module_sensor_overload{CHOSEN})",
            states=states.flag("overload", "none", colours.BAD, colours.GOOD),
        ),
        keys=("slot",),
        description=Description(
            "Cards that generate signals from the reference on the backplane.",
            "locked, in sync, reference found.",
            "a card does not find its reference: reseat it, check the switch card.",
            ("LantimeOutputCardUnlocked",),
        ),
        height=7,
    ),
    table(
        "External rubidium (XHE)",
        word("State", f"lantime_xhe_state{CHOSEN}"),
        labels(f"lantime_xhe_info{CHOSEN}", revision=REVISION),
        word("Power", f"lantime_xhe_power_state{CHOSEN}"),
        value("Supplies ok", f"sum by (job, instance, slot) (lantime_xhe_power_supply_ok{CHOSEN})"),
        value(
            "Conditions",
            'sum by (job, instance, slot) (lantime_xhe_condition{slot=~"$slot", condition!~".*(lock|ok).*"})',
        ),
        value(
            "Alarms",
            f"sum by (job, instance, slot) (lantime_xhe_alarm{CHOSEN})",
            steps=((None, colours.GOOD), (1, colours.BAD)),
        ),
        keys=("slot",),
        description=Description(
            "External rubidium oscillators.",
            "state ok, power ok, no alarm.",
            "replace the rubidium after a cell or lamp fault.",
            ("LantimeRubidiumFault", "LantimeRubidiumSupplyFailed"),
        ),
        empty="none fitted",
        height=5,
    ),
    lines(
        "Temperature of the external rubidium",
        query("lantime_xhe_temperature_celsius", "{{instance}} {{slot}} {{sensor}}", matchers=IN_SLOT),
        unit="celsius",
        description=Description(
            "Temperatures of external rubidium oscillators.",
            "steady; lamp and cell are heated to 100 C and more.",
            "a lamp or cell that cools down is about to fail: order service.",
            ("LantimeRubidiumFault",),
        ),
        width=24,
        height=7,
        empty="none fitted",
    ),
    table(
        "Line interfaces (LIU)",
        word("Hierarchy", f"lantime_liu_mode{CHOSEN}"),
        labels(f"lantime_liu_info{CHOSEN}", line_code="Line code"),
        word("Quality", f"lantime_liu_quality_level{CHOSEN}", room=10),
        word("Group role", f"lantime_liu_group_role{CHOSEN}"),
        keys=("slot",),
        description=Description(
            "Telecom line interface cards and the quality level that they send.",
            "quality QL-PRC or better.",
            "a worse quality level follows a worse reference of the device.",
        ),
        empty="none fitted",
        width=14,
        height=6,
    ),
    table(
        "Fans",
        word("State", f"lantime_fan_state{CHOSEN}"),
        value("Speed", f"lantime_fan_speed_rpm{CHOSEN}", unit="rotrpm"),
        keys=("slot", "fan"),
        description=Description(
            "Fans, their state and, if reported, their speed.",
            "on.",
            "clean or replace a faulty fan.",
            ("LantimeFanFailed",),
        ),
        empty="none fitted",
        width=10,
        height=6,
    ),
)

GENERIC = (
    table(
        "Numbers without a dedicated metric",
        value("Value", f"lantime_module_value{CHOSEN}"),
        keys=("slot", "path"),
        description=Description(
            "Numbers of modules that no collector handles, with their REST path, in the unit of the device.",
            "some for most modules.",
            "send an inspection report, so that they become dedicated metrics: see the README.",
        ),
        empty="none",
        height=8,
    ),
    table(
        "Flags without a dedicated metric",
        value(
            "Value", f"lantime_module_flag{CHOSEN}", states=states.flag("true", "false", colours.NEUTRAL, colours.OFF)
        ),
        keys=("slot", "path"),
        description=Description(
            "Booleans of modules that no collector handles, with their REST path.",
            "some for most modules.",
            "send an inspection report, so that they become dedicated metrics: see the README.",
        ),
        empty="none",
        height=6,
    ),
    table(
        "Words without a dedicated metric",
        labels(f"lantime_module_state{CHOSEN} == 1", state=Heading("State", 16)),
        keys=("slot", "path"),
        description=Description(
            "States of modules that no collector handles, with their REST path.",
            "some for most modules.",
            "send an inspection report, so that they become dedicated metrics: see the README.",
        ),
        empty="none",
        height=6,
    ),
)

DASHBOARD = Dashboard(
    uid="lantime-modules",
    title="LANTIME modules and slots",
    description="Which card is in which slot, what it reports, and which modules are missing.",
    variables=(JOB, INSTANCE, SLOT),
    rows=(
        PanelRow("", INVENTORY),
        PanelRow("Switch cards and comparison of clocks", SWITCHING),
        PanelRow("Other cards", CARDS, collapsed=True),
        PanelRow("Values without a dedicated metric", GENERIC, collapsed=True),
    ),
)
