from __future__ import annotations

import pytest

from scheduler.domain.entity import Level
from scheduler.rules import STANDARD
from scheduler.rules.coverage.reserve_tier import ReserveTier
from tests.builders import roster, world

PEOPLE = [{"id": "a"}, {"id": "r", "tier": "reserve"}, {"id": "s", "tier": "staff"}]


@pytest.mark.parametrize(
    ("served", "cost"),
    [
        ({"a": "0 morning, 1 night"}, 0),
        ({"r": "0 morning"}, 1),
        ({"r": "0 morning, 1 night"}, 2),
        ({"s": "0 morning"}, 2),
        ({"a": "0 morning", "r": "0 noon", "s": "0 night"}, 3),
    ],
)
def test_a_reserve_costs_one_and_staff_two(served: dict[str, str], cost: int) -> None:
    found = ReserveTier().check_all(roster(world(PEOPLE, days=2), **served))
    assert sum(violation.amount for violation in found) == cost


def test_the_costs_are_parameters() -> None:
    served = roster(world(PEOPLE, days=1), r="0 morning", s="0 morning")
    found = ReserveTier(reserve=0, staff=5).check_all(served)
    assert [(violation.volunteers, violation.amount) for violation in found] == [(("s",), 5)]


def test_the_sentence_names_the_tier() -> None:
    [violation] = ReserveTier().check_all(roster(world(PEOPLE, days=1), s="0 morning"))
    assert violation.text.en.startswith("s of the community staff fills in: gate")
    assert violation.text.zh.startswith("s（社区工作者）补位：gate")


def test_it_holds_in_every_plan_on_its_own_level() -> None:
    assert [rule.level for rule in STANDARD if isinstance(rule, ReserveTier)] == [Level.RESERVE]
