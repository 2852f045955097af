#!/usr/bin/env python3
"""Print the alert rules as one PrometheusRule of the Prometheus Operator: ``tools/prometheus_rule.py [FOLDER]``.

FOLDER contains the rule files; the default is ``alerts`` of this checkout. It needs PyYAML.
"""

import sys
from pathlib import Path
from typing import Any

import yaml

ALERTS = Path(__file__).parents[1] / "alerts"


class _Dumper(yaml.SafeDumper):
    """Writes texts of several lines as blocks."""


def _text(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style="|" if "\n" in value else None)


_Dumper.add_representer(str, _text)


def prometheus_rule(folder: Path) -> dict[str, Any]:
    """Return the rule files of a folder as one object. Raises ValueError if there are none."""
    files = sorted(folder.glob("*.yml"))
    groups = [group for file in files for group in yaml.safe_load(file.read_text(encoding="utf-8"))["groups"]]
    if not groups:
        raise ValueError(f"{folder}: no rule files")
    return {
        "apiVersion": "monitoring.coreos.com/v1",
        "kind": "PrometheusRule",
        "metadata": {"name": "lantime"},
        "spec": {"groups": groups},
    }


def main(folder: Path) -> None:
    """Print the object."""
    yaml.dump(prometheus_rule(folder), sys.stdout, Dumper=_Dumper, sort_keys=False, width=120, allow_unicode=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ALERTS)
