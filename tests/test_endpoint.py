import pytest
from hypothesis import given
from hypothesis import strategies as st
from lantime_exporter.endpoint import Endpoint, parse_endpoint
from lantime_exporter.errors import RequestError


def test_an_address_is_read(subtests: pytest.Subtests) -> None:
    cases: list[tuple[str, Endpoint]] = [
        ("lt1", Endpoint("https", "lt1", 443)),
        ("LT1.Example.ORG", Endpoint("https", "lt1.example.org", 443)),
        ("lt1.example.org.", Endpoint("https", "lt1.example.org.", 443)),
        ("lt_1", Endpoint("https", "lt_1", 443)),
        ("lt1:8443", Endpoint("https", "lt1", 8443)),
        ("http://lt1", Endpoint("http", "lt1", 80)),
        ("HTTP://lt1:8080/", Endpoint("http", "lt1", 8080)),
        ("https://lt1/", Endpoint("https", "lt1", 443)),
        ("192.0.2.1", Endpoint("https", "192.0.2.1", 443)),
        ("http://192.0.2.1:8080", Endpoint("http", "192.0.2.1", 8080)),
        ("2001:DB8::1", Endpoint("https", "2001:db8::1", 443)),
        ("[2001:db8:0::1]", Endpoint("https", "2001:db8::1", 443)),
        ("http://[::1]:8080", Endpoint("http", "::1", 8080)),
        ("[fe80::1%eth0]:443", Endpoint("https", "fe80::1%eth0", 443)),
        ("https://[fe80::1%25eth0]", Endpoint("https", "fe80::1%eth0", 443)),
        ("http://[fe80::1%252]:8080", Endpoint("http", "fe80::1%2", 8080)),
        ("https://[fe80::1%2525]", Endpoint("https", "fe80::1%25", 443)),
        ("https://[fe80::1%eth0]", Endpoint("https", "fe80::1%eth0", 443)),
        ("https://[fe80::1%25]", Endpoint("https", "fe80::1%25", 443)),
        ("fe80::1%25eth0", Endpoint("https", "fe80::1%25eth0", 443)),
    ]
    for text, endpoint in cases:
        with subtests.test(text=text):
            assert parse_endpoint(text) == endpoint


def test_an_invalid_address_is_rejected_with_the_reason(subtests: pytest.Subtests) -> None:
    cases: list[tuple[str, str]] = [
        ("", "empty"),
        ("https://", "not a valid name"),
        ("admin:secret@lt1", "user and password"),
        ("https://admin:secret@lt1/", "user and password"),
        ("ftp://lt1", "scheme"),
        ("file:///etc/passwd", "scheme"),
        ("lt1/api/status", "path"),
        ("https://lt1//", "path"),
        ("lt1?secret", "query"),
        ("lt1#secret", "fragment"),
        ("lt1:", "port"),
        ("lt1:0", "port"),
        ("lt1:65536", "port"),
        ("lt1:secret", "port"),
        ("lt1:+80", "port"),
        ("lt 1", "blanks"),
        ("lt1\r\nHost: other", "blanks"),
        ("lt1\x00", "blanks"),
        ("zürich", "non-ASCII"),
        ("lt1..example", "not a valid name"),
        ("-lt1", "not a valid name"),
        ("a" * 64, "not a valid name"),
        ("lt1\\secret", "not a valid name"),
        ("127.1", "IPv4"),
        ("0x7f000001", "IPv4"),
        ("2130706433", "IPv4"),
        ("192.0.2.256", "IPv4"),
        ("192.0.2.01", "IPv4"),
        ("2001:db8::g", "IPv6"),
        ("[192.0.2.1]", "brackets"),
        ("[::1", "brackets"),
        ("[::1]8080", "brackets"),
        ("[::1]:", "port"),
        ("[fe80::1%]", "zone"),
        ("[fe80::1%a%b]", "zone"),
        ("[::1%x.example.net]", "link-local"),
        ("2001:db8::1%eth0", "link-local"),
        ("[ff02::1%eth0]:443", "link-local"),
    ]
    for text, cause in cases:
        with subtests.test(text=text), pytest.raises(RequestError, match=cause):
            parse_endpoint(text)


def test_a_rejection_repeats_nothing_of_the_input(subtests: pytest.Subtests) -> None:
    for text in ("u:s3cret@lt1", "lt1:s3cret", "lt1/s3cret", "lt1?s3cret", "s3cret!", "[s3cret]"):
        with subtests.test(text=text):
            with pytest.raises(RequestError) as error:
                parse_endpoint(text)
            assert "s3cret" not in str(error.value)


@given(
    st.text()
    | st.from_regex(r"(https?://)?[a-z0-9.:\[\]%_-]{1,30}(:[0-9]{1,5})?/?", fullmatch=True)
    | st.from_regex(r"(https?://)?\[fe80::1%[a-z0-9%]{1,8}\]", fullmatch=True)
)
def test_every_text_is_rejected_or_has_a_canonical_form(text: str) -> None:
    try:
        endpoint = parse_endpoint(text)
    except RequestError:
        return
    assert parse_endpoint(endpoint.url) == endpoint


def test_an_ipv6_address_has_brackets_before_its_port() -> None:
    assert parse_endpoint("2001:db8::1").authority == "[2001:db8::1]:443"


def test_a_certificate_and_the_host_header_know_no_zone() -> None:
    endpoint = parse_endpoint("fe80::1%eth0")
    assert (endpoint.server_name, endpoint.host_header) == ("fe80::1", "[fe80::1]:443")


def test_a_certificate_knows_no_dot_at_the_end_of_a_name() -> None:
    assert parse_endpoint("lt1.example.org.").server_name == "lt1.example.org"
