"""What all clients of one device share, so that the device is neither overloaded nor bans the user."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from lantime_exporter.deadline import Deadline
from lantime_exporter.device.auth import Credentials
from lantime_exporter.device.connection import MAX_CONNECTIONS
from lantime_exporter.device.lockout import Lockout
from lantime_exporter.errors import DeadlineError, LockoutError


class DeviceAccess:
    """Lets at most ``MAX_CONNECTIONS`` fetches at a time pass, and none while the lockout lasts.

    To be kept for as long as the device is known, whatever module, auth, slot or reload.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.lockout = Lockout(clock)
        self._slots = threading.BoundedSemaphore(MAX_CONNECTIONS)

    @contextmanager
    def enter(self, credentials: Credentials, deadline: Deadline) -> Iterator[None]:
        """Wait for a turn; raises LockoutError, or DeadlineError if the deadline passes first."""
        if not self._slots.acquire(timeout=deadline.remaining()):
            raise DeadlineError("the deadline passed while other requests to the device were under way")
        try:
            with self.lockout.login(credentials, deadline) as pause:
                if pause:
                    raise LockoutError(
                        f"not asked for another {pause:.0f} s, because it refused user or password;"
                        " correct them and reload"
                    )
                yield
        finally:
            self._slots.release()
