"""How much is measured: all of it in about six minutes, or enough to see whether a change pays."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """Counts and seconds of the parts of the benchmark."""

    rounds: int
    requests: int
    """In each round, at most."""
    seconds: float
    """For each round, at most."""
    warm_up: int
    growth: int
    """Probes over which memory is watched."""
    fleet_seconds: float


FULL = Effort(rounds=5, requests=500, seconds=10.0, warm_up=150, growth=100_000, fleet_seconds=120.0)
QUICK = Effort(rounds=3, requests=300, seconds=5.0, warm_up=100, growth=5_000, fleet_seconds=30.0)
