from __future__ import annotations

import pytest

from scheduler.rules import STANDARD
from scheduler.rules.coverage.cover import Cover
from tests.builders import day, roster, world

GATE = {
    "id": "gate",
    "priority": 3,
    "demand": [{"shifts": ["morning"], "least": 1, "wanted": 2, "most": 3}],
}


@pytest.mark.parametrize(
    ("bound", "crew", "broken"),
    [
        ("least", "", 3),
        ("least", "a", 0),
        ("wanted", "", 6),
        ("wanted", "a", 3),
        ("wanted", "ab", 0),
        ("wanted", "abcd", 0),
        ("most", "", 0),
        ("most", "abc", 0),
        ("most", "abcd", 1),
        ("most", "abcde", 2),
    ],
)
def test_cover_counts_heads_beyond_the_bound(bound: str, crew: str, broken: int) -> None:
    instance = world("abcde", days=1, posts=[GATE])
    found = Cover(bound=bound).check_all(roster(instance, **dict.fromkeys(crew, "0 morning")))
    assert sum(violation.amount for violation in found) == broken


def test_a_missing_head_weighs_the_priority_of_its_own_demand() -> None:
    demand = [
        {"shifts": ["morning", "noon"], "least": 1},
        {"shifts": ["noon"], "least": 1, "priority": 7},
    ]
    instance = world("a", days=1, posts=[{"id": "gate", "priority": 3, "demand": demand}])
    found = Cover(bound="least").check_all(roster(instance))
    assert [(v.shifts[0], v.amount) for v in found] == [
        (f"gate/{day(0)}/morning", 3),
        (f"gate/{day(0)}/noon", 7),
    ]


def test_the_last_day_counts() -> None:
    instance = world("a", days=2, posts=[GATE])
    open_shifts = [v.shifts for v in Cover().check_all(roster(instance, a="0 morning"))]
    assert open_shifts == [(f"gate/{day(1)}/morning",)]


def test_only_heads_the_filters_leave_count() -> None:
    instance = world(["a", {"id": "b", "tier": "staff"}], days=1, posts=[GATE])
    rule = Cover(tiers=("volunteer",))
    served = roster(instance, b="0 morning")
    scope = rule.scope(instance)
    assert len([*rule.check_all(served.within(scope.volunteers, scope.shifts))]) == 1


def test_the_sentence_says_how_many_of_how_many() -> None:
    instance = world("ab", days=1, posts=[GATE])
    [violation] = Cover(bound="wanted").check_all(roster(instance, a="0 morning"))
    assert violation.text.en.endswith("1 of 2 heads")
    assert violation.text.zh.endswith("1人，应为2人")
    assert violation.volunteers == ("a",)


def test_every_plan_has_all_three_bounds_and_least_weighs_most() -> None:
    standard = [rule for rule in STANDARD if isinstance(rule, Cover)]
    assert [(rule.bound, rule.level, rule.weight) for rule in standard] == [
        ("most", "hard", 1),
        ("least", "cover", 10),
        ("wanted", "cover", 1),
    ]
