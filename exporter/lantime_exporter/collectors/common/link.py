"""Link states of network ports."""

from lantime_exporter.document.enumeration import kebab
from lantime_exporter.document.shape import Scalar
from lantime_exporter.document.values import boolean_words

NOT_AVAILABLE = frozenset({"not-available", "-4", "-75"})
"""Words for a port that does not exist; the numbers are those of the MIB, where 0 is down and 1 is up."""

UP = boolean_words(("up",), ("down",))


def link(raw: Scalar) -> float | None:
    """Return whether a link is up. Raises DecodeError for anything but ``up``, ``down`` and booleans."""
    return None if kebab(str(raw)) in NOT_AVAILABLE else UP(raw)
