"""Standing by: being called in is no disturbance, not even in frozen time, and only for what one stands by for."""

from __future__ import annotations

from typing import Any

import pytest

from scheduler.domain.instance import Instance
from scheduler.rules.stability.fewest_changes import FewestChanges
from scheduler.rules.stability.frozen import Frozen
from scheduler.rules.stability.published import on_call
from tests.builders import SHIFT_TYPES, roster, world

TYPES = ({"id": "wait", "start": "08:00", "end": "16:00"}, *SHIFT_TYPES)
LISTED: list[dict[str, Any]] = [{"volunteer": "a", "shift": "base/2024-03-04/wait"}]


def stand_by(block: str) -> Instance:
    demand = [{"shifts": ["morning", "noon", "evening"], "least": 1}]
    return world(
        ["a", "b"],
        days=2,
        shift_types=TYPES,
        places=[{"id": "town"}, {"id": "north", "within": "town"}, {"id": "south", "within": "town"}],
        posts=[
            {"id": "gate", "place": "north", "demand": demand},
            {"id": "tower", "place": "south", "demand": demand},
            {
                "id": "base",
                "demand": [{"shifts": ["wait"], "least": 0, "wanted": 1}],
                "stands_by_for": [block],
            },
        ],
    )


@pytest.mark.parametrize(
    ("block", "posts"), [("gate", {"gate"}), ("south", {"tower"}), ("town", {"gate", "tower"})]
)
def test_a_stand_by_is_for_its_posts_and_places_while_it_lasts(block: str, posts: set[str]) -> None:
    instance = stand_by(block)
    waiting = instance.shifts[instance.shift_index["base/2024-03-04/wait"]]
    called = on_call(instance, [waiting])
    assert {shift.post.id for shift in called} == posts
    assert {(str(shift.day), shift.type.id) for shift in called} == {
        ("2024-03-04", "morning"),
        ("2024-03-04", "noon"),
    }


@pytest.mark.parametrize(
    ("now", "price"),
    [
        ("0 wait@base", 0),
        ("0 noon@gate", 2),
        ("", 1),
        ("0 evening@gate", 1002),
        ("0 noon@tower", 1002),
        ("0 wait@base, 1 noon@gate", 1001),
    ],
)
def test_being_called_in_disturbs_nobody(now: str, price: int) -> None:
    rule = FewestChanges(assignments=LISTED)
    assert sum(one.cost for one in rule.check_all(roster(stand_by("gate"), a=now))) == price


@pytest.mark.parametrize(("now", "broken"), [("0 noon@gate", 0), ("0 noon@tower", 1), ("0 evening@gate", 1)])
def test_frozen_time_lets_those_be_called_in_who_stand_by(now: str, broken: int) -> None:
    rule = Frozen(until="2024-03-05 00:00", assignments=LISTED)
    assert len([*rule.check_all(roster(stand_by("gate"), a=now))]) == broken
    assert len([*rule.check_all(roster(stand_by("gate"), a="0 wait@base", b="0 noon@gate"))]) == 1
