"""Reference clocks: state, oscillator, quality of each (``module.sync-status``)."""

from exporter.document.values import time_quality
from exporter.document.vocabularies import CLOCK, OSCILLATOR_STATE
from exporter.document.words import Vocabulary
from exporter.mapping.metric import Grade, gauge, info
from exporter.mapping.places import blocks, modules
from exporter.mapping.readers import Is, number, scaled, state, texts, value
from exporter.mapping.table import Collector, Row, Table, ignored

SELECTION = Vocabulary(("selected", "not-selected"), spellings={"standby": "not-selected", "backup": "not-selected"})

STATUS = Table(
    "chassisN.slots[].module.sync-status",
    blocks("sync-status"),
    (
        Row(
            gauge("lantime_clock_synchronized", "Whether the clock is synchronized to its reference.", "slot"),
            Is(CLOCK, ("synchronized",), ("holdover", "not-synchronized"), ("clock-status.clock",)),
        ),
        Row(
            gauge("lantime_clock_state", "Synchronization of the clock.", "slot", "state"),
            state(CLOCK, "clock-status.clock"),
        ),
        Row(
            gauge("lantime_clock_selected", "Whether the device follows this clock.", "slot"),
            Is(SELECTION, ("selected",), ("not-selected",), ("clock-idx",)),
        ),
        Row(
            gauge(
                "lantime_clock_time_quality_seconds", "Bound of the clock's estimated time error, in seconds.", "slot"
            ),
            value(time_quality, "est-time-quality"),
        ),
        Row(
            info("lantime_oscillator_info", "Type of the clock's oscillator.", "slot", "oscillator"),
            texts(oscillator="osc-type"),
        ),
        Row(
            gauge(
                "lantime_clock_holdover_elapsed_seconds",
                "Time in holdover of the clock, in seconds.",
                "slot",
                grade=Grade.C,
            ),
            number("holdover-status.time-elapsed"),
        ),
        Row(
            gauge(
                "lantime_clock_holdover_time_offset_seconds",
                "Estimated time error that the clock gained in holdover, in seconds.",
                "slot",
                grade=Grade.C,
            ),
            scaled(1e-9, "holdover-status.time-offset"),
        ),
        Row(
            gauge("lantime_clock_tfom", "The clock's Time Figure of Merit, 0 (best) to 15.", "slot", grade=Grade.C),
            number("holdover-status.tfom-out"),
        ),
        Row(
            gauge("lantime_oscillator_warmed_up", "Whether the clock's oscillator is warmed up.", "slot"),
            Is(OSCILLATOR_STATE, ("warmed-up",), ("not-warmed-up",), ("clock-status.oscillator",)),
        ),
    ),
)

OSCILLATOR = Table(
    "chassisN.slots[].module",
    modules(),
    (
        Row(
            gauge("lantime_oscillator_dac_value", "Control value that steers the oscillator, in DAC steps.", "slot"),
            number("dac-val"),
        ),
        Row(
            gauge("lantime_oscillator_dac_calibration_value", "Calibrated control value, in DAC steps.", "slot"),
            number("dac-cal"),
        ),
        ignored("supported-string-types", because="what serial strings the clock could send: settings, no state"),
    ),
)

COLLECTOR = Collector("clock", (STATUS, OSCILLATOR))
