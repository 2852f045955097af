"""Link states of network ports."""

from lantime_exporter.document.enumeration import kebab
from lantime_exporter.document.shape import Scalar
from lantime_exporter.document.values import boolean_words

NOT_AVAILABLE = frozenset({"not-available", "-4", "-75"})
"""A port that is not there; the numbers are the MIB's, where 0 is down and 1 is up."""

UP = boolean_words(("up",), ("down",))


def link(raw: Scalar) -> float | None:
    """Return whether a link is up. Raises DecodeError for what is neither ``up``, ``down`` nor a boolean."""
    return None if kebab(str(raw)) in NOT_AVAILABLE else UP(raw)
