"""The address of a proxy, which may hold a password."""

from urllib.parse import SplitResult, urlsplit

SCHEMES = ("http", "https")


def is_proxy_url(text: str) -> bool:
    """Return whether the text is ``http[s]://[user:password@]host[:port]`` and nothing more."""
    if not text.isprintable() or " " in text:
        return False
    try:
        url = urlsplit(text)
        return _port_is_valid(url) and url.scheme in SCHEMES and bool(url.hostname) and _ends_after_host(url)
    except ValueError:
        return False


def mask_proxy_url(text: str) -> str:
    """Return a valid proxy URL with user and password shown as ``<secret>``."""
    url = urlsplit(text)
    _, at, host = url.netloc.rpartition("@")
    return f"{url.scheme}://<secret>@{host}" if at else text


def _port_is_valid(url: SplitResult) -> bool:
    return url.port is None or url.port > 0


def _ends_after_host(url: SplitResult) -> bool:
    return url.path in ("", "/") and not url.query and not url.fragment
