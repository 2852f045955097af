"""Hardware: power, cooling, modules, relays, switch cards, inputs and outputs, oscillators."""

from dataclasses import replace

from monitoring.alerts.definition import Alert, Group, Severity, booted
from monitoring.deployment import Dashboard

FAN = Alert(
    name="LantimeFanFailed",
    severity=Severity.WARNING,
    when="a fan has an error or does not run",
    expr="$fan_ok == 0",
    hold="5m",
    keep="5m",
    summary="A fan failed.",
    description="Fan {{ $labels.fan }} of {{ $labels.slot }} of {{ $labels.instance }} failed.",
    source="Traps FanDown, Zabbix, Icinga",
    dashboard=Dashboard.MODULES,
)

TEMPERATURE = Alert(
    name="LantimeTemperatureHigh",
    severity=Severity.WARNING,
    when="a module is hotter than $temperature_warning",
    expr="$temperature > $temperature_warning",
    hold="10m",
    keep="5m",
    summary="A module is hot.",
    description='{{ $labels.slot }} of {{ $labels.instance }} has {{ $value | printf "%.1f" }} C '
    "({{ $labels.sensor }}).",
    source="Zabbix, Checkmk, Icinga",
    dashboard=Dashboard.MODULES,
)

MANUAL = Alert(
    name="LantimeSwitchManual",
    severity=Severity.WARNING,
    when="the switch card is in manual mode: there is no fail-over",
    expr="$switch_manual == 1",
    hold="10m",
    summary="The switch card is in manual mode.",
    description="Switch card {{ $labels.slot }} of {{ $labels.instance }} is in manual mode; it does not change over.",
    source="manual",
    dashboard=Dashboard.MODULES,
)

GROUP = Group(
    name="lantime-hardware",
    title="Hardware, relays, power",
    alerts=(
        Alert(
            name="LantimePowerSupplyFailed",
            severity=Severity.CRITICAL,
            when="a power supply does not deliver and did within a week",
            expr="$supply_ok == 0 and max_over_time($supply_ok[$week]) == 1",
            hold="2m",
            keep="5m",
            summary="A power supply failed.",
            description="Power supply {{ $labels.slot }} of {{ $labels.instance }} does not deliver.",
            source="Traps PowerSupplyFailure, Zabbix",
            dashboard=Dashboard.MODULES,
        ),
        Alert(
            name="LantimePowerRedundancyLost",
            severity=Severity.WARNING,
            when="fewer power supplies deliver than within a day, or the device says that its power is not redundant",
            expr="$supplies_ok < max_over_time($supplies_ok[$day])\nor on (job, instance) $redundancy_alarm == 1",
            hold="5m",
            summary="Power is not redundant any more.",
            description="{{ $labels.instance }} has fewer power supplies than it had.",
            source="Traps PowerRedundancyNotAvail, Icinga",
            dashboard=Dashboard.MODULES,
        ),
        FAN,
        replace(
            FAN,
            severity=Severity.CRITICAL,
            when="a fan has an error or does not run, and a module is hotter than $temperature_warning",
            expr="$fan_ok == 0 and on (job, instance) $temperature > $temperature_warning",
        ),
        TEMPERATURE,
        replace(
            TEMPERATURE,
            severity=Severity.CRITICAL,
            when="a module is hotter than $temperature_critical",
            expr="$temperature > $temperature_critical",
        ),
        Alert(
            name="LantimeModuleVanished",
            severity=Severity.WARNING,
            when="a slot had a module within a day and has none, power supplies apart",
            expr="max_over_time($slot_occupied[$day]) == 1\n"
            "unless on (job, instance, slot) $slot_occupied == 1\n"
            "and on (job, instance) $any_slot",
            hold="15m",
            summary="A module is gone.",
            description="Slot {{ $labels.slot }} of {{ $labels.instance }} had a module and has none.",
            source="Traps IMSError",
            dashboard=Dashboard.MODULES,
        ),
        Alert(
            name="LantimeModuleChanged",
            severity=Severity.INFO,
            when="a slot had modules of different model or serial number within $hour",
            expr="$modules_seen > 1",
            summary="A module was changed.",
            description="Slot {{ $labels.slot }} of {{ $labels.instance }} has another module.",
            source="own",
            dashboard=Dashboard.MODULES,
        ),
        Alert(
            name="LantimeModuleError",
            severity=Severity.CRITICAL,
            when="the backplane has lost a module, a sensor finds an overload, or the device says that a module or a "
            "port "
            "is in error",
            expr="$module_bad == 1 or $sensor_overload == 1 or on (job, instance) $module_alarm == 1",
            hold="5m",
            keep="5m",
            summary="A module is in error.",
            description="{{ with $labels.slot }}Module {{ . }}{{ else }}A module{{ end }} of {{ $labels.instance }} "
            "is in "
            "error.",
            source="Traps IMSError, ImsPortError",
            dashboard=Dashboard.MODULES,
        ),
        Alert(
            name="LantimeRelayError",
            severity=Severity.CRITICAL,
            when="a relay rests on NC: fault or power off",
            expr="$relay_fallen == 1",
            hold="2m",
            keep="5m",
            summary="An error relay fell.",
            description="Relay {{ $labels.relay }} of {{ $labels.slot }} of {{ $labels.instance }} is NC: fault.",
            source="manual",
            dashboard=Dashboard.ALARMS,
        ),
        Alert(
            name="LantimeRelayFlapping",
            severity=Severity.WARNING,
            when="a relay changed more than $relay_flaps times within $recent",
            expr="$relay_changes > $relay_flaps",
            summary="An error relay changes again and again.",
            description="Relay {{ $labels.relay }} of {{ $labels.slot }} of {{ $labels.instance }} changed "
            "{{ $value }} "
            "times.",
            source="snmp-observ-lib",
            dashboard=Dashboard.ALARMS,
        ),
        Alert(
            name="LantimeSwitchoverOccurred",
            severity=Severity.WARNING,
            when="another clock was selected within $recent",
            expr="$selections > 0 and $clock_selected == 1",
            summary="The device changed over to its other clock.",
            description="{{ $labels.instance }} follows {{ $labels.slot }} now.",
            source="manual",
            dashboard=Dashboard.MODULES,
        ),
        MANUAL,
        replace(
            MANUAL,
            severity=Severity.CRITICAL,
            when="the switch card is in manual mode and the selected clock is not synchronized",
            expr="$switch_manual == 1\n"
            "and on (job, instance) ($clock_synchronized == 0 and on (job, instance, slot) $clock_selected == 1)",
            hold="2m",
        ),
        Alert(
            name="LantimeSwitchFailed",
            severity=Severity.CRITICAL,
            when="the switch card puts no signals out, or its watchdog complains",
            expr=booted("$switch_outputs_enabled == 0 or $switch_watchdog_ok == 0"),
            hold="2m",
            keep="5m",
            summary="The switch card does not work.",
            description="Switch card {{ $labels.slot }} of {{ $labels.instance }} puts no signals out, or its watchdog "
            "complains.",
            source="manual",
            dashboard=Dashboard.MODULES,
        ),
        Alert(
            name="LantimeAlarmLedOn",
            severity=Severity.WARNING,
            when="the alarm LED on the front is red",
            expr="$alarm_led_red == 1",
            hold="5m",
            keep="5m",
            summary="The alarm LED is red.",
            description="The alarm LED of {{ $labels.instance }} is red.",
            source="own",
            dashboard=Dashboard.ALARMS,
        ),
        Alert(
            name="LantimeOutputFailed",
            severity=Severity.CRITICAL,
            when="the level of an output is wrong, or the output is short-circuited or overloaded",
            expr=booted("$output_level_ok == 0 or $output_shorted == 1 or $output_overloaded == 1"),
            hold="5m",
            keep="5m",
            summary="An output failed.",
            description="Output {{ $labels.output }} of {{ $labels.slot }} of {{ $labels.instance }} has a wrong "
            "level, a "
            "short circuit or an overload.",
            source="Traps ImsPortError",
            dashboard=Dashboard.ALARMS,
        ),
        Alert(
            name="LantimeOutputDisabled",
            severity=Severity.WARNING,
            when="an output is switched off and was on within a day",
            expr=booted("$output_enabled == 0 and max_over_time($output_enabled[$day]) == 1"),
            hold="10m",
            summary="An output was switched off.",
            description="Output {{ $labels.output }} of {{ $labels.slot }} of {{ $labels.instance }} is switched off.",
            source="own",
            dashboard=Dashboard.ALARMS,
        ),
        Alert(
            name="LantimeInputLost",
            severity=Severity.WARNING,
            when="an input has no signal and had one within a week",
            expr="$input_present == 0 and max_over_time($input_present[$week]) == 1",
            hold="5m",
            keep="5m",
            summary="An input has no signal.",
            description="Input {{ $labels.input }} of {{ $labels.slot }} of {{ $labels.instance }} has no signal.",
            source="Traps ImsPortError, XmrRefDisconnect",
            dashboard=Dashboard.MODULES,
        ),
        Alert(
            name="LantimeInputQualityLow",
            severity=Severity.WARNING,
            when="the quality level at an input is below its configured minimum",
            expr="$input_quality_sufficient == 0",
            hold="10m",
            keep="5m",
            summary="The quality level at an input is too low.",
            description="Input {{ $labels.input }} of {{ $labels.slot }} of {{ $labels.instance }} receives a "
            "quality level "
            "below its minimum.",
            source="own",
            dashboard=Dashboard.MODULES,
        ),
        Alert(
            name="LantimeOutputCardUnlocked",
            severity=Severity.WARNING,
            when="a card that makes signals of its own does not follow the clock: not in sync, or its PLL is not "
            "locked",
            expr=booted("$generator_synchronized == 0 or on (job, instance, slot) $pll_locked == 0"),
            hold="5m",
            keep="5m",
            summary="An output card does not follow the clock.",
            description="Card {{ $labels.slot }} of {{ $labels.instance }} is not in sync with the clock.",
            source="manual",
            dashboard=Dashboard.MODULES,
        ),
        Alert(
            name="LantimeMainsFrequencyDeviation",
            severity=Severity.WARNING,
            when="the mains frequency deviates by more than $frequency_deviation_limit, or frequency or time "
            "deviation are "
            "outside the limits of the card",
            expr="$frequency_deviation > $frequency_deviation_limit\n"
            "or on (job, instance, slot) $mains_within_limits == 0\n"
            "or on (job, instance, slot) $mains_overflow == 1",
            hold="5m",
            keep="5m",
            summary="The mains frequency is out of limits.",
            description="The mains frequency that {{ $labels.slot }} of {{ $labels.instance }} measures is out of "
            "limits.",
            source="Traps FdmError, ENTSO-E",
            dashboard=Dashboard.MODULES,
        ),
        Alert(
            name="LantimeRubidiumFault",
            severity=Severity.CRITICAL,
            when="an external rubidium reports a fault or is not locked to its 1PPS",
            expr=booted("$rubidium_fault == 1 or $rubidium_locked == 0"),
            hold="5m",
            keep="5m",
            summary="The external rubidium has a fault.",
            description="The external rubidium of {{ $labels.slot }} of {{ $labels.instance }} reports "
            '{{ if eq $labels.condition "pps-lock" }}no lock to its 1PPS{{ else }}{{ $labels.condition }}{{ end }}.',
            source="Traps XheRubError",
            dashboard=Dashboard.MODULES,
        ),
        Alert(
            name="LantimeRubidiumSupplyFailed",
            severity=Severity.WARNING,
            when="a supply of an external rubidium does not deliver and did within a week",
            expr="$rubidium_supply_ok == 0 and max_over_time($rubidium_supply_ok[$week]) == 1",
            hold="2m",
            keep="5m",
            summary="A supply of the external rubidium failed.",
            description="Supply {{ $labels.supply }} of the external rubidium of {{ $labels.slot }} of "
            "{{ $labels.instance }} does not deliver.",
            source="Traps XheRubError, PowerSupplyFailure",
            dashboard=Dashboard.MODULES,
        ),
    ),
)
