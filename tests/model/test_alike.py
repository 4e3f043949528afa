"""Interchangeable shifts: what is merged, and that the way back costs the same."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from scheduler.domain.entity import Level
from scheduler.model.alike import Merged, merged
from scheduler.model.build import build
from scheduler.model.levels import Ladder
from scheduler.model.linear_model import Floats, LinearModel
from scheduler.problem import Problem
from scheduler.score import score
from tests.builders import problem

ONE = {"rule": "one-per-day"}
DAY = ({"id": "early", "start": "08:00", "end": "12:00"},)


def plan(posts: int = 3, heads: int = 1, people: int = 6, **more: Any) -> Problem:
    rules = [ONE, *more.pop("rules", [])]
    return problem(
        [{"id": f"v{n}"} | more.get("person", {}) for n in range(people)],
        days=2,
        posts=[{"id": f"gate-{n}"} for n in range(posts)],
        heads=heads,
        shift_types=DAY,
        rules=rules,
        **{key: value for key, value in more.items() if key != "person"},
    )


def merge(one: Problem) -> tuple[LinearModel, Merged]:
    model = build(one.instance(), one.all_rules())
    return model, merged(model)


def legal(model: LinearModel, x: Floats) -> bool:
    rows = model.rows
    activity = rows.matrix @ x
    return bool(((activity >= rows.lower - 1e-9) & (activity <= rows.upper + 1e-9))[rows.hard].all())


def test_posts_that_ask_the_same_become_one_shift_a_day() -> None:
    model, found = merge(plan(posts=3))
    assert model.pairs == 3 * found.model.pairs
    assert [len(members) for members in found.classes] == [3, 3]


@pytest.mark.parametrize(
    "difference",
    [
        {
            "rules": [
                {"rule": "pinned", "assignments": [{"volunteer": "v0", "shift": "gate-0/2024-03-04/early"}]}
            ]
        },
        {"rules": [{"rule": "max-load", "per": "horizon", "most": 1, "posts": ["gate-0"]}]},
        {"person": {"requests": [{"kind": "avoid", "posts": ["gate-0"]}]}},
        {"rules": [{"rule": "cover", "bound": "least", "posts": ["gate-0"], "level": "cover", "weight": 7}]},
    ],
)
def test_a_post_that_differs_stays_apart(difference: dict[str, Any]) -> None:
    _, found = merge(plan(posts=3, **difference))
    instance = found.full.instance
    posts = [
        {instance.shifts[s].post.id for s in members}
        for members in found.classes
        if instance.day_of[members[0]] == 0
    ]
    assert posts == [{"gate-1", "gate-2"}]


def test_shifts_a_volunteer_could_serve_together_stay_apart() -> None:
    together = problem(
        ["a", "b"],
        days=1,
        posts=["g", "h"],
        shift_types=DAY,
        rules=[{"rule": "no-overlap", "enabled": False}],
    )
    _, found = merge(together)
    assert found.classes == ()


@pytest.mark.parametrize("seed", range(8))
def test_the_way_back_is_legal_and_costs_the_same(seed: int) -> None:
    mix = {"rule": "skill-mix", "skill": "medical", "least": 1, "weight": 5}
    people = [{"id": f"v{n}", "skills": [{"skill": "medical"}] if n % 3 == 0 else []} for n in range(9)]
    demand = [{"shifts": ["early"], "least": 1, "wanted": 2, "most": 3}]
    one = problem(
        people,
        days=2,
        posts=[{"id": f"gate-{n}", "demand": demand} for n in range(3)],
        shift_types=DAY,
        skills=[{"id": "medical"}],
        rules=[ONE, mix, {"rule": "fair-load", "level": Level.FAIRNESS}],
    )
    model, found = merge(one)
    assert len(found.classes) == 2
    rng = np.random.default_rng(seed)
    x = (rng.random(found.model.columns) < rng.uniform(0.1, 0.9)).astype(float)
    y = found.expand(x)
    assert y[: model.pairs].sum() == x[: found.model.pairs].sum()
    assert Ladder(found.model).values(x) == Ladder(model).values(y)
    assert legal(found.model, x) == legal(model, y)
    if legal(model, y) and model.pairs == model.columns:
        assert tuple(map(round, Ladder(model).values(y))) == score(model.roster(y), one.all_rules()).values


def test_rows_on_crews_that_cross_each_other_stay_apart() -> None:
    people = [
        {"id": f"v{n}", "skills": [{"skill": s} for s in skills]}
        for n, skills in enumerate(["m", "md", "d", ""])
    ]
    one = problem(
        people,
        days=1,
        posts=["g", "h"],
        heads=2,
        shift_types=DAY,
        skills=[{"id": "m"}, {"id": "d"}],
        rules=[ONE, {"rule": "skill-mix", "skill": "m"}, {"rule": "skill-mix", "skill": "d"}],
    )
    assert merge(one)[1].classes == ()
