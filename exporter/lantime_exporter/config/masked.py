"""Settings as text for people."""

import yaml

from lantime_exporter.config.schema import SETTINGS
from lantime_exporter.config.settings import Settings


def masked(settings: Settings) -> str:
    """Return the effective settings as YAML, defaults included and secrets shown as ``<secret>``.

    Of a secret that comes from a file or a variable the path or the name is shown, of a proxy URL all but its user and
    password.
    """
    return yaml.safe_dump(SETTINGS.encode(settings), sort_keys=False, allow_unicode=True)
