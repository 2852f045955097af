"""Addresses to listen on."""

import socket

import pytest
from lantime_exporter.errors import ConfigError
from lantime_exporter.web import listen_address


def test_bad_address_is_a_clear_error(subtests: pytest.Subtests) -> None:
    for text in ("", "host", ":", "host:", ":x", ":65536", ":-1", "::1:10124", "[::1]", "a b:1"):
        with subtests.test(text=text), pytest.raises(ConfigError, match=r"^--web\.listen-address "):
            listen_address.resolve(text)


def test_zone_of_a_link_local_address_is_kept() -> None:
    resolved = listen_address.resolve("[fe80::1%lo]:10124")
    assert resolved.family == socket.AF_INET6
    assert resolved.sockaddr[1:] == (10124, 0, socket.if_nametoindex("lo"))


def test_unknown_zone_is_a_clear_error() -> None:
    with pytest.raises(ConfigError, match=r"^--web\.listen-address \[fe80::1%nowhere\]:10124: unknown host"):
        listen_address.resolve("[fe80::1%nowhere]:10124")


def test_name_prefers_ipv4() -> None:
    assert listen_address.resolve("localhost:10124").family == socket.AF_INET
