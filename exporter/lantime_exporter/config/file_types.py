"""Types of values that name a file or an environment variable, read together with the configuration."""

import re
from pathlib import Path
from typing import Annotated

from yaml.nodes import Node

from lantime_exporter.config.problems import fail
from lantime_exporter.config.secret import read_text_file, read_variable
from lantime_exporter.config.value_types import Context, ValueType, read_name, read_text
from lantime_exporter.errors import unreadable
from lantime_exporter.pem import check_authorities


def _read_variable(node: Node, context: Context) -> str:
    name = read_text(node, context)
    if not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", name):
        fail("must be the name of an environment variable")
    if context.reads_secrets:
        read_variable(name)
    return name


def _read_text_file(node: Node, context: Context) -> Path:
    path = _read_path(node, context)
    if context.reads_secrets:
        read_text_file(path)
    return path


def _read_file(node: Node, context: Context) -> Path:
    path = _read_path(node, context)
    try:
        with path.open("rb") as file:
            file.read(1)
    except OSError as error:
        fail(f"{path}: {unreadable(error)}")
    return path


def _read_ca_file(node: Node, context: Context) -> Path:
    path = _read_path(node, context)
    check_authorities(path)
    return path


def _read_path(node: Node, context: Context) -> Path:
    name = read_name(node, context)
    if name.startswith("~"):
        fail("~ is not expanded: write the whole path")
    return context.base / name


TextFile = Annotated[Path, ValueType("file", _read_text_file)]
Variable = Annotated[str, ValueType("name of a variable", _read_variable)]
File = Annotated[Path, ValueType("file", _read_file)]
AuthoritiesFile = Annotated[Path, ValueType("file", _read_ca_file)]
