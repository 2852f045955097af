"""Titles of the collectors, from the docstrings of their modules."""

import importlib
import pkgutil
from collections.abc import Mapping

import lantime_exporter.collectors


def titles() -> Mapping[str, str]:
    """Return the first line of each collector's module by the collector's name, without a full stop."""
    found = {}
    for module in pkgutil.iter_modules(lantime_exporter.collectors.__path__):
        if not module.ispkg:
            loaded = importlib.import_module(f"{lantime_exporter.collectors.__name__}.{module.name}")
            found[loaded.COLLECTOR.name] = (loaded.__doc__ or "").partition("\n")[0].removesuffix(".")
    return found
