"""Collectors: one file of tables for each part of the device or family of modules.

A new family is one new file here with a ``COLLECTOR``; ``load`` finds it.
"""

import importlib
import pkgutil
from collections.abc import Iterator
from types import ModuleType

from lantime_exporter.mapping.registry import CollectorRegistry


def modules() -> Iterator[ModuleType]:
    """Yield the modules of this package by name, each of which has one ``COLLECTOR``.

    Subpackages, which contain shared code, are skipped.
    """
    for name in sorted(module.name for module in pkgutil.iter_modules(__path__) if not module.ispkg):
        yield importlib.import_module(f"{__name__}.{name}")


def load() -> CollectorRegistry:
    """Return the registry of all collectors of this package, in the order of their names."""
    return CollectorRegistry(tuple(module.COLLECTOR for module in modules()))
