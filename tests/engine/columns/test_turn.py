"""Turns between the root of a large model and all else, on a clock that is set by hand."""

from __future__ import annotations

import pytest

from scheduler.engine.columns.turn import PATIENCE, SHARE, TURNS, Turn
from scheduler.engine.stop import Deadline, Stop


class Clock:
    """A stop with so many seconds left."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds

    def reached(self) -> bool:
        return self.seconds <= 0

    def left(self) -> float:
        return self.seconds

    def part(self, share: float) -> Stop:
        return Clock(self.seconds * share)


@pytest.mark.parametrize(("in_vain", "wait"), [(False, 1.0), (True, PATIENCE)])
def test_the_root_waits_for_as_long_as_it_took_and_longer_after_a_turn_in_vain(
    in_vain: bool, wait: float
) -> None:
    clock = Clock(1000.0)
    turn = Turn(clock, by_clock=True)
    assert not turn.root_is_due
    clock.seconds -= 1000.0 * SHARE
    turn.went_on(clock)
    assert turn.root_is_due
    clock.seconds -= 50.0
    turn.rooted(clock, in_vain=in_vain)
    most = wait * (1000.0 * SHARE + 50.0) - 1000.0 * SHARE
    clock.seconds -= most - 1.0
    turn.went_on(clock)
    assert not turn.root_is_due
    clock.seconds -= 2.0
    turn.went_on(clock)
    assert turn.root_is_due


def test_without_a_clock_turns_are_counted() -> None:
    turn = Turn(Deadline(), by_clock=False)
    due = []
    for _ in range(2 * TURNS):
        turn.went_on(Deadline())
        due.append(turn.root_is_due)
        if turn.root_is_due:
            turn.rooted(Deadline(), in_vain=True)
    assert due == 2 * [*[False] * (TURNS - 1), True]
