"""The exposition: byte for byte the output of prometheus_client."""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from lantime_exporter.exposition.metric import Kind, Metric, counter, gauge, info
from lantime_exporter.exposition.text import Page, figure, sample_lines
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.metrics_core import CounterMetricFamily, GaugeMetricFamily, InfoMetricFamily
from prometheus_client.metrics_core import Metric as Family
from prometheus_client.openmetrics import exposition as openmetrics_exposition
from prometheus_client.openmetrics.parser import text_string_to_metric_families as openmetrics_families
from prometheus_client.parser import text_string_to_metric_families
from prometheus_client.utils import floatToGoString

Values = tuple[tuple[str, ...], float]


@dataclass(frozen=True)
class Known:
    """A family and its samples, for both renderers."""

    metric: Metric
    samples: tuple[Values, ...]

    def theirs(self) -> Family:
        """Return the family of prometheus_client."""
        name = self.metric.name.removesuffix("_total").removesuffix("_info")
        family: Family
        if self.metric.kind is Kind.COUNTER:
            family = CounterMetricFamily(name, self.metric.help)
        elif self.metric.kind is Kind.INFO:
            family = InfoMetricFamily(name, self.metric.help)
        else:
            family = GaugeMetricFamily(self.metric.name, self.metric.help)
        for labels, value in self.samples:
            family.add_sample(self.metric.name, dict(zip(self.metric.labels, labels, strict=True)), value)
        return family


class Collected(CollectorRegistry):
    """A registry of finished families."""

    def __init__(self, families: Iterable[Known]) -> None:
        super().__init__()
        self.families = [family.theirs() for family in families if family.samples]

    def collect(self) -> Iterator[Family]:
        return iter(self.families)


def page(families: Iterable[Known]) -> Page:
    return Page(tuple((family.metric, sample_lines(family.metric, family.samples)) for family in families))


# Any character of UTF-8, with many that need escaping.
TEXTS = st.text(st.sampled_from('\\"\n\r{}=, #é€') | st.characters(exclude_categories=["Cs"]), max_size=8)
HELPS = TEXTS.map(lambda text: f"{text}.")
FIGURES = st.floats() | st.integers(-(10**18), 10**18).map(float) | st.sampled_from([1e6, 999999.0, 1234567.5, 1e16])


@st.composite
def known_families(draw: st.DrawFn) -> list[Known]:
    found = []
    stems = draw(st.lists(st.from_regex(r"\A[a-z][a-z0-9]{0,3}(_[a-z]{1,3})?\Z"), unique=True, max_size=4))
    for stem in stems:
        suffix, kind = draw(st.sampled_from([("_x", Kind.GAUGE), ("_total", Kind.COUNTER), ("_info", Kind.INFO)]))
        labels = tuple(draw(st.permutations(["slot", "state", "path", "a_b"])))[: draw(st.integers(0, 4))]
        metric = Metric(name=f"lantime_{stem}{suffix}", help=draw(HELPS), kind=kind, labels=labels)
        figures = st.just(1.0) if kind is Kind.INFO else FIGURES
        values = draw(
            st.lists(st.tuples(st.tuples(*[TEXTS] * len(labels)), figures), unique_by=lambda item: item[0], max_size=4)
        )
        found.append(Known(metric, tuple(values)))
    return found


@given(known_families())
def test_the_text_format_is_the_one_of_prometheus_client(families: list[Known]) -> None:
    assert page(families).render(openmetrics=False) == generate_latest(Collected(families))


@given(known_families())
def test_openmetrics_is_the_one_of_prometheus_client(families: list[Known]) -> None:
    theirs = openmetrics_exposition.generate_latest(Collected(families))  # type: ignore[no-untyped-call]
    assert page(families).render(openmetrics=True) == theirs


@given(FIGURES)
@example(1e6)
@example(100000.0)
@example(9999999.999)
@example(1770847501.533524)
@example(12345678901234.0)
@example(1e16)
@example(1e-7)
@example(-1e9)
@example(-0.0)
@example(math.inf)
@example(-math.inf)
@example(math.nan)
def test_a_figure_is_written_as_prometheus_client_does(value: float) -> None:
    assert figure(value) == floatToGoString(value)  # type: ignore[no-untyped-call]


Line = tuple[str, frozenset[tuple[str, str]], str]


def parsed(families: Iterable[Family]) -> set[Line]:
    found = [
        (sample.name, frozenset(sample.labels.items()), figure(sample.value))
        for family in families
        for sample in family.samples
    ]
    assert len(set(found)) == len(found)
    return set(found)


def expected(families: Iterable[Known]) -> set[Line]:
    return {
        (family.metric.name, frozenset(zip(family.metric.labels, labels, strict=True)), figure(value))
        for family in families
        for labels, value in family.samples
    }


@given(known_families())
def test_the_text_format_reads_back(families: list[Known]) -> None:
    text = page(families).render(openmetrics=False).decode()
    assert parsed(text_string_to_metric_families(text)) == expected(families)


FAMILIES = (
    Known(
        gauge("lantime_state", 'State of "it", C:\\x.\nSecond line.', "slot", "state"),
        ((("clk1", 'a"b\\c\nd'), 1.0), (("clk1", "é {x}=, #"), 0.0)),
    ),
    Known(counter("lantime_bytes_total", "Bytes.", "port"), ((("lan0",), 55105245.0),)),
    Known(info("lantime_device_info", "Device.", "model"), ((("M600",), 1.0),)),
    Known(gauge("lantime_bound_seconds", "Bound."), (((), math.inf),)),
)


def test_openmetrics_reads_back() -> None:
    families = openmetrics_families(page(FAMILIES).render(openmetrics=True).decode())  # type: ignore[no-untyped-call]
    assert parsed(families) == expected(FAMILIES)


def test_the_types_are_known_to_openmetrics() -> None:
    families = openmetrics_families(page(FAMILIES).render(openmetrics=True).decode())  # type: ignore[no-untyped-call]
    assert {family.name: family.type for family in families} == {
        "lantime_state": "gauge",
        "lantime_bytes": "counter",
        "lantime_device": "info",
        "lantime_bound_seconds": "gauge",
    }


def test_a_page_is_written_as_this() -> None:
    assert page(FAMILIES).render(openmetrics=False).decode() == (
        '# HELP lantime_state State of "it", C:\\\\x.\\nSecond line.\n'
        "# TYPE lantime_state gauge\n"
        'lantime_state{slot="clk1",state="a\\"b\\\\c\\nd"} 1.0\n'
        'lantime_state{slot="clk1",state="é {x}=, #"} 0.0\n'
        "# HELP lantime_bytes_total Bytes.\n"
        "# TYPE lantime_bytes_total counter\n"
        'lantime_bytes_total{port="lan0"} 5.5105245e+07\n'
        "# HELP lantime_device_info Device.\n"
        "# TYPE lantime_device_info gauge\n"
        'lantime_device_info{model="M600"} 1.0\n'
        "# HELP lantime_bound_seconds Bound.\n"
        "# TYPE lantime_bound_seconds gauge\n"
        "lantime_bound_seconds +Inf\n"
    )


def test_a_family_without_samples_is_left_out() -> None:
    empty = Known(gauge("lantime_empty", "Nothing."), ())
    assert page([empty]).render(openmetrics=False) == b""


def test_openmetrics_ends_with_its_mark_even_when_empty() -> None:
    assert page([]).render(openmetrics=True) == b"# EOF\n"


@pytest.mark.parametrize("openmetrics", [False, True])
def test_a_character_that_utf8_cannot_hold_is_replaced(openmetrics: bool) -> None:
    unusual = Known(gauge("lantime_x", "X.", "path"), ((("a\ud800b",), 1.0),))
    assert b'lantime_x{path="a?b"} 1.0\n' in page([unusual]).render(openmetrics=openmetrics)
