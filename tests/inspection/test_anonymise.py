"""A report contains what the generic layer would export, models, versions and times; other texts become text-N."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from lantime_exporter.document.shape import flatten
from lantime_exporter.inspection.anonymise import NAMED_BY_PEOPLE, anonymise
from lantime_exporter.inspection.leaf_account import Inspection
from lantime_simulator import CATALOGUE, Lantime

Document = dict[str, Any]


def replaced(**data: Any) -> dict[str, Any]:
    """Return the anonymised data of a document."""
    found: dict[str, Any] = anonymise({"data": data})["data"]
    return found


def value(key: str, text: Any) -> Any:
    """Return the anonymised form of one leaf in a separate section."""
    return replaced(section={key: text})["section"][key]


def test_text_that_may_identify_becomes_a_pseudonym(subtests: pytest.Subtests) -> None:
    cases: list[tuple[str, str]] = [
        ("serial-number", "029811038330"),
        ("anything", "029811038330"),
        ("sn", "4711"),
        ("hostname", "clock"),
        ("user", "jane"),
        ("location", "hall 1"),
        ("description", "fine"),
        ("password", "geheim"),
        ("shared-key", "geheim"),
        ("anything", "192.0.2.10"),
        ("anything", "lost 192.0.2.10"),
        ("anything", "2001:db8::17"),
        ("anything", "00:13:95:16:7c:9c"),
        ("anything", "00-13-95-16-7C-9C"),
        ("anything", "0013.9516.7c9c"),
        ("anything", "001395fffe167c9c"),
        ("anything", "clock1.corp.test"),
        ("anything", "lost clock1.corp.test again"),
        ("anything", "jane@corp.test"),
        ("anything", "jane@localhost"),
        ("anything", "https://corp/x"),
        ("anything", "somebody wrote more than four words here"),
        ("model", "jane@corp"),
        ("certificate", "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----"),
    ]
    for key, text in cases:
        with subtests.test(key=key):
            assert value(key, text) == "text-1"
    assert value("serial-number", "0298110383   ") == "text-1   "
    assert value("serial-number", 29811038330) == 1


def test_states_measurements_and_what_is_the_same_everywhere_stay(subtests: pytest.Subtests) -> None:
    cases: list[tuple[str, Any]] = [
        ("subnet", "255.255.255.0"),
        ("id", "127.127.8.0"),
        ("address", "0.0.0.0"),
        ("address", "224.0.1.129"),
        ("address", "::1"),
        ("address", "ff0e::181"),
        ("self", "https://localhost/api/status"),
        ("version", "7.10.8.1"),
        ("API Version", "LANTIME REST API V20.05.013"),
        ("running", "fw_7.10.008"),
        ("model", "grc180"),
        ("state", "not-synchronized"),
        ("reference", "clk1-gps"),
        ("cpuload", "0.48 0.66 0.57 2/99 25157"),
        ("memory", "228428 kB total memory, 161732 kB free (70 %)"),
        ("current-time", "2026-02-11T22:05:01.533523843 UTC"),
        ("time", "22:05:07"),
        ("poll-status", "11111111 [377]"),
        ("port-type", "prog.-output"),
        ("slot-position", "0,5,1"),
        ("est-time-quality", "less-than-2.5us"),
        ("expire", "202612280000"),
        ("mask", "g.811-prc"),
        ("speed", "100"),
        ("refid", "GPS"),
        ("last-login", "2026-02-11T22:05:07"),
        ("hash", "sha256"),
        ("uptime", 130988.25),
        ("association-id", 12980),
        ("latitude", 0.0),
        ("serial-number", None),
        ("disable-serial", True),
        ("serial-port", 2),
    ]
    for key, text in cases:
        with subtests.test(key=key):
            assert value(key, text) == text


def test_digits_of_a_position_become_ones(subtests: pytest.Subtests) -> None:
    cases: list[tuple[str, Any, Any]] = [
        ("latitude", 46.951083, 11.111111),
        ("longitude", "-7.438632", "-1.111111"),
        ("altitude", 555, 111),
        ("position-x", 4325331.924, 1111111.111),
        ("position", "46.951083, 7.438632", "11.111111, 1.111111"),
        ("position", [46.951083, 7.43], [11.111111, 1.11]),
        ("latitude", {"degrees": 46, "minutes": 57}, {"degrees": 11, "minutes": 11}),
        ("latitude", 0.0, 0.0),
    ]
    for key, position, masked in cases:
        with subtests.test(key=key):
            assert value(key, position) == masked


def test_same_text_has_the_same_pseudonym_and_another_text_another() -> None:
    section = replaced(a={"host": "clock-a"}, b={"host": "clock-b"}, c={"host": "CLOCK-A"})
    assert section == {"a": {"host": "text-1"}, "b": {"host": "text-2"}, "c": {"host": "text-1"}}


def test_private_text_is_found_inside_other_texts_and_keys() -> None:
    assert replaced(a={"user": "jane7"}, b={"state": "by jane7", "of-jane7": 1}) == {
        "a": {"user": "text-1"},
        "b": {"state": "text-2", "text-3": 1},
    }
    assert replaced(a={"name": "sync"}, b={"state": "synchronized"})["b"]["state"] == "synchronized"


def test_address_in_a_key_becomes_a_pseudonym() -> None:
    assert replaced(peers={"192.0.2.10": 1, "jane@corp.test": 2}) == {"peers": {"text-1": 1, "text-2": 2}}


def test_names_that_people_gave_become_pseudonyms_and_those_of_the_device_stay() -> None:
    assert replaced(
        nodes=[{"object-id": "studio-clock"}, {"object-id": "node-1"}],
        members={"studio": {"offset": 1}, "member-2": {"offset": 2}},
        slots=[{"object-id": "clk1"}],
    ) == {
        "nodes": [{"object-id": "text-1"}, {"object-id": "node-1"}],
        "members": {"text-2": {"offset": 1}, "member-2": {"offset": 2}},
        "slots": [{"object-id": "clk1"}],
    }


def test_a_report_is_reproducible_and_leaves_the_document_unchanged(answer: Document) -> None:
    before = json.dumps(answer)
    assert anonymise(answer) == anonymise(answer)
    assert json.dumps(answer) == before


IDENTITIES = frozenset(
    {
        *("serial_number", "master_serial", "hostname", "mac_address", "address", "master_address", "refid"),
        *("member", "node", "alias", "location", "master", "parent", "identity", "server"),
    }
)
POSITION = re.compile(r"lantime_position_(latitude|longitude|altitude)_.*")


def identified(inspection: Inspection) -> list[tuple[Any, ...]]:
    """Return the series of a inspection without identities and position."""
    return [
        (
            item.metric.name,
            tuple((label, None if label in IDENTITIES else text) for label, text in item.labels.items()),
            None if POSITION.fullmatch(item.metric.name) else item.value,
        )
        for series in inspection.series.values()
        for item in series
    ]


def leaf_accounts(inspection: Inspection) -> list[tuple[str, str]]:
    return [(leaf.account, leaf.reason) for leaf in inspection.leaf_accounts]


def test_a_report_maps_to_the_same_series_but_for_its_identity(
    inspected: Callable[[Document], Inspection], answer: Document, subtests: pytest.Subtests
) -> None:
    for name, document in [("capture", answer), *((name, Lantime(CATALOGUE[name]()).document()) for name in CATALOGUE)]:
        with subtests.test(name=name):
            before, after = inspected(document), inspected(anonymise(document))
            assert (identified(after), leaf_accounts(after)) == (identified(before), leaf_accounts(before))


OCTET = st.integers(1, 223)
IPV4 = st.builds("10.{}.{}.{}".format, OCTET, OCTET, OCTET)
MAC = st.builds("00:13:95:{:02x}:{:02x}:{:02x}".format, OCTET, OCTET, OCTET)
EUI64 = st.builds("ec4670{:02x}{:02x}aabb{:02x}".format, OCTET, OCTET, OCTET)
LABEL = st.from_regex(r"[a-z]{3}zq[0-9]{3}", fullmatch=True)
HOST = st.builds("{}.corp.test".format, LABEL)
MAIL = st.builds("{}@{}".format, LABEL, HOST)
URL = st.builds("https://{}/x/{}".format, HOST, LABEL)
IPV6 = st.builds("fd00:{:x}:{:x}::{:x}".format, OCTET, OCTET, OCTET)
LOOKS = st.one_of(IPV4, MAC, EUI64, HOST, MAIL, URL, IPV6)
"""Texts that are private by their form, at any place."""

SERIAL = st.from_regex(r"[1-9][0-9]{9,11}", fullmatch=True)
KEYED = st.one_of(
    st.tuples(st.sampled_from(["serial-number", "master-serial", "serial"]), SERIAL),
    st.tuples(st.sampled_from(["hostname", "host"]), LABEL),
    st.tuples(st.sampled_from(["user", "username", "contact", "location", "description", "alias", "password"]), LABEL),
)
"""Texts that are private by their key, and then also at other places."""

AROUND = st.sampled_from(["", " ", "lost ", "from ", "(", "=", "'", "/", " and then ", "X", ", "])
PLAIN = st.one_of(
    *(st.none(), st.booleans(), st.integers(0, 99), st.floats(allow_nan=False, allow_infinity=False)),
    st.sampled_from(["", "N/A", "ok", "synchronized", "2026-02-11T22:05:07", "less-than-2.5us", "25.5"]),
    st.text(max_size=12),
)
KEY = st.sampled_from(
    ["state", "offset", "status", "mode", "object-id", "name", "text", "nodes", "slots", "x", "module"]
)


@st.composite
def documents(draw: st.DrawFn) -> tuple[Document, list[str]]:
    """Return a document with identities planted in any place, alone and inside longer texts, and the identities."""
    keyed = draw(st.lists(KEYED, max_size=4))
    planted = [*draw(st.lists(LOOKS, max_size=4)), *(text for _, text in keyed)]
    hidden = st.builds("".join, st.tuples(AROUND, st.sampled_from(planted or [""]), AROUND))
    tree = st.recursive(
        st.one_of(PLAIN, hidden),
        lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(KEY, inner, max_size=4)),
        max_leaves=12,
    )
    keyed_texts = [{key: text} for key, text in keyed]
    return {
        "data": {"keyed_texts": keyed_texts, "tree": draw(tree), "texts": draw(st.lists(hidden, max_size=4))}
    }, planted


def has_keys_of_people(node: Any) -> bool:
    """Return whether an object in the document has keys chosen by people, such as the names of nodes."""
    if isinstance(node, list):
        return any(map(has_keys_of_people, node))
    return isinstance(node, dict) and any(
        (key.lower() in NAMED_BY_PEOPLE and isinstance(item, dict)) or has_keys_of_people(item)
        for key, item in node.items()
    )


def shape(node: Any) -> Any:
    """Return nesting, keys that hold no address, and types."""
    if isinstance(node, dict):
        return {key: shape(item) for key, item in node.items()}
    return [shape(item) for item in node] if isinstance(node, list) else type(node)


@settings(max_examples=80, deadline=None)
@given(documents())
def test_nothing_that_identifies_survives_anywhere(planted: tuple[Document, list[str]]) -> None:
    document, secrets = planted
    text = json.dumps(anonymise(document), ensure_ascii=False).lower()
    assert [secret for secret in secrets if secret in text] == []


@settings(max_examples=80, deadline=None)
@given(documents())
def test_structure_keys_and_types_stay(planted: tuple[Document, list[str]]) -> None:
    document, _ = planted
    assume(not has_keys_of_people(document))  # such a key is private at any place
    assert shape(anonymise(document)) == shape(document)


JSON = st.recursive(
    PLAIN, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4)
)


@settings(max_examples=80, deadline=None)
@given(st.dictionaries(st.text(max_size=8), JSON, max_size=4))
def test_any_response_can_be_anonymised_and_keeps_its_number_of_values(document: Document) -> None:
    assert len(flatten(anonymise(document)).leaves) == len(flatten(document).leaves)
