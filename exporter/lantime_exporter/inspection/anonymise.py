"""An answer without what identifies the device, its place or its people; everything else stays as it came."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from lantime_exporter.document.shape import Scalar
from lantime_exporter.inspection import identity
from lantime_exporter.inspection.identity import COORDINATES, ELEMENT, PATTERNS, Keys, Kind
from lantime_exporter.inspection.patterns import Patterns, replaced
from lantime_exporter.inspection.pseudonyms import Pseudonyms

SHORTEST = 4
"""Characters of a text that is looked for inside other texts too."""
LONGEST = 64

SMALLEST_CODE = 10_000_000
"""A number that is hardly the same as a serial number by accident."""


def anonymise(document: Mapping[str, Any], salt: bytes) -> dict[str, Any]:
    """Return the document with everything that identifies replaced, the same by the same throughout.

    Replaced are serial numbers, MAC and IP addresses, clock identities, names of hosts, users and places, names that
    people gave, positions, e-mail addresses, URLs, certificates, secrets and free text, wherever they stand, and what
    repeats them inside other texts. Keys, order, types, states, models, versions, times and measurements stay. Whoever
    does not know the salt cannot find the originals by trying.
    """
    leaves = list(_leaves((), document))
    pseudonyms = Pseudonyms(salt, _originals(leaves))
    words = _words(leaves)
    known = _known(leaves, _Replacer(pseudonyms, words, {}), words | _keys(leaves))
    return _Replacer(pseudonyms, words, known).mapping((), document)


class _Replacer:
    """Replaces what keys and looks of texts tell, and every text that is ``known`` (in lower case) to identify.

    ``words`` are those of the device, in lower case too: a text that is one of them stays, whoever else is called so.
    """

    def __init__(self, pseudonyms: Pseudonyms, words: frozenset[str], known: Mapping[str, str]) -> None:
        self._pseudonyms = pseudonyms
        self._patterns = Patterns(pseudonyms)
        self._words = words
        self._known = known
        self._any_known = _any_of(known)
        self._any_code = _any_of(text for text in known if _is_code(text))

    def mapping(self, keys: Keys, value: Mapping[str, Any]) -> dict[str, Any]:
        """Return an object; of its keys only those are replaced that hold an address or are names people gave."""
        rename = self._name if identity.has_given_keys(keys, value) else self._key
        return {rename(key): self._any((*keys, key), item) for key, item in value.items()}

    def _any(self, keys: Keys, value: Any) -> Any:
        if isinstance(value, dict):
            return self.mapping(keys, value)
        if isinstance(value, list):
            return [self._any((*keys, ELEMENT), item) for item in value]
        return self.leaf(keys, value)

    def leaf(self, keys: Keys, value: Scalar) -> Scalar:
        """Return what stands in place of a scalar, of the same type."""
        if isinstance(value, str):
            return self._text(keys, value)
        if value is None or isinstance(value, bool):
            return value
        return self._number(identity.kind_of(keys), value)

    def _number(self, kind: Kind, value: float) -> float:
        if kind in COORDINATES and value:
            return type(value)(self._pseudonyms.coordinate(str(value), kind))
        if kind is Kind.POSITION and isinstance(value, float):
            # One of a list; which one does not matter for a number that means nothing.
            return float(self._pseudonyms.coordinate(str(value), Kind.LATITUDE))
        if kind in {Kind.SERIAL, Kind.SECRET} and isinstance(value, int) and len(str(abs(value))) >= SHORTEST:
            return int(self._pseudonyms.code(str(value)))
        if isinstance(value, int) and abs(value) >= SMALLEST_CODE and str(value) in self._known:
            return int(self._known[str(value)])
        return value

    def _key(self, key: str) -> str:
        return self._known.get(key.lower()) or self._patterns.without(key, self._without_codes)

    def _text(self, keys: Keys, text: str) -> str:
        kind, bare = identity.kind_of(keys), text.strip()
        if not identity.says_something(bare):
            return text
        if bare.lower() in self._known:
            return text.replace(bare, self._known[bare.lower()])
        if identity.is_given_name(keys):
            return text.replace(bare, self._name(bare))
        if kind in COORDINATES:
            return self._pseudonyms.coordinates(text, (kind,))
        if kind is Kind.POSITION:
            return self._pseudonyms.coordinates(text, (Kind.LATITUDE, Kind.LONGITUDE, Kind.ALTITUDE))
        if kind is Kind.VERSION or bare.lower() in self._words:
            return self._without_known(text)
        if PATTERNS.fullmatch(bare) and (other := self._patterns.without(text, _same)) != text:
            return other
        if kind in {Kind.HOST, Kind.USER} and re.fullmatch(r"[\w.-]+", bare):
            name = self._pseudonyms.host if kind is Kind.HOST else self._pseudonyms.user
            return text.replace(bare, name(bare))
        scrambles = self._is_scrambled(kind, bare)
        return self._patterns.without(text, self._scrambled if scrambles else self._without_known)

    def _is_scrambled(self, kind: Kind, bare: str) -> bool:
        """Return whether a text loses its letters and digits: by its key, or because somebody wrote it."""
        if kind in {Kind.SERIAL, Kind.CODE}:
            # A code holds digits; ``valid`` in its place is a state.
            return len(re.findall(r"\w", bare)) >= SHORTEST and re.search(r"\d", bare) is not None
        if kind is Kind.TEXT:
            return len(bare) >= SHORTEST
        return kind is not Kind.NONE or identity.is_free_text(bare)

    def _name(self, text: str) -> str:
        """Return another name of an element that people named; ``peer_1`` and the like tell nothing and stay."""
        if identity.is_plain_name(text):
            return text
        if text.lower() in self._known:
            return self._known[text.lower()]
        return self._patterns.without(text, _same) if PATTERNS.fullmatch(text) else self._pseudonyms.host(text)

    def _scrambled(self, text: str) -> str:
        """Return a stretch of text with other letters and digits; the ``-1`` of a port stays."""
        return replaced(self._any_known, text, self._pseudonym, _but_short_numbers(self._pseudonyms.code))

    def _without_known(self, text: str) -> str:
        return replaced(self._any_known, text, self._pseudonym, _same)

    def _without_codes(self, text: str) -> str:
        return replaced(self._any_code, text, self._pseudonym, _same)

    def _pseudonym(self, match: re.Match[str]) -> str:
        # A few letters have several small forms, and only one of them was noted.
        return self._known.get(match.group().lower()) or self._pseudonyms.code(match.group())


def _known(leaves: Iterable[tuple[Keys, Scalar]], replacer: _Replacer, harmless: frozenset[str]) -> dict[str, str]:
    """Return the replacements of all texts that identify by their key, so that they are found elsewhere too."""
    known: dict[str, str] = {}
    for keys, value in leaves:
        text = str(value).strip()
        if identity.kind_of(keys) is Kind.NONE and not identity.is_given_name(keys):
            continue
        other = str(replacer.leaf(keys, value)).strip()
        if other == text or not SHORTEST <= len(text) <= LONGEST:
            continue
        for original, pseudonym in _with_label(text, other):
            if original not in harmless and identity.says_something(original):
                known.setdefault(original, pseudonym)
    return known


def _with_label(text: str, other: str) -> Iterator[tuple[str, str]]:
    """Yield a text and, of the name of a host, its first part too."""
    yield text.lower(), other
    if other.endswith(".example") and len(label := text.partition(".")[0].lower()) >= SHORTEST:
        yield label, other.removesuffix(".example")


def _any_of(known: Iterable[str]) -> re.Pattern[str]:
    """Return the pattern that finds any of the texts, the longest first.

    Digits count only as a whole number; short words only as a word of its own.
    """
    patterns = []
    for text in sorted(known, key=len, reverse=True):
        if not re.search(r"[^\d.+-]", text):
            if len(text) >= SHORTEST + 2:
                patterns.append(rf"(?<![\d.]){re.escape(text)}(?!\.?\d)")
        elif len(text) < SHORTEST + 2:
            patterns.append(rf"(?<![^\W_]){re.escape(text)}(?![^\W_])")
        else:
            patterns.append(re.escape(text))
    return re.compile("|".join(patterns) or r"(?!)", re.IGNORECASE)


def _originals(leaves: Iterable[tuple[Keys, Scalar]]) -> frozenset[str]:
    """Return all texts of a document and all addresses in them, in lower case: what no replacement may be."""
    texts = [text for keys, value in leaves for text in (*keys, str(value))]
    found = [match.group() for text in texts for match in PATTERNS.finditer(text)]
    return frozenset(text.strip().lower() for text in (*texts, *found))


def _words(leaves: Iterable[tuple[Keys, Scalar]]) -> frozenset[str]:
    """Return the words of the device, in lower case: states, models, and names that it gives itself."""
    words = {str(value).strip().lower() for keys, value in leaves if identity.is_vocabulary(keys)}
    return frozenset(word for word in words if not PATTERNS.search(word) and not identity.is_free_text(word))


def _keys(leaves: Iterable[tuple[Keys, Scalar]]) -> frozenset[str]:
    """Return the keys of a document, in lower case, without those that could be names of things: ``mbg1``."""
    found = {
        key.lower()
        for keys, _ in leaves
        for place, key in enumerate(keys)
        if not identity.holds_given_names(keys[:place])
    }
    return frozenset(key for key in found if not re.search(r"\d", key))


def _is_code(text: str) -> bool:
    return len(text) >= SHORTEST + 2 and re.search(r"\d", text) is not None


def _but_short_numbers(replace: Callable[[str], str]) -> Callable[[str], str]:
    """Return the function that leaves a stretch alone that holds one or two digits and no letter."""
    return lambda text: text if re.fullmatch(r"[\W_]*\d{0,2}[\W_]*", text) else replace(text)


def _leaves(keys: Keys, value: Any) -> Iterator[tuple[Keys, Scalar]]:
    if isinstance(value, Mapping):
        for key, item in value.items():
            yield from _leaves((*keys, key), item)
    elif isinstance(value, list):
        for item in value:
            yield from _leaves((*keys, ELEMENT), item)
    else:
        yield keys, value


def _same(text: str) -> str:
    return text
