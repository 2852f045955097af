"""Collectors: one file of tables for each part of the device or family of modules.

A new family is one new file here: ``load`` makes its tables, in their order, the collector of that name.
"""

import importlib
import pkgutil
from types import ModuleType

from lantime_exporter.mapping.registry import CollectorRegistry
from lantime_exporter.mapping.table import Collector, Table


def modules() -> dict[str, ModuleType]:
    """Return the modules of this package by name. Subpackages, which contain shared code, are skipped."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__) if not module.ispkg)
    return {name: importlib.import_module(f"{__name__}.{name}") for name in names}


def load() -> CollectorRegistry:
    """Return the registry of all collectors of this package, in the order of their names."""
    return CollectorRegistry(tuple(Collector(name, tables(module)) for name, module in modules().items()))


def tables(module: ModuleType) -> tuple[Table, ...]:
    """Return the tables that a module defines, in their order."""
    return tuple(part for part in vars(module).values() if isinstance(part, Table))
