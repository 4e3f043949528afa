"""Parts in sequences, whole: hard cover between the volunteers, several parts, what cannot be."""

from __future__ import annotations

import random

import pytest

from scheduler.engine.result import Status
from scheduler.engine.settings import Settings
from scheduler.engine.solve import solve
from scheduler.engine.stop import Deadline
from scheduler.errors import NoRosterError
from scheduler.problem import Problem
from tests.builders import day, problem

SHIFTS = ({"id": "early", "start": "08:00", "end": "12:00"}, {"id": "late", "start": "13:00", "end": "20:00"})


def hard_world(seed: int) -> Problem:
    """Runs, least loads and a cover that must all hold."""
    rng = random.Random(seed)
    days, count = rng.choice([5, 6, 7]), rng.choice([3, 4, 5, 6])
    people = [
        {
            "id": f"p{n}",
            "requests": [
                {"kind": "avoid", "when": {"dates": [day(rng.randrange(days))]}, "weight": rng.randint(1, 9)}
                for _ in range(3)
            ],
            "availability": {
                "always": True,
                "unavailable": [{"dates": [day(d)]} for d in rng.sample(range(days), rng.choice([0, 1, 2]))],
            },
        }
        for n in range(count)
    ]
    rules = [
        {"rule": "one-per-day"},
        {"rule": "consecutive", "what": "days", "least": 2, "most": rng.choice([2, 3])},
        {"rule": "consecutive", "what": "off", "least": rng.choice([1, 2])},
        {"rule": "max-load", "per": "horizon", "least": 1},
        {"rule": "shift-succession", "forbid": [["late", "early"]]},
        {"rule": "cover", "bound": "least", "level": "hard"},
        {"rule": "cover", "bound": "wanted", "enabled": False},
    ]
    return problem(people, days=days, shift_types=SHIFTS, rules=rules)


def outcome(plan: Problem, engine: str) -> tuple[str, tuple[int, ...]]:
    try:
        result = solve(plan.instance(), plan.all_rules(), Deadline(30), Settings(engine=engine, jobs=1))
    except NoRosterError:
        return "none", ()
    return result.status.value, result.score.values


@pytest.mark.parametrize("seed", [1, 26, 35, 49, 61, 62, 67, 3, 4])
def test_cover_that_must_hold_is_found_where_it_can_be(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scheduler.engine.columnwise.LITTLE", 0)
    assert outcome(hard_world(seed), "columns") == outcome(hard_world(seed), "exact")


def test_several_parts_are_all_solved(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scheduler.engine.columnwise.LITTLE", 0)
    monkeypatch.setattr("scheduler.engine.parts.BUNDLE", 1)
    people = [f"{town}-{n}" for town in ("east", "west") for n in range(3)]
    rules = [
        {"rule": "one-per-day"},
        {"rule": "consecutive", "what": "days", "least": 2},
        *(
            {"rule": "post-list", "volunteers": [one for one in people if town in one], "allow": [town]}
            for town in ("east", "west")
        ),
    ]
    plan = problem(people, days=7, posts=["east", "west"], shift_types=SHIFTS, rules=rules)
    result = solve(plan.instance(), plan.all_rules(), Deadline(60), Settings(engine="columns"))
    assert result.status is Status.OPTIMAL
    assert result.score == solve(plan.instance(), plan.all_rules(), Deadline(60), Settings()).score


def test_what_cannot_be_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scheduler.engine.columnwise.LITTLE", 0)
    rules = [{"rule": "one-per-day"}, {"rule": "max-load", "per": "horizon", "least": 9}]
    plan = problem(["a", "b"], days=7, shift_types=SHIFTS, rules=rules)
    with pytest.raises(NoRosterError):
        solve(plan.instance(), plan.all_rules(), Deadline(60), Settings(engine="columns"))
