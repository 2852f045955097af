"""The text format 0.0.4 and OpenMetrics 1.0: sample lines are the same in both, headers and the end differ."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from exporter.mapping.metric import Kind, Metric


def figure(value: float) -> str:
    """Return a number as Go and prometheus_client print it: exponents from a million on."""
    text = repr(value)
    if value > 0:
        dot = text.find(".")
        if dot > 6:
            mantissa = f"{text[0]}.{text[1:dot]}{text[dot + 1 :]}".rstrip("0.")
            return f"{mantissa}e+{dot - 1:02d}"
    return {"inf": "+Inf", "-inf": "-Inf", "nan": "NaN"}.get(text, text) if text[-1] in "fn" else text


@dataclass(frozen=True, slots=True)
class Described:
    """A metric with its whole help line, as the exposition shows it."""

    metric: Metric
    help: str

    def header(self, *, openmetrics: bool) -> str:
        """Return the HELP and TYPE lines."""
        name, kind = self.metric.name, self.metric.kind
        if openmetrics:
            if kind is not Kind.GAUGE:
                name = name.removesuffix(f"_{'total' if kind is Kind.COUNTER else 'info'}")
            text = self.help.replace("\\", r"\\").replace("\n", r"\n").replace('"', r"\"")
            return f"# HELP {name} {text}\n# TYPE {name} {kind}\n"
        shown = Kind.GAUGE if kind is Kind.INFO else kind
        text = self.help.replace("\\", r"\\").replace("\n", r"\n")
        return f"# HELP {name} {text}\n# TYPE {name} {shown}\n"


def prefix(metric: Metric, values: Sequence[str]) -> str:
    """Return a sample line up to its value. ``values`` are those of ``metric.labels``, in that order."""
    if not values:
        return f"{metric.name} "
    labels = sorted(zip(metric.labels, values, strict=True))
    return metric.name + "{" + ",".join([f'{name}="{escape(value)}"' for name, value in labels]) + "} "


def escape(value: str) -> str:
    """Return a label value with backslash, line break and quote escaped."""
    return value.replace("\\", r"\\").replace("\n", r"\n").replace('"', r"\"")


@dataclass(frozen=True, slots=True)
class Page:
    """An exposition: families in their order, each with its sample lines."""

    families: tuple[tuple[Described, Sequence[str]], ...]

    def render(self, *, openmetrics: bool) -> bytes:
        """Return the page; families without samples are left out.

        A text that cannot be UTF-8 (a lone surrogate in the device's JSON) has those characters replaced by ``?``.
        """
        parts: list[str] = []
        for described, lines in self.families:
            if lines:
                parts.append(described.header(openmetrics=openmetrics))
                parts.extend(lines)
        if openmetrics:
            parts.append("# EOF\n")
        return "".join(parts).encode("utf-8", "replace")


def lines(metric: Metric, samples: Iterable[tuple[Sequence[str], float]]) -> list[str]:
    """Return the lines of samples given as label values and figure."""
    return [f"{prefix(metric, values)}{figure(value)}\n" for values, value in samples]
