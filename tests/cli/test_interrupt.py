"""Ctrl-C during a command that waits for a device."""

import signal
import threading

from tests.cli.cli_process import COMMAND, Process
from tests.device.device_fakes import FakeDevice, Peer


def test_inspect_ends_without_a_trace() -> None:
    received_request = threading.Event()

    def behave(peer: Peer) -> None:
        peer.read_request()
        received_request.set()
        peer.wait()

    variables = {"LANTIME_USERNAME": "monitor", "LANTIME_PASSWORD": "hunter2"}
    # A test run in the background may ignore the signal, and processes inherit that.
    heeding = ("env", "--default-signal=INT", *COMMAND, "inspect")
    with FakeDevice(behave) as device, Process(*heeding, device.address, **variables) as command:
        assert received_request.wait(10)
        command.send(signal.SIGINT)
        assert command.wait() == 130
    assert command.stderr == ""
