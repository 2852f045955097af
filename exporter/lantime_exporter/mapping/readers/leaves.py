"""What several kinds of readers need: finding a leaf, telling words from numbers."""

from collections.abc import Iterable

from lantime_exporter.document import values
from lantime_exporter.document.shape import Scalar
from lantime_exporter.document.tree import Leaf, Node
from lantime_exporter.mapping.binding_context import BindingContext
from lantime_exporter.mapping.table import Scope


def find_leaf(context: BindingContext, scope: Scope, spellings: Iterable[str]) -> Leaf | None:
    """Return the scalar at the first key that exists; an object or a list there is a decode error."""
    found = scope.get(*spellings)
    if isinstance(found, Node):
        context.record_error(found, "expected a single value")
        return None
    return found


def is_word(value: Scalar) -> bool:
    """Return whether a value is a text and no number."""
    return isinstance(value, str) and not values.is_number(value)
