"""Voltages and currents: read only if the key or the key ``unit`` beside it gives the unit."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from types import MappingProxyType

from lantime_exporter.document.tree import Leaf, Node
from lantime_exporter.document.values import scaled
from lantime_exporter.mapping.binding_context import BindingContext
from lantime_exporter.mapping.readers import Custom, FirstOf, Found, Value, first_of
from lantime_exporter.mapping.readers.composites import composite_of
from lantime_exporter.mapping.table import Scope

VOLTS = MappingProxyType({"v": 1.0, "volt": 1.0, "volts": 1.0, "mv": 1e-3, "millivolts": 1e-3})
AMPERES = MappingProxyType({"a": 1.0, "ampere": 1.0, "amperes": 1.0, "ma": 1e-3, "milliamperes": 1e-3})


def measured(units: Mapping[str, float], *stems: str) -> FirstOf:
    """Return a reader of ``voltage-mv``, or of ``voltage`` or ``value`` beside a ``unit``."""
    named = {f"{stem}-{unit}": partial(scaled, by=by) for stem in (*stems, "value") for unit, by in units.items()}
    beside = Custom((*stems, "value"), beside_unit(units, *stems, "value"))
    return first_of(Value(named), beside)


def beside_unit(units: Mapping[str, float], *keys: str) -> Callable[[BindingContext, Scope], Iterator[Found]]:
    """Return a finder of the first of the keys in blocks with a ``unit`` that is one of the units."""

    def find(context: BindingContext, scope: Scope) -> Iterator[Found]:
        figure, unit = scope.get(*keys), scope.get("unit")
        by = units.get((context.name(unit) or "").lower()) if isinstance(unit, Leaf) else None
        composite = composite_of(scope.node) if isinstance(scope.node, Node) else None
        if by is not None and composite:
            yield (), composite.leaves, partial(composite.decode, partial(scaled, by=by))
        elif by is not None and isinstance(figure, Leaf):
            yield (), (figure,), partial(scaled, by=by)

    return find
