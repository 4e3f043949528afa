"""Column generation against the enumeration of every roster: values, bounds, determinism, stopping at any moment."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from scheduler.engine.columns.generate import ColumnSearch
from scheduler.engine.result import FoundBy, Solution
from scheduler.engine.stop import Deadline, Stop
from scheduler.problem import Problem
from tests.engine.columns.scenes import best_by_enumeration, judged, model_of, plan

ORGANISED: dict[str, Any] = {
    "more": ({"rule": "turn", "order": "free", "per": "day", "level": "organisation", "weight": 2},),
    "organised": True,
}
TOGETHER: dict[str, Any] = {
    "more": ({"rule": "together", "members": ["a", "b"], "same": "day", "level": "fairness", "weight": 3},)
}
WORLDS: dict[str, dict[str, Any]] = {
    "two levels": {},
    "one level": {"cover": "wish"},
    "hard cover": {"cover": "hard", "days": 2},
    "organisations": ORGANISED,
    "common columns": TOGETHER,
}


class Checks:
    """Stops at the n-th look."""

    def __init__(self, looks: int) -> None:
        self.looks = looks

    def reached(self) -> bool:
        self.looks -= 1
        return self.looks < 0

    def left(self) -> float:
        return float("inf")

    def part(self, share: float) -> Stop:
        return self


def searched(world: Problem, rounds: int = 12, stop: Stop | None = None, **more: Any) -> ColumnSearch:
    search = ColumnSearch(model_of(world), more.pop("start", None), rounds=rounds, **more)
    search.run(stop or Deadline())
    return search


@pytest.mark.parametrize(("kind", "threads"), [("one level", 1), ("two levels", 2), ("common columns", 1)])
def test_a_model_taken_for_large_comes_to_the_same_optimum(
    kind: str, threads: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scheduler.engine.columns.generate.LARGE", 1)
    monkeypatch.setattr("scheduler.engine.columns.start.BARGAINS", 1)
    told: set[FoundBy] = set()
    world = plan(3, names="ab", **WORLDS[kind])
    found = searched(world, threads=threads, watch=lambda _, part: told.add(FoundBy(part))).solution
    assert found is not None
    assert judged(world, model_of(world), found.x) == best_by_enumeration(world)
    assert found.optimal
    assert told


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("kind", WORLDS)
def test_the_result_is_the_enumerated_optimum_and_its_bound_is_not_above(kind: str, seed: int) -> None:
    world = plan(seed, names="ab", **WORLDS[kind])
    best = best_by_enumeration(world)
    search = searched(world)
    if not best.legal:
        assert search.solution is None
        return
    assert search.solution is not None
    assert search.solution.values == best.values
    assert tuple(search.solution.bounds) <= tuple(best.values)
    assert judged(world, model_of(world), search.solution.x) == best


def test_common_columns_are_there() -> None:
    from scheduler.engine.columns.block import split

    assert len(split(model_of(plan(0, names="ab", **TOGETHER))).common)


def test_a_plan_of_a_week_is_proven_level_by_level() -> None:
    world = plan(3, names="abcdef", days=7)
    solution = searched(world).solution
    assert solution is not None
    assert solution.optimal
    assert judged(world, model_of(world), solution.x).values == solution.values


def test_every_solution_told_is_what_the_referee_says_and_no_worse_than_the_last() -> None:
    world, told = plan(4, names="abcde", days=6), list[Solution]()
    searched(world, watch=lambda solution, _: told.append(solution))
    model = model_of(world)
    assert told
    assert all(judged(world, model, one.x).values == one.values for one in told)
    assert [one.values for one in told] == sorted((one.values for one in told), reverse=True)
    final = told[-1].values
    for one in told:
        first = next((n for n in range(len(final)) if one.values[n] != final[n]), len(final))
        assert all(one.bounds[n] <= final[n] for n in range(first))


def test_the_same_seed_and_rounds_give_the_same_roster() -> None:
    world = plan(5, names="abcde", days=6, cover="wish")
    one, other = (searched(world, rounds=5, seed=7).solution for _ in range(2))
    assert one is not None
    assert other is not None
    assert np.array_equal(one.x, other.x)
    assert one.bounds == other.bounds


@pytest.mark.parametrize("looks", [0, 1, 3, 5, 8, 13, 30, 60, 100, 200])
def test_stopped_at_any_moment_there_is_a_legal_roster_or_none(looks: int) -> None:
    world = plan(4, names="abcd", days=5)
    best = searched(world).solution
    assert best is not None
    solution = searched(world, stop=Checks(looks)).solution
    if solution is not None:
        assert judged(world, model_of(world), solution.x).values == solution.values >= best.values
        assert solution.bounds[1] <= best.values[1]


def test_a_given_roster_is_never_lost() -> None:
    world = plan(4, names="abcd", days=5)
    best = searched(world).solution
    assert best is not None
    again = searched(world, start=best.x, stop=Checks(3)).solution
    assert again is not None
    assert again.values == best.values
