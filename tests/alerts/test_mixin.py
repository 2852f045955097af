"""``alerts/mixin.libsonnet``, rendered by a real jsonnet."""

import json
from itertools import chain

import _jsonnet  # type: ignore[import-untyped] # no stubs are installed
import yaml

from tests.alerts.alerts_rules import FILES, ROOT

IMPORT = "(import 'alerts/mixin.libsonnet')"


def rendered(snippet: str) -> object:
    """Return the result of a jsonnet snippet next to the folder ``alerts``."""
    return json.loads(_jsonnet.evaluate_snippet(str(ROOT / "site.jsonnet"), snippet))


def test_the_mixin_renders_exactly_the_rule_files() -> None:
    files = (yaml.safe_load(file.read_text(encoding="utf-8"))["groups"] for file in FILES)
    assert rendered(f"{IMPORT}.prometheusAlerts.groups") == list(chain.from_iterable(files))


def test_the_mixin_adds_to_the_alerts_of_other_mixins() -> None:
    other = "{prometheusAlerts+:: {groups+: [{name: 'other', rules: []}]}}"
    names = rendered(f"[group.name for group in ({other} + {IMPORT}).prometheusAlerts.groups]")
    assert names == ["other", *(file.stem for file in FILES)]
