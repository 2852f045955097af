"""Ending a connection so that the client hears the last words."""

import socket
import ssl

from lantime_exporter.deadline import Deadline

_MOST = 1024 * 1024


def close_notify(sock: socket.socket) -> None:
    """Tell a TLS client that the end of the stream is meant, without waiting for its reply."""
    if isinstance(sock, ssl.SSLSocket):
        sock.settimeout(0)
        try:
            sock.unwrap()
        except (OSError, ValueError):
            return  # sent, and no reply yet; or the connection is gone already


def linger(sock: socket.socket, seconds: float) -> None:
    """Send no more, and read on until the client hangs up, for some seconds and about a MiB at most.

    A socket that is closed with unread bytes resets the connection, and the client may lose what was sent before.
    Raises OSError when the connection breaks.
    """
    # The methods of the plain socket: there is no more TLS to speak, only bytes to pass over.
    socket.socket.shutdown(sock, socket.SHUT_WR)
    deadline = Deadline.after(seconds)
    left = _MOST
    while left > 0 and (remaining := deadline.remaining()):
        sock.settimeout(remaining)
        try:
            count = len(socket.socket.recv(sock, 64 * 1024))
        except TimeoutError:
            return
        if not count:
            return
        left -= count
