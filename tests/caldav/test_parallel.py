"""Works in parallel, told in order."""

from __future__ import annotations

import threading

import pytest

from scheduler.caldav.parallel import CONNECTIONS, in_parallel


@pytest.mark.parametrize("connections", [1, CONNECTIONS])
def test_so_many_run_at_once_and_outcomes_come_in_order(connections: int) -> None:
    together = threading.Barrier(connections)

    def work(number: int) -> int:
        together.wait(10)
        return number * number

    found = [(n, asked.result()) for n, asked in in_parallel(range(3 * connections), work, connections)]
    assert found == [(n, n * n) for n in range(3 * connections)]


@pytest.mark.parametrize("connections", [1, CONNECTIONS])
def test_after_an_error_nothing_is_begun_and_what_is_on_its_way_is_told(connections: int) -> None:
    begun: set[int] = set()

    def work(number: int) -> int:
        begun.add(number)
        if number == 5:
            raise ValueError(number)
        return number

    told = {n: asked.exception() for n, asked in in_parallel(range(1000), work, connections)}
    assert isinstance(told[5], ValueError)
    assert set(told) == begun
    assert len(begun) < 6 + 3 * connections


def test_nothing_to_do_is_nothing_done() -> None:
    assert [*in_parallel((), str)] == []
