"""The shipped files: the rules and the example for Alertmanager."""

from pathlib import Path

ROOT = Path(__file__).parents[2]
ALERTMANAGER = ROOT / "deploy" / "alertmanager" / "alertmanager.yml"


def rule_files() -> list[Path]:
    """Return the rule files."""
    return sorted((ROOT / "alerts").glob("*.yml"))
