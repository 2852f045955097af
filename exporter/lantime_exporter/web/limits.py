"""How long and how much a client may take."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Bounds of one connection; seconds and bytes."""

    handshake: float = 10.0
    """For the whole TLS handshake."""
    idle: float = 30.0
    """For the first byte of a request."""
    request: float = 10.0
    """From the first byte to the last of a request, its body included."""
    write: float = 30.0
    """For the client to take a response."""
    linger: float = 1.0
    """For the client to hang up after an answer that ends the connection."""
    request_line: int = 8 * 1024
    head: int = 32 * 1024
    """Request line and headers together."""
    body: int = 64 * 1024
    connections: int = 1024
    """Open at once on all addresses; more are closed unheard."""
