"""A device with very little CPU time: prepared responses over kept connections.

``python -m tests.load.bench.device`` reads a ``DeviceDescription`` as JSON from its standard input, writes a line with
its ports, and serves until the input ends. For every further line it writes the number of connections so far.
"""

import asyncio
import json
import ssl
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from itertools import cycle
from pathlib import Path

END = b"\r\n\r\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceDescription:
    """What to serve, on how many ports, after which delay in seconds; over TLS with a PEM file.

    ``bodies`` is a JSON file of lists of bodies. Each port serves one of the lists, repeatedly.
    """

    bodies: str
    ports: int = 1
    delay: float = 0.0
    certificate: str | None = None

    def text(self) -> str:
        """Return the description as JSON."""
        return json.dumps(asdict(self))


@dataclass(slots=True)
class Counts:
    """Connections: their number so far, and the maximum that were open at one port."""

    opened: int = 0
    most: int = 0
    now: Counter[int] = field(default_factory=Counter)

    def came(self, port: int) -> None:
        """Count a connection."""
        self.opened += 1
        self.now[port] += 1
        self.most = max(self.most, self.now[port])

    def text(self) -> str:
        """Return the counts as JSON."""
        return json.dumps({"opened": self.opened, "most_at_one": self.most})


class Connection(asyncio.Protocol):
    """One kept connection; requests follow each other and have no body."""

    def __init__(self, responses: Iterator[bytes], delay: float, counts: Counts) -> None:
        self._responses = responses
        self._delay = delay
        self._counts = counts
        self._received = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Store the transport."""
        assert isinstance(transport, asyncio.WriteTransport)
        self._transport = transport
        self._port = transport.get_extra_info("sockname")[1]
        self._counts.came(self._port)

    def data_received(self, data: bytes) -> None:
        """Respond to each complete request."""
        self._received += data
        if not self._received.endswith(END):
            return
        self._received = b""
        if self._delay:
            asyncio.get_running_loop().call_later(self._delay, self._transport.write, next(self._responses))
        else:
            self._transport.write(next(self._responses))

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 -- asyncio's hook
        """Subtract the connection."""
        self._counts.now[self._port] -= 1


def response(body: bytes) -> bytes:
    """Return a body with the headers of a response."""
    return b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body)


async def serve(description: DeviceDescription, bodies: Sequence[Sequence[str]]) -> None:
    """Serve until the standard input ends."""
    loop = asyncio.get_running_loop()
    counts = Counts()
    responses = [[response(body.encode()) for body in series] for series in bodies]
    secured = _context(description.certificate) if description.certificate else None
    ports = []
    for port in range(description.ports):
        series = cycle(responses[port % len(responses)])
        server = await loop.create_server(
            lambda series=series: Connection(series, description.delay, counts),
            "127.0.0.1",
            0,
            ssl=secured,
            backlog=128,
        )
        ports.append(server.sockets[0].getsockname()[1])
    _say(json.dumps(ports))
    while await loop.run_in_executor(None, sys.stdin.readline):
        _say(counts.text())


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _context(certificate: str) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


def main() -> None:
    """Serve the description in the first line of the standard input."""
    description = DeviceDescription(**json.loads(sys.stdin.readline()))
    bodies = json.loads(Path(description.bodies).read_text(encoding="utf-8"))
    asyncio.run(serve(description, bodies))


if __name__ == "__main__":
    main()
