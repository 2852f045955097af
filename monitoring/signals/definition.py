"""What a signal is: something worth looking at, defined once for alerts and for panels."""

from collections.abc import Mapping
from dataclasses import dataclass

from monitoring.template import fill, operand, select


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """A name, what it means, its unit by Grafana's id, and its PromQL.

    Selectors in ``expr`` name metrics and the labels that make the signal; the labels of targets (``job``,
    ``instance``) come from where it is used. ``$range`` in ``expr`` is the window of a rate or of a count of changes:
    ``range`` in alerts, the interval of the panel in panels. ``record`` is the name of the recording rule that alerts
    read in place of the expression.
    """

    name: str
    meaning: str
    expr: str
    unit: str = "short"
    range: str = ""
    record: str = ""

    def rule(self, names: Mapping[str, str], matchers: str = "") -> str:
        """Return the PromQL of a rule; ``names`` are thresholds, of which ``range`` names one."""
        known = {**names, "range": names[self.range]} if self.range else names
        return select(fill(self.expr, known), matchers)

    def operand(self, names: Mapping[str, str], matchers: str = "") -> str:
        """Return what stands in an alert's expression: the name of the recording rule, else the PromQL."""
        return select(self.record, matchers) if self.record else operand(self.rule(names, matchers))

    def query(self, matchers: str = 'job=~"$job", instance=~"$instance"', interval: str = "$__rate_interval") -> str:
        """Return the PromQL of a panel, with these matchers in every selector."""
        return select(fill(self.expr, {"range": interval}), matchers)
