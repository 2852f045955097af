"""Words and phrases that do not come back, in documents, messages, help texts, docstrings, comments and names.

CONTRIBUTING.md has the style and the terms in use.
"""

import ast
import re
import tokenize
from collections.abc import Iterator
from functools import cache
from io import StringIO
from pathlib import Path

ROOT = Path(__file__).parents[1]
NEWLINE = "\n"

FOLDERS = ("alerts", "deploy", "docs", "exporter", "tests", "tools", ".ci", ".github")
SUFFIXES = {".md", ".py", ".yml", ".yaml", ".sh", ".service", ".alloy", ".jsx", ".tsx", ""}
SKIPPED = {"tests/test_words.py", "LICENSE"}

PHRASES = {
    # metaphors
    "story of": "log of",
    "tells?|told": "returns, reports, shows",
    "mend|mends|mended|mending": "fix",
    "fares?": "does",
    "goodbye": "close",
    "kin": "related metrics",
    "marching|at hand": "available",
    "bookkeeping of": "account of",
    "dear": "expensive",
    "(?:is|are) the sky(?! view)": "is the sky view",
    "last words": "response",
    "asked": "requested, configured",
    "anew": "again",
    "deaf": "without antenna",
    "vouch(?:es|ed)?(?: for)?": "trusted",
    # German constructions
    "of its own|of his own|of their own": "its own ...",
    "by itself|by themselves": "",
    "to be had": "available",
    "(?<!there\\s)(?-i:is none)": "is not a ...",
    "is well again": "recovers",
    "goes for": "applies to",
    "nothing vanishes|nothing that vanishes": "every value is exported",
    "for people": "readable",
    "what is so": "the facts",
    "as it stands|as they stand": "unchanged",
    "as it comes|as they come": "unchanged",
    "lets? the relay fall": "controls the relay",
    "of the same that": "",
    "gives? back": "returns",
    "as good as": "almost",
    "such a one": "one",
    "in words? of": "",
    "so many, and no more": "limited to",
    "without a thought": "",
    "whichever they are|whatever they are": "",
    "it be|they be": "",
    "for ever": "forever, permanently",
    "whoever|anybody": "anyone, users",
    "by and by|now and then": "periodically, sometimes",
    "what (?:came|comes|becomes) of": "the result of",
    "of the present": "current",
    "nothing but": "only",
    "hangs? on": "depends on",
    "(?:say|says|said) of": "reports about",
    "looks? at once": "shows",
    "once it may": "when it is allowed",
    "goes on|go on": "continues",
    "kept back": "inhibited",
    "makes? of": "the result of",
    "the worst there is": "the worst known",
    "in vain": "without effect",
    "outside of": "outside",
    "the other way round": "vice versa",
    "is to be|are to be": "must be",
    "worthless": "has no effect",
    "has to say|have to say": "reports",
    "dawdles?": "is slow",
    "whatever bytes": "any bytes",
    "so many-th": "one in so many",
    "is let in|are let in": "is admitted",
    "what (?:a|an|the) \\w+ says": "the output of",
    "as (?:a|an|the) \\w+ says": "as configured, as documented",
}
"""A pattern for whole words, and what to write instead."""

POINTERS = {
    r"\([1-9]\d?\.\d{1,2}\)": "a chapter",
    r"(?<!\")\bV\d{1,2}\b(?!\.\d)": "a number of a list",
    r"\b(?:chapter|words) (?:of )?\d+\.\d+": "a chapter",
}
"""References to books that the repository does not hold."""

METAPHORS = frozenset(
    {
        *("asked", "boxes", "conversation", "deaf", "dialect", "dialects", "effort", "exchanger", "fate", "fates"),
        *("flights", "frontdoor", "goodbye", "human", "judge", "judged", "landed", "linger", "mended", "nature"),
        *("odd", "oddities", "oddity", "patience", "question", "retrace", "roll", "rolls", "said", "selfmetrics"),
        *("speech", "spoil", "spoken", "statement", "statements", "station", "stations", "story", "survey", "tell"),
        *("tells", "told", "unread", "verdict", "verdicts", "vocabularies", "vocabulary", "weather", "wherever"),
    }
)
"""Words that are in no name of the program, the tests and the tools; CONTRIBUTING.md has the terms in use."""

OF_THE_PROGRAM = frozenset(
    {
        *("answer", "answers", "catalogue", "everywhere", "gate", "grid", "look", "notes", "peer", "quantity"),
        *("remembered", "scenes", "translate", "watched", "ways"),
    }
)
"""Words that are in no name of a module, class or function of the exporter, besides the metaphors."""


def files() -> Iterator[Path]:
    """Yield every text file that people read."""
    yield from (file for file in ROOT.iterdir() if file.is_file() and file.suffix in {".md", ""})
    for folder in FOLDERS:
        for file in (ROOT / folder).rglob("*"):
            if file.is_file() and file.suffix in SUFFIXES and "node_modules" not in file.parts:
                yield file


@cache
def texts() -> list[tuple[str, str]]:
    """Return the path and the text of each file."""
    read = []
    for file in sorted(files()):
        name = file.relative_to(ROOT).as_posix()
        if name not in SKIPPED:
            text = file.read_text(encoding="utf-8", errors="replace")
            read.append((name, prose_of(text) if file.suffix == ".py" else text))
    return read


def prose_of(code: str) -> str:
    """Return the comments and texts of Python code, each in its line."""
    lines = [""] * (code.count(NEWLINE) + 2)
    for token in tokenize.generate_tokens(StringIO(code).readline):
        if tokenize.tok_name[token.type] in {"COMMENT", "STRING", "FSTRING_MIDDLE"}:
            for number, line in enumerate(token.string.split(NEWLINE), token.start[0] - 1):
                lines[number] += f" {line}"
    return NEWLINE.join(lines)


def found(patterns: dict[str, str], flags: int) -> list[str]:
    """Return where patterns match, also across the lines of a paragraph or a comment, and what to write instead.

    All patterns are searched at once, which takes a fifth of the time.
    """
    plain = {re.compile(_across_lines(pattern), flags): text for pattern, text in patterns.items()}
    whole = "|".join(f"(?:{_across_lines(pattern)})" for pattern in patterns)
    any_pattern = re.compile(rf"(?<![\w-])(?:{whole})(?![\w-])", flags)
    return [
        f"{name}:{text.count(NEWLINE, 0, match.start()) + 1}: {' '.join(match[0].split())!r} ({', '.join(instead)})"
        for name, text in texts()
        for match in any_pattern.finditer(text)
        if (instead := [advice for pattern, advice in plain.items() if pattern.match(text, match.start())])
    ]


def _across_lines(pattern: str) -> str:
    return pattern.replace(" ", r"(?:\s|#)+")


def test_phrases_do_not_come_back() -> None:
    assert found(PHRASES, re.IGNORECASE) == []


def test_no_text_points_to_a_chapter_that_the_repository_does_not_hold() -> None:
    assert found(POINTERS, 0) == []


def names(tree: ast.AST) -> Iterator[tuple[int, str, bool]]:
    """Yield the line of each name that code defines, the name, and whether it is that of a class or function."""
    for node in ast.walk(tree):
        match node:
            case ast.ClassDef(name=name) | ast.FunctionDef(name=name):
                yield node.lineno, name, True
            case ast.arg(arg=name) | ast.Name(id=name, ctx=ast.Store()) | ast.Attribute(attr=name, ctx=ast.Store()):
                yield node.lineno, name, False


def words_of(name: str) -> set[str]:
    return {word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", name)}


def test_names_are_plain_terms() -> None:
    wrong = []
    for file in sorted(file for folder in ("exporter", "tests", "tools") for file in (ROOT / folder).rglob("*.py")):
        name = file.relative_to(ROOT).as_posix()
        is_program = name.startswith("exporter/lantime_exporter/")
        defined = [(1, file.stem, True), *names(ast.parse(file.read_text(encoding="utf-8")))]
        for line, identifier, is_definition in defined:
            banned = METAPHORS | OF_THE_PROGRAM if is_program and is_definition else METAPHORS
            if banned & words_of(identifier) and "node_modules" not in file.parts:
                wrong.append(f"{name}:{line}: {identifier}")
    assert wrong == []
