"""The state of targets as the pages show it: configured or probed, last result, collectors, lockout."""

import re
from dataclasses import dataclass
from typing import Literal

from lantime_exporter.mapping.plan import Mapped

_ACTIVE_SYNC_STATE = re.compile(r'^lantime_sync_state\{state="(.*)"\} 1', re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectorStatus:
    """The state of a collector in the last probe of a target; ``duration`` is in seconds."""

    name: str
    state: Literal["done", "failed"]
    duration: float


@dataclass(frozen=True, slots=True, kw_only=True)
class LastProbe:
    """The last probe of a target: when it ended (Unix time), seconds it took, what went wrong, and its collectors.

    ``sync_state`` is the synchronization that the device reports, None if it reports none. There are no collectors
    if the probe failed before they ran.
    """

    ended_at: float
    duration: float
    reason: str = "none"
    error: str | None = None
    sync_state: str | None = None
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


def find_sync_state(mapped: Mapped) -> str | None:
    """Return the state of ``lantime_sync_state`` that is 1."""
    lines = next((lines for family, lines in mapped.families if family.metric.name == "lantime_sync_state"), ())
    active = _ACTIVE_SYNC_STATE.search("".join(lines))
    return active[1] if active else None
