"""Addresses and names in the middle of texts, and what stands in their place."""

import ipaddress
import re
from collections.abc import Callable
from functools import partial

from exporter.inspection import identity
from exporter.inspection.identity import IPV4, PATTERNS
from exporter.inspection.pseudonyms import Pseudonyms

URL = re.compile(
    r"(?P<scheme>[^:]+://)(?:[^/?#@]*@)?(?P<host>\[[^\]]*\]|[^/?#:]*)(?P<port>:\d+)?(?P<rest>.*)", re.DOTALL
)

OWN_URL = re.compile(r"https?://localhost(:\d+)?(/api(/status)?)?/?", re.IGNORECASE)
"""The device's word for itself."""


class Patterns:
    """Replaces whatever identifies by its looks."""

    def __init__(self, pseudonyms: Pseudonyms) -> None:
        self._pseudonyms = pseudonyms

    def without(self, text: str, rest: Callable[[str], str]) -> str:
        """Return a text with its addresses replaced, and what is between them as ``rest`` wants it."""
        return replaced(PATTERNS, text, partial(self._replacement, rest), rest)

    def _replacement(self, rest: Callable[[str], str], match: re.Match[str]) -> str:
        text = match.group()
        match match.lastgroup:
            case "url":
                return self._url(text)
            case "mail":
                user, _, host = text.partition("@")
                return f"{self._pseudonyms.user(user)}@{self._pseudonyms.host(host)}"
            case "eui" if identity.is_telling_octets(text):
                return self._pseudonyms.clock_identity(text)
            case "mac" if identity.is_telling_octets(text):
                return self._pseudonyms.mac(text)
            case "octets" | "hex" if identity.is_telling_octets(text):
                return self._pseudonyms.code(text)
            case "ipv6":
                return self._ipv6(text, rest)
            case "ipv4" if identity.is_telling_ipv4(text):
                return self._pseudonyms.ipv4(text)
            case "host":
                return self._pseudonyms.host(text)
        return text

    def _url(self, text: str) -> str:
        """Return scheme and port with another host; the path goes."""
        parts = URL.fullmatch(text)
        if parts is None or OWN_URL.fullmatch(text):
            return text
        host = parts["host"].strip("[]")
        if identity.is_telling_ipv4(host):
            other = self._pseudonyms.ipv4(host)
        elif identity.is_telling_ipv6(host):
            other = f"[{self._pseudonyms.ipv6(host)}]"
        else:
            other = self._pseudonyms.host(host)
        return f"{parts['scheme']}{other}{parts['port'] or ''}{'/' if parts['rest'] else ''}"

    def _ipv6(self, text: str, rest: Callable[[str], str]) -> str:
        """Return a run of hexadecimal digits, colons and dots without the address in it; most are times of day."""
        core = text.rstrip(".")
        if _is_ipv6(core):
            other = self._pseudonyms.ipv6(core) if identity.is_telling_ipv6(core) else core
            return other + text[len(core) :]
        if text[0] in ":.":
            return text[0] + self.without(text[1:], rest)
        if text[-1] in ":.":
            return self.without(text[:-1], rest) + text[-1]
        return replaced(IPV4, text, partial(self._replacement, rest), rest)


def _is_ipv6(text: str) -> bool:
    try:
        ipaddress.IPv6Address(text)
    except ValueError:
        return False
    return True


def replaced(
    pattern: re.Pattern[str], text: str, matched: Callable[[re.Match[str]], str], rest: Callable[[str], str]
) -> str:
    """Return a text with every match of a pattern replaced, and every stretch between them too."""
    parts, end = [], 0
    for match in pattern.finditer(text):
        parts += [rest(text[end : match.start()]), matched(match)]
        end = match.end()
    return "".join((*parts, rest(text[end:])))
