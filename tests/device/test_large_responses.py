"""Only a few probes hold a large response at the same time."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from lantime_exporter.bounds import Deadline
from lantime_exporter.device.large_responses import LARGE_BYTES, MAX_LARGE_RESPONSES, LargeResponses
from lantime_exporter.errors import DeadlineError


def hold(large: LargeResponses, size: int) -> None:
    """Hold a response of this size in another thread, from now on."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(large.check, size, Deadline.after(0.01)).result()


@pytest.fixture
def full() -> LargeResponses:
    large = LargeResponses()
    for _ in range(MAX_LARGE_RESPONSES):
        hold(large, LARGE_BYTES + 1)
    return large


def test_a_further_large_response_waits_until_its_deadline(full: LargeResponses) -> None:
    with pytest.raises(DeadlineError, match="other large responses"):
        hold(full, LARGE_BYTES + 1)


def test_a_small_response_does_not_wait(full: LargeResponses) -> None:
    hold(full, LARGE_BYTES)


def test_a_thread_holds_one_at_a_time_and_releases_it() -> None:
    large = LargeResponses()
    for _ in range(MAX_LARGE_RESPONSES + 1):
        with large.released():
            for size in (LARGE_BYTES + 1, LARGE_BYTES + 2):
                large.check(size, Deadline.after(0.01))
    for _ in range(MAX_LARGE_RESPONSES):
        hold(large, LARGE_BYTES + 1)
