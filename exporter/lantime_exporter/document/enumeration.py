"""States of a device: compared leniently, exported in the spelling of LTOS (kebab-case)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from lantime_exporter.document.shape import Scalar

SENTINELS = frozenset({"", "-", "--", "---", "n/a", "na", "n.a.", "n.a", "never", "null"})
"""Texts that mean no value in any field."""

NO_VALUE = SENTINELS | {
    *("none", "unknown", "no version information", "not available", "not announced", "not-announced"),
}
"""Texts that mean no number, time or inventory entry; as states they are ordinary words."""

RAW_SUFFIX = re.compile(r"(?<!\s)\s*(?:\[-?\d+\]|[\[(]0x[0-9a-f]+[\])])$", re.IGNORECASE)


MAX_WORD_LENGTH = 200
"""Characters of a text that is normalised; a longer one matches no known word and would cost CPU."""


def normalise(text: str) -> str:
    """Return the letters and digits of a text in lower case, without a trailing raw number (``holdover [2]``)."""
    if len(text) > MAX_WORD_LENGTH:
        return text
    if "]" in text or ")" in text:
        text = RAW_SUFFIX.sub("", text)
    return "".join(filter(str.isalnum, text.lower()))


def kebab(text: str) -> str:
    """Return a text in the spelling of LTOS: lower case, trimmed, blanks and underscores as hyphens, no raw number."""
    return re.sub(r"[\s_]+", "-", RAW_SUFFIX.sub("", text.strip()).lower())


@dataclass(frozen=True)
class Enumeration:
    """The known states of a field.

    ``states`` are the states as exported; ``raw`` maps the numbers that ``?raw`` or older firmware sends; ``spellings``
    maps other spellings to the word. Unknown words and numbers stay unchanged.
    """

    states: tuple[str, ...]
    raw: Mapping[int, str] = field(default_factory=dict)
    spellings: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def _alike(self) -> Mapping[str, str]:
        """The words by normalised spelling."""
        alike: dict[str, str] = {}
        for spelling, word in (*self.spellings.items(), *zip(self.states, self.states, strict=True)):
            alike.setdefault(normalise(spelling), word)
        return alike

    @cached_property
    def _exact(self) -> Mapping[str, str | None]:
        """The words by exact spelling, which most devices use."""
        return {text: self._text(text) for text in (*self.spellings, *self.states)}

    @classmethod
    def counted(cls, *words: str, start: int = 0, spellings: Mapping[str, str] | None = None) -> "Enumeration":
        """Return an enumeration whose raw numbers count up from ``start``."""
        return cls(words, dict(enumerate(words, start)), spellings or {})

    def state(self, value: Scalar) -> str | None:
        """Return the state for a value of the device, None for no value.

        Known words are compared after normalisation; numbers are mapped to words; unknown words become kebab-case.
        """
        if value is None:
            return None
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, int | float):
            return self._number(value)
        return self._exact[value] if value in self._exact else self._text(value)

    def _text(self, value: str) -> str | None:
        text = kebab(value)
        if text in SENTINELS:
            return None
        if re.fullmatch(r"-?\d{1,9}", text):
            return self._number(int(text))
        if re.fullmatch(r"0x[0-9a-f]{1,8}", text):
            return self._number(int(text, 16))
        wanted = normalise(value)
        return self._alike.get(wanted, text) if wanted else text

    def _number(self, value: float) -> str:
        if value == int(value) if abs(value) < 2**53 else False:
            return self.raw.get(int(value), str(int(value)))
        return str(value)
