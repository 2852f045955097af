"""Who computes when: a few at a time, in order, and nobody waits for ever."""

import threading
import time
from contextlib import ExitStack

from lantime_exporter.probe.processing_slots import ProcessingSlots


def test_no_more_than_the_count_hold_a_slot() -> None:
    slots, running, seen = ProcessingSlots(2, max_wait=10), [0], []
    lock = threading.Lock()

    def work() -> None:
        with slots.slot():
            with lock:
                running[0] += 1
                seen.append(running[0])
            time.sleep(0.005)
            with lock:
                running[0] -= 1

    threads = [threading.Thread(target=work) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(seen) == 20
    assert max(seen) == 2


def test_slots_are_given_in_the_order_of_arrival() -> None:
    slots, order = ProcessingSlots(1, max_wait=10), []

    def work(number: int) -> None:
        with slots.slot():
            order.append(number)

    with slots.slot():
        threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
        for count, thread in enumerate(threads, start=1):
            thread.start()
            while len(slots._waiting) < count:
                time.sleep(0.001)
    for thread in threads:
        thread.join()
    assert order == list(range(8))


def test_work_that_takes_long_delays_others_only_so_long() -> None:
    slots = ProcessingSlots(1, max_wait=0.05)
    with slots.slot():
        began = time.monotonic()
        with slots.slot():
            assert 0.04 < time.monotonic() - began < 2
    with slots.slot():  # and the slot is there again, once
        assert slots._free == 0


def test_slot_is_given_back_after_an_error() -> None:
    slots = ProcessingSlots(1, max_wait=10)
    for _ in range(3):
        with ExitStack() as stack:
            stack.enter_context(slots.slot())
            stack.pop_all().__exit__(ZeroDivisionError, ZeroDivisionError(), None)
    assert slots._free == 1
