"""The parts of a LANTIME: every module of this package with a ``PART``."""

import pkgutil
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from types import MappingProxyType

from lantime_simulator.part import ModulePart, SectionPart


@cache
def _parts() -> tuple[SectionPart | ModulePart, ...]:
    modules = (import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__))
    return tuple(module.PART for module in modules if hasattr(module, "PART"))


@cache
def sections() -> tuple[SectionPart, ...]:
    """Return the parts that are sections of the status tree."""
    return tuple(part for part in _parts() if isinstance(part, SectionPart))


@cache
def families() -> Mapping[str, ModulePart]:
    """Return the parts of modules, by family."""
    return MappingProxyType({part.family: part for part in _parts() if isinstance(part, ModulePart)})
