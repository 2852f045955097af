"""Status trees with any mutation: no collector fails, and every page can be parsed."""

import json
import subprocess
from collections.abc import Callable
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lantime_exporter.collectors import load
from lantime_exporter.config.settings import Module
from lantime_exporter.document.parse import parse
from lantime_exporter.errors import ContentError
from lantime_exporter.mapping.mapper import Mapper
from lantime_exporter.mapping.result import Mapped
from lantime_simulator import CATALOGUE, Lantime

from tests.load.fuzz.checks import check_mapped, pages
from tests.load.fuzz.mutate import mutated
from tests.mapping.mapping_documents import decode_errors, lines

COLLECTORS = load()
KINDS = ("m600", "m300", "m3000", "m3000-flat", "m1000")
DOCUMENTS = {kind: Lantime(CATALOGUE[kind]()).document() for kind in KINDS}


def mapped(kind: str, random: Random) -> Mapped | None:
    """Return the result for a document with some changes, None if it is no longer a status tree."""
    changed = mutated(DOCUMENTS[kind], random.randrange)
    try:
        return Mapper(COLLECTORS, Module(generic_status=True)).map(parse(json.dumps(changed).encode()))
    except ContentError:
        return None


@given(st.sampled_from(KINDS), st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_any_change_of_a_whole_status_gives_a_page_that_reads_back(kind: str, random: Random) -> None:
    found = mapped(kind, random)
    if found is not None:
        check_mapped(found)


@given(st.sampled_from(KINDS), st.randoms(use_true_random=False))
@settings(max_examples=15, deadline=None)
def test_a_change_has_no_effect_on_later_responses(kind: str, random: Random) -> None:
    """The plans of a mapper that gets valid and invalid responses in turn give the same result as a new mapper."""
    used, new = (Mapper(COLLECTORS, Module()) for _ in range(2))
    good = json.dumps(DOCUMENTS[kind]).encode()
    for _ in range(3):
        bad = json.dumps(mutated(DOCUMENTS[kind], random.randrange, changes=2)).encode()
        for body in (good, bad):
            try:
                document = parse(body)
            except ContentError:
                continue
            used.map(document)
    assert lines(used.map(parse(good))) == lines(new.map(parse(good)))


@pytest.mark.parametrize("kind", KINDS)
def test_promtool_reads_the_page_of_a_changed_status(program: Callable[[str], str], kind: str) -> None:
    promtool = program("promtool")
    for seed in range(3):
        found = mapped(kind, Random(seed))  # noqa: S311 - the same changes each time
        if found is not None:
            text, _ = pages(found)
            checked = subprocess.run(  # noqa: S603 - promtool, where it was found
                [promtool, "check", "metrics"], input=text, capture_output=True, text=True, check=False
            )
            assert "error while linting" not in checked.stderr


@pytest.mark.parametrize("value", [-1, -0.5, -(10**7), "-1", -1e300])
def test_a_negative_counter_is_a_decode_error(value: float | str) -> None:
    answer = json.loads(json.dumps(DOCUMENTS["m600"]))
    answer["data"]["network"]["ports"][0]["statistics"]["rx-bytes"] = value
    found = Mapper(COLLECTORS, Module()).map(answer)
    assert [decode_error.problem for decode_error in decode_errors(found, "network")] == [
        "expected a count, which is never negative"
    ]
    check_mapped(found)
