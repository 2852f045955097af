"""Patterns of allowed hosts: regular expressions with bounded matching time.

A request chooses the host to match, so with a pattern such as ``(a+)+b`` it could occupy the CPU for hours.
"""

import math
import re
import re._parser as parser  # type: ignore[import-not-found] # the only way to a parsed pattern, since Python 3.11
from typing import Annotated, Any

from lantime_exporter.config.problems import fail
from lantime_exporter.config.value_types import ValueType, from_text

MAX_COMBINATIONS = 3_000_000
"""Approximate number of combinations in which a pattern may match one host; each can cost a step of some 20 ns."""

OPEN_COMBINATIONS = 100.0
"""Combinations of a repetition without a bound; a host has at most 253 characters."""

MAX_SHORT = 16
"""A repetition of at most so many times counts as bounded."""


def compile_pattern(text: str) -> re.Pattern[str]:
    """Return the compiled pattern. Raises InvalidError if it is invalid or could run without end."""
    try:
        compiled = re.compile(text)
        parsed = parser.parse(text)
    except (re.error, OverflowError, RecursionError) as error:
        hint = " (write .* for any text, and \\. for a dot)" if text.startswith("*") else ""
        fail(f"is not a regular expression: {error}{hint}")
    combinations = _combinations(parsed)
    if math.isinf(combinations):
        fail("could take hours to match: it has a repetition in a repetition, such as (a+)+; write [a-z0-9.-]+ instead")
    if combinations > MAX_COMBINATIONS:
        fail("could take long to match: it has too many repetitions or choices in a row, such as .*.*.*.* or a?a?a?a?")
    return compiled


def _combinations(parsed: Any) -> float:
    """Return the approximate number of combinations in which the parts of a pattern can match.

    Infinite if a repetition holds another one or a choice, or if the pattern refers to a group.
    """
    return math.prod(_combinations_of(str(operation), argument) for operation, argument in parsed)


def _combinations_of(operation: str, argument: Any) -> float:
    match operation:
        case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
            least, most, body = argument
            once = _combinations(body)
            if math.isinf(once) or (once > 1 and most > MAX_SHORT):
                return math.inf
            if most > MAX_SHORT:
                return 1.0 if least == most else OPEN_COMBINATIONS
            # The limit keeps powers from overflowing.
            return sum(min(once, 2.0 * MAX_COMBINATIONS) ** times for times in range(least, most + 1))
        case "BRANCH":
            return sum(map(_combinations, argument[1]))
        case "SUBPATTERN" | "ASSERT" | "ASSERT_NOT":
            return _combinations(argument[-1])
        case "ATOMIC_GROUP":
            return _combinations(argument)
    return math.inf if operation.startswith("GROUPREF") else 1.0


Pattern = Annotated[
    re.Pattern[str],
    ValueType("regular expression", from_text(compile_pattern), write=lambda pattern: pattern.pattern),
]
