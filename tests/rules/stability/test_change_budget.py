"""change-budget: people and duties over the budget count one each."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from scheduler.rules.stability.change_budget import ChangeBudget
from scheduler.rules.stability.published import on_call
from tests.builders import roster, world

GATE = world(["a", "b", "c"], days=2)
LISTED: list[dict[str, Any]] = [
    {"volunteer": "a", "shift": "gate/2024-03-04/morning"},
    {"volunteer": "b", "shift": "gate/2024-03-05/noon"},
]


def over(now: dict[str, str], **budget: int) -> int:
    rule = ChangeBudget(assignments=LISTED, **budget)
    return sum(one.amount for one in rule.check_all(roster(GATE, **now)))


@pytest.mark.parametrize(("people", "broken"), [(0, 2), (1, 1), (2, 0)])
def test_people_over_the_budget_count(people: int, broken: int) -> None:
    assert over({"c": "0 morning", "b": "1 noon"}, people=people) == broken


@pytest.mark.parametrize(("changes", "broken"), [(1, 1), (2, 0)])
def test_changes_over_the_budget_count(changes: int, broken: int) -> None:
    assert over({"c": "0 morning", "b": "1 noon"}, changes=changes) == broken


def test_a_budget_of_nothing_is_refused() -> None:
    with pytest.raises(ValidationError, match="needs people or changes"):
        ChangeBudget(assignments=LISTED)


def test_who_stands_by_is_called_to_what_begins_meanwhile_and_nobody_else() -> None:
    posts: list[dict[str, Any]] = [{"id": "gate"}, {"id": "standby", "stands_by_for": ["gate"]}]
    both = world(["a"], days=1, posts=posts)
    at = {shift.id: shift for shift in both.shifts}
    waiting, serving = at["standby/2024-03-04/morning"], at["gate/2024-03-04/noon"]
    assert {one.id for one in on_call(both, [serving, waiting])} == {"gate/2024-03-04/morning"}
