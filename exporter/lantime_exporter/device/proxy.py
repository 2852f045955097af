"""Choice of the proxy for a device.

requests supports NO_PROXY too, but it modifies the environment of the process, and does not support CIDR blocks of
IPv6.
"""

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit
from urllib.request import getproxies_environment

from lantime_exporter.config.settings import Proxy
from lantime_exporter.device.auth import Credentials
from lantime_exporter.endpoint import Endpoint, IpAddress, parse_endpoint
from lantime_exporter.errors import ConfigError, RequestError


@dataclass(frozen=True, slots=True, kw_only=True)
class ProxyServer:
    """An HTTP proxy, and the headers to send to it."""

    endpoint: Endpoint
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)


def proxy_for(device: Endpoint, proxy: Proxy) -> ProxyServer | None:
    """Return the proxy for this device, None to reach it directly, which is the default.

    ``proxy_url`` applies to all hosts that ``no_proxy`` does not name; ``proxy_from_environment`` uses ``HTTPS_PROXY``,
    ``HTTP_PROXY`` and ``NO_PROXY`` (also in lower case). Raises ConfigError, without the text of the URL, if it does
    not name an HTTP proxy.
    """
    url, no_proxy, source = proxy.proxy_url, proxy.no_proxy, "proxy.proxy_url"
    if proxy.proxy_from_environment:
        variables = getproxies_environment()
        url, no_proxy = variables.get(device.scheme), variables.get("no", "")
        source = f"environment variable {device.scheme.upper()}_PROXY"
    if not url or (no_proxy is not None and is_excepted(device, no_proxy)):
        return None
    return _proxy_server(url, source)


def is_excepted(device: Endpoint, no_proxy: str) -> bool:
    """Return whether a list of exceptions, separated by commas, includes this device.

    An entry is ``*``, a domain (which includes its subdomains), ``.domain`` or ``*.domain`` (only them), an IP address
    or a CIDR block. A domain or an address may end in ``:port``. As in Go, every list includes loopback.
    """
    name, address = device.server_name, device.address
    entries = [entry.strip().lower() for entry in no_proxy.split(",")]
    if "*" in entries:
        return True
    if address is None:
        return name == "localhost" or any(_is_in_domain(device, entry) for entry in entries)
    return address.is_loopback or device.host_header in entries or any(_contains(entry, address) for entry in entries)


def _is_in_domain(device: Endpoint, entry: str) -> bool:
    domain, _, port = entry.removeprefix("*").partition(":")
    is_within = device.server_name.endswith(domain if domain.startswith(".") else f".{domain}")
    return (is_within or device.server_name == domain) and port in ("", str(device.port))


def _contains(block: str, address: IpAddress) -> bool:
    try:
        return address in ipaddress.ip_network(block.strip("[]"), strict=False)
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
