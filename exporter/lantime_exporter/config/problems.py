"""Problems of a configuration and where they are; collected so that all problems of a file are reported together."""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import NoReturn

from lantime_exporter.errors import ExporterError
from lantime_exporter.formatting import quoted


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, the path that leads to it, and its line, counted from 1."""

    text: str
    path: str = ""
    line: int | None = None

    def below(self, step: str | int, line: int | None = None) -> "Problem":
        """Return the problem below a key or the index of a list; ``line`` applies if the problem has none."""
        place = f"[{step}]" if isinstance(step, int) else f".{_key(step)}"
        return replace(self, path=f"{place}{self.path}", line=self.line or line)

    def in_source(self, name: str) -> str:
        """Return ``NAME: path: text (line N)``, with a path such as ``targets[2].auth``."""
        place = f"{self.path.removeprefix('.')}: " if self.path else ""
        line = "" if self.line is None else f" (line {self.line})"
        return f"{name}: {place}{self.text}{line}"


class InvalidError(Exception):
    """Part of a document is invalid. Internal to this package: callers get a ConfigError."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(*problems)
        self.problems = problems


class ProblemList(list[Problem]):
    """The problems of one mapping or list, collected while the rest is read."""

    @contextmanager
    def at(self, step: str | int, line: int | None = None) -> Iterator[None]:
        """Add what the ``with`` block raises, also other errors of this package, with ``step`` before the path."""
        try:
            yield
        except InvalidError as error:
            self.extend(problem.below(step, line) for problem in error.problems)
        except ExporterError as error:
            self.append(Problem(str(error)).below(step, line))

    def raise_any(self) -> None:
        """Raise InvalidError with all problems, if there are any."""
        if self:
            raise InvalidError(*self)


def fail(text: str) -> NoReturn:
    """Raise InvalidError with one problem."""
    raise InvalidError(Problem(text))


def known(names: Iterable[str]) -> str:
    """Return the end of a message, with the valid names."""
    return f"known: {', '.join(map(_key, names)) or 'none'}"


def did_you_mean(name: str, names: Iterable[str]) -> str:
    """Return `` (did you mean "NAME"?)`` for the closest known name, or nothing."""
    close = get_close_matches(name, list(names), n=1)
    return f" (did you mean {quoted(close[0])}?)" if close else ""


def _key(text: str) -> str:
    return text if re.fullmatch(r"[A-Za-z0-9_-]+", text) else quoted(text)
