"""The settings: every key of the configuration file, with its type, bounds, meaning and an example, declared once.

A field is the key of its name. Instances are frozen and already validated. Durations are seconds, sizes bytes.
"""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from types import MappingProxyType
from typing import Annotated, Any

import msgspec

from lantime_exporter.config.access_settings import Auth, Proxy, Tls
from lantime_exporter.config.pattern import Pattern
from lantime_exporter.config.schema import Section, doc
from lantime_exporter.config.value_types import (
    Address,
    AuthName,
    CollectorName,
    Duration,
    Fingerprint,
    LabelName,
    ModuleName,
    Name,
    Size,
)
from lantime_exporter.endpoint import Endpoint, parse_endpoint
from lantime_exporter.errors import RequestError
from lantime_exporter.formatting import quoted

EMPTY: Mapping[str, Any] = MappingProxyType({})


class Module(Section, frozen=True, kw_only=True):
    """One way to probe a device: what to collect, how long to wait, how to connect."""

    timeout: Annotated[
        Duration,
        doc(
            "Maximum time for a probe. If Prometheus' scrape timeout minus `timeout_offset` is shorter, it applies.",
            "5s",
            between=(0.01, 3600.0),
        ),
    ] = 10.0
    min_interval: Annotated[
        Duration, doc("Minimum time between two requests to the same device.", "5s", between=(0.0, 3600.0))
    ] = 0.0
    max_response_bytes: Annotated[
        Size, doc("Maximum size of a response; a larger one is an error.", "4MiB", between=(1024, 1024**3))
    ] = 16 * 1024 * 1024
    max_series: Annotated[
        int,
        doc(
            "Maximum number of series of a probe; a larger status is an error. A chassis full of cards has some 3,000.",
            "10000",
            between=(100, 1_000_000),
        ),
    ] = 50_000
    max_page_bytes: Annotated[
        Size,
        doc(
            "Maximum size of the series of a probe as text; a larger status is an error. A chassis full of cards has "
            "some 400 kB.",
            "4MiB",
            between=(64 * 1024, 1024**3),
        ),
    ] = 16 * 1024 * 1024
    collectors: Annotated[
        tuple[CollectorName, ...], doc("Collectors to run; an empty list means all.", "[system, receiver]")
    ] = ()
    exclude_collectors: Annotated[tuple[CollectorName, ...], doc("Collectors not to run.", "[network]")] = ()
    generic_modules: Annotated[
        bool, doc("Export the module values that no collector handles, as `lantime_module_*`.", "false")
    ] = True
    generic_status: Annotated[
        bool, doc("Export the other status values that no collector handles, as `lantime_status_*`.", "true")
    ] = False
    generic_series_per_slot: Annotated[
        int,
        doc(
            "Maximum number of `lantime_module_*` series per slot. `lantime_generic_series_dropped` counts the rest.",
            "100",
            between=(0, 100_000),
        ),
    ] = 500
    position: Annotated[bool, doc("Export latitude, longitude and altitude of the antenna.", "false")] = True
    tls: Annotated[Tls, doc("TLS to the device. By default it needs a certificate that the system trusts.")] = Tls()
    proxy: Annotated[Proxy, doc("Proxy to the device. By default none, even if the environment names one.")] = Proxy()


class Target(Section, frozen=True, kw_only=True):
    """A device by name."""

    name: Annotated[Name, doc("Name of the device. By default the host of the address.", "studio-1")] = ""
    address: Annotated[
        Address, doc("`[scheme://]host[:port]`, HTTPS unless it begins with `http://`.", "clock1.example.net")
    ]
    auth: Annotated[AuthName, doc("Credentials for the device, one of `auths`.", "hq")] = "default"
    module: Annotated[ModuleName, doc("How to probe the device, one of `modules`.", "slow")] = "default"
    fingerprint_sha256: Annotated[
        Fingerprint | None,
        doc(
            "The only certificate to accept from this device. Overrides `fingerprint_sha256` and "
            "`insecure_skip_verify` of the module.",
            '"8f:3a:…"',
        ),
    ] = None
    labels: Annotated[Mapping[LabelName, str], doc("Labels of the device in `/sd`.", "{site: hq, rack: B12}")] = EMPTY

    def __post_init__(self) -> None:
        """Use the host as the default name."""
        if not self.name and self.address:
            msgspec.structs.force_setattr(self, "name", parse_endpoint(self.address).host)

    @classmethod
    def conflicts_among(cls, targets: Mapping[int, Any]) -> Iterator[tuple[int, str, str]]:
        """Yield a conflict for every target whose name or address is ambiguous."""
        names: dict[str, int] = {}
        addresses: dict[Endpoint, int] = {}
        for index, target in targets.items():
            name, address = quoted(target.name), quoted(target.address)
            same_name = names.setdefault(target.name, index)
            same_device = addresses.setdefault(parse_endpoint(target.address), index)
            if same_device != index:
                yield index, "address", f"{address} is the device of targets[{same_device}] too"
            elif same_name != index:
                yield index, "name", f"{name} is the name of targets[{same_name}] too: rename one"
        for name, index in names.items():
            with suppress(RequestError):  # most names are not addresses
                other = addresses.get(parse_endpoint(name), index)
                if other != index:
                    yield index, "name", f"{quoted(name)} is the address of targets[{other}]"


class Allowed(Section, frozen=True, kw_only=True):
    """Devices that may be probed without being listed."""

    pattern: Annotated[
        Pattern,
        doc(
            "Hosts that may be probed without being a target. It must match the whole host. "
            "Every matching host receives the credentials.",
            r"'clock\d+\.example\.net'",
        ),
    ]
    auth: Annotated[AuthName, doc("Credentials for these devices, one of `auths`.", "hq")] = "default"
    module: Annotated[ModuleName, doc("How to probe them if the request names no module.", "slow")] = "default"
    plain_http: Annotated[
        bool,
        doc(
            "Accept `http://` addresses of these devices too. Anyone who can intercept the connection can "
            "then read the password.",
            "true",
        ),
    ] = False


class Settings(Section, frozen=True, kw_only=True):
    """The whole configuration."""

    auths: Annotated[Mapping[Name, Auth], doc("Credentials by name. `default` applies where none is named.")] = EMPTY
    modules: Annotated[
        Mapping[Name, Module], doc("Probe settings by name. `default` always exists and applies where none is named.")
    ] = EMPTY
    targets: Annotated[tuple[Target, ...], doc("The devices.")] = ()
    allowed: Annotated[tuple[Allowed, ...], doc("Devices that may be probed besides the targets.")] = ()
    max_concurrent_probes: Annotated[
        int, doc("Maximum number of concurrent probes; further requests get status 503.", "50", between=(1, 100_000))
    ] = 500
    timeout_offset: Annotated[
        Duration,
        doc(
            "Subtracted from the scrape timeout of Prometheus, so that the response arrives in time.",
            "250ms",
            between=(0.0, 60.0),
        ),
    ] = 0.5
    sessions_per_device: Annotated[
        int,
        doc("Number of HTTP sessions per device that `/sessions` shows; 0 turns it off.", "100", between=(0, 10_000)),
    ] = 20

    def __post_init__(self) -> None:
        """Add the module ``default`` if it is missing."""
        if "default" not in self.modules:
            modules = MappingProxyType({"default": Module(), **self.modules})
            msgspec.structs.force_setattr(self, "modules", modules)

    def module_for(self, name: str, fingerprint_sha256: str | None) -> Module:
        """Return the module for a target: the target's fingerprint replaces the module's."""
        module = self.modules[name]
        if fingerprint_sha256 is None:
            return module
        tls = msgspec.structs.replace(module.tls, fingerprint_sha256=fingerprint_sha256, insecure_skip_verify=False)
        return msgspec.structs.replace(module, tls=tls)


__all__ = ["Allowed", "Auth", "Module", "Proxy", "Settings", "Target", "Tls"]
