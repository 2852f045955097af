"""Addresses and names in the middle of texts, and what stands in their place."""

import ipaddress
import re
from collections.abc import Callable
from functools import partial

from lantime_exporter.inspection import identity
from lantime_exporter.inspection.identity import OCTETS_OR_IPV4, PATTERNS
from lantime_exporter.inspection.pseudonyms import Pseudonyms

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
        found = ipv6_in(text)
        if found is None:
            return replaced(OCTETS_OR_IPV4, text, partial(self._replacement, rest), rest)
        start, end = found
        address = text[start:end]
        other = self._pseudonyms.ipv6(address) if identity.is_telling_ipv6(address) else address
        return rest(text[:start]) + other + rest(text[end:])


LONGEST_IPV6 = 45


def ipv6_in(text: str) -> tuple[int, int] | None:
    """Return begin and end of the first and longest IPv6 address in a run of its characters.

    Letters of the word before it or after it can look like its digits.
    """
    if "::" not in text and text.count(":") < 7:
        return None
    for start in range(min(len(text), LONGEST_IPV6)):
        for end in range(min(len(text), start + LONGEST_IPV6), start + 1, -1):
            if _is_ipv6(text[start:end]):
                return start, end
    return None


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
