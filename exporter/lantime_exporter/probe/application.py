"""What the pages need of the probes, and nothing more: the one coupling between ``web`` and the rest."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from lantime_exporter.config.settings import Settings
from lantime_exporter.device.exchange import Exchange


@dataclass(frozen=True, slots=True, kw_only=True)
class ProbeRequest:
    """What the caller of ``/probe`` asks for; None and empty mean as configured.

    ``scrape_timeout`` is what Prometheus announces in ``X-Prometheus-Scrape-Timeout-Seconds``, in seconds.
    """

    target: str
    module: str | None = None
    auth: str | None = None
    slots: tuple[str, ...] = ()
    scrape_timeout: float | None = None


class ProbeResult(Protocol):
    """What came of one probe, the failure of the device included."""

    @property
    def reason(self) -> str:
        """The state of ``lantime_probe_failure``: one of ``lantime_exporter.errors.FAILURE_REASONS``."""

    def render(self, openmetrics: bool) -> bytes:
        """Return the samples as OpenMetrics 1.0.0 or as Prometheus text (0.0.4 and 1.0.0 read the same)."""

    def debug(self) -> str:
        """Return the story of the probe for a person to read, free of secrets."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectorStatus:
    """A collector in the last probe of a target; ``duration`` in seconds once it is done or failed."""

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
    """A target and how it is.

    Until ``locked_until`` (Unix time) it is left alone, because it refused the credentials.
    """

    name: str
    address: str
    module: str
    auth: str
    last: LastProbe | None = None
    locked_until: float | None = None


class Application(Protocol):
    """The exporter behind the web pages. Every member is safe to use from many threads at once."""

    @property
    def settings(self) -> Settings:
        """The configuration in force."""

    def probe(self, request: ProbeRequest) -> ProbeResult:
        """Probe a device. Raises RequestError when the request cannot be served; never for a failing device."""

    def reload(self) -> None:
        """Read the configuration again. Raises ConfigError and keeps the old one when it cannot be used."""

    def targets(self) -> Sequence[TargetStatus]:
        """Return every target that is configured or was probed."""

    def sessions(self) -> Mapping[str, tuple[Exchange, ...]]:
        """Return the remembered HTTP sessions by device, oldest first."""
