"""The reference of the configuration: tables in docs/configuration.md, a JSON schema for editors beside it.

Both come from the annotated fields of the settings. ``python -m tools.configuration_reference docs`` updates both
files.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lantime_exporter.config.decoding import Key, keys
from lantime_exporter.config.environment import Environment
from lantime_exporter.config.schema import Section
from lantime_exporter.config.settings import Settings
from lantime_exporter.config.value_types import DURATION, SIZE, ValueType

BEGIN = "<!-- begin: made by python -m tools.configuration_reference -->\n"
END = "<!-- end -->\n"

_ESCAPED_PIPE = r"\|"

_SCHEMAS: dict[str, dict[str, Any]] = {
    "integer": {"type": "integer"},
    "boolean": {"type": "boolean"},
    "duration": {"type": ["string", "number"], "pattern": f"^{DURATION}$"},
    "size": {"type": ["string", "integer"], "pattern": f"^{SIZE}$"},
}
"""The schemas of values that are not texts, by the label of their type."""


def sections(path: str = "", section: type[Section] = Settings) -> Iterator[tuple[str, type[Section]]]:
    """Yield every section of the file with its path, in order."""
    yield path, section
    for key in keys(section):
        below = f"{path}.{key.name}".removeprefix(".")
        if key.type.section:
            yield from sections(below, key.type.section)
        if key.type.item and key.type.item.section:
            below += "[]" if key.type.label == "list" else ".NAME"
            yield from sections(below, key.type.item.section)


def reference() -> str:
    """Return a section in Markdown for every mapping of the file and one for the environment."""
    tables = [_table(_code(path) or "Top level", section) for path, section in sections()]
    return "\n".join([*tables, _table("Environment variables", Environment)])


def with_reference(page: str) -> str:
    """Return the page with the current reference between its marks. Raises ValueError if a mark is missing."""
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"the page lacks the marks {BEGIN.strip()} and {END.strip()}")
    return f"{before}{BEGIN}\n{reference()}\n{END}{after}"


def json_schema() -> str:
    """Return the JSON schema of the configuration file."""
    head = {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "Configuration of lantime-exporter",
        "$comment": "made by python -m tools.configuration_reference",
    }
    return f"{json.dumps(head | _section_schema(Settings), indent=2, ensure_ascii=False)}\n"


def _table(title: str, section: type[Section]) -> str:
    head = ["| Key | Type | Default | Meaning | Example |", "|---|---|---|---|---|"]
    return "\n".join([f"### {title}", "", *head, *map(_row, keys(section)), ""])


def _row(key: Key) -> str:
    example = str(key.meta.examples[0]) if key.meta.examples else ""
    cells = (_code(key.name), _label(key.type), _default(key), key.meta.description or "", _code(example))
    return f"| {' | '.join(cell.replace('|', _ESCAPED_PIPE) for cell in cells)} |"


def _label(kind: ValueType) -> str:
    return " or ".join(map(_code, kind.words)) or kind.label


def _default(key: Key) -> str:
    if key.is_required:
        return "required"
    if key.type.section:
        return "see below"
    if key.default is None or key.default == "":
        return ""
    encoded = key.type.write(key.default)
    return _code(encoded if isinstance(encoded, str) else json.dumps(encoded))


def _code(text: str) -> str:
    return f"`{text}`" if text else ""


def _section_schema(section: type[Section]) -> dict[str, Any]:
    found: dict[str, Any] = {
        "type": ["object", "null"],
        "additionalProperties": False,
        "properties": {key.name: _key_schema(key) for key in keys(section)},
    }
    required = [key.name for key in keys(section) if key.is_required]
    sources = [{"oneOf": [{"required": [name]} for name in names]} for names in section.one_of]
    return found | ({"required": required} if required else {}) | ({"allOf": sources} if sources else {})


def _key_schema(key: Key) -> dict[str, Any]:
    bounds = {} if key.meta.ge is None else {"minimum": key.meta.ge, "maximum": key.meta.le}
    return {"description": key.meta.description, **_schema(key.type), **bounds}


def _schema(kind: ValueType) -> dict[str, Any]:
    if kind.section:
        return _section_schema(kind.section)
    if kind.item and kind.label == "list":
        return {"type": ["array", "null"], "items": _schema(kind.item)}
    if kind.item:
        return {"type": ["object", "null"], "additionalProperties": _schema(kind.item)}
    return {"enum": list(kind.words)} if kind.words else _SCHEMAS.get(kind.label, {"type": "string"})


def main(docs: Path) -> None:
    """Update the reference and the schema in the folder of documents."""
    page = docs / "configuration.md"
    page.write_text(with_reference(page.read_text(encoding="utf-8")), encoding="utf-8")
    (docs / "config.schema.json").write_text(json_schema(), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
