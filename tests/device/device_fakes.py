"""Fake devices on plain sockets, which respond, delay and break as configured."""

import contextlib
import itertools
import socket
import ssl
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self, TypeAlias

STATUS_TREE = b'{"data": {"rest-api": {"api-version": "20.05.013"}}}'
TOKEN = b"0123abcd"


def answer(
    body: bytes = STATUS_TREE, *, status: int = 200, headers: Iterable[str] = (), length: int | None = None
) -> bytes:
    """Return a complete HTTP response."""
    lines = [f"HTTP/1.1 {status} Whatever", f"Content-Length: {len(body) if length is None else length}", *headers]
    return "\r\n".join([*lines, "", ""]).encode() + body


@dataclass(frozen=True, slots=True)
class Request:
    """A request as received by the device."""

    line: str
    headers: dict[str, str]

    @property
    def authorization(self) -> str:
        return self.headers.get("authorization", "")


@dataclass(slots=True)
class Peer:
    """One accepted connection."""

    sock: socket.socket
    device: "FakeDevice"

    def read_request(self) -> Request | None:
        """Return the next request, None if the client closed the connection."""
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            byte = self.sock.recv(1)
            if not byte:
                return None
            head += byte
        line, *fields = head.decode("ascii").split("\r\n")[:-2]
        headers = {name.lower(): value for name, _, value in (item.partition(": ") for item in fields)}
        request = Request(line, headers)
        self.device.requests.append(request)
        return request

    def send(self, data: bytes) -> None:
        self.sock.sendall(data)

    def drip(self, data: Iterable[int], seconds: float) -> None:
        """Send one byte at a time until the test is over."""
        for byte in data:
            if self.device.is_over.wait(seconds):
                return
            self.send(bytes([byte]))

    def wait(self) -> None:
        """Do nothing until the test is over."""
        self.device.is_over.wait(10)


Behaviour: TypeAlias = Callable[[Peer], None]


def answering(*answers: bytes) -> Behaviour:
    """Respond to requests in turn, on any number of connections; the last response repeats."""
    remaining = itertools.chain(answers[:-1], itertools.repeat(answers[-1]))

    def behave(peer: Peer) -> None:
        while peer.read_request():
            peer.send(next(remaining))

    return behave


def by_request(reply: Callable[[Request], bytes]) -> Behaviour:
    """Respond to each request with the result of a function."""

    def behave(peer: Peer) -> None:
        while request := peer.read_request():
            peer.send(reply(request))

    return behave


@dataclass
class FakeDevice:
    """Listens on loopback and handles every connection by ``behave``, in a separate thread."""

    behave: Behaviour
    tls: ssl.SSLContext | None = None
    requests: list[Request] = field(default_factory=list)
    connections: int = 0
    resumed: int = 0
    server_names: list[str] = field(default_factory=list)
    is_over: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> Self:
        if self.tls is not None:
            self.tls.sni_callback = lambda _, name, __: self.server_names.append(name)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._sockets: list[socket.socket] = []
        self._threads = [threading.Thread(target=self._accept)]
        self._threads[0].start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.is_over.set()
        self._listener.shutdown(socket.SHUT_RDWR)
        self._threads[0].join()
        self._listener.close()
        for sock in self._sockets:
            close_hard(sock)
        for thread in self._threads[1:]:
            thread.join()

    @property
    def port(self) -> int:
        return int(self._listener.getsockname()[1])

    @property
    def address(self) -> str:
        return f"{'http' if self.tls is None else 'https'}://127.0.0.1:{self.port}"

    def _accept(self) -> None:
        while True:
            try:
                sock, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            self._sockets.append(sock)
            thread = threading.Thread(target=self._serve, args=(sock,))
            self._threads.append(thread)
            thread.start()

    def _serve(self, sock: socket.socket) -> None:
        with contextlib.suppress(OSError), self._secured(sock) as secured:  # OSError: the client or the test ended
            self.behave(Peer(secured, self))

    def _secured(self, sock: socket.socket) -> socket.socket:
        if self.tls is None:
            return sock
        with sock.dup() as plain:
            secured = self.tls.wrap_socket(plain, server_side=True)
        self.resumed += bool(secured.session_reused)
        return secured


def close_hard(sock: socket.socket) -> None:
    """Close a connection even while another thread reads from it."""
    with contextlib.suppress(OSError):
        sock.shutdown(socket.SHUT_RDWR)
    sock.close()
