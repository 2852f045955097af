"""How single values are read and written: a text, a number, a duration, a file and so on.

Every kind is strict: what YAML takes for another type than the one wanted is an error that says how to write it.
Nothing here ever shows a value that may be a secret.
"""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Generic, Protocol, TypeVar
from unicodedata import category

from yaml.nodes import Node, ScalarNode

from lantime_exporter.config import tree
from lantime_exporter.config.certificates import check_authorities
from lantime_exporter.config.fault import did_you_mean, fail, known, quoted
from lantime_exporter.config.proxy_url import is_proxy_url, mask_proxy_url
from lantime_exporter.config.secret import Source
from lantime_exporter.endpoint import parse_endpoint
from lantime_exporter.errors import ConfigError, RequestError

T = TypeVar("T")
N = TypeVar("N", int, float)

SECRET = "<secret>"  # noqa: S105 - it is what is shown in place of one

_NUMBER = r"(?:0|[1-9][0-9]{0,8})"
_DURATION = re.compile(rf"({_NUMBER}(?:\.[0-9]{{1,18}})?)(ms|s|m|h)?")
_SIZE = re.compile(r"([1-9][0-9]{0,11})(KiB|MiB|GiB)?")
_INTEGER = re.compile(rf"-?{_NUMBER}")
_SECONDS = {"ms": Decimal("0.001"), "s": Decimal(1), "m": Decimal(60), "h": Decimal(3600)}
_BYTES = {"GiB": 1024**3, "MiB": 1024**2, "KiB": 1024, "": 1}


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What a value is checked against.

    ``base`` is the folder of relative paths, the others hold the names that exist; an empty ``collectors`` means that
    their names are not checked. Where ``reads_secrets`` is false, files and variables of secrets need not be there.
    """

    base: Path
    auths: Collection[str] = ()
    modules: Collection[str] = ()
    collectors: Collection[str] = ()
    reads_secrets: bool = True


class Kind(Protocol[T]):
    """A type of the document: how it is called, read from a node and written for ``/config``."""

    @property
    def label(self) -> str:
        """Return the name of the type in the documentation."""

    def decode(self, node: Node, context: Context) -> T:
        """Return the value. Raises DecodeError."""

    def encode(self, value: T) -> object:
        """Return what would be written in YAML for the value, with secrets masked."""


@dataclass(frozen=True, slots=True)
class Scalar(Generic[T]):
    """A kind for one single value."""

    label: str
    read: Callable[[Node, Context], T]
    write: Callable[[T], object]

    def decode(self, node: Node, context: Context) -> T:
        """Return the value. Raises DecodeError."""
        return self.read(node, context)

    def encode(self, value: T) -> object:
        """Return what would be written in YAML for the value, with secrets masked."""
        return self.write(value)


def read_text(node: Node, _: Context) -> str:
    """Return a text that is not empty and holds no control characters (RFC 7617 forbids them in passwords too)."""
    value = _scalar(node, "a text")
    if node.tag != tree.TEXT:
        fail(f"must be quoted, because YAML takes it for {tree.describe(node)}")
    if not value:
        fail("is an empty text: give one or remove the key")
    if any(category(character) in ("Cc", "Cs") for character in value):
        fail("must not hold line breaks or other control characters")
    return value


def read_name(node: Node, context: Context) -> str:
    """Return a text that can be shown and typed."""
    value = read_text(node, context)
    if not value.isprintable() or value != value.strip():
        fail(f"must be printable, without space at its ends, not {quoted(value)}")
    return value


def integer(least: int, most: int) -> Kind[int]:
    """Return the kind of a whole number between two bounds."""

    def read(node: Node, _: Context) -> int:
        value = _scalar(node, "a whole number")
        if node.tag != tree.INTEGER or not _INTEGER.fullmatch(value):
            fail(f"must be a whole number in plain digits, {_unquoted(node)}")
        return _within(int(value), least, most, str)

    return Scalar("integer", read, lambda value: value)


def duration(least: float, most: float) -> Kind[float]:
    """Return the kind of a time span between two bounds, in seconds."""

    def read(node: Node, _: Context) -> float:
        value = _scalar(node, "a duration")
        match = _DURATION.fullmatch(value)
        if not match:
            fail(f"must be a duration such as 10s, 500ms, 1m or a number of seconds, not {quoted(value)}")
        return _within(float(Decimal(match[1]) * _SECONDS[match[2] or "s"]), least, most, write_duration)

    return Scalar("duration", read, write_duration)


def size(least: int, most: int) -> Kind[int]:
    """Return the kind of a number of bytes between two bounds."""

    def read(node: Node, _: Context) -> int:
        value = _scalar(node, "a size")
        match = _SIZE.fullmatch(value)
        if not match:
            fail(f"must be a number of bytes or a size such as 512KiB or 16MiB, not {quoted(value)}")
        return _within(int(match[1]) * _BYTES[match[2] or ""], least, most, write_size)

    return Scalar("size", read, write_size)


def choice(label: str, **words: T) -> Kind[T]:
    """Return the kind of a text that is one of a few words, each of which stands for a value."""

    def read(node: Node, context: Context) -> T:
        value = read_text(node, context)
        if value not in words:
            fail(f"must be one of {', '.join(words)}, not {quoted(value)}")
        return words[value]

    def write(value: T) -> object:
        return next(word for word, meaning in words.items() if meaning == value)

    return Scalar(label, read, write)


def reference(noun: str, names: Callable[[Context], Collection[str]]) -> Kind[str]:
    """Return the kind of a name that must be defined elsewhere in the document."""

    def read(node: Node, context: Context) -> str:
        value = read_text(node, context)
        existing = names(context)
        if value not in existing:
            fail(f"unknown {noun} {quoted(value)}{did_you_mean(value, existing)}, {known(existing)}")
        return value

    return Scalar(f"name of {'an' if noun[0] in 'aeiou' else 'a'} {noun}", read, str)


def write_duration(seconds: float) -> str:
    """Return the shortest decimal number of seconds that reads as the same value again, as ``0.5s``."""
    digits = format(Decimal(repr(seconds)), "f")
    return f"{digits.removesuffix('.0')}s"


def write_size(count: int) -> int | str:
    """Return the bytes in the largest unit that divides them."""
    unit = next(unit for unit, factor in _BYTES.items() if count % factor == 0)
    return f"{count // _BYTES[unit]}{unit}" if unit else count


def _read_boolean(node: Node, _: Context) -> bool:
    value = _scalar(node, "true or false")
    if node.tag != tree.BOOLEAN or value.lower() not in ("true", "false"):
        fail(f"must be true or false, {_unquoted(node)}")
    return value.lower() == "true"


def _read_collector(node: Node, context: Context) -> str:
    name = read_name(node, context)
    if context.collectors and name not in context.collectors:
        fail(f"unknown collector {quoted(name)}{did_you_mean(name, context.collectors)}, {known(context.collectors)}")
    return name


def _read_address(node: Node, context: Context) -> str:
    text = read_text(node, context)
    try:
        parse_endpoint(text)
    except RequestError as error:
        fail(str(error))
    return text


def _read_pattern(node: Node, context: Context) -> re.Pattern[str]:
    text = read_text(node, context)
    try:
        return re.compile(text)
    except (re.error, OverflowError, RecursionError) as error:
        fail(f"is not a regular expression: {error}")


def _read_fingerprint(node: Node, context: Context) -> str:
    digits = read_text(node, context).replace(":", "").lower()
    if not re.fullmatch(r"[0-9a-f]{64}", digits):
        fail("must be a SHA-256 fingerprint: 64 hexadecimal digits, colons between them allowed")
    return digits


def _read_proxy_url(node: Node, context: Context) -> str:
    url = read_text(node, context)
    if not is_proxy_url(url):
        fail("must be http://[user:password@]host[:port]; not shown, as it may hold a password")
    return url


def _read_variable(node: Node, context: Context) -> str:
    name = read_text(node, context)
    if not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", name):
        fail("must be the name of an environment variable")
    _check_source(Source(environment=name), context)
    return name


def _read_text_file(node: Node, context: Context) -> Path:
    path = _path(node, context)
    _check_source(Source(file=path), context)
    return path


def _read_file(node: Node, context: Context) -> Path:
    path = _path(node, context)
    try:
        with path.open("rb") as file:
            file.read(1)
    except OSError as error:
        fail(f"{path}: cannot be read: {error.strerror}")
    return path


def _read_ca_file(node: Node, context: Context) -> Path:
    path = _read_file(node, context)
    check_authorities(path)
    return path


def _path(node: Node, context: Context) -> Path:
    return context.base / read_name(node, context)


def _check_source(source: Source, context: Context) -> None:
    if not context.reads_secrets:
        return
    try:
        source.read()
    except ConfigError as error:
        fail(str(error))


def _scalar(node: Node, wanted: str) -> str:
    if tree.is_empty(node):
        fail("is empty: give a value or remove the key")
    if not isinstance(node, ScalarNode):
        fail(f"must be {wanted}, not {tree.describe(node)}")
    return str(node.value)


def _unquoted(node: Node) -> str:
    return f"not {quoted(str(node.value))}" if node.tag != tree.TEXT else "without quotes"


def _within(value: N, least: N, most: N, write: Callable[[N], object]) -> N:
    if not least <= value <= most:
        fail(f"must be between {write(least)} and {write(most)}, not {write(value)}")
    return value


TEXT: Kind[str] = Scalar("text", read_text, str)
NAME: Kind[str] = Scalar("text", read_name, str)
PASSWORD: Kind[str] = Scalar("text", read_text, lambda _: SECRET)
BOOLEAN: Kind[bool] = Scalar("boolean", _read_boolean, bool)
COLLECTOR: Kind[str] = Scalar("name of a collector", _read_collector, str)
ADDRESS: Kind[str] = Scalar("address", _read_address, str)
PATTERN: Kind[re.Pattern[str]] = Scalar("regular expression", _read_pattern, lambda pattern: pattern.pattern)
FINGERPRINT: Kind[str] = Scalar("SHA-256 fingerprint", _read_fingerprint, str)
PROXY_URL: Kind[str] = Scalar("proxy URL", _read_proxy_url, mask_proxy_url)
VARIABLE: Kind[str] = Scalar("name of a variable", _read_variable, str)
FILE: Kind[Path] = Scalar("file", _read_file, str)
TEXT_FILE: Kind[Path] = Scalar("file", _read_text_file, str)
CA_FILE: Kind[Path] = Scalar("file", _read_ca_file, str)
