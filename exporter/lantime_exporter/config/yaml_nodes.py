"""YAML text to a tree of nodes.

The nodes keep line numbers, the text as written and its YAML 1.1 tag. Thus ``no``, ``012``, ``1_000`` and ``12:30``,
which YAML reads as other types than they look like, can be rejected.
"""

import re
from collections.abc import Mapping

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode

from lantime_exporter.config.problems import fail

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

MAX_DEPTH = 50
"""Levels of nesting. The composer is recursive: a deeper text would crash its C code."""

UNCLOSED = r"end of stream|expected ':'|expected ','"
"""Messages of the parsers about something that began further up and has no end."""

BLOCK = r"expected key|'-' indicator|<block end>"
"""Messages of the parsers about a line that belongs to no mapping or list above."""

MISTAKES = (
    ("alias", "a text that begins with * must be quoted"),
    ("tag", "a text that begins with ! must be quoted"),
    ("nest|recursion", f"nested too deeply: at most {MAX_DEPTH} levels are read"),
    ("cannot start any token", "a text must not begin with this character: quote the text"),
    (
        "mapping values",
        "unexpected colon: check the indentation, write the line above as key: value, and quote a text with a colon",
    ),
    (BLOCK, "wrong indentation: keys of the same mapping and dashes of the same list begin in the same column"),
    ("sequence entries", "a list begins in a new line, below its key"),
    ("expected ','", "a bracket or brace is not closed, or a comma is missing"),
    ("expected ':'", "a key without a colon: write key: value"),
    ("end of stream", "a quote is not closed"),
    ("escape", "unknown escape after a backslash: use single quotes"),
)
"""Patterns of the parsers' messages, and the mistake in plain words."""

TEXT = "tag:yaml.org,2002:str"
INTEGER = "tag:yaml.org,2002:int"
BOOLEAN = "tag:yaml.org,2002:bool"
NULL = "tag:yaml.org,2002:null"

KINDS = {
    TEXT: "a text",
    INTEGER: "a number",
    "tag:yaml.org,2002:float": "a number",
    BOOLEAN: "true or false",
    NULL: "empty",
    "tag:yaml.org,2002:timestamp": "a date",
    "tag:yaml.org,2002:map": "a mapping",
    "tag:yaml.org,2002:seq": "a list",
}
"""Readable names of YAML's tags."""


def compose(text: str, loader: type = LOADER) -> Node:
    """Return the root node of a document.

    Raises InvalidError, without showing any of the text, unless it is one YAML document.
    """
    try:
        _check_depth(text, loader)
        root = yaml.compose(text, Loader=loader)
    except yaml.MarkedYAMLError as error:
        fail(f"{_place(error)}not valid YAML: {_reason(error, text)}")
    except yaml.YAMLError:
        fail("not valid YAML: it contains control characters")
    if root is None or is_empty(root):
        fail("is empty")
    return root


def is_empty(node: Node) -> bool:
    """Return whether a node has no value: nothing after its key, ``~`` or ``null``."""
    return isinstance(node, ScalarNode) and node.tag == NULL


def line_of(node: Node) -> int | None:
    """Return the first line of a node, counted from 1; None if it does not come from YAML."""
    return int(node.start_mark.line) + 1 if node.start_mark else None


def describe(node: Node) -> str:
    """Return the kind of a node, without its contents."""
    return KINDS.get(node.tag, "something with a special meaning")


def text_node(text: str) -> ScalarNode:
    """Return the node of a text that does not come from YAML and has no line."""
    return ScalarNode(TEXT, text)


def text_mapping(texts: Mapping[str, str]) -> MappingNode:
    """Return the node of a mapping of texts that does not come from YAML."""
    pairs = [(text_node(name), text_node(text)) for name, text in texts.items()]
    return MappingNode("tag:yaml.org,2002:map", pairs)


def _check_depth(text: str, loader: type) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=loader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > MAX_DEPTH:
            fail(f"nested deeper than {MAX_DEPTH} levels")


def _place(error: yaml.MarkedYAMLError) -> str:
    is_unclosed = re.search(UNCLOSED, error.problem or "")
    mark = (is_unclosed and error.context_mark) or error.problem_mark or error.context_mark
    return f"line {mark.line + 1}, column {mark.column + 1}: " if mark else ""


def _reason(error: yaml.MarkedYAMLError, text: str) -> str:
    """Return what is wrong and what to do.

    It shows nothing of the text: the parser reads an unquoted ``*secret`` as an alias and would name it.
    """
    words, mark = error.problem or error.context or "unknown reason", error.problem_mark
    rest = text.splitlines()[mark.line : mark.line + 1] if mark else []
    before, after = (rest[0][: mark.column], rest[0][mark.column :]) if mark and rest else ("", "")
    if after.startswith("\t"):
        return "a tab: indent with spaces"
    if re.search(BLOCK, words) and before.strip():
        return "text after the end of a value: remove it, or quote the whole value"
    advice = next((advice for pattern, advice in MISTAKES if re.search(pattern, words)), None)
    return advice or re.sub(r"'[^']{2,}'", "something else", words)
