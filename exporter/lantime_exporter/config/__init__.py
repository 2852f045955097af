"""Configuration: a YAML file or the environment to frozen and validated settings.

``load`` reads the file, ``from_environment`` the variables for a single device. Both raise ConfigError with all
problems. ``redacted`` writes settings without secrets. The types are in ``settings`` and ``secret``.
"""

from lantime_exporter.config.load import from_environment, load, parse, redacted
from lantime_exporter.config.secret import Secret
from lantime_exporter.config.settings import Allowed, Auth, Module, Proxy, Settings, Target, Tls

__all__ = [
    "Allowed",
    "Auth",
    "Module",
    "Proxy",
    "Secret",
    "Settings",
    "Target",
    "Tls",
    "from_environment",
    "load",
    "parse",
    "redacted",
]
