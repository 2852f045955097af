"""Analysis of PromQL: the selectors of an expression, and the labels of its result."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

import promql_parser as promql
from lantime_exporter.collectors import load
from lantime_exporter.exposition.metric import Kind
from lantime_exporter.probe import metrics
from lantime_exporter.web.exporter_metrics import ExporterMetrics
from promql_parser import AggregateExpr, BinaryExpr, Call, MatrixSelector, ParenExpr, VectorSelector

from tests.alerts.alerts_rules import RECORDS

TARGET = frozenset({"job", "instance"})

Labels = frozenset[str]


def own_metrics() -> dict[str, Labels]:
    """Return the labels of the metrics on ``/metrics``."""
    families = ExporterMetrics(0.0).registry.collect()
    samples = chain.from_iterable(family.samples for family in families)
    return {sample.name: frozenset(sample.labels) for sample in samples}


DESCRIBED = {metric.name: metric for metric in (*load().metrics.values(), *metrics.METRICS)}

METRICS: dict[str, Labels] = {
    "up": TARGET,
    "scrape_samples_post_metric_relabeling": TARGET,
    **{name: TARGET | labels for name, labels in own_metrics().items()},
    **{name: TARGET | set(metric.labels) for name, metric in DESCRIBED.items()},
}
"""The labels of every metric, in Prometheus."""

COUNTERS = {name for name, metric in DESCRIBED.items() if metric.kind is Kind.COUNTER} | {
    name for name in own_metrics() if name.endswith("_total")
}


def recorded() -> dict[str, Labels]:
    """Return the labels of recorded series; a rule that reads itself keeps those of its start."""
    found: dict[str, Labels] = {}
    waiting = list(RECORDS)
    while waiting:
        rule = waiting.pop(0)
        names = {rule["record"] for rule in waiting}
        if any(name in rule["expr"] for name in names):  # from a later group or file
            waiting.append(rule)
            continue
        expr = promql.parse(rule["expr"])
        start = expr.lhs if rule["record"] in rule["expr"] and isinstance(expr, BinaryExpr) else expr
        found[rule["record"]] = result(start, {**METRICS, **found})
    return found


@dataclass(frozen=True)
class Use:
    """A selector, and the names of the functions around it from the inside out."""

    selector: VectorSelector
    functions: tuple[str, ...]
    ranged: bool

    @property
    def metric(self) -> str:
        """The metric's name."""
        return str(self.selector.name)


def uses(expr: promql.Expr, functions: tuple[str, ...] = (), *, ranged: bool = False) -> Iterator[Use]:
    """Yield the selectors of an expression."""
    if isinstance(expr, VectorSelector):
        yield Use(expr, functions, ranged)
    elif isinstance(expr, MatrixSelector):
        yield Use(expr.vector_selector, functions, ranged=True)
    else:
        inside = (expr.func.name, *functions) if isinstance(expr, Call) else functions
        for part in parts(expr):
            yield from uses(part, inside, ranged=ranged)


def parts(expr: promql.Expr) -> list[promql.Expr]:
    """Return the parts of an expression."""
    if isinstance(expr, BinaryExpr):
        return [expr.lhs, expr.rhs]
    if isinstance(expr, Call):
        return list(expr.args)
    if isinstance(expr, AggregateExpr | ParenExpr | promql.UnaryExpr | promql.SubqueryExpr):
        return [expr.expr]
    return []


def nodes(expr: promql.Expr) -> Iterator[promql.Expr]:
    """Yield an expression and all its parts."""
    yield expr
    for part in parts(expr):
        yield from nodes(part)


class ImpossibleError(AssertionError):
    """A part of an expression that can never match."""


def result(expr: promql.Expr, known: Mapping[str, Labels]) -> Labels:
    """Return the labels of the result; of an ``or`` those of both sides. Raises ImpossibleError."""
    if isinstance(expr, VectorSelector):
        return known[str(expr.name)]
    if isinstance(expr, MatrixSelector):
        return known[str(expr.vector_selector.name)]
    if isinstance(expr, ParenExpr | promql.UnaryExpr | promql.SubqueryExpr):
        return result(expr.expr, known)
    if isinstance(expr, AggregateExpr):
        return _aggregated(expr, result(expr.expr, known))
    if isinstance(expr, Call):
        return _called(expr, known)
    if isinstance(expr, BinaryExpr):
        return _joined(expr, known)
    return frozenset()


def _aggregated(expr: AggregateExpr, labels: Labels) -> Labels:
    named = frozenset(expr.modifier.labels) if expr.modifier else frozenset()
    if not named <= labels:
        raise ImpossibleError(f"{expr.prettify()}: aggregates by {sorted(named - labels)}, which is not there")
    by = expr.modifier is None or expr.modifier.type == promql.AggModifierType.By
    return named if by else labels - named


def _called(expr: Call, known: Mapping[str, Labels]) -> Labels:
    if expr.func.name in ("absent", "time"):
        return frozenset()
    if expr.func.name == "label_replace":
        return result(expr.args[0], known) | {str(expr.args[1].val)}
    return frozenset().union(*(result(argument, known) for argument in expr.args))


def _joined(expr: BinaryExpr, known: Mapping[str, Labels]) -> Labels:
    left, right = result(expr.lhs, known), result(expr.rhs, known)
    operator = str(expr.op)
    if _is_scalar(expr.lhs) or _is_scalar(expr.rhs):
        return left | right
    matching = expr.modifier.matching if expr.modifier else None
    if matching is None and left != right and operator != "or":
        raise ImpossibleError(f"{expr.prettify()}: {sorted(left ^ right)} are on one side only")
    on = frozenset(matching.labels) if matching else left & right
    if not on <= left or not on <= right:
        raise ImpossibleError(f"{expr.prettify()}: {sorted(on - (left & right))} is not on both sides")
    if operator == "or":
        return left | right
    if operator in ("and", "unless") or matching is None:
        return left
    card = expr.modifier.card if expr.modifier else None
    if card == promql.VectorMatchCardinality.OneToMany:
        return right
    return left if card == promql.VectorMatchCardinality.ManyToOne else on


def _is_scalar(expr: promql.Expr) -> bool:
    if isinstance(expr, ParenExpr):
        return _is_scalar(expr.expr)
    if isinstance(expr, BinaryExpr):
        return _is_scalar(expr.lhs) and _is_scalar(expr.rhs)
    return isinstance(expr, promql.NumberLiteral) or (isinstance(expr, Call) and expr.func.name == "time")
