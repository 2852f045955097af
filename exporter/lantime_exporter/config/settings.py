"""What the exporter can be told, as frozen and already validated data.

Every field name is the key of the configuration file. Durations are seconds, sizes bytes.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from lantime_exporter.config.secret import Secret, Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Auth:
    """Credentials for devices. ``method`` is ``basic`` or ``bearer`` (firmware 7.08 and later)."""

    username: Source
    password: Secret
    method: str = "basic"
    fallback_to_basic: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Tls:
    """How a device proves who it is. Without any setting: the system's store of authorities."""

    ca_file: Path | None = None
    fingerprint_sha256: str | None = None
    """64 hexadecimal digits in lower case, without colons."""
    server_name: str | None = None
    cert_file: Path | None = None
    key_file: Path | None = None
    insecure_skip_verify: bool = False
    allow_legacy_ciphers: bool = False
    """Accept cipher suites of TLS 1.2 that are no longer recommended: RSA key exchange, CBC with SHA-1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proxy:
    """How the device is reached. Without any setting: directly, whatever the environment says."""

    proxy_url: str | None = field(default=None, repr=False)
    """May hold a password, therefore not in repr."""
    no_proxy: str | None = None
    proxy_from_environment: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Module:
    """One way to probe a device: what to collect, how long to wait, how to connect."""

    timeout: float = 10.0
    min_interval: float = 0.0
    """Seconds between two requests to the same device, at least."""
    max_response_bytes: int = 16 * 1024 * 1024
    collectors: tuple[str, ...] = ()
    """Names of the collectors to run; empty means all."""
    exclude_collectors: tuple[str, ...] = ()
    generic_modules: bool = True
    """Export what no collector claims below ``chassisN.slots[].module``."""
    generic_status: bool = False
    """Export what no collector claims elsewhere in the tree."""
    generic_series_per_slot: int = 500
    position: bool = True
    """Export latitude, longitude and altitude."""
    tls: Tls = field(default_factory=Tls)
    proxy: Proxy = field(default_factory=Proxy)


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A device by name. ``address`` is ``[scheme://]host[:port]``, HTTPS unless it says ``http://``."""

    name: str
    address: str
    auth: str = "default"
    module: str = "default"
    labels: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowed:
    """Devices that may be probed without being listed: ``pattern`` must match the whole ``host`` of the target."""

    pattern: re.Pattern[str]
    auth: str = "default"
    module: str = "default"
    plain_http: bool = False
    """Accept ``http://`` addresses too, which send the password in clear; who asks chooses the address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The whole configuration."""

    auths: Mapping[str, Auth]
    modules: Mapping[str, Module]
    targets: tuple[Target, ...] = ()
    allowed: tuple[Allowed, ...] = ()
    max_concurrent_probes: int = 500
    timeout_offset: float = 0.5
    """Seconds taken off the scrape timeout that Prometheus announces, so that the answer still arrives."""
    sessions_per_device: int = 20
    """How many HTTP sessions ``/sessions`` remembers for each device; 0 turns it off."""
