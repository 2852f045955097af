"""Types of values that name a file or an environment variable, read together with the configuration."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, TypeVar

from yaml.nodes import Node

from lantime_exporter.config.problems import fail
from lantime_exporter.config.secret import read_text_file, read_variable
from lantime_exporter.config.value_types import Context, ValueType, read_name, read_text
from lantime_exporter.errors import ConfigError, unreadable
from lantime_exporter.pem import check_authorities

T = TypeVar("T")


def _read_variable(node: Node, context: Context) -> str:
    name = read_text(node, context)
    if not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", name):
        fail("must be the name of an environment variable")
    _check_secret(read_variable, name, context)
    return name


def _read_text_file(node: Node, context: Context) -> Path:
    path = _read_path(node, context)
    _check_secret(read_text_file, path, context)
    return path


def _read_path(node: Node, context: Context) -> Path:
    name = read_name(node, context)
    if name.startswith("~"):
        fail("~ is not expanded: write the whole path")
    return context.base / name


def _check_secret(read: Callable[[T], str], place: T, context: Context) -> None:
    if context.reads_secrets:
        try:
            read(place)
        except ConfigError as error:
            fail(str(error))


def _read_file(node: Node, context: Context) -> Path:
    path = _read_path(node, context)
    try:
        with path.open("rb") as file:
            file.read(1)
    except OSError as error:
        fail(f"{path}: {unreadable(error)}")
    return path


def _read_ca_file(node: Node, context: Context) -> Path:
    path = _read_file(node, context)
    try:
        check_authorities(path)
    except ConfigError as error:
        fail(str(error))
    return path


TextFile = Annotated[Path, ValueType("file", _read_text_file)]
Variable = Annotated[str, ValueType("name of a variable", _read_variable)]
File = Annotated[Path, ValueType("file", _read_file)]
AuthoritiesFile = Annotated[Path, ValueType("file", _read_ca_file)]
