"""What identifies a device, its place or its people is replaced, and nothing else is."""

import ipaddress
import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lantime_exporter.document.shape import Flat
from lantime_exporter.inspection.anonymise import anonymise
from lantime_exporter.inspection.survey import Survey
from lantime_simulator import CATALOGUE, Lantime

Document = dict[str, Any]

SALT = b"salt of a test"


def replaced(**data: Any) -> dict[str, Any]:
    """Return the data of a document after it was anonymised."""
    found: dict[str, Any] = anonymise({"data": data}, SALT)["data"]
    return found


def value(key: str, text: Any) -> Any:
    """Return what becomes of one leaf in a section of its own."""
    return replaced(section={key: text})["section"][key]


@pytest.mark.parametrize(
    ("key", "text", "form"),
    [
        ("serial-number", "029811038330", r"\d{12}"),
        ("serial-number", "029811038330    ", r"\d{12}    "),
        ("master-serial", "AB-1234-cd", r"[A-Z]{2}-\d{4}-[a-z]{2}"),
        ("rub-id", "93928098", r"\d{8}"),
        ("mac-address", "00:13:95:16:7c:9c", r"00:00:5e:00:53:[0-9a-f]{2}"),
        ("mac-address", "00-13-95-16-7C-9C", r"00-00-5E-00-53-[0-9A-F]{2}"),
        ("anything", "0013.9516.7c9c", r"0000\.5e00\.53[0-9a-f]{2}"),
        ("clock-identity", "00:13:95:ff:fe:16:7c:9c", r"00:00:5e:ff:fe:00:53:[0-9a-f]{2}"),
        ("gm-id", "001395fffe167c9c", r"00005efffe0053[0-9a-f]{2}"),
        ("port-identity", "001395fffe167c9c-1", r"00005efffe0053[0-9a-f]{2}-1"),
        ("anything", "ec:46:70:12:34:56:78:9a", r"00:00:5e:ef:10:00:00:[0-9a-f]{2}"),
        ("address", "10.1.2.3", r"(192\.0\.2|198\.51\.100|203\.0\.113)\.\d+"),
        ("address", "10.1.2.3/24", r"(192\.0\.2|198\.51\.100|203\.0\.113)\.\d+/24"),
        ("address", "fd00:1:2::3", r"2001:db8::[0-9a-f]+"),
        ("address", "fe80::213:95ff:fe16:7c9c%eth0", r"2001:db8::[0-9a-f]+%eth0"),
        ("hostname", "mbg1.time.corp.net", r"host-1\.example"),
        ("hostname", "mbg1", r"host-1"),
        ("refid", "time.corp.net", r"host-1\.example"),
        ("mail", "eva.muster@corp.net", r"user-1@host-1\.example"),
        ("link", "https://eva:geheim@mbg1.corp.net:8443/a/b?c=d", r"https://host-1\.example:8443/"),
        ("link", "ntp://10.1.2.3", r"ntp://(192\.0\.2|198\.51\.100|203\.0\.113)\.\d+"),
        ("username", "evamuster", r"user-1"),
        ("location", "Hall 7, Graben 12", r"[A-Z][a-z]{3} \d, [A-Z][a-z]{5} \d\d"),
        ("fingerprint", "ab:cd:ef:01:23:45:67:89:ab:cd", r"[0-9a-f]{2}(:[0-9a-f]{2}){9}"),
        ("token", "geheim-12345", r"[a-z]{6}-\d{5}"),
        ("snmp-community", "geheim", r"[a-z]{6}"),
        ("anything", "0123456789abcdef0123", r"[0-9a-f]{20}"),
        ("last-update-error", "CPU Module Mismatch: please call Eva Muster", r"[A-Z]{3} [A-Z][a-z]+ [A-Z][a-z]+: .*"),
        ("position", "46.951083, 7.438632", r"-?\d{1,2}\.\d{6}, -?\d{1,3}\.\d{6}"),
        ("latitude", "46.951083", r"-?\d{1,2}\.\d{6}"),
    ],
)
def test_identity_is_replaced_in_its_form(key: str, text: str, form: str) -> None:
    other = value(key, text)
    assert other != text
    assert re.fullmatch(form, other)


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("serial-number", ""),
        ("serial-number", "N/A"),
        ("serial-number", "000000000000"),
        ("hostname", "localhost"),
        ("username", "admin"),
        ("latitude", "N/A"),
        ("mac-address", "00:00:00:00:00:00"),
        ("mac-address", "ff:ff:ff:ff:ff:ff"),
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
        ("certificate", "valid"),
        ("uptime", 130988.25),
        ("association-id", 12980),
        ("latitude", 0.0),
        ("serial-number", None),
        ("disable-serial", True),
        ("serial-port", 2),
    ],
)
def test_states_measurements_and_what_is_the_same_everywhere_stay(key: str, text: Any) -> None:
    assert value(key, text) == text


@pytest.mark.parametrize(
    ("key", "number", "least", "most"),
    [
        ("latitude", 46.951083, -90, 90),
        ("longitude", 7.438632, -180, 180),
        ("altitude", 555.5, 0, 1000),
        ("position-x", 4325331.924, -6e6, 6e6),
        ("altitude", 555, 0, 1000),
    ],
)
def test_coordinate_becomes_another_possible_one_of_its_type(
    key: str, number: float, least: float, most: float
) -> None:
    other = value(key, number)
    assert other != number
    assert type(other) is type(number)
    assert least <= other <= most


def test_angle_in_parts_is_replaced() -> None:
    angle = {"prefix": "N", "deg": 46, "min": 57, "sec": 3.9}
    other = replaced(latitude=dict(angle))["latitude"]
    assert [key for key in angle if other[key] == angle[key]] == ["prefix"]


def test_position_is_the_same_as_text_and_as_numbers() -> None:
    other = replaced(system={"position": "46.951083, 7.438632"}, clock={"latitude": 46.951083, "longitude": 7.438632})
    assert other["system"]["position"] == f"{other['clock']['latitude']}, {other['clock']['longitude']}"


def test_position_as_a_list_is_replaced() -> None:
    assert set(replaced(position=[46.95, 7.43, 555.5])["position"]).isdisjoint([46.95, 7.43, 555.5])


def test_secret_given_as_number_is_replaced() -> None:
    assert value("password", 123456) != 123456


def test_free_text_in_any_alphabet_is_replaced() -> None:
    text = "потеряна связь с узлом в здании номер семь"  # noqa: RUF001 -- meant to be Cyrillic
    assert set(re.findall(r"\w{3,}", text)).isdisjoint(re.findall(r"\w{3,}", value("message", text)))


def test_serial_number_given_as_number_stays_one() -> None:
    other = value("serial-number", 29811038330)
    assert (type(other), len(str(other)), other == 29811038330) == (int, 11, False)


def test_same_original_has_the_same_replacement_throughout() -> None:
    other = replaced(
        a={"serial-number": "629811038330 ", "mac-address": "00:13:95:16:7c:9c"},
        b={"master-serial": "629811038330", "text": "from 629811038330 at 0013.9516.7c9c", "id": 629811038330},
    )
    serial = other["a"]["serial-number"].strip()
    mac = other["a"]["mac-address"].replace(":", "")
    assert other["b"]["master-serial"] == serial
    assert other["b"]["text"] == f"from {serial} at {mac[:4]}.{mac[4:8]}.{mac[8:]}"
    assert other["b"]["id"] == int(serial)


def test_clock_identity_goes_with_its_mac_address() -> None:
    other = replaced(port={"mac-address": "00:13:95:16:7c:9c"}, ptp={"clock-identity": "001395fffe167c9c"})
    mac = other["port"]["mac-address"].replace(":", "")
    assert other["ptp"]["clock-identity"] == f"{mac[:6]}fffe{mac[6:]}"


def test_different_originals_have_different_replacements() -> None:
    addresses = [f"10.0.{n // 250}.{n % 250 + 1}" for n in range(1000)]
    macs = [f"00:13:95:16:{n // 256:02x}:{n % 256:02x}" for n in range(300)]
    other = replaced(addresses=addresses, macs=macs, serials=[{"serial-number": f"{n:04}"} for n in range(1, 500)])
    assert len(set(other["addresses"])) == 1000
    assert len(set(other["macs"])) == 300
    assert len({item["serial-number"] for item in other["serials"]}) == 499


def test_replacement_is_never_an_original() -> None:
    addresses = [str(address) for address in ipaddress.ip_network("192.0.2.0/24").hosts()]
    assert set(replaced(addresses=addresses)["addresses"]).isdisjoint(addresses)


def test_first_part_of_a_host_name_is_found_alone() -> None:
    other = replaced(system={"hostname": "mbg17.corp.net"}, note={"peer": "lost mbg17"})
    assert other["note"]["peer"] == "lost host-1"


def test_state_that_somebody_is_called_like_stays() -> None:
    other = replaced(system={"hostname": "master.corp.net"}, ptp={"port-state": "master", "role": "master"})
    assert other["ptp"] == {"port-state": "master", "role": "master"}


def test_names_that_people_gave_to_nodes_are_replaced_and_numbered_ones_stay() -> None:
    other = replaced(syncmon={"nodes": [{"object-id": "zurich-studio"}, {"object-id": "node-2"}]})
    assert other["syncmon"]["nodes"] == [{"object-id": "host-1"}, {"object-id": "node-2"}]


def test_names_that_people_gave_as_keys_are_replaced() -> None:
    assert replaced(users={"evamuster": {"level": 1}}) == {"users": {"host-1": {"level": 1}}}


def test_address_in_a_key_is_replaced() -> None:
    assert "10.1.2.3" not in json.dumps(replaced(seen={"10.1.2.3": 1}))


def test_names_of_the_device_stay() -> None:
    data = {
        "chassis0": {"slots": [{"object-id": "clk1", "module": {"outputs": [{"object-id": "out-1", "name": "pps"}]}}]},
        "storage": [{"object-id": "dev_sda5", "mountpoint": "/mnt/flash"}],
        "events": [{"object-id": "https-certificate-expired", "type": "error"}],
    }
    assert replaced(**data) == data


def test_free_text_keeps_documentation_addresses_in_place_of_its_own() -> None:
    other = value("message", "the link to 10.1.2.3 was lost in the night of the storm")
    assert re.search(r"\b(192\.0\.2|198\.51\.100|203\.0\.113)\.\d+\b", other)


def test_certificate_keeps_its_frame_only() -> None:
    body = "MIIBszCCAVmgAwIBAgIUQm\n+x/Zq8="
    other = value("certificate", f"-----BEGIN CERTIFICATE-----\n{body}\n-----END CERTIFICATE-----\n")
    assert body not in other
    assert re.fullmatch(
        r"-----BEGIN CERTIFICATE-----\n\w{22}\n\+\w/\w\w\d=\n-----END CERTIFICATE-----\n", other.replace("\r", "")
    )


def test_same_salt_gives_the_same_report(answer: Document) -> None:
    assert anonymise(answer, SALT) == anonymise(answer, SALT)


def test_another_salt_gives_another_report(answer: Document) -> None:
    assert anonymise(answer, SALT) != anonymise(answer, b"another")


def test_document_itself_stays_as_it_was(answer: Document) -> None:
    before = json.dumps(answer)
    anonymise(answer, SALT)
    assert json.dumps(answer) == before


IDENTITIES = frozenset(
    {
        *("serial_number", "master_serial", "hostname", "mac_address", "address", "master_address", "refid"),
        *("member", "node", "alias", "location", "master", "parent", "identity", "server"),
    }
)
POSITION = re.compile(r"lantime_position_(latitude|longitude|altitude)_.*")


def told(survey: Survey) -> list[tuple[Any, ...]]:
    """Return the series of a survey without identities and position."""
    return [
        (
            item.metric.name,
            tuple((label, None if label in IDENTITIES else text) for label, text in item.labels.items()),
            None if POSITION.fullmatch(item.metric.name) else item.value,
        )
        for series in survey.series.values()
        for item in series
    ]


def fates(survey: Survey) -> list[tuple[str, str]]:
    return [(fate.account, fate.reason) for fate in survey.fates]


def test_capture_maps_to_the_same_series_but_for_its_identity(
    surveyed: Callable[[Document], Survey], answer: Document
) -> None:
    before, after = surveyed(answer), surveyed(anonymise(answer, SALT))
    assert (told(after), fates(after)) == (told(before), fates(before))


@pytest.mark.parametrize("name", ["m300", "m600", "m3000", "m3000-flat", "m1000", "m500"])
def test_simulated_device_maps_to_the_same_series_but_for_its_identity(
    surveyed: Callable[[Document], Survey], name: str
) -> None:
    document = Lantime(CATALOGUE[name]()).document()
    before, after = surveyed(document), surveyed(anonymise(document, SALT))
    assert (told(after), fates(after)) == (told(before), fates(before))


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
"""What identifies by its looks, in any place."""

SERIAL = st.from_regex(r"[1-9][0-9]{9,11}", fullmatch=True)
KEYED = st.one_of(
    st.tuples(st.sampled_from(["serial-number", "master-serial", "serial"]), SERIAL),
    st.tuples(st.sampled_from(["hostname", "host"]), LABEL),
    st.tuples(st.sampled_from(["user", "username", "contact", "location", "description", "alias", "password"]), LABEL),
)
"""What identifies by its key, and is then found in other places too."""

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
    told = [{key: text} for key, text in keyed]
    return {"data": {"told": told, "tree": draw(tree), "texts": draw(st.lists(hidden, max_size=4))}}, planted


def shape(node: Any) -> Any:
    """Return nesting, keys that hold no address, and types."""
    if isinstance(node, dict):
        return {key: shape(item) for key, item in node.items()}
    return [shape(item) for item in node] if isinstance(node, list) else type(node)


@settings(max_examples=80, deadline=None)
@given(documents())
def test_nothing_that_identifies_survives_anywhere(planted: tuple[Document, list[str]]) -> None:
    document, secrets = planted
    text = json.dumps(anonymise(document, SALT), ensure_ascii=False).lower()
    assert [secret for secret in secrets if secret in text] == []


@settings(max_examples=80, deadline=None)
@given(documents())
def test_structure_keys_and_types_stay(planted: tuple[Document, list[str]]) -> None:
    document, _ = planted
    assert shape(anonymise(document, SALT)) == shape(document)


JSON = st.recursive(
    PLAIN, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4)
)


@settings(max_examples=80, deadline=None)
@given(st.dictionaries(st.text(max_size=8), JSON, max_size=4))
def test_any_answer_can_be_anonymised_and_keeps_its_number_of_values(document: Document) -> None:
    assert len(Flat(anonymise(document, SALT)).leaves) == len(Flat(document).leaves)
