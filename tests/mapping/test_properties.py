"""Properties that hold for any module, with all collectors."""

from collections import Counter
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from lantime_exporter.collectors import load
from lantime_exporter.config.settings import Module
from lantime_exporter.document.shape import flatten
from lantime_exporter.exposition.metric import gauge
from lantime_exporter.mapping.binding import Found
from lantime_exporter.mapping.mapper import Mapper
from lantime_exporter.mapping.result import Account, Mapped
from prometheus_client.parser import text_string_to_metric_families

from tests.mapping.mapping_documents import document, lines, text

CATALOGUE = load()

KNOWN_KEYS = sorted(
    {
        part
        for collector in CATALOGUE.collectors
        for _, row in collector.rows()
        for key in row.read.keys
        for part in key.replace("[]", "").split(".")
        if part
    }
    | {"info", "model", "serial-number", "sync-status", "satellites", "mrs", "dcf77", "grc", "antenna", "sensors"}
    | {"satellite-list", "gnss", "object-id", "a/b", "", "0"}
)
KEYS = st.sampled_from(KNOWN_KEYS) | st.text(max_size=3)
WORDS = st.sampled_from(
    ["synchronized", "holdover [2]", "N/A", "-", "", "none", "unknown", "true", "off", "12", "-1.5e3", "gps", "master"]
)
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-3, 300)
    | st.integers()
    | st.floats()
    | WORDS
    | st.text(max_size=6)
    | st.sampled_from(["2026-02-11T22:05:07", "192.0.2.1", "less-than-2.5us", "9999-12-31T23:59:60"])
)
PARTS = st.recursive(
    SCALARS, lambda part: st.dictionaries(KEYS, part, max_size=6) | st.lists(part, max_size=4), max_leaves=30
)
MODULES = st.dictionaries(KEYS, PARTS, max_size=8)
NAMES = st.sampled_from(["clk1", "clk2", "io1", "pwr1"])
SLOTS = st.lists(
    st.fixed_dictionaries({"slot-id": NAMES, "module": MODULES}, optional={"object-id": NAMES, "slot-type": WORDS}),
    max_size=3,
)


def mapper() -> Mapper:
    return Mapper(CATALOGUE, Module())


def defects(mapped: Mapped) -> list[str]:
    return [f"{result.name}: {result.error}" for result in mapped.collectors if result.error]


@given(SLOTS)
@settings(max_examples=80)
def test_any_module_maps_to_a_page_that_prometheus_reads(slots: list[dict[str, Any]]) -> None:
    mapped = mapper().map(document(*slots))
    assert defects(mapped) == []
    page = text(mapped)
    series = Counter(
        (sample.name, frozenset(sample.labels.items()))
        for family in text_string_to_metric_families(page)
        for sample in family.samples
    )
    assert [name for name, times in series.items() if times > 1] == []
    assert series.total() == len(lines(mapped))


@given(SLOTS)
@settings(max_examples=80)
def test_every_leaf_of_any_module_is_accounted(slots: list[dict[str, Any]]) -> None:
    answer = document(*slots)
    accounts = mapper().map(answer).accounts
    assert accounts[Account.UNACCOUNTED] == 0
    assert sum(accounts.values()) == len(flatten(answer, CATALOGUE.summaries).leaves)


@given(SLOTS, st.randoms(use_true_random=False), st.booleans())
@settings(max_examples=80)
def test_a_plan_gives_the_same_result_as_a_new_one(slots: list[dict[str, Any]], random: Random, generic: bool) -> None:
    used, new = (Mapper(CATALOGUE, Module(generic_modules=generic)) for _ in range(2))
    first = document(*slots)
    used.map(first)
    second = other_values(first, random)
    assert lines(used.map(second)) == lines(new.map(second))


POOL = (
    None,
    True,
    False,
    0,
    1,
    2,
    7.5,
    "0",
    "12",
    "N/A",
    "unknown",
    "synchronized",
    "error",
    "holdover [2]",
    "192.0.2.9",
)


def other_values(value: Any, random: Random) -> Any:
    """Return the same shape with about half of its values changed."""
    if isinstance(value, dict):
        return {key: other_values(item, random) for key, item in value.items()}
    if isinstance(value, list):
        return [other_values(item, random) for item in value]
    return random.choice(POOL) if random.random() < 0.5 else value


@given(SLOTS, NAMES)
@settings(max_examples=40)
def test_the_series_of_one_slot_are_part_of_the_whole(slots: list[dict[str, Any]], name: str) -> None:
    part, whole = (lines(mapper().map(document(*slots), only)) for only in ((name,), ()))
    assert sorted(part) == sorted(line for line in whole if f'slot="{name}"' in line)


TREES = st.dictionaries(
    st.sampled_from(
        ["system", "notification", "network", "ntp", "services", "syncteam", "chassis0", "chassis-xhe", "x"]
    ),
    PARTS,
    max_size=5,
)


@given(TREES)
@settings(max_examples=80)
def test_any_tree_maps_without_a_defect(data: dict[str, Any]) -> None:
    mapped = Mapper(CATALOGUE, Module(generic_status=True)).map({"data": data})
    assert defects(mapped) == []
    assert mapped.accounts[Account.UNACCOUNTED] == 0
    found = Counter(line.rsplit(" ", 1)[0] for line in lines(mapped))
    assert [name for name, times in found.items() if times > 1] == []


LABELS = st.lists(st.sampled_from("ab"), max_size=3).map(tuple)


@given(st.lists(st.tuples(LABELS, st.booleans()), max_size=12))
def test_a_binding_is_added_unless_another_can_return_one_of_its_series(
    wanted: list[tuple[tuple[str, ...], bool]],
) -> None:
    metric = gauge("lantime_x", "X.", "a", "b", "c")
    context, _ = mapper().bind({})
    added: list[tuple[tuple[str, ...], bool]] = []
    for labels, is_many in wanted:
        many = is_many or len(labels) < len(metric.labels)
        context.add(metric, labels, Found((), lambda: 1.0, many=many))
        is_new = not any(
            labels == other or (of_many and labels[: len(other)] == other) or (many and other[: len(labels)] == labels)
            for other, of_many in added
        )
        added += [(labels, many)] * is_new
    assert [(binding.labels, binding.many) for binding in context.bindings.get(context.collector, [])] == added
