"""YAML text to a tree of nodes.

The nodes keep line numbers, the text as written and its YAML 1.1 tag. Thus ``no``, ``012``, ``1_000`` and ``12:30``,
which YAML reads as other types than they look like, can be rejected.
"""

import re
from collections.abc import Mapping

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from lantime_exporter.config.problems import fail

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

MAX_DEPTH = 50
"""Levels of nesting. The composer is recursive: a deeper text would crash its C code."""

TEXT = "tag:yaml.org,2002:str"
INTEGER = "tag:yaml.org,2002:int"
FLOAT = "tag:yaml.org,2002:float"
BOOLEAN = "tag:yaml.org,2002:bool"
NULL = "tag:yaml.org,2002:null"
TIMESTAMP = "tag:yaml.org,2002:timestamp"


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
    if isinstance(node, MappingNode):
        return "a mapping"
    if isinstance(node, SequenceNode):
        return "a list"
    words = {
        TEXT: "a text",
        INTEGER: "a number",
        FLOAT: "a number",
        BOOLEAN: "true or false",
        NULL: "empty",
        TIMESTAMP: "a date",
    }
    return words.get(node.tag, "something with a special meaning")


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
    mark = error.problem_mark or error.context_mark
    return f"line {mark.line + 1}, column {mark.column + 1}: " if mark else ""


def _reason(error: yaml.MarkedYAMLError, text: str) -> str:
    """Return the parser's message without the names it may quote: it reads an unquoted ``*secret`` as an alias."""
    words = error.problem or error.context or "unknown reason"
    if "alias" in words:
        return "found undefined alias; a text that begins with * must be quoted"
    if "tag" in words:
        return "found undefined tag; a text that begins with ! must be quoted"
    shown = re.sub(r"'[^']{2,}'", "something else", words)
    return f"{shown}{_advice(error, words, text)}"


def _advice(error: yaml.MarkedYAMLError, words: str, text: str) -> str:
    """Return advice for a common mistake."""
    if "nest" in words or "recursion" in words:
        return f"; at most {MAX_DEPTH} levels are read"
    if "cannot start any token" in words and error.problem_mark:
        is_tab = text.splitlines()[error.problem_mark.line][error.problem_mark.column :].startswith("\t")
        return " (a tab: indent with spaces)" if is_tab else " (quote the text)"
    if "mapping values are not allowed" in words or "expected <block end>" in words:
        return " (check the indentation of this line and the one above, and quote texts with a colon)"
    return ""
