"""What is shipped, where it is used as it is: the rules and the example of Alertmanager."""

from pathlib import Path

ROOT = Path(__file__).parents[2]
ALERTMANAGER = ROOT / "deploy" / "alertmanager" / "alertmanager.yml"


def rule_files(profile: str) -> list[Path]:
    """Return the rule files of a profile, ``ptp`` or ``ntp``."""
    return sorted((ROOT / "alerts" / profile).glob("*.yml"))
