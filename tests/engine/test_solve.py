"""The engine's promises: lexicographic optimality, bounds, determinism, anytime behaviour, clear failure."""

from __future__ import annotations

import itertools
import os
import signal
from concurrent.futures import ProcessPoolExecutor
from typing import Any

import numpy as np
import pytest

from scheduler.domain.entity import Level
from scheduler.domain.instance import Instance
from scheduler.domain.roster import Roster
from scheduler.engine.result import Progress, Result, Status
from scheduler.engine.settings import Settings
from scheduler.engine.solve import solve
from scheduler.engine.stop import Deadline
from scheduler.engine.workers import Workers
from scheduler.errors import OutOfTimeError
from scheduler.problem import Problem
from scheduler.score import Score, score
from tests.builders import problem

DAY = ({"id": "early", "start": "08:00", "end": "12:00"}, {"id": "late", "start": "13:00", "end": "20:00"})


def small(days: int = 2, **more: Any) -> Problem:
    people = [
        {"id": "a", "contract": {"per_horizon": 2}},
        {"id": "b", "requests": [{"kind": "avoid", "shift_types": ["late"]}]},
        {"id": "c", "tier": "reserve"},
    ]
    return problem(people, days=days, shift_types=DAY, **more)


def best_by_enumeration(instance: Instance, plan: Problem) -> Score:
    pairs = [(v, s) for v in range(len(instance.volunteers)) for s in range(len(instance.shifts))]
    rules = plan.all_rules()
    rosters = (
        Roster(instance, chosen)
        for size in range(len(instance.shifts) + 1)
        for chosen in itertools.combinations(pairs, size)
    )
    return min(score(roster, rules) for roster in rosters)


def solved(plan: Problem, seconds: float = 60, **settings: Any) -> Result:
    return solve(plan.instance(), plan.all_rules(), Deadline(seconds), Settings(**settings))


def test_small_plan_is_solved_to_the_enumerated_optimum() -> None:
    plan = small()
    result = solved(plan)
    assert result.score == best_by_enumeration(result.roster.instance, plan)
    assert result.status is Status.OPTIMAL
    assert result.bounds == result.score.values


@pytest.mark.parametrize("engine", ["exact", "search", "auto"])
def test_every_engine_agrees_with_the_referee(engine: str) -> None:
    plan = small(days=5)
    result = solved(plan, seconds=20, engine=engine, rounds=20)
    assert result.score == score(result.roster, plan.all_rules())
    assert all(bound <= value for bound, value in zip(result.bounds, result.score.values))
    assert result.score[Level.COVER] == 0


def test_same_seed_and_rounds_give_the_same_roster(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scheduler.engine.choice.SMALL", 0)
    plan = small(days=7)
    first, second = (solved(plan, rounds=5, seed=3, jobs=jobs) for jobs in (1, 2))
    assert first.roster.pairs == second.roster.pairs


def test_killed_workers_cost_slices_but_no_roster(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scheduler.engine.choice.SMALL", 0)
    killed: list[int] = []
    submit = Workers._started

    def killing(self: Workers, processes: int) -> ProcessPoolExecutor:
        pool = submit(self, processes)
        pool.submit(int).result()
        if len(killed) < 3:
            killed.append(self.processes[0])
            os.kill(killed[-1], signal.SIGKILL)
        return pool

    monkeypatch.setattr(Workers, "_started", killing)
    plan = small(days=7, heads=2)
    result = solved(plan, rounds=4, jobs=2, engine="search")
    assert len(killed) == 3
    assert result.score == score(result.roster, plan.all_rules())
    assert result.score.legal
    assert len(result.roster) > 0


def test_no_time_gives_a_roster_when_nobody_is_legal() -> None:
    result = solved(small(days=7), seconds=0, engine="search")
    assert result.score.legal
    assert result.score >= Score(result.bounds)


def test_no_time_and_nothing_legal_yet_is_said() -> None:
    plan = small(rules=[{"rule": "max-load", "per": "horizon", "least": 1}])
    with pytest.raises(OutOfTimeError):
        solved(plan, seconds=0)


def test_interruption_keeps_the_best_roster(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scheduler.engine.choice.SMALL", 0)
    plan = small(days=7)
    deadline = Deadline(60)
    seen: list[Progress] = []

    def watch(progress: Progress) -> None:
        seen.append(progress)
        if progress.found_by == "construct":
            deadline.interrupt()

    result = solve(plan.instance(), plan.all_rules(), deadline, Settings(), watch)
    assert result.score.legal
    assert result.roster.heads.sum() == max(progress.heads for progress in seen)


def test_progress_ends_with_the_result() -> None:
    seen: list[Progress] = []
    plan = small(days=4)
    result = solve(plan.instance(), plan.all_rules(), Deadline(60), Settings(), seen.append)
    assert tuple(map(round, seen[-1].score)) == result.score.values
    assert tuple(map(round, seen[-1].bounds)) == result.bounds


def test_independent_posts_are_solved_apart() -> None:
    people = [
        {"id": f"{town}-{n}", "availability": {"always": True}} for town in ("east", "west") for n in range(3)
    ]
    rules = [
        {"rule": "post-list", "volunteers": [f"{town}-{n}" for n in range(3)], "allow": [town]}
        for town in ("east", "west")
    ]
    plan = problem(people, days=7, posts=["east", "west"], heads=2, shift_types=DAY, rules=rules)
    together, apart = solved(plan), solved(plan, jobs=2)
    assert together.score == apart.score
    assert together.status is apart.status is Status.OPTIMAL


def test_demand_nobody_can_meet_is_a_result() -> None:
    result = solved(problem([{"id": "a", "availability": {}}], days=1))
    assert len(result.roster) == 0
    assert result.status is Status.OPTIMAL
    assert np.all(result.roster.heads == 0)
    assert result.score[Level.COVER] > 0
