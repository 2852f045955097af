"""What is wrong with a document and where; kept apart so that every fault of a file can be told at once."""

import json
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from difflib import get_close_matches
from typing import NoReturn

Step = str | int
"""One step into a document: a key or the index of a list."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong, and the steps that lead to it."""

    text: str
    path: tuple[Step, ...] = ()

    def below(self, step: Step) -> "Fault":
        """Return the same fault as seen from one level up."""
        return Fault(self.text, (step, *self.path))

    def __str__(self) -> str:
        return f"{dotted(self.path)}: {self.text}" if self.path else self.text


class DecodeError(Exception):
    """A part of a document cannot be used. It stays inside this package; callers get a ConfigError."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__(*faults)
        self.faults = faults


class Faults:
    """The faults of one mapping or list, gathered while the rest of it is still read."""

    def __init__(self) -> None:
        self._found: list[Fault] = []

    def add(self, faults: Iterable[Fault]) -> None:
        """Take note of faults that were found without an exception."""
        self._found.extend(faults)

    @contextmanager
    def at(self, step: Step) -> Iterator[None]:
        """Take note of what fails inside the block, as found at ``step``."""
        try:
            yield
        except DecodeError as error:
            self.add(fault.below(step) for fault in error.faults)

    def raise_any(self) -> None:
        """Raise DecodeError with everything noted so far, if there is anything."""
        if self._found:
            raise DecodeError(*self._found)


def fail(text: str) -> NoReturn:
    """Raise DecodeError with one fault."""
    raise DecodeError(Fault(text))


def dotted(path: Iterable[Step]) -> str:
    """Return the path as people write it: ``targets[2].auth``. Unusual keys are quoted."""
    steps = (f"[{step}]" if isinstance(step, int) else f".{_key(step)}" for step in path)
    return "".join(steps).removeprefix(".")


def quoted(text: str) -> str:
    """Return the text in double quotes, on one line and not endlessly long."""
    shown = text if len(text) <= 60 else f"{text[:57]}..."
    return json.dumps(shown, ensure_ascii=not shown.isprintable())


def known(names: Iterable[str]) -> str:
    """Return the end of a message that lists what could have been written."""
    return f"known: {', '.join(map(_key, names)) or 'none'}"


def did_you_mean(name: str, names: Iterable[str]) -> str:
    """Return `` (did you mean "NAME"?)`` for the known name that comes close, or nothing."""
    close = get_close_matches(name, list(names), n=1)
    return f" (did you mean {quoted(close[0])}?)" if close else ""


def _key(text: str) -> str:
    return text if re.fullmatch(r"[A-Za-z0-9_-]+", text) else quoted(text)
