"""Synchronization of the device: state, reference, quality, holdover (``system.sync-status``)."""

from lantime_exporter.document.shared_enumerations import (
    ANTENNA,
    CLOCK,
    OSCILLATOR_STATE,
    oscillator_type,
    reference_type,
)
from lantime_exporter.document.time_quality import time_quality
from lantime_exporter.mapping.finders import at
from lantime_exporter.mapping.readers import count, flag, number, scaled, value
from lantime_exporter.mapping.state_readers import state_is
from lantime_exporter.mapping.table import RowGroup, Table

LANTIME = RowGroup("lantime")

SYNC = Table(
    "system.sync-status",
    at("system.sync-status"),
    LANTIME.gauge(
        "synchronized",
        "1 if the device is synchronized to its reference; 0 in holdover.",
        value(state_is(CLOCK, "synchronized"), "clock-status.clock"),
    ),
    LANTIME.state("sync_state", "Synchronization state of the device.", CLOCK, "clock-status.clock"),
    LANTIME.gauge(
        "sync_oscillator_warmed_up",
        "1 if the oscillator of the selected clock is warmed up.",
        value(state_is(OSCILLATOR_STATE, "warmed-up"), "clock-status.oscillator"),
    ),
    LANTIME.state("sync_antenna_state", "Antenna state of the selected clock.", ANTENNA, "clock-status.antenna"),
    LANTIME.info(
        "sync_reference_info",
        "Reference of the device, and its oscillator.",
        reference="reference",
        ref_type=("ref-type", reference_type),
        oscillator=("osc-type", oscillator_type),
    ),
    LANTIME.gauge("sync_clock_index", "Selected reference clock; 0 is clk1.", number("clock-idx")),
    LANTIME.seconds("time_quality", "Upper bound of the estimated time error", value(time_quality, "est-time-quality")),
    LANTIME.gauge(
        "holdover_elapsed_seconds",
        "Time in holdover, in seconds; 0 while synchronized.",
        count("holdover-status.time-elapsed"),
    ),
    LANTIME.seconds(
        "holdover_time_offset", "Estimated time error in holdover", scaled(1e-9, "holdover-status.time-offset")
    ),
    LANTIME.gauge(
        "tfom", "Time Figure of Merit, 0 (best) to 15 (worst or unknown).", count("holdover-status.tfom-out", most=15)
    ),
    LANTIME.gauge("leap_second_announced", "1 if a leap second is announced.", flag("leapsecond-announced")),
    LANTIME.timestamp("leap_second", "Time of the announced leap second", "leapsecond-date"),
)
