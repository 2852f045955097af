"""A command line parser that names the unknown flag or command, and the one that was probably meant."""

import argparse
import sys
from collections.abc import Sequence
from typing import Any

from lantime_exporter.config.problems import did_you_mean


class StrictParser(argparse.ArgumentParser):
    """Checks for unknown flags and commands first, because argparse would report the word after them."""

    commands: Sequence[str] = ()
    """The first argument that is not a flag must be one of these; if empty, any is allowed."""

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """Parse; usage errors end the program with status 2."""
        words = list(sys.argv[1:] if args is None else args)
        if problem := self._problem(words):
            self.error(problem)
        return super().parse_known_args(words, namespace)

    def _problem(self, words: Sequence[str]) -> str | None:
        rest = iter(words)
        for word in rest:
            if word == "--":
                return None
            if word.startswith("-") and word != "-":
                flag, equals, _ = word.partition("=")
                action = self._option_string_actions.get(flag)
                if action is None:
                    return f"unknown flag {flag}{did_you_mean(flag, self._option_string_actions)}"
                if action.nargs is None and not equals:
                    next(rest, None)
            elif self.commands:
                return None if word in self.commands else self._unknown_command(word)
        return None

    def _unknown_command(self, word: str) -> str:
        if "." in word or "/" in word:
            return f'unknown command "{word}" (did you mean --config.file {word}?)'
        known = ", ".join(self.commands)
        return f'unknown command "{word}"{did_you_mean(word, self.commands)}, known: {known}'
