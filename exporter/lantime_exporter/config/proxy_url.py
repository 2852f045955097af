"""The address of a proxy, which may hold a password."""

from urllib.parse import urlsplit

from lantime_exporter.endpoint import parse_endpoint
from lantime_exporter.errors import RequestError


def is_proxy_url(text: str) -> bool:
    """Return whether the text is ``http://[user:password@]host[:port]`` and nothing more."""
    if not text.isprintable() or " " in text:
        return False
    try:
        url = urlsplit(text)
        _, _, address = url.netloc.rpartition("@")
        parse_endpoint(f"http://{address}")
    except (RequestError, ValueError):
        return False
    return url.scheme == "http" and url.path in ("", "/") and not url.query and not url.fragment


def mask_proxy_url(text: str) -> str:
    """Return a valid proxy URL with user and password shown as ``<secret>``."""
    url = urlsplit(text)
    _, at, address = url.netloc.rpartition("@")
    return f"http://<secret>@{address}" if at else text
