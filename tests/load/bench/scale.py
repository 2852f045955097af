"""The scale of the benchmark: complete in about ten minutes, or quick to compare a change."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """Counts and seconds of the parts of the benchmark."""

    rounds: int
    """In turn with the peer: many short ones, because a virtual machine is slow for seconds at a time."""
    round_requests: int
    """In each of these rounds."""
    requests: int
    """At most, in any other measurement."""
    seconds: float
    """At most, for each measurement."""
    warm_up: int
    growth: int
    """Probes over which the growth of memory is measured."""
    fleet_seconds: float


FULL = Scale(
    rounds=20, round_requests=100, requests=500, seconds=10.0, warm_up=150, growth=100_000, fleet_seconds=120.0
)
QUICK = Scale(rounds=6, round_requests=100, requests=300, seconds=5.0, warm_up=100, growth=5_000, fleet_seconds=30.0)
