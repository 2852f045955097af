"""A simulated M600 on a free port of loopback, until the process is ended; writes its address to standard output."""

import signal

from lantime_simulator import Lantime, SimulatedServer, m600

with SimulatedServer(Lantime(m600()), credentials=("monitor", "a password")) as server:
    print(server.url, flush=True)  # noqa: T201 - read by in-container
    signal.pause()
