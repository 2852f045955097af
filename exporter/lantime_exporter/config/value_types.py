"""Types of single values: text, number, duration, size, reference and so on.

Every type is strict: a value of another YAML type is an error with advice how to write it. No error shows a value that
may be a secret. The aliases at the end annotate the fields of the settings.
"""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any
from unicodedata import category
from urllib.parse import urlsplit

from yaml.nodes import Node, ScalarNode

from lantime_exporter.config import yaml_nodes
from lantime_exporter.config.problems import did_you_mean, fail, known
from lantime_exporter.config.schema import Section
from lantime_exporter.endpoint import parse_endpoint
from lantime_exporter.errors import RequestError
from lantime_exporter.formatting import quoted

SHOWN = "<secret>"
"""What is shown in place of a secret."""

_NUMBER = r"(?:0|[1-9][0-9]{0,8})"
DURATION = rf"({_NUMBER}(?:\.[0-9]{{1,18}})?)(ms|s|m|h)?"
SIZE = r"([1-9][0-9]{0,11})(KiB|MiB|GiB)?"
_INTEGER = rf"-?{_NUMBER}"
_SECONDS = {"ms": Decimal("0.001"), "s": Decimal(1), "m": Decimal(60), "h": Decimal(3600)}
_BYTES = {"GiB": 1024**3, "MiB": 1024**2, "KiB": 1024, "": 1}


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """Context for checking values.

    ``base`` is the folder of relative paths; the others hold the names that exist. Names of collectors are not checked
    if ``collectors`` is None. No target may have one of the ``reserved_labels``. ``reads_secrets`` is false if the
    files and variables of secrets may be missing.
    """

    base: Path = Path()
    auths: Collection[str] = ()
    modules: Collection[str] = ()
    collectors: Collection[str] | None = None
    reserved_labels: Collection[str] = ()
    reads_secrets: bool = True


@dataclass(frozen=True, slots=True)
class ValueType:
    """A type of value: its name, and how to read it from a node and write it for ``/config``.

    ``read`` raises an error of this package. ``words`` are the only possible values, if there are few. ``item`` is the
    type of what a list or a mapping holds; a mapping with fixed keys has a ``section`` instead.
    """

    label: str
    read: Callable[[Node, Context], Any]
    write: Callable[[Any], object] = str
    words: tuple[str, ...] = ()
    is_reference: bool = False
    """The value names another part of the file; its default must exist too."""
    item: "ValueType | None" = None
    section: type[Section] | None = None


def bounded(kind: ValueType, least: float, most: float) -> ValueType:
    """Return the type of the values within bounds."""

    def read(node: Node, context: Context) -> Any:
        value = kind.read(node, context)
        if not least <= value <= most:
            fail(f"must be between {kind.write(least)} and {kind.write(most)}, not {kind.write(value)}")
        return value

    return replace(kind, read=read)


def read_text(node: Node, _: Context) -> str:
    """Return a nonempty text without control characters (RFC 7617 forbids them in passwords too)."""
    value = _scalar(node, "a text", empty="is empty: give a value (in quotes, if it begins with #) or remove the key")
    if node.tag != yaml_nodes.TEXT:
        fail(f"must be quoted, because YAML takes it for {yaml_nodes.describe(node)}")
    if not value:
        fail("is an empty text: give one or remove the key")
    if any(category(character) in ("Cc", "Cs") for character in value):
        fail("must not contain line breaks or other control characters")
    return value


def from_text(convert: Callable[[str], Any]) -> Callable[[Node, Context], Any]:
    """Return a function that reads a text and converts it; ``convert`` raises an error of this package."""
    return lambda node, context: convert(read_text(node, context))


def read_name(node: Node, context: Context) -> str:
    """Return a text that can be shown and typed."""
    value = read_text(node, context)
    if not value.isprintable() or value != value.strip():
        fail(f"must be printable, without space at its ends, not {quoted(value)}")
    return value


def choice(*words: str) -> ValueType:
    """Return the type of a text that is one of a few words."""

    def checked(text: str) -> str:
        if text not in words:
            fail(f"must be one of {', '.join(words)}, not {quoted(text)}{did_you_mean(text, words)}")
        return text

    return ValueType("word", from_text(checked), words=words)


def reference(noun: str, names: Callable[[Context], Collection[str] | None], advice: str = "") -> ValueType:
    """Return the type of a name that must exist, unless the names are None; ``advice`` applies if there are none."""

    def read(node: Node, context: Context) -> str:
        value = read_text(node, context)
        existing = names(context)
        if existing is not None and value not in existing:
            hint = did_you_mean(value, existing) if existing else advice
            fail(f"unknown {noun} {quoted(value)}{hint}, {known(existing)}")
        return value

    return ValueType(f"name of {'an' if noun[0] in 'aeiou' else 'a'} {noun}", read, is_reference=True)


def write_duration(seconds: float) -> str:
    """Return the shortest decimal number of seconds that reads as the same value again, as ``0.5s``."""
    digits = format(Decimal(repr(seconds)), "f")
    return f"{digits.removesuffix('.0')}s"


def write_size(count: int) -> int | str:
    """Return the bytes in the largest unit that divides them."""
    unit = next(unit for unit, factor in _BYTES.items() if count % factor == 0)
    return f"{count // _BYTES[unit]}{unit}" if unit else count


def redact_proxy_url(text: str) -> str:
    """Return a valid proxy URL with user and password shown as ``<secret>``."""
    _, at, address = urlsplit(text).netloc.rpartition("@")
    return f"http://{SHOWN}@{address}" if at else text


def _read_integer(node: Node, _: Context) -> int:
    value = _scalar(node, "a whole number")
    if node.tag != yaml_nodes.INTEGER or not re.fullmatch(_INTEGER, value):
        fail(f"must be a whole number in plain digits, {_unquoted(node)}")
    return int(value)


def _read_duration(node: Node, _: Context) -> float:
    value = _scalar(node, "a duration")
    match = re.fullmatch(DURATION, value)
    if not match:
        fail(f"must be a duration such as 10s, 500ms, 1m or a number of seconds, not {quoted(value)}")
    return float(Decimal(match[1]) * _SECONDS[match[2] or "s"])


def _read_size(node: Node, _: Context) -> int:
    value = _scalar(node, "a size")
    match = re.fullmatch(SIZE, value)
    if not match:
        fail(f"must be a number of bytes or a size such as 512KiB or 16MiB, not {quoted(value)}")
    return int(match[1]) * _BYTES[match[2] or ""]


def _read_boolean(node: Node, _: Context) -> bool:
    value = _scalar(node, "true or false")
    if node.tag != yaml_nodes.BOOLEAN or value.lower() not in ("true", "false"):
        fail(f"must be true or false, {_unquoted(node)}")
    return value.lower() == "true"


def _address(text: str) -> str:
    parse_endpoint(text)
    return text


def _read_label_name(node: Node, context: Context) -> str:
    name = str(node.value)
    if name.startswith("__"):
        fail("labels that begin with __ are reserved; auth and module are keys of the target")
    if not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", name):
        fail("is not a Prometheus label name: letters, digits and _, not beginning with a digit")
    if name in context.reserved_labels:
        fail(f"hides the label {quoted(name)} of the metrics: choose another name, such as site_{name}")
    return name


def fingerprint_digits(text: str) -> str:
    """Return the 64 digits of a SHA-256 fingerprint, also of the line of ``openssl x509 -fingerprint``.

    Raises RequestError.
    """
    digits = text.rpartition("=")[2].strip().replace(":", "").lower()
    if not re.fullmatch(r"[0-9a-f]{64}", digits):
        raise RequestError("must be a SHA-256 fingerprint: 64 hexadecimal digits, with or without colons")
    return digits


def _proxy_url(text: str) -> str:
    try:
        url = urlsplit(text)
        parse_endpoint(f"http://{url.netloc.rpartition('@')[2]}")
        is_valid = url.scheme == "http" and url.path in ("", "/") and not url.query and not url.fragment
    except (RequestError, ValueError):
        is_valid = False
    if not is_valid or not text.isprintable() or " " in text:
        fail("must be http://[user:password@]host[:port]; not shown, because it may contain a password")
    return text


def _scalar(node: Node, wanted: str, empty: str = "is empty: give a value or remove the key") -> str:
    if yaml_nodes.is_empty(node):
        fail(empty)
    if not isinstance(node, ScalarNode):
        fail(f"must be {wanted}, not {yaml_nodes.describe(node)}")
    return str(node.value)


def _unquoted(node: Node) -> str:
    return f"not {quoted(str(node.value))}" if node.tag != yaml_nodes.TEXT else "without quotes"


TEXT = ValueType("text", read_text)
INTEGER = ValueType("integer", _read_integer, write=int)
BOOLEAN = ValueType("boolean", _read_boolean, write=bool)

Name = Annotated[str, ValueType("text", read_name)]
Duration = Annotated[float, ValueType("duration", _read_duration, write=write_duration)]
Size = Annotated[int, ValueType("size", _read_size, write=write_size)]
CollectorName = Annotated[str, reference("collector", lambda context: context.collectors)]
Address = Annotated[str, ValueType("address", from_text(_address))]
LabelName = Annotated[str, ValueType("label name", _read_label_name)]
Fingerprint = Annotated[str, ValueType("SHA-256 fingerprint", from_text(fingerprint_digits))]
ProxyUrl = Annotated[str, ValueType("proxy URL", from_text(_proxy_url), write=redact_proxy_url)]
AuthName = Annotated[str, reference("auth", lambda context: context.auths, " (add it under auths)")]
ModuleName = Annotated[str, reference("module", lambda context: context.modules)]
