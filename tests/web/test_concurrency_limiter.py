"""Slots that are taken, waited for and given back."""

import threading
import time
from contextlib import ExitStack

import pytest
from lantime_exporter.web.concurrency_limiter import ConcurrencyLimiter


def test_as_many_are_admitted_as_the_limit_says() -> None:
    limiter = ConcurrencyLimiter()
    with ExitStack() as stack:
        assert [stack.enter_context(limiter.slot(2)) for _ in range(3)] == [True, True, False]
        assert stack.enter_context(limiter.slot(3))


def test_slot_is_given_back_after_an_error() -> None:
    limiter = ConcurrencyLimiter()
    with pytest.raises(ZeroDivisionError), limiter.slot(1):
        raise ZeroDivisionError
    with limiter.slot(1) as is_admitted:
        assert is_admitted


def test_slot_that_gets_free_is_waited_for() -> None:
    limiter = ConcurrencyLimiter()
    is_taken, is_free = threading.Event(), threading.Event()

    def hold() -> None:
        with limiter.slot(1):
            is_taken.set()
            is_free.wait(10)

    holder = threading.Thread(target=hold)
    holder.start()
    assert is_taken.wait(10)
    threading.Timer(0.05, is_free.set).start()
    with limiter.slot(1, wait=10) as is_admitted:
        assert is_admitted
    holder.join()


def test_slot_that_stays_taken_is_not_waited_for_longer() -> None:
    limiter = ConcurrencyLimiter()
    began = time.monotonic()
    with limiter.slot(1), limiter.slot(1, wait=0.05) as is_admitted:
        assert not is_admitted
    assert 0.04 < time.monotonic() - began < 2
