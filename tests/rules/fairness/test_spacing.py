from __future__ import annotations

import pytest

from scheduler.domain.calendar import DaySelector
from scheduler.rules.fairness.spacing import Spacing
from scheduler.score import violations
from scheduler.text import day_text
from tests.agreement import disagreement
from tests.builders import day, roster, world


@pytest.mark.parametrize(
    ("least", "served", "pairs"),
    [
        (2, "0 noon, 1 noon", 1),
        (2, "0 noon, 2 noon", 0),
        (3, "0 noon, 2 noon", 1),
        (3, "0 noon, 3 noon", 0),
        (3, "0 noon, 1 noon, 2 noon", 3),  # not only neighbours: the first and the last as well
        (2, "0 noon, 1 noon, 2 noon", 2),
        (2, "5 noon, 6 noon", 1),  # the last day
        (7, "0 noon, 6 noon", 1),
        (30, "0 noon, 6 noon", 1),
        (2, "0 morning, 0 night", 0),  # one day is no pair
        (2, "0 morning, 0 night, 1 noon", 1),  # the two shifts of a day count once
        (2, "0 night, 1 noon", 1),  # the night is a duty of day 0
    ],
)
def test_pairs_of_duty_days_too_close(least: int, served: str, pairs: int) -> None:
    found = violations(roster(world(), anna=served), [Spacing(least=least)])
    assert sum(one.amount for one in found) == len(found) == pairs


@pytest.mark.parametrize(
    ("least", "recent", "first", "pairs"),
    [
        (2, [-1], 0, 1),
        (2, [-2], 0, 0),
        (2, [-1], 1, 0),
        (3, [-1], 1, 1),
        (3, [-1], 2, 0),
        (3, [-1, -2, -2], 0, 2),  # a day counts once
        (3, [-1, -2, -3], 0, 2),
        (2, [0], 1, 0),  # not before the horizon
    ],
)
def test_recent_days_count_at_the_edge(least: int, recent: list[int], first: int, pairs: int) -> None:
    past = [{"day": day(n), "shift_type": "noon"} for n in recent]
    instance = world([{"id": "anna", "history": {"shifts": len(past), "recent": past}}])
    served = roster(instance, anna=f"{first} noon")
    rule = Spacing(least=least)
    assert len(violations(served, [rule])) == pairs
    assert not disagreement(rule, served)


def test_filters_on_types_and_days_apply_to_recent_shifts() -> None:
    past = [{"day": day(-1), "shift_type": "night"}]  # a Sunday
    instance = world([{"id": "anna", "history": {"shifts": 1, "recent": past}}])
    served = roster(instance, anna="0 night, 0 noon")
    assert len(violations(served, [Spacing(shift_types=("night",))])) == 1
    assert not violations(served, [Spacing(shift_types=("noon",))])
    assert len(violations(served, [Spacing(days=DaySelector(weekdays=("sun", "mon")))])) == 1
    assert not violations(served, [Spacing(days=DaySelector(weekdays=("mon",)))])


def test_the_sentence_says_who_and_when() -> None:
    (found,) = violations(roster(world(), anna="0 noon, 2 noon"), [Spacing(least=3)])
    assert found.text.en == (
        "anna: on duty on Mon 4 Mar 2024 and again on Wed 6 Mar 2024, 2 days later instead of 3"
    )
    first, second = day_text(day(0)).zh, day_text(day(2)).zh
    assert found.text.zh == f"anna：{first}值守后，{second}又值守，相隔2天，应至少相隔3天"
    assert len(found.shifts) == 2
