"""Commands: serve, ``demo``, ``inspect``, ``check``."""

from exporter.cli.main import main

__all__ = ["main"]
