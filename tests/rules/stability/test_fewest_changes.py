"""fewest-changes: people first, then duties, dearer at short notice."""

from __future__ import annotations

import random
from typing import Any

import pytest

from scheduler.domain.roster import Roster
from scheduler.rules.stability.fewest_changes import FewestChanges
from scheduler.rules.workload.one_per_day import OnePerDay
from scheduler.score import Score, score
from tests.agreement import matrix_score
from tests.builders import roster, world

GATE = world(["a", "b", "c"], days=3)
LISTED: list[dict[str, Any]] = [
    {"volunteer": "a", "shift": "gate/2024-03-04/morning"},
    {"volunteer": "a", "shift": "gate/2024-03-05/morning"},
    {"volunteer": "b", "shift": "gate/2024-03-06/noon"},
]


def cost(rule: FewestChanges, **shifts: str) -> int:
    return sum(one.cost for one in rule.check_all(roster(GATE, **shifts)))


@pytest.mark.parametrize(
    ("now", "price"),
    [
        ({"a": "0 morning, 1 morning", "b": "2 noon"}, 0),
        ({"a": "0 morning, 1 morning"}, 1001),
        ({"a": "0 morning, 1 morning", "b": "2 noon", "c": "2 night"}, 1001),
        ({"a": "0 morning, 1 noon", "b": "2 noon"}, 1002),
        ({"a": "0 morning", "b": "1 morning, 2 noon"}, 2002),
        ({"a": "0 morning", "b": "2 noon", "c": "1 morning"}, 2002),
        ({}, 2003),
    ],
)
def test_people_and_duties_that_change_are_counted(now: dict[str, str], price: int) -> None:
    assert cost(FewestChanges(assignments=LISTED), **now) == price


@pytest.mark.parametrize(("notice", "price"), [("08:00", 1), ("08:01", 3)])
def test_a_change_at_short_notice_is_dearer(notice: str, price: int) -> None:
    rule = FewestChanges(assignments=LISTED, notice=f"2024-03-05 {notice}", people=10)
    assert cost(rule, a="0 morning", b="2 noon") == 10 + price


def test_a_duty_no_longer_demanded_is_lost() -> None:
    gone = [*LISTED, {"volunteer": "c", "post": "gate", "day": "2024-03-07", "shift_type": "noon"}]
    rule = FewestChanges(assignments=gone, notice="2024-03-07 12:01")
    assert cost(rule, a="0 morning, 1 morning", b="2 noon") == 1003
    (found,) = rule.check_all(roster(GATE, a="0 morning, 1 morning", b="2 noon"))
    assert "gate/2024-03-07/noon" in found.text.en


@pytest.mark.parametrize("seed", range(30))
def test_rows_agree_where_nobody_serves_twice_a_day(seed: int) -> None:
    rng = random.Random(seed)
    rules = [OnePerDay(), FewestChanges(assignments=LISTED, people=rng.choice([1, 50]))]
    pairs = [(v, s) for v in range(3) for s in range(len(GATE.shifts))]
    served = Roster(GATE, rng.sample(pairs, rng.randint(0, 5)))
    truth = score(served, rules)
    assert matrix_score([*rules], served) == (truth if truth.legal else None)


def test_somebody_who_cannot_keep_a_duty_is_disturbed_anyway() -> None:
    instance = world([{"id": "a", "availability": "tue"}, "b", "c"], days=3)
    from scheduler.rules.eligibility.availability import Availability

    rules = [Availability(), FewestChanges(assignments=LISTED)]
    served = roster(instance, a="1 morning, 1 night", b="2 noon")
    assert matrix_score([*rules], served) == score(served, rules) == Score((0, 0, 1002, 0, 0, 0, 0))
