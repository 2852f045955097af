"""Collectors: one file for each part of the device or family of modules, a table of metrics and how to read them.

A new family is one new file here with a ``COLLECTOR``; ``load`` finds it.
"""

import importlib
import pkgutil

from lantime_exporter.mapping.registry import CollectorRegistry, ordered


def load() -> CollectorRegistry:
    """Return the registry of all modules of this package, each of which has one ``COLLECTOR``.

    What several of them share is in packages below and not looked at.
    """
    names = sorted(module.name for module in pkgutil.iter_modules(__path__) if not module.ispkg)
    modules = [importlib.import_module(f"{__name__}.{name}") for name in names]
    return CollectorRegistry(tuple(ordered(module.COLLECTOR for module in modules)))
