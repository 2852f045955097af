"""The tables of ``docs/configuration.md``, made from the tables that read the configuration.

``python -m tools.configuration_reference docs/configuration.md`` writes them between the two marks of that page.
"""

import json
import sys
from collections.abc import Iterator
from dataclasses import MISSING, fields
from pathlib import Path
from typing import Any

from lantime_exporter.config.environment import ENVIRONMENT
from lantime_exporter.config.schema import SETTINGS
from lantime_exporter.config.table import Items, Key, Named, Table

BEGIN = "<!-- begin: made by python -m tools.configuration_reference -->\n"
END = "<!-- end -->\n"

_ESCAPED_PIPE = r"\|"


def reference() -> str:
    """Return a section in Markdown for every mapping of the file and one for the environment."""
    sections = [_section(_code(path) or "Top level", table) for path, table in _tables("", SETTINGS)]
    return "\n".join([*sections, _section("Environment variables", ENVIRONMENT)])


def with_reference(page: str) -> str:
    """Return the page with the current reference between its marks. Raises ValueError when a mark is missing."""
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"the page lacks the marks {BEGIN.strip()} and {END.strip()}")
    return f"{before}{BEGIN}\n{reference()}\n{END}{after}"


def _tables(path: str, table: Table[Any]) -> Iterator[tuple[str, Table[Any]]]:
    yield path, table
    for key in table.keys:
        below = f"{path}.{key.name}".removeprefix(".")
        match key.kind:
            case Table() as inner:
                yield from _tables(below, inner)
            case Named(kind=Table() as inner):
                yield from _tables(f"{below}.NAME", inner)
            case Items(kind=Table() as inner):
                yield from _tables(f"{below}[]", inner)


def _section(title: str, table: Table[Any]) -> str:
    defaults = _defaults(table.model)
    rows = [_row(key, defaults.get(key.name)) for key in table.keys]
    head = ["| Key | Type | Default | Meaning | Example |", "|---|---|---|---|---|"]
    return "\n".join([f"### {title}", "", *head, *rows, ""])


def _row(key: Key, default: object) -> str:
    cells = (_code(key.name), key.kind.label, _default(key, default), key.meaning, _code(key.example))
    return f"| {' | '.join(cell.replace('|', _ESCAPED_PIPE) for cell in cells)} |"


def _default(key: Key, default: object) -> str:
    if key.required:
        return "required"
    if default is None:
        return ""
    if isinstance(key.kind, Table):
        return "see below"
    encoded = key.kind.encode(default)
    return _code(encoded if isinstance(encoded, str) else json.dumps(encoded))


def _defaults(model: type[Any]) -> dict[str, Any]:
    plain = {field.name: field.default for field in fields(model) if field.default is not MISSING}
    made = {field.name: field.default_factory() for field in fields(model) if field.default_factory is not MISSING}
    return plain | made


def _code(text: str) -> str:
    return f"`{text}`" if text else ""


def main(page: Path) -> None:
    """Renew the reference in the page."""
    page.write_text(with_reference(page.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
