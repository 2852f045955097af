"""Choice of the proxy for a device, as in prometheus/common and Go's ``http/httpproxy``.

requests supports NO_PROXY too, but it modifies the environment of the process, and does not support CIDR blocks of
IPv6.
"""

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from lantime_exporter.config.settings import Proxy
from lantime_exporter.device.auth import Credentials
from lantime_exporter.endpoint import Endpoint, parse_endpoint
from lantime_exporter.errors import ConfigError, RequestError


@dataclass(frozen=True, slots=True, kw_only=True)
class ProxyServer:
    """An HTTP proxy, and the headers to send to it."""

    endpoint: Endpoint
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)


def proxy_for(device: Endpoint, proxy: Proxy, environ: Mapping[str, str]) -> ProxyServer | None:
    """Return the proxy for this device, None to reach it directly, which is the default.

    ``proxy_url`` applies to all hosts that ``no_proxy`` does not name; ``proxy_from_environment`` uses ``HTTPS_PROXY``,
    ``HTTP_PROXY`` and ``NO_PROXY`` (also in lower case). As in Go, a list of exceptions includes loopback. Raises
    ConfigError, without the text of the URL, if it does not name an HTTP proxy.
    """
    if proxy.proxy_from_environment:
        name = f"{device.scheme}_proxy"
        url = _variable(name, environ)
        if not url or is_excepted(device, _variable("no_proxy", environ)):
            return None
        return _proxy_server(url, f"environment variable {name.upper()}")
    if not proxy.proxy_url or (proxy.no_proxy and is_excepted(device, proxy.no_proxy)):
        return None
    return _proxy_server(proxy.proxy_url, "proxy.proxy_url")


def is_excepted(device: Endpoint, no_proxy: str) -> bool:
    """Return whether a list of exceptions includes this device.

    The list is separated by commas: ``*``, an IP address, a CIDR block, a domain (which includes its subdomains),
    ``.domain`` or ``*.domain`` (only them); all but ``*`` and blocks may end in ``:port``.
    """
    entries = [entry.strip().lower() for entry in no_proxy.split(",")]
    return _is_loopback(device) or any(_matches(device, entry) for entry in entries if entry)


def _variable(name: str, environ: Mapping[str, str]) -> str:
    return environ.get(name.upper()) or environ.get(name) or ""


def _is_loopback(device: Endpoint) -> bool:
    address = _address(device.server_name)
    return device.server_name == "localhost" if address is None else address.is_loopback


def _matches(device: Endpoint, entry: str) -> bool:
    if entry == "*":
        return True
    address = _address(device.server_name)
    if "/" in entry:
        return address is not None and _contains(entry, address)
    host, port = _split_port(entry)
    if port and port != str(device.port):
        return False
    excepted = _address(host)
    if excepted is not None or address is not None:
        return excepted == address
    host = host.removeprefix("*")
    return device.server_name.endswith(host) if host.startswith(".") else _is_within(device.server_name, host)


def _is_within(name: str, domain: str) -> bool:
    return bool(domain) and (name == domain or name.endswith(f".{domain}"))


def _split_port(entry: str) -> tuple[str, str]:
    if entry.startswith("["):
        host, _, after = entry[1:].partition("]")
        return host, after.removeprefix(":")
    if entry.count(":") == 1:
        host, _, port = entry.partition(":")
        return host, port
    return entry, ""


def _address(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(text)
    except ValueError:
        return None


def _contains(block: str, address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    try:
        return address in ipaddress.ip_network(block, strict=False)
    except ValueError:
        return False


def _proxy_server(url: str, source: str) -> ProxyServer:
    """Read ``[http://][user:password@]host[:port]``; errors never contain it."""
    try:
        parts = urlsplit(url if "://" in url else f"http://{url}")
        userinfo, _, address = parts.netloc.rpartition("@")
        if parts.scheme != "http" or parts.path not in ("", "/") or parts.query or parts.fragment:
            raise ConfigError(f"{source}: must be http://[user:password@]host[:port], other proxies are not supported")
        endpoint = parse_endpoint(f"http://{address}")
    except (RequestError, ValueError):
        # Not chained: a ValueError of urlsplit may contain the password.
        raise ConfigError(f"{source}: contains no valid host and port") from None
    user, _, password = map(unquote, userinfo.partition(":"))
    headers = {"Proxy-Authorization": Credentials(user, password).basic} if userinfo else {}
    return ProxyServer(endpoint=endpoint, headers=headers)
