"""Slots, locks and large responses: taken, waited for in order, given back."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import pytest
from lantime_exporter.bounds import ConcurrencyLimiter, Deadline, KeyedLock, LargeResponses, PriorityLock
from lantime_exporter.errors import DeadlineError


def test_as_many_are_admitted_as_the_limit_says() -> None:
    limiter = ConcurrencyLimiter(2, wait=0)
    with ExitStack() as stack:
        assert [stack.enter_context(limiter.slot()) for _ in range(3)] == [True, True, False]


def test_slot_is_given_back_once_after_an_error() -> None:
    limiter = ConcurrencyLimiter(1, wait=0)
    with pytest.raises(ZeroDivisionError), limiter.slot():
        raise ZeroDivisionError
    with limiter.slot() as first, limiter.slot() as second:
        assert (first, second) == (True, False)


def test_no_more_than_the_limit_work_at_once_and_all_get_their_turn() -> None:
    limiter, counting = ConcurrencyLimiter(2, wait=10), threading.Semaphore(2)

    def work(_: int) -> bool:
        with limiter.slot() as is_admitted:
            has_room = counting.acquire(blocking=False)
            time.sleep(0.002)
            counting.release()
            return is_admitted and has_room

    with ThreadPoolExecutor(20) as threads:
        assert all(threads.map(work, range(20)))


def order_served(holder: str, clients: list[str]) -> list[int]:
    """Queue clients for one slot while it is held, and return their places in the order in which they are served."""
    limiter = ConcurrencyLimiter(1, wait=10)
    order: list[int] = []

    def work(place: int) -> None:
        with limiter.slot(clients[place]):
            order.append(place)

    with limiter.slot(holder):
        threads = [threading.Thread(target=work, args=(place,)) for place in range(len(clients))]
        for count, thread in enumerate(threads, start=1):
            thread.start()
            while sum(map(len, limiter._waiting.values())) < count:
                time.sleep(0.001)
    for thread in threads:
        thread.join()
    return order


def test_slots_are_given_in_the_order_of_arrival() -> None:
    assert order_served("", [""] * 8) == list(range(8))


def test_clients_take_turns_whatever_number_of_slots_one_of_them_wants() -> None:
    clients = [*["flood"] * 6, "b", "c"]
    order = [clients[place] for place in order_served("flood", clients)]
    assert order == ["flood", "b", "c", *["flood"] * 5]


def test_a_client_that_waited_in_vain_has_left_the_queue() -> None:
    limiter = ConcurrencyLimiter(1, wait=0.01)
    with limiter.slot("a"), limiter.slot("b") as is_admitted:
        assert not is_admitted
    with limiter.slot("c") as is_free:
        assert is_free


def test_waiting_for_a_slot_ends_after_the_limit() -> None:
    limiter = ConcurrencyLimiter(1, wait=0.05)
    began = time.monotonic()
    with limiter.slot(), limiter.slot() as is_admitted:
        assert not is_admitted
    assert 0.04 < time.monotonic() - began < 2
    with limiter.slot() as is_free:
        assert is_free


def test_a_turn_that_waited_in_vain_is_taken_beyond_the_limit_and_given_back() -> None:
    limiter = ConcurrencyLimiter(1, wait=0.01)
    with limiter, limiter, limiter.slot() as is_admitted:
        assert not is_admitted
    with limiter.slot() as first, limiter.slot() as second:
        assert (first, second) == (True, False)


def ranks_served(ranks: list[float]) -> list[float]:
    """Queue threads for a lock while it is held, and return their ranks in the order in which they get it."""
    lock = PriorityLock()
    order: list[float] = []

    def work(rank: float) -> None:
        assert lock.acquire((rank,), 10)
        order.append(rank)
        lock.release()

    assert lock.acquire((0.0,), 0)
    threads = [threading.Thread(target=work, args=(rank,)) for rank in ranks]
    for count, thread in enumerate(threads, start=1):
        thread.start()
        while len(lock._waiting) < count:
            time.sleep(0.001)
    lock.release()
    for thread in threads:
        thread.join()
    return order


def test_a_lock_goes_to_the_lowest_rank_that_waits() -> None:
    assert ranks_served([3.0, 1.0, 2.0]) == [1.0, 2.0, 3.0]


def test_the_holder_of_a_lock_knows_whether_a_lower_rank_waits() -> None:
    lock = PriorityLock()
    assert lock.acquire((2.0,), 0)
    assert not lock.is_wanted_before((2.0,))
    other = threading.Thread(target=lock.acquire, args=((1.0,), 10))
    other.start()
    while not lock._waiting:
        time.sleep(0.001)
    assert (lock.is_wanted_before((2.0,)), lock.is_wanted_before((0.5,))) == (True, False)
    lock.release()
    other.join()


def test_waiting_for_a_lock_ends_and_leaves_the_queue() -> None:
    lock = PriorityLock()
    assert lock.acquire((1.0,), 0)
    assert not lock.acquire((2.0,), 0.01)
    lock.release()
    assert lock.acquire((3.0,), 0)


def test_a_key_is_held_once_and_delays_no_other() -> None:
    lock = KeyedLock()
    with lock.hold("a", 0) as first, lock.hold("a", 0) as second, lock.hold("b", 0) as other:
        assert (first, second, other) == (True, False, True)
    with lock.hold("a", 0) as again:
        assert again


def test_a_key_that_nobody_holds_is_forgotten() -> None:
    lock = KeyedLock()
    for number in range(100):
        with lock.hold(number, 0):
            pass
    assert not lock._locks


def test_a_second_large_response_waits_until_its_deadline_and_a_small_one_does_not() -> None:
    large = LargeResponses()
    with ThreadPoolExecutor(1) as other:
        other.submit(large.check, 1001, 1000, Deadline.after(5)).result()
        with pytest.raises(DeadlineError, match="other large responses"):
            large.check(1001, 1000, Deadline.after(0.01))
        large.check(1000, 1000, Deadline.after(0.01))


def test_a_thread_holds_one_large_response_at_a_time_and_releases_it() -> None:
    large = LargeResponses()
    for _ in range(2):
        for size in (1001, 1002):
            large.check(size, 1000, Deadline.after(0.01))
        large.release()
    with ThreadPoolExecutor(1) as other:
        other.submit(large.check, 1001, 1000, Deadline.after(0.01)).result()
