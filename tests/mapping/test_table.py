"""Row groups: what the rows of a group share."""

from lantime_exporter.document.enumeration import Enumeration
from lantime_exporter.exposition.metric import Kind
from lantime_exporter.mapping.readers import flag, number
from lantime_exporter.mapping.table import RowGroup

GROUP = RowGroup("lantime_output", "slot", "output", grade="C")


def test_a_row_has_prefix_labels_and_grade_of_its_group() -> None:
    metric = GROUP.gauge("level_volts", "Level, in volts.", number("level"), "kind").metric
    assert (metric.name, metric.labels, metric.grade) == (
        "lantime_output_level_volts",
        ("slot", "output", "kind"),
        "C",
    )


def test_a_row_may_have_its_own_grade() -> None:
    assert GROUP.gauge("enabled", "1 if enabled.", flag("enabled"), grade="D").metric.grade == "D"


def test_the_unit_of_a_duration_is_in_name_and_help() -> None:
    metric = GROUP.seconds("offset", "Offset of the output", number("offset")).metric
    assert (metric.name, metric.help) == ("lantime_output_offset_seconds", "Offset of the output, in seconds.")


def test_a_time_is_in_unix_seconds() -> None:
    metric = GROUP.timestamp("start", "Time of the start", "started").metric
    assert (metric.name, metric.help) == ("lantime_output_start_timestamp_seconds", "Time of the start, Unix seconds.")


def test_a_state_and_conditions_have_their_labels() -> None:
    words = Enumeration(("on", "off"))
    assert GROUP.state("mode", "Mode.", words, "mode").metric.labels == ("slot", "output", "state")
    assert GROUP.conditions("condition", "Conditions", flag("a")).metric.labels == ("slot", "output", "condition")


def test_the_labels_of_an_info_metric_are_those_that_it_reads() -> None:
    metric = GROUP.info("info", "Identity.", serial="serial-number", type=("type", "kind")).metric
    assert (metric.labels, metric.kind) == (("slot", "output", "serial", "type"), Kind.INFO)


def test_a_constant_has_no_label_of_its_own() -> None:
    assert GROUP.constant("available", "1 if available.", 1.0).metric.labels == ("slot", "output")
