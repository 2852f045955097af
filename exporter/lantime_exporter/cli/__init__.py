"""Commands: serve, ``demo``, ``inspect``, ``check``."""

from lantime_exporter.cli.main import main

__all__ = ["main"]
