"""Synchronization of the device: state, reference, quality, holdover (``system.sync-status``)."""

from lantime_exporter.document.shared_enumerations import (
    ANTENNA,
    CLOCK,
    OSCILLATOR_STATE,
    oscillator_type,
    reference_type,
)
from lantime_exporter.document.time_quality import time_quality
from lantime_exporter.exposition.metric import gauge, info
from lantime_exporter.mapping.finders import at
from lantime_exporter.mapping.readers import StateIs, count, flag, info_labels, number, scaled, state, timestamp, value
from lantime_exporter.mapping.table import Collector, Row, Table

SYNC = Table(
    "system.sync-status",
    at("system.sync-status"),
    (
        Row(
            gauge("lantime_synchronized", "1 if the device is synchronized to its reference; 0 in holdover."),
            StateIs(CLOCK, ("synchronized",), ("holdover", "not-synchronized"), ("clock-status.clock",)),
        ),
        Row(
            gauge("lantime_sync_state", "Synchronization state of the device.", "state"),
            state(CLOCK, "clock-status.clock"),
        ),
        Row(
            gauge("lantime_sync_oscillator_warmed_up", "1 if the oscillator of the selected clock is warmed up."),
            StateIs(OSCILLATOR_STATE, ("warmed-up",), ("not-warmed-up",), ("clock-status.oscillator",)),
        ),
        Row(
            gauge("lantime_sync_antenna_state", "Antenna state of the selected clock.", "state"),
            state(ANTENNA, "clock-status.antenna"),
        ),
        Row(
            info(
                "lantime_sync_reference_info",
                "Reference of the device, and its oscillator.",
                *("reference", "ref_type", "oscillator"),
            ),
            info_labels(
                reference="reference", ref_type=("ref-type", reference_type), oscillator=("osc-type", oscillator_type)
            ),
        ),
        Row(gauge("lantime_sync_clock_index", "Selected reference clock; 0 is clk1."), number("clock-idx")),
        Row(
            gauge("lantime_time_quality_seconds", "Upper bound of the estimated time error, in seconds."),
            value(time_quality, "est-time-quality"),
        ),
        Row(
            gauge("lantime_holdover_elapsed_seconds", "Time in holdover, in seconds; 0 while synchronized."),
            count("holdover-status.time-elapsed"),
        ),
        Row(
            gauge("lantime_holdover_time_offset_seconds", "Estimated time error in holdover, in seconds."),
            scaled(1e-9, "holdover-status.time-offset"),
        ),
        Row(
            gauge("lantime_tfom", "Time Figure of Merit, 0 (best) to 15 (worst or unknown)."),
            count("holdover-status.tfom-out", most=15),
        ),
        Row(gauge("lantime_leap_second_announced", "1 if a leap second is announced."), flag("leapsecond-announced")),
        Row(
            gauge("lantime_leap_second_timestamp_seconds", "Time of the announced leap second, Unix seconds."),
            timestamp("leapsecond-date"),
        ),
    ),
)

COLLECTOR = Collector("sync", (SYNC,))
