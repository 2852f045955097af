"""The state of targets as the pages show it: configured or probed, last result, collectors, lockout."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectorStatus:
    """The state of a collector in the last probe of a target; ``duration`` in seconds once it is done or failed."""

    name: str
    state: Literal["waiting", "running", "done", "failed"]
    duration: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LastProbe:
    """The last probe of a target: when it ended (Unix time), seconds it took, what went wrong, and its collectors."""

    ended_at: float
    duration: float
    reason: str = "none"
    error: str | None = None
    collectors: tuple[CollectorStatus, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetStatus:
    """A target and its last probe.

    Until ``locked_until`` (Unix time) the device is not contacted, because it refused the credentials.
    """

    name: str
    address: str
    module: str
    auth: str
    last: LastProbe | None = None
    locked_until: float | None = None
