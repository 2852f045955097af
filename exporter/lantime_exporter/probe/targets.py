"""Targets of a configuration: a name or an address -> the device, its credentials and its module."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from lantime_exporter.config.problems import did_you_mean
from lantime_exporter.config.settings import Allowed, Auth, Settings, Target
from lantime_exporter.endpoint import Endpoint, parse_endpoint
from lantime_exporter.errors import RequestError

MAX_RESOLVED = 10_000
"""Requests whose device is remembered."""

MAX_NAMES = 50
"""Names that an error lists and compares; comparing a thousand takes 80 ms."""


class Device(NamedTuple):
    """The device of a probe: address, and the names of its auth and module in the configuration.

    ``name`` is the configured name, else the address; ``TargetRegistry.find`` accepts both. ``fingerprint_sha256`` is
    the certificate that the target pins, which overrides the module.
    """

    name: str
    endpoint: Endpoint
    auth: str
    module: str
    fingerprint_sha256: str | None = None


class TargetRegistry:
    """The devices that a configuration lists or allows. Safe for use by several threads."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._by_name = {target.name: target for target in settings.targets}
        self._by_endpoint = {parse_endpoint(target.address): target for target in settings.targets}
        self.module_for = lru_cache(maxsize=MAX_RESOLVED)(settings.module_for)
        self.find = lru_cache(maxsize=MAX_RESOLVED)(self._find)

    def _find(self, target: str, auth: str | None = None, module: str | None = None) -> Device:
        """Return the device that a target means: a configured name or address, or an address that is allowed.

        ``auth`` selects among the credentials that the configuration assigns to the device: no device receives others.
        Raises RequestError for anything else.
        """
        named = self._by_name.get(target)
        endpoint = _endpoint(named.address if named else target)
        entries = list(self._entries(named or self._by_endpoint.get(endpoint), endpoint))
        if not entries:
            raise RequestError(self._unknown_target(target, endpoint))
        entry = next((entry for entry in entries if auth in (None, entry.auth)), None)
        if entry is None:
            raise RequestError(f"auth: {_not_among(auth, [entry.auth for entry in entries], ' for this target')}")
        chosen = module or entry.module
        if chosen not in self.settings.modules:
            raise RequestError(f"module: {_not_among(chosen, self.settings.modules)}")
        configured = self._by_endpoint.get(endpoint)
        pinned = configured.fingerprint_sha256 if configured else None
        return Device(self.name(endpoint), endpoint, entry.auth, chosen, fingerprint_sha256=pinned)

    def is_current(self, device: Device) -> bool:
        """Return whether the configuration still means the same device by its name, auth and module."""
        try:
            return self.find(device.name, device.auth, device.module) == device
        except RequestError:
            return False

    def may_contact(self, endpoint: Endpoint, auth: Auth) -> bool:
        """Return whether the configuration sends these credentials to the device."""
        entries = self._entries(self._by_endpoint.get(endpoint), endpoint)
        return any(self.settings.auths[entry.auth] == auth for entry in entries)

    def name(self, endpoint: Endpoint) -> str:
        """Return the name of a device in logs and on pages: the configured one, else an address ``find`` accepts."""
        target = self._by_endpoint.get(endpoint)
        if target is not None:
            return target.name
        return endpoint.authority if endpoint.scheme == "https" else endpoint.url

    def _unknown_target(self, target: str, endpoint: Endpoint) -> str:
        pattern = f"a pattern under allowed{'' if endpoint.scheme == 'https' else ' that has plain_http'}"
        names = self._by_name if len(self._by_name) <= MAX_NAMES else ()
        guess = did_you_mean(target, names)
        known = f"; known: {', '.join(names)}" if names else ""
        return f"target: neither configured under targets nor matched by {pattern}{guess}{known}"

    def _entries(self, target: Target | None, endpoint: Endpoint) -> Iterator[Target | Allowed]:
        if target is not None:
            yield target
        host = endpoint.host_without_zone
        for allowed in self.settings.allowed:
            if allowed.pattern.fullmatch(host) and (allowed.plain_http or endpoint.scheme == "https"):
                yield allowed


def _not_among(name: str | None, names: Iterable[str], where: str = "") -> str:
    known = list(dict.fromkeys(names))
    return f"not configured{where}{did_you_mean(name or '', known)}; known: {', '.join(known)}"


def _endpoint(target: str) -> Endpoint:
    try:
        return parse_endpoint(target)
    except RequestError as error:
        raise RequestError(f"target: {error}") from None
