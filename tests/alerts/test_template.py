"""How signals become PromQL: names filled in, matchers added, operands in parentheses."""

import pytest

from monitoring.signals import Signal
from monitoring.template import fill, operand, select

NAMES = {"recent": "15m"}

RATE = Signal(name="errors", meaning="", expr="rate(lantime_errors_total[$range])", range="recent")
SHARE = Signal(name="share", meaning="", expr="lantime_used / (lantime_size > 0)", record="level:lantime_used:ratio")


def test_template_fills_in_names() -> None:
    assert fill("$a > $b and $$1", {"a": "x", "b": "3"}) == "x > 3 and $1"


def test_template_refuses_a_name_that_is_not_known() -> None:
    with pytest.raises(ValueError, match=r"unknown name \$limit"):
        fill("$a > $limit", {"a": "x"})


@pytest.mark.parametrize(
    ("expression", "selected"),
    [
        ("lantime_up", 'lantime_up{j="a"}'),
        ('lantime_x{s="b"} == 1', 'lantime_x{s="b", j="a"} == 1'),
        ("rate(lantime_x_total[5m])", 'rate(lantime_x_total{j="a"}[5m])'),
        ("up == 0 and on (job) lantime_up", 'up{j="a"} == 0 and on (job) lantime_up{j="a"}'),
        ("level:lantime_x:sum == 1", 'level:lantime_x:sum{j="a"} == 1'),
        ("max_over_time(level:lantime_x:sum[1d])", 'max_over_time(level:lantime_x:sum{j="a"}[1d])'),
        ('lantime_x{type="follow-up"}', 'lantime_x{type="follow-up", j="a"}'),
        ('lantime_x{event="link-up", to="up"}', 'lantime_x{event="link-up", to="up", j="a"}'),
    ],
)
def test_template_adds_matchers_to_every_selector(expression: str, selected: str) -> None:
    assert select(expression, 'j="a"') == selected


def test_template_adds_matchers_to_one_metric() -> None:
    assert select("up and lantime_up", 'j="a"', metric="up") == 'up{j="a"} and lantime_up'


def test_template_leaves_an_expression_without_matchers_alone() -> None:
    assert select("lantime_up", "") == "lantime_up"


@pytest.mark.parametrize(
    ("expression", "beside_an_operator"),
    [
        ("lantime_up", "lantime_up"),
        ("level:lantime_up:sum", "level:lantime_up:sum"),
        ('lantime_x{a="b"}', 'lantime_x{a="b"}'),
        ("abs(lantime_x)", "abs(lantime_x)"),
        ("max without (a) (lantime_x)", "max without (a) (lantime_x)"),
        ("abs(lantime_x) - abs(lantime_y)", "(abs(lantime_x) - abs(lantime_y))"),
        ("lantime_x or lantime_y", "(lantime_x or lantime_y)"),
        ("lantime_x\nor lantime_y", "(\n  lantime_x\n  or lantime_y\n)"),
        ("max without (a) (lantime_x) == 1", "(max without (a) (lantime_x) == 1)"),
    ],
)
def test_template_puts_operands_into_parentheses_where_needed(expression: str, beside_an_operator: str) -> None:
    assert operand(expression) == beside_an_operator


def test_template_tells_unbalanced_parentheses() -> None:
    with pytest.raises(ValueError, match="unbalanced"):
        operand("abs(lantime_x")


def test_signals_have_the_window_of_rules_in_rules_and_of_panels_in_panels() -> None:
    assert RATE.rule(NAMES) == "rate(lantime_errors_total[15m])"
    assert RATE.query('j="$j"') == 'rate(lantime_errors_total{j="$j"}[$__rate_interval])'


def test_signals_are_read_by_their_record_in_rules_and_by_their_expression_in_panels() -> None:
    assert SHARE.operand(NAMES) == "level:lantime_used:ratio"
    assert SHARE.rule(NAMES) == "lantime_used / (lantime_size > 0)"
    assert SHARE.query("") == "lantime_used / (lantime_size > 0)"
