"""Signals to the process, received one after the other by the main thread."""

import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

STOP = (signal.SIGTERM, signal.SIGINT)

MAX_STOP_SECONDS = 4.5
"""Seconds for an orderly end after SIGTERM or SIGINT; then the kernel ends the process."""


@contextmanager
def received(*numbers: signal.Signals) -> Iterator[Callable[[], int]]:
    """Yield a function that waits for the next of these signals, which have no other effect.

    Signals that arrived meanwhile count once, those of ``STOP`` first. If the process does not end in time, because
    nobody reads its log or no memory is left, SIGALRM ends it.
    """
    pending: set[int] = set()
    stops: list[int] = []

    def handle(number: int, _: FrameType | None) -> None:
        if number in STOP and not stops:
            stops.append(number)
            signal.setitimer(signal.ITIMER_REAL, MAX_STOP_SECONDS)

    # The interpreter itself writes each signal's number here. A handler alone would have to run in the main thread,
    # and a signal that comes just before that begins to wait does not wake it. Numbers beyond what fits are lost: the
    # handler has noted those of STOP, and for all others the earlier ones count.
    reader, writer = socket.socketpair()

    def next_signal() -> int:
        while not pending:
            pending.update(reader.recv(4096), stops)
        number = min(pending, key=lambda pending_number: pending_number not in STOP)
        pending.remove(number)
        return number

    with reader, writer:
        writer.settimeout(0)
        before = {number: signal.signal(number, handle) for number in numbers}
        fd_before = signal.set_wakeup_fd(writer.fileno(), warn_on_full_buffer=False)
        try:
            yield next_signal
        finally:
            signal.set_wakeup_fd(fd_before)
            for number, handler in before.items():
                signal.signal(number, handler)
            signal.setitimer(signal.ITIMER_REAL, 0)
