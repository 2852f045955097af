"""The fault matrix: the behaviour of a device, the reason of the failed probe, or the lost series."""

import gzip
import json
import socket
import struct
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from lantime_simulator import Lantime, m600

from tests.device.device_fakes import Behaviour, Peer, answer

BODY = Lantime(m600()).body("/api/status")
HEAD = b"HTTP/1.1 200 OK\r\n"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
MIB = 1024 * 1024

MAX_WAIT = 5.0
SHORT = 0.4
"""Timeout of the rows with the reason ``timeout``."""

PORTS = ("lantime_network_",)
NTP = ("lantime_ntp_",)

Change = Callable[[dict[str, Any]], object]


@dataclass(frozen=True)
class Fault:
    """The behaviour of a device, and the reason of the failed probe (``none``: it succeeds).

    ``lost`` are prefixes of the metrics that a successful probe loses, ``errors`` is the number of decode errors.
    """

    behave: Behaviour
    reason: str
    lost: tuple[str, ...] = ()
    errors: int = 0
    timeout: float = MAX_WAIT


def sends(data: bytes) -> Behaviour:
    """Send bytes and close the connection."""

    def behave(peer: Peer) -> None:
        peer.send(data)
        hang_up(peer)

    return behave


def resets(data: bytes) -> Behaviour:
    """Send bytes and reset the connection."""

    def behave(peer: Peer) -> None:
        peer.send(data)
        peer.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        hang_up(peer)

    return behave


def hang_up(peer: Peer) -> None:
    """Close the connection and all its descriptors without a close_notify."""
    client = peer.sock.getpeername()
    for sock in peer.device._sockets:
        with suppress(OSError):
            if sock is not peer.sock and sock.getpeername() == client:
                sock.close()
    peer.sock.close()


def drips(before: bytes, rest: bytes) -> Behaviour:
    def behave(peer: Peer) -> None:
        peer.send(before)
        peer.drip(rest, 0.05)

    return behave


def floods(head: bytes, piece: bytes, times: int) -> Behaviour:
    def behave(peer: Peer) -> None:
        peer.send(head)
        for _ in range(times):
            peer.send(piece)
        hang_up(peer)

    return behave


def changed(change: Change) -> bytes:
    """Return a healthy response with a changed document."""
    document = json.loads(BODY)
    change(document["data"])
    return answer(json.dumps(document).encode())


def replaced(old: bytes, new: bytes) -> bytes:
    assert old in BODY
    return answer(BODY.replace(old, new, 1))


def failing(reason: str, behave: Behaviour, **given: Any) -> Fault:
    return Fault(behave, reason, **given)


def status(code: int, *headers: str) -> Fault:
    reason = "auth" if code in (401, 403) else "status"
    return Fault(sends(answer(b"<h1>no</h1>" if code >= 300 else b"", status=code, headers=headers)), reason)


def well(data: bytes, *lost: str, errors: int = 0) -> Fault:
    """A response that looks wrong but is accepted, except for what is lost."""
    return Fault(sends(data), "none", lost, errors)


def nested(levels: int) -> Any:
    value: Any = 1
    for _ in range(levels):
        value = [value]
    return value


def lists_as_objects(data: dict[str, Any]) -> None:
    data["network"]["ports"] = {port["object-id"]: port for port in data["network"]["ports"]}


HANDSHAKE = {
    "silent in the handshake": failing("timeout", Peer.wait, timeout=SHORT),
    "slow in the handshake": failing("timeout", drips(b"\x16\x03\x03\x40\x00", b"\x02" * 999), timeout=SHORT),
    "closed in the handshake": failing("connect", sends(b"")),
    "reset in the handshake": failing("connect", resets(b"")),
    "refused in the handshake": failing("tls", sends(b"\x15\x03\x03\x00\x02\x02\x28")),  # the alert handshake_failure
}
"""The behaviour of a device after the first message of TLS."""

TRANSPORT = {
    "reset at once": failing("connect", resets(b"")),
    "reset in the header": failing("connect", resets(b"HTTP/1.1 200 OK\r\nContent-Le")),
    "reset in the body": failing("connect", resets(answer(BODY[:5000], length=len(BODY)))),
    "closed at once": failing("connect", sends(b"")),
    "closed in the header": failing("connect", sends(b"HTTP/1.1 200 OK\r\nContent-Length: 1")),
    "closed in the body": failing("connect", sends(answer(BODY[:5000], length=len(BODY)))),
    "closed in a chunk": failing("connect", sends(CHUNKED + b"ffff\r\n{")),
    "silent": failing("timeout", Peer.wait, timeout=SHORT),
    "slow header": failing("timeout", drips(b"", HEAD + b"A: " + b"b" * 999), timeout=SHORT),
    "slow body": failing("timeout", drips(HEAD + b"\r\n", BODY), timeout=SHORT),
    "slow chunks": failing("timeout", drips(CHUNKED, b"1\r\n{\r\n" * 999), timeout=SHORT),
    "100 MB announced": failing("content", sends(answer(BODY, length=100_000_000))),
    "100 MB unannounced": failing("content", floods(HEAD + b"\r\n", b" " * MIB, 100)),
    "chunks without end": failing("content", floods(CHUNKED, b"10000\r\n" + b" " * 0x10000 + b"\r\n", 1600)),
}

ANSWERS = {
    "100 first": well(b"HTTP/1.1 100 Continue\r\n\r\n" + answer(BODY)),
    "101": status(101),
    "103": status(103),
    "103 first": failing("status", sends(b"HTTP/1.1 103 Early Hints\r\n\r\n" + answer(BODY))),
    "204": status(204),
    "301": status(301, "Location: https://192.0.2.1/api/status"),
    "304": status(304),
    "400": status(400),
    "401": status(401),
    "403": status(403),
    "404": status(404),
    "429": status(429, "Retry-After: 60"),
    "500": status(500),
    "503": status(503, "Retry-After: 60"),
    "999": status(999),
    "no HTTP": failing("content", sends(b"SSH-2.0-OpenSSH_9.2\r\n\r\n")),
    "a login page": failing("content", sends(answer(b"<!DOCTYPE html><title>LANTIME</title>"))),
    "wrong content type": well(answer(BODY, headers=["Content-Type: text/html; charset=iso-8859-1"])),
    "two lengths": failing("content", sends(answer(BODY, headers=[f"Content-Length: {len(BODY) + 9}"], length=99999))),
    "gzip": failing("content", sends(answer(gzip.compress(BODY), headers=["Content-Encoding: gzip"]))),
}

CONTENT = {
    "empty": failing("content", sends(answer(b""))),
    "JSON cut short": failing("content", sends(answer(BODY[:-1]))),
    "no object": failing("content", sends(answer(b"[" + BODY + b"]"))),
    "no status": failing("content", sends(answer(b'{"data": {"object-id": "status"}}'))),
    "deep nesting": failing("content", sends(answer(b'{"data": {"system": ' + b"[" * 9000 + b"]" * 9000 + b"}}"))),
    "nested a little too deeply": failing("content", sends(changed(lambda data: data.update(deep=nested(64))))),
    "a million values": failing("content", sends(changed(lambda data: data["system"].update(many=[0] * 1_000_000)))),
    "byte order mark": well(answer(b"\xef\xbb\xbf" + BODY)),
    "line breaks around": well(answer(b"\r\n\n" + BODY + b"\r\n\n")),
    "duplicate keys, the last counts": well(replaced(b'"uptime":', b'"uptime":"wrong","uptime":')),
    "duplicate keys, the last is wrong": well(
        replaced(b'"uptime":', b'"uptime":1,"uptime":"wrong","unused":'), "lantime_uptime_seconds", errors=1
    ),
    "NaN": well(changed(lambda data: data["system"].update(uptime=float("nan"))), "lantime_uptime_seconds", errors=1),
    "infinity": well(
        changed(lambda data: data["system"].update(uptime=float("inf"))), "lantime_uptime_seconds", errors=1
    ),
    "huge integer": well(
        changed(lambda data: data["system"].update(uptime=10**4000)), "lantime_uptime_seconds", errors=1
    ),
    "endless integer": well(
        replaced(b'"uptime":', b'"uptime":' + b"9" * 5000 + b',"unused":'), "lantime_uptime_seconds", errors=1
    ),
    "huge number": well(replaced(b'"uptime":', b'"uptime":1e999,"unused":'), "lantime_uptime_seconds", errors=1),
    "not UTF-8": well(replaced(b'"model":"M600"', b'"model":"M\xff00"'), "lantime_device_info"),
    "lone surrogate": well(replaced(b'"model":"M600"', b'"model":"M\\ud800"'), "lantime_device_info"),
    "empty list": well(changed(lambda data: data["network"].update(ports=[])), *PORTS),
    "empty object": well(changed(lambda data: data["network"].update(ports={})), *PORTS),
    "null": well(changed(lambda data: data["network"].update(ports=None)), *PORTS),
    "text in place of a list": well(changed(lambda data: data["network"].update(ports="none")), *PORTS),
    "object in place of a list": well(changed(lists_as_objects)),
    "object in place of a number": well(
        changed(lambda data: data["system"].update(uptime={"seconds": 1})), "lantime_uptime_seconds", errors=1
    ),
    "list in place of an object": well(changed(lambda data: data.update(ntp=[1, 2])), *NTP),
}

FAULTS = TRANSPORT | ANSWERS | CONTENT
