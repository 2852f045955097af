"""Values have the unit in the name and the help text of their metric."""

import math

import pytest
from lantime_exporter.exposition.metric import Metric, counter, gauge
from lantime_exporter.inspection.units import bare_name, with_unit


def test_a_figure_has_the_unit_of_its_metric(subtests: pytest.Subtests) -> None:
    cases: list[tuple[Metric, float, str]] = [
        (gauge("lantime_x_seconds", "Offset, in seconds."), -1.5e-7, "-150 ns"),
        (gauge("lantime_x_timestamp_seconds", "When, Unix seconds."), 1770847507.0, "2026-02-11 22:05:07 UTC"),
        (gauge("lantime_device_time_seconds", "The clock, Unix seconds."), 1770847501.53, "2026-02-11 22:05:02 UTC"),
        (gauge("lantime_x_timestamp_seconds", "When, Unix seconds."), 1e300, "1e+300"),
        (gauge("lantime_x_bytes", "Size, in bytes."), 32768.0, "32 KiB"),
        (counter("lantime_x_bytes_total", "Counter, in bytes."), 55105245.0, "52.55 MiB"),
        (counter("lantime_x_packets_total", "Counter, in packets."), 792578.0, "792578"),
        (gauge("lantime_x_bits_per_second", "Speed, in bits per second."), 1e8, "100 Mbit/s"),
        (gauge("lantime_x_ratio", "Share, 0 to 1."), 0.56, "56 %"),
        (gauge("lantime_x_celsius", "Temperature."), 49.0, "49 \N{DEGREE SIGN}C"),
        (gauge("lantime_x_hertz", "Frequency."), 50.016, "50.016 Hz"),
        (gauge("lantime_x", "1 if it is so."), 1.0, "yes"),
        (gauge("lantime_x", "1 if it is so."), 0.0, "no"),
        (gauge("lantime_x", "1 if it is so."), 2.0, "2"),
        (gauge("lantime_x_seconds", "Bound, in seconds."), math.inf, "no bound"),
        (gauge("lantime_x", "Number."), math.nan, "NaN"),
    ]
    for metric, value, text in cases:
        with subtests.test(metric=metric):
            assert with_unit(metric, value) == text


def test_bare_name_leaves_out_prefix_and_unit(subtests: pytest.Subtests) -> None:
    cases: list[tuple[str, str, str]] = [
        ("lantime_time_quality_seconds", "Bound, in seconds.", "time_quality"),
        ("lantime_leap_second_timestamp_seconds", "When, Unix seconds.", "leap_second_timestamp"),
        ("lantime_network_speed_bits_per_second", "Speed.", "network_speed"),
        ("lantime_synchronized", "1 if it is.", "synchronized"),
    ]
    for name, help_text, bare in cases:
        with subtests.test(name=name):
            assert bare_name(gauge(name, help_text)) == bare
