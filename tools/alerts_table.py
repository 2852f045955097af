"""Write the table of alerts to ``docs/alerts.md``: ``python -m tools.alerts_table docs/alerts.md``."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import yaml

ALERTS = Path(__file__).parents[1] / "alerts"

BEGIN, END = "<!-- table of alerts: begin -->\n", "<!-- table of alerts: end -->\n"


def table() -> str:
    """Return the table: one section for each file, one line for each alert."""
    return "\n".join(filter(None, ("".join(_part(file)) for file in sorted(ALERTS.glob("*.yml")))))


def _part(file: Path) -> Iterator[str]:
    text = file.read_text(encoding="utf-8")
    rules = [rule for group in yaml.safe_load(text)["groups"] for rule in group["rules"]]
    if alerts := [rule for rule in rules if "alert" in rule]:
        yield f"### {text.splitlines()[0].strip('# .')} ({file.name})\n\n"
        yield "| alert | severity | for | summary |\n| --- | --- | --- | --- |\n"
        for rule in alerts:
            name, severity = rule["alert"], rule["labels"]["severity"]
            link = f"[{name}](runbooks.md#{name.lower()})"
            yield f"| {link} | {severity} | {rule.get('for', 'at once')} | {rule['annotations']['summary']} |\n"


def main(document: Path) -> None:
    """Replace the table between its marks."""
    text = document.read_text(encoding="utf-8")
    fresh = re.sub(f"{BEGIN}.*{END}", lambda _: f"{BEGIN}\n{table()}\n{END}", text, flags=re.DOTALL)
    document.write_text(fresh, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
