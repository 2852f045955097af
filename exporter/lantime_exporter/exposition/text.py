"""The text format 0.0.4 and OpenMetrics 1.0: both have the same sample lines; headers and the end differ."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lantime_exporter.exposition.metric import Metric

ESCAPED = re.compile(r'[\\\n"]')
"""The characters that label values have with a backslash."""

PLAIN = 1e6
"""Below this magnitude figures are written like ``repr``."""

EXACT = 2.0**53
"""Below this magnitude a float has all digits of a whole number."""


def figure(value: float) -> str:
    """Return a number as Go and prometheus_client print it, with an exponent from a million."""
    if PLAIN <= value < EXACT and value == (whole := int(value)):  # most times and sizes: repr takes longer
        digits = str(whole)
        mantissa = f"{digits[0]}.{digits[1:]}".rstrip("0.")
        return f"{mantissa}e+{len(digits) - 1:02d}"
    text = repr(value)
    if -PLAIN < value < PLAIN:
        return text
    if value > 0:
        dot = text.find(".")
        if dot > 6:
            mantissa = f"{text[0]}.{text[1:dot]}{text[dot + 1 :]}".rstrip("0.")
            return f"{mantissa}e+{dot - 1:02d}"
    return {"inf": "+Inf", "-inf": "-Inf", "nan": "NaN"}.get(text, text) if text[-1] in "fn" else text


def prefix(metric: Metric, values: Sequence[str]) -> str:
    """Return a sample line up to its value. ``values`` are those of ``metric.labels``, in their order."""
    if len(values) != len(metric.labels):
        raise ValueError(f"{metric.name}: needs {len(metric.labels)} label values, not {len(values)}")
    if not values:
        return metric.line_start
    if ESCAPED.search("".join(values)):
        values = [*map(escape, values)]
    return metric.line_start % metric.in_line_order(values)


def escape(value: str) -> str:
    """Return a label value with backslash, line break and quote escaped."""
    return value.replace("\\", r"\\").replace("\n", r"\n").replace('"', r"\"")


@dataclass(frozen=True, slots=True)
class Page:
    """An exposition: families, each with its sample lines as one text."""

    families: tuple[tuple[Metric, str], ...]

    def render(self, *, openmetrics: bool) -> bytes:
        """Return the page; families without samples are left out.

        ``?`` replaces characters that UTF-8 does not have (lone surrogates in the JSON of a device).
        """
        parts: list[str] = []
        for metric, lines in self.families:
            if lines:
                parts.append(metric.openmetrics_header if openmetrics else metric.text_header)
                parts.append(lines)
        if openmetrics:
            parts.append("# EOF\n")
        return "".join(parts).encode("utf-8", "replace")


def sample_lines(metric: Metric, samples: Iterable[tuple[Sequence[str], float]]) -> str:
    """Return the lines of samples given as label values and figure."""
    return "".join([f"{prefix(metric, values)}{figure(value)}\n" for values, value in samples])
