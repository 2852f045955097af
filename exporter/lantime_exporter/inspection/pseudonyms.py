"""Replacements for what identifies a device, its place or its people.

The same original always gets the same replacement, different originals different ones, and form is kept: twelve digits
stay twelve digits. Addresses come from the ranges set aside for documentation (RFC 5737, 3849, 9542).
"""

import hashlib
import ipaddress
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from decimal import Decimal

from lantime_exporter.document.enumeration import NO_VALUE
from lantime_exporter.document.values import FALSE_WORDS, NUMBER, TRUE_WORDS
from lantime_exporter.inspection.identity import Kind

TRIES = 1000
"""Replacements that are tried until one is found that is neither an original nor already given."""

RANGES: Mapping[Kind, tuple[int, int, bool]] = {
    Kind.LATITUDE: (1, 79, True),
    Kind.LONGITUDE: (1, 169, True),
    Kind.ALTITUDE: (1, 999, False),
    Kind.ECEF: (1_000_000, 5_999_999, True),
    Kind.PART: (1, 58, False),
}
"""Least and most whole number of a coordinate, and whether its sign may change."""

WORDS = NO_VALUE | TRUE_WORDS | FALSE_WORDS
"""What a replacement must not be by accident, because it would say something."""

IPV4_NETWORKS = tuple(map(ipaddress.IPv4Network, ("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24")))
IPV4 = tuple(str(address) for network in IPV4_NETWORKS for address in network.hosts())
MORE_IPV4 = ipaddress.IPv4Address("198.18.0.0")
"""Of the range for benchmarks (RFC 2544), where a document holds more addresses than there are for documentation."""
IPV6 = ipaddress.IPv6Address("2001:db8::")

MACS = 0x00_00_5E_00_53_00
MORE_MACS = 0x02_00_5E_00_00_00
"""Locally administered addresses, where the 256 for documentation are not enough."""
CLOCK_IDENTITIES = 0x00_00_5E_EF_10_00_00_00


class Pseudonyms:
    """The replacements of one report. ``salt`` keys them; ``originals`` are texts that no replacement may be."""

    def __init__(self, salt: bytes, originals: Collection[str]) -> None:
        self._salt = salt
        self._taken = set(originals)
        self._given: dict[tuple[str, str], str] = {}
        self._numbers: dict[tuple[str, str], int] = {}

    def code(self, text: str) -> str:
        """Return a text with other letters and digits; case, hexadecimal digits and everything else stay."""
        if not any(map(str.isalnum, text)):
            return text
        hexadecimal = re.fullmatch(r"(?=.*\d)[\da-fA-F\W_]{8,}", text) is not None
        return self._once("code", text, lambda attempt: self._scrambled(text, attempt, hexadecimal=hexadecimal))

    def mac(self, text: str) -> str:
        """Return another MAC address, written like the one given."""
        digits = _hexadecimal(text)

        def make(attempt: int) -> str:
            number = self._number("mac", digits, 256) + attempt
            return f"{MACS + number % 256 if attempt < 256 else MORE_MACS + number:012x}"

        return _poured(self._once("mac", digits, make), text)

    def clock_identity(self, text: str) -> str:
        """Return another EUI-64, written like the one given; one made from a MAC address goes with that address."""
        digits = _hexadecimal(text)
        if digits[6:10] == "fffe":
            other = self.mac(digits[:6] + digits[10:])
            return _poured(f"{other[:6]}fffe{other[6:]}", text)

        def make(attempt: int) -> str:
            return f"{CLOCK_IDENTITIES + self._number('eui', digits, 256) + attempt:016x}"

        return _poured(self._once("eui", digits, make), text)

    def ipv4(self, text: str) -> str:
        """Return another IPv4 address."""

        def make(attempt: int) -> str:
            number = self._number("ipv4", text, len(IPV4)) + attempt
            return IPV4[number % len(IPV4)] if attempt < len(IPV4) else str(MORE_IPV4 + number)

        return self._once("ipv4", text, make)

    def ipv6(self, text: str) -> str:
        """Return another IPv6 address, the same for every way to write the one given."""
        address = str(ipaddress.IPv6Address(text))
        return self._once(
            "ipv6", address, lambda attempt: str(IPV6 + 1 + self._number("ipv6", address, 2**16) + attempt)
        )

    def host(self, name: str) -> str:
        """Return ``host-1.example`` for a name with dots and ``host-1`` for its first part."""
        whole = name.lower().rstrip(".")
        label, dot, _ = whole.partition(".")
        number = self._counted("host", whole)
        if dot:
            self._numbers.setdefault(("host", label), number)
        return f"host-{number}{'.example' if dot else ''}"

    def user(self, name: str) -> str:
        """Return ``user-1``."""
        return f"user-{self._counted('user', name.lower())}"

    def coordinate(self, text: str, kind: Kind) -> str:
        """Return another number of that kind with as many decimals."""
        least, most, signed = RANGES[kind]
        decimals = len(text.partition(".")[2]) if re.fullmatch(r"[+-]?\d+\.\d+", text) else 0
        # The same place has the same digits, however many of them are given.
        exact = f"{Decimal(text).normalize():f}"

        def make(attempt: int) -> str:
            stream = self._stream(kind, exact, attempt, 8 + decimals)
            whole = least + int.from_bytes(stream[:7], "big") % (most - least + 1)
            sign = "-" if signed and stream[7] % 2 else ""
            fraction = "".join(str(byte % 10) for byte in stream[8:])
            return f"{sign}{whole}{'.' if decimals else ''}{fraction}"

        return self._once(f"{kind} {decimals}", exact, make)

    def coordinates(self, text: str, kinds: Sequence[Kind]) -> str:
        """Return a text with numbers of these kinds in their order; one of another form with other digits."""
        bare = text.strip()
        parts = re.split(r"[,; ]+", bare)
        if len(parts) > len(kinds) or not all(map(NUMBER.fullmatch, parts)):
            return self.code(text)
        for part, kind in zip(parts, kinds, strict=False):
            bare = bare.replace(part, self.coordinate(part, kind), 1)
        return text.replace(text.strip(), bare)

    def _once(self, kind: str, original: str, make: Callable[[int], str]) -> str:
        """Return the replacement that was given before, else the first attempt that is free."""
        known = self._given.get((kind, original))
        if known is None:
            attempts = map(make, range(TRIES))
            known = next((attempt for attempt in attempts if self._is_free(attempt)), None) or make(TRIES)
            self._given[kind, original] = known
            self._taken.add(known.lower())
        return known

    def _is_free(self, text: str) -> bool:
        return text.lower() not in self._taken and text.strip().lower() not in WORDS

    def _counted(self, kind: str, name: str) -> int:
        """Return the number of a name, in the order in which names come."""
        if (kind, name) not in self._numbers:
            number = max((used for (other, _), used in self._numbers.items() if other == kind), default=0) + 1
            while any(taken.startswith(f"{kind}-{number}") for taken in self._taken):
                number += 1
            self._numbers[kind, name] = number
        return self._numbers[kind, name]

    def _number(self, kind: str, text: str, below: int) -> int:
        return int.from_bytes(self._stream(kind, text, 0, 8), "big") % below

    def _scrambled(self, text: str, attempt: int, *, hexadecimal: bool) -> str:
        stream = self._stream("code", text, attempt, 2 * len(text))
        return "".join(
            _other(character, int.from_bytes(stream[2 * place : 2 * place + 2], "big"), place, hexadecimal=hexadecimal)
            for place, character in enumerate(text)
        )

    def _stream(self, kind: str, text: str, attempt: int, length: int) -> bytes:
        """Return bytes that nobody can foretell or trace back without the salt."""
        head = b"%d %s %s %d " % (len(self._salt), self._salt, kind.encode(), attempt)
        return hashlib.shake_256(head + text.encode("utf-8", "surrogatepass")).digest(length)


def _other(character: str, number: int, place: int, *, hexadecimal: bool) -> str:
    """Return another character of the same class."""
    if character.isalpha():
        letter = chr(ord("a") + number % (6 if hexadecimal else 26))
        return letter.upper() if character.isupper() else letter
    if character.isalnum():
        # A number does not begin with a zero by accident.
        return str(1 + number % 9 if place == 0 and character != "0" else number % 10)
    return character


def _hexadecimal(text: str) -> str:
    return "".join(re.findall(r"[\da-f]", text.lower().removeprefix("0x")))


def _poured(digits: str, form: str) -> str:
    """Return hexadecimal digits with the separators and the case of a text."""
    start = 2 if form[:2].lower() == "0x" else 0
    rest = iter(digits.upper() if re.search(r"[A-F]", form[start:]) else digits)
    return form[:start] + "".join(next(rest) if character.isalnum() else character for character in form[start:])
