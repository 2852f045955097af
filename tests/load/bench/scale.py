"""The scale of the benchmark: complete in about six minutes, or quick to compare a change."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """Counts and seconds of the parts of the benchmark."""

    rounds: int
    requests: int
    """At most, in each round."""
    seconds: float
    """At most, for each round."""
    warm_up: int
    growth: int
    """Probes over which the growth of memory is measured."""
    fleet_seconds: float


FULL = Scale(rounds=5, requests=500, seconds=10.0, warm_up=150, growth=100_000, fleet_seconds=120.0)
QUICK = Scale(rounds=3, requests=300, seconds=5.0, warm_up=100, growth=5_000, fleet_seconds=30.0)
