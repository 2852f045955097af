"""Rules and routes with shortened times: a second represents a minute.

Every time in them is divided by ``FACTOR``: ``for`` and ``keep_firing_for``, the windows and offsets of expressions,
the waits of routes. Scrapes and evaluations happen every second instead of every minute, and the clocks of the
simulated devices run faster by the same factor, so ages and uptimes in expressions need no change. The unit tests of
the rules check the real times.
"""

import re
from collections.abc import Mapping
from typing import Any

FACTOR = 60
"""Seconds of the rules for each second of the test."""

UNITS = {"ms": 1, "s": 1_000, "m": 60_000, "h": 3_600_000, "d": 86_400_000, "w": 604_800_000, "y": 31_536_000_000}
DURATION = re.compile(r"(?:\d+(?:ms|[smhdwy]))+")
PART = re.compile(r"(\d+)(ms|[smhdwy])")
TIMED = re.compile(
    r"""(?P<text>"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`[^`]*`)|(?P<time>\[[^\]]*\]|\boffset\s+-?[0-9a-z]+)"""
)
RULE_TIMES = ("for", "keep_firing_for")
ROUTE_TIMES = {"group_wait": "30s", "group_interval": "5m", "repeat_interval": "4h"}
"""The times of a route, and the defaults of Alertmanager."""


def duration(text: str) -> str:
    """Return a duration divided by the factor. Raises ValueError for other text, or a result of zero."""
    if DURATION.fullmatch(text) is None:
        raise ValueError(f"{text!r} is not a duration")
    milliseconds = sum(int(number) * UNITS[unit] for number, unit in PART.findall(text))
    if milliseconds < FACTOR:
        raise ValueError(f"{text!r} is too short to be shortened")
    return f"{milliseconds // FACTOR}ms"


def expression(text: str) -> str:
    """Return PromQL with its ranges, subqueries and offsets shortened; label values and plain numbers stay."""

    def shorten(found: re.Match[str]) -> str:
        return found["text"] or DURATION.sub(lambda time: duration(time[0]), found["time"])

    return TIMED.sub(shorten, text)


def rules(content: Mapping[str, Any]) -> dict[str, Any]:
    """Return a rule file shortened."""
    return {"groups": [_group(group) for group in content["groups"]]}


def _group(group: Mapping[str, Any]) -> dict[str, Any]:
    times = {"interval": duration(group["interval"])} if "interval" in group else {}
    return {**group, **times, "rules": [_rule(rule) for rule in group["rules"]]}


def _rule(rule: Mapping[str, Any]) -> dict[str, Any]:
    times = {name: duration(rule[name]) for name in RULE_TIMES if name in rule}
    return {**rule, "expr": expression(rule["expr"]), **times}


def route(content: Mapping[str, Any]) -> dict[str, Any]:
    """Return the first route of an Alertmanager, with all routes below it, shortened."""
    return _route({**ROUTE_TIMES, **content})


def _route(content: Mapping[str, Any]) -> dict[str, Any]:
    times = {name: duration(content[name]) for name in ROUTE_TIMES if name in content}
    below = {"routes": [_route(each) for each in content["routes"]]} if "routes" in content else {}
    return {**content, **times, **below}
