"""How much one address may ask for, and that remembering addresses stays small."""

from __future__ import annotations

import pytest

from scheduler.serve.limits import BURST_SECONDS, MISS_COST, RateLimit, network


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_a_minutes_worth_at_once_then_the_rate() -> None:
    clock = Clock()
    limit = RateLimit(2, clock)
    assert [limit.wait("192.0.2.1") for _ in range(2 * BURST_SECONDS)] == [0] * 120
    assert limit.wait("192.0.2.1") == 1
    assert limit.wait("192.0.2.2") == 0, "each address has its own"
    clock.now += 0.4
    assert limit.wait("192.0.2.1") == 1
    clock.now += 0.1
    assert limit.wait("192.0.2.1") == 0
    clock.now += 10_000
    assert [limit.wait("192.0.2.1") for _ in range(121)] == [0] * 120 + [1], "no more than full"


def test_what_it_says_to_wait_is_enough() -> None:
    clock = Clock()
    limit = RateLimit(0.1, clock)
    for _ in range(6):
        limit.wait("a")
    seconds = limit.wait("a")
    assert seconds == 10
    clock.now += seconds
    assert limit.wait("a") == 0


def test_misses_cost_more_but_no_debt_lasts_for_ever() -> None:
    clock = Clock()
    limit = RateLimit(1, clock)
    guesses = 0
    while limit.wait("guesser") == 0:
        limit.miss("guesser")
        guesses += 1
    assert guesses == BURST_SECONDS // MISS_COST
    for _ in range(1000):
        limit.miss("guesser")
    assert limit.wait("guesser") == BURST_SECONDS + 1


def test_memory_is_bounded_and_the_longest_silent_is_forgotten() -> None:
    limit = RateLimit(1 / BURST_SECONDS, Clock(), most=3)
    for client in ("a", "b", "c", "a", "d"):
        limit.wait(client)
    assert len(limit) == 3
    assert limit.wait("a") > 0, "asked again after b: remembered"
    assert limit.wait("b") == 0, "forgotten"
    for number in range(1000):
        limit.wait(f"10.0.{number // 256}.{number % 256}")
    assert len(limit) == 3


@pytest.mark.parametrize(
    ("client", "counted"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:aaaa::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:bbbb::2", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::1", "2001:db8:1:3::/64"),
        ("unix:" + "x" * 200, "unix:" + "x" * 59),
    ],
)
def test_what_counts_as_one_client(client: str, counted: str) -> None:
    assert network(client) == counted
