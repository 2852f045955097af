"""Names in texts: ``$name`` stands for a signal, a threshold or a range; ``$$`` is a dollar sign."""

import re
from collections.abc import Mapping
from string import Template
from textwrap import indent

METRIC = r"(?:\w+:)?lantime_\w+(?::\w+)?|up"
SELECTOR = re.compile(rf"(?<![\w:\"-])(?P<metric>{METRIC})(?![\w:\"(-])(?P<braces>\{{(?P<inner>[^}}]*)\}})?")


def fill(text: str, names: Mapping[str, str]) -> str:
    """Return the text with its names filled in. Raises ValueError for a name that is not known."""
    try:
        return Template(text).substitute(names)
    except KeyError as missing:
        raise ValueError(f"{text}: unknown name ${missing.args[0]}") from None


def names_in(text: str) -> frozenset[str]:
    """Return the names a text uses."""
    return frozenset(Template(text).get_identifiers())


def select(expression: str, matchers: str, *, metric: str | None = None) -> str:
    """Return PromQL with the matchers added to every selector, or to those of one metric.

    Metrics are those of the exporter (``lantime_...``), what is recorded of them (``level:lantime_...:operation``) and
    ``up``; label values with a closing brace do not occur.
    """

    def added(found: re.Match[str]) -> str:
        if metric not in (None, found["metric"]):
            return found[0]
        return f"{found['metric']}{{{', '.join(filter(None, (found['inner'], matchers)))}}}"

    return SELECTOR.sub(added, expression) if matchers else expression


def operand(expression: str) -> str:
    """Return an expression that can stand beside an operator: in parentheses unless it is a selector or a call."""
    if _is_one(expression):
        return expression
    return f"(\n{indent(expression, '  ')}\n)" if "\n" in expression else f"({expression})"


def _is_one(expression: str) -> bool:
    head = re.match(r"[a-z_]\w*(?:(?::\w+)*(?:\{[^}]*\})?$| (?:by|without) \([^)]*\) |)", expression)
    if head is None or head.end() == len(expression):
        return head is not None
    return expression[head.end()] == "(" and _closing(expression, head.end()) == len(expression) - 1


def _closing(expression: str, opening: int) -> int:
    """Return where the parenthesis is closed that is opened at a place."""
    depth = 0
    for place, character in enumerate(expression[opening:], opening):
        depth += {"(": 1, ")": -1}.get(character, 0)
        if depth == 0:
            return place
    raise ValueError(f"{expression}: unbalanced parentheses")
