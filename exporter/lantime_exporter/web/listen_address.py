"""Addresses to listen on, in the syntax of ``--web.listen-address``."""

import socket
from dataclasses import dataclass
from typing import Any

from lantime_exporter.errors import ConfigError


@dataclass(frozen=True, slots=True)
class ListenAddress:
    """A resolved address; ``dual_stack`` means IPv4 clients reach the IPv6 socket too."""

    text: str
    family: socket.AddressFamily
    sockaddr: tuple[Any, ...]
    dual_stack: bool = False


def resolve(text: str) -> ListenAddress:
    """Resolve ``host:port``, ``[ipv6]:port`` or ``:port``, which means all interfaces, IPv4 and IPv6.

    A link-local IPv6 address needs its zone: ``[fe80::1%eth0]:port``. Of a name with several addresses one is used,
    IPv4 if there is any. Raises ConfigError.
    """
    host, colon, number = text.rpartition(":")
    if not colon or not number.isascii() or not number.isdecimal() or int(number) > 65535:
        raise _error(text, "must be host:port, [ipv6]:port or :port")
    bracketed = host.startswith("[") and host.endswith("]")
    if ":" in host and not bracketed:
        raise _error(text, "an IPv6 address needs brackets: [address]:port")
    host, port = host[1:-1] if bracketed else host, int(number)
    if host in ("", "::") and socket.has_dualstack_ipv6():
        return ListenAddress(text, socket.AF_INET6, ("::", port), dual_stack=True)
    if not host:
        return ListenAddress(text, socket.AF_INET, ("0.0.0.0", port))  # noqa: S104 - ":port" asks for all interfaces
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except (OSError, UnicodeError) as error:
        raise _error(text, f"unknown host: {error}") from error
    family, _, _, _, sockaddr = min(found, key=lambda entry: entry[0] != socket.AF_INET)
    return ListenAddress(text, family, sockaddr)


def describe(sock: socket.socket) -> str:
    """Return the address that a socket is bound to, in the syntax of ``resolve``."""
    host, port, *scope = sock.getsockname()
    if sock.family != socket.AF_INET6:
        return f"{host}:{port}"
    zone = f"%{socket.if_indextoname(scope[1])}" if scope[1] else ""
    return f"[{host}{zone}]:{port}"


def _error(text: str, problem: str) -> ConfigError:
    return ConfigError(f"--web.listen-address {text}: {problem}")
