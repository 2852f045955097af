"""Query parameters, parsed strictly: unknown and unclear ones are refused, never guessed."""

import json
from collections.abc import Mapping, Sequence
from urllib.parse import parse_qsl

from lantime_exporter.errors import RequestError

MAX_PARAMETERS = 100
_MAX_QUOTED = 80


def parse(query: str, known: Sequence[str]) -> Mapping[str, list[str]]:
    """Return the values of each parameter in the order they came.

    Raises RequestError for an unknown or empty parameter and for a query that cannot be read.
    """
    try:
        pairs = parse_qsl(query, keep_blank_values=True, errors="strict", max_num_fields=MAX_PARAMETERS)
    except UnicodeDecodeError as error:
        raise RequestError("parameters: not UTF-8") from error
    except ValueError as error:
        raise RequestError(f"parameters: more than {MAX_PARAMETERS}") from error
    values: dict[str, list[str]] = {}
    for name, value in pairs:
        if name not in known:
            raise RequestError(f"unknown parameter {quoted(name)}, known: {', '.join(known)}")
        if not value.strip():
            raise RequestError(f"{name}: is empty: give a value or leave it out")
        values.setdefault(name, []).append(value)
    return values


def single(values: Mapping[str, list[str]], name: str) -> str | None:
    """Return the only value of a parameter; None when it was not given. Raises RequestError when given twice."""
    found = values.get(name, [])
    if len(found) > 1:
        raise RequestError(f"{name}: is given {len(found)} times: give it once")
    return found[0] if found else None


def quoted(text: str) -> str:
    """Return a text of the caller in quotes, on one line and not endlessly long."""
    return json.dumps(text if len(text) <= _MAX_QUOTED else f"{text[:_MAX_QUOTED]}...")
