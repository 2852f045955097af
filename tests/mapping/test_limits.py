"""Limits of one document: time, samples, and the plans that it may displace."""

import time

import pytest
from lantime_exporter.bounds import Deadline
from lantime_exporter.collectors import load
from lantime_exporter.errors import ContentError, DeadlineError
from lantime_exporter.mapping import limits, plan_cache

from tests.mapping.mapping_documents import Counted, document, mapper, slot


def test_a_document_that_takes_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_CPU_SECONDS", -1.0)
    with pytest.raises(ContentError, match="to map"):
        mapper(*load().collectors).map(document(slot("io1", {"a": 1}), system={"uptime": 1}))


def test_mapping_ends_at_the_deadline() -> None:
    with pytest.raises(DeadlineError, match="deadline"):
        mapper(*load().collectors).map(document(slot("io1", {"a": 1})), deadline=Deadline.after(-1.0))


def test_a_late_visit_of_a_bound_tree_takes_nothing_that_later_mappings_need(monkeypatch: pytest.MonkeyPatch) -> None:
    mapped = mapper(*load().collectors)
    context, _ = mapped.bind({})
    used = time.thread_time() + 2 * limits.SECONDS_BETWEEN_CHECKS
    while time.thread_time() < used:
        pass
    list(context.root.descendants())
    monkeypatch.setattr(limits, "SECONDS_BETWEEN_CHECKS", -1.0)  # every mapping is a long one
    assert mapped.map(document(system={"uptime": 1}), deadline=Deadline.after(1.0))


@pytest.mark.parametrize("limit", ["max_series", "max_page_bytes"])
def test_a_document_of_too_many_samples_is_refused_at_every_probe(limit: str) -> None:
    mapped = mapper(*load().collectors, **{limit: 2})
    for _ in range(2):
        with pytest.raises(ContentError, match=limit):
            mapped.map(document(slot("io1", {"a": 1, "b": 2, "c": 3})))


def test_a_plan_that_is_too_large_displaces_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    place = Counted()
    mapped = mapper(place.collector())
    mapped.map(document(system={"uptime": 1}))
    monkeypatch.setattr(plan_cache, "MAX_PLAN_BYTES", 100_000)
    mapped.map(document(system={"uptime": 1, **{f"key{number}": 1 for number in range(100)}}))
    mapped.map(document(system={"uptime": 2}))
    assert place.times == 2
