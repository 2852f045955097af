"""Address of a device: ``[scheme://]host[:port]``."""

import ipaddress
import re
from typing import NamedTuple, TypeAlias

from lantime_exporter.errors import RequestError

DEFAULT_PORTS = {"https": 443, "http": 80}

_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
_PORT = re.compile(r"[0-9]{1,5}")
_ZONE = re.compile(r"[A-Za-z0-9._~-]+")

IpAddress: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address


class Endpoint(NamedTuple):
    """A device's address in its canonical form.

    ``scheme`` is ``https`` or ``http``; ``host`` a name in lower case or an IP address without brackets.
    """

    scheme: str
    host: str
    port: int

    @property
    def authority(self) -> str:
        """Return ``host:port``, with brackets around an IPv6 address: the device's name in labels and error texts."""
        return f"{_bracketed(self.host)}:{self.port}"

    @property
    def url(self) -> str:
        """Return ``scheme://host:port``, without a slash at the end; a zone follows ``%25`` (RFC 6874, section 2)."""
        return f"{self.scheme}://{self.authority.replace('%', '%25')}"

    @property
    def host_without_zone(self) -> str:
        """Return the host that patterns of allowed hosts match, without the zone, which is free text of the caller."""
        return self.host.partition("%")[0]

    @property
    def server_name(self) -> str:
        """Return the host as a certificate names it: without the zone of an address and the dot that ends a name."""
        return self.host_without_zone.rstrip(".")

    @property
    def address(self) -> IpAddress | None:
        """Return the IP address, None for a name."""
        try:
            return ipaddress.ip_address(self.server_name)
        except ValueError:
            return None

    @property
    def host_header(self) -> str:
        """Return the value of the ``Host`` header, without a zone (RFC 6874, section 4)."""
        return f"{_bracketed(self.server_name)}:{self.port}"


def parse_endpoint(text: str) -> Endpoint:
    """Read ``[scheme://]host[:port]``: a name, an IPv4 or an IPv6 address (in brackets when a port follows).

    The default scheme is HTTPS, the default port that of the scheme; one slash at the end is allowed.
    Raises RequestError for everything else; its text never repeats the input, which may contain a password.
    """
    if not text:
        raise RequestError("the address is empty, write [scheme://]host[:port]")
    if "@" in text:
        raise RequestError("user and password do not belong in an address, configure them as auth")
    if not all("!" <= character <= "~" for character in text):
        raise RequestError(
            "an address must not contain blanks, control or non-ASCII characters (write such a name as xn--...)"
        )
    before, separator, after = text.partition("://")
    scheme, rest = (before.lower(), after) if separator else ("https", text)
    if scheme not in DEFAULT_PORTS:
        raise RequestError("the scheme of an address is https or http")
    for mark, part in (("?", "query"), ("#", "fragment")):
        if mark in rest:
            raise RequestError(f"a {part} does not belong in an address")
    rest = rest.removesuffix("/")
    if "/" in rest:
        raise RequestError("a path does not belong in an address")
    host, port = _split_port(rest)
    if separator:
        host = re.sub("%25(?=.)", "%", host, count=1)  # before a zone (RFC 6874); a bare % is accepted too
    return Endpoint(scheme, _host(host), DEFAULT_PORTS[scheme] if port is None else _port(port))


def _split_port(text: str) -> tuple[str, str | None]:
    if text.startswith("["):
        host, bracket, after = text[1:].partition("]")
        if not bracket or (after and not after.startswith(":")) or ":" not in host:
            raise RequestError("brackets hold an IPv6 address, and only a port may follow, as in [2001:db8::1]:443")
        return host, after[1:] if after else None
    if text.count(":") > 1:
        return text, None
    host, colon, port = text.partition(":")
    return host, port if colon else None


def _port(text: str) -> int:
    if not _PORT.fullmatch(text) or not 1 <= int(text) <= 65535:
        raise RequestError("the port of an address is a number from 1 to 65535")
    return int(text)


def _host(text: str) -> str:
    if ":" in text:
        return _ipv6(text)
    name = text.lower()
    labels = name.removesuffix(".").split(".")
    if _NUMBER.fullmatch(labels[-1]):
        return _ipv4(name)
    if len(name) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
        raise RequestError("the host of an address is not a valid name (letters, digits, hyphens, dots)")
    return name


def _ipv4(text: str) -> str:
    """Accept four decimal numbers only: resolvers take 127.1 or 0x7f000001 too, patterns of allowed hosts do not."""
    try:
        return str(ipaddress.IPv4Address(text))
    except ValueError:
        raise RequestError("the host of an address is not a valid IPv4 address") from None


def _ipv6(text: str) -> str:
    _, percent, zone = text.partition("%")
    if percent and not _ZONE.fullmatch(zone):
        raise RequestError("the zone of an IPv6 address is the name of an interface, as in fe80::1%eth0")
    try:
        address = ipaddress.IPv6Address(text)
    except ValueError:
        raise RequestError("the host of an address is not a valid IPv6 address") from None
    if percent and not address.is_link_local:
        raise RequestError("only a link-local IPv6 address (fe80::/10) has a zone")
    return str(address)


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host
