"""What is done to the matrix keeps its meaning."""

from __future__ import annotations

import numpy as np
import pytest

from scheduler.domain.entity import LEVELS
from scheduler.domain.roster import Roster
from scheduler.engine import highs
from scheduler.engine.exact import Exact
from scheduler.engine.stop import Deadline
from scheduler.model.build import build
from scheduler.model.levels import Ladder, raised
from scheduler.model.linear_model import LinearModel
from scheduler.model.transform import components, dual_bound, priced, slice_of
from scheduler.problem import Problem
from scheduler.rules.base import Rule
from scheduler.score import score
from tests.builders import problem

SHIFTS = ({"id": "early", "start": "08:00", "end": "12:00"}, {"id": "late", "start": "13:00", "end": "20:00"})


def plan() -> Problem:
    people = ["a", "b", {"id": "c", "requests": [{"kind": "avoid", "shift_types": ["late"]}]}]
    return problem(people, days=3, heads=2, shift_types=SHIFTS)


def model_of(plan: Problem) -> tuple[LinearModel, tuple[Rule, ...]]:
    rules = plan.all_rules()
    return build(plan.instance(), rules), rules


def random_legal(model: LinearModel, seed: int) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    rng = np.random.default_rng(seed)
    x = np.zeros(model.columns)
    rows = model.rows
    for column in rng.permutation(model.pairs)[: model.pairs // 2]:
        x[column] = 1.0
        if ((rows.matrix @ x > rows.upper + 1e-9) & rows.hard).any():
            x[column] = 0.0
    return x


@pytest.mark.parametrize("seed", range(6))
def test_ladder_values_are_the_referees_score(seed: int) -> None:
    model, rules = model_of(plan())
    x = random_legal(model, seed)
    assert tuple(map(round, Ladder(model).values(x))) == score(model.roster(x), rules).values


@pytest.mark.parametrize("seed", range(6))
def test_slice_keeps_the_cost_of_the_whole(seed: int) -> None:
    model, _ = model_of(plan())
    x = random_legal(model, seed)
    free = np.random.default_rng(seed).random(model.columns) < 0.5
    part, chosen = slice_of(model, free, x)
    assert part.columns == free.sum()
    whole, other = Ladder(model), x.copy()
    other[chosen] = 0.0
    difference = np.subtract(Ladder(part).values(x[chosen]), Ladder(part).values(other[chosen]))
    assert np.allclose(difference, np.subtract(whole.values(x), whole.values(other)))


def test_components_are_independent_and_complete() -> None:
    both = problem(["a", "b"], days=2, posts=["one", "two"], shift_types=SHIFTS)
    model, _ = model_of(both)
    parts = components(model)
    assert sorted(np.concatenate(parts).tolist()) == list(range(model.columns))
    for row in range(len(model.rows)):
        touched = model.rows.matrix[[row]].indices
        assert sum(bool(np.isin(touched, part).any()) for part in parts) <= 1


def test_kept_level_stays_kept() -> None:
    model, _ = model_of(plan())
    exact = Exact(model, np.zeros(model.columns))
    while exact.to_do:
        exact.step(Deadline())
    solution = exact.solution
    ladder = Ladder(model)
    cover = LEVELS.index("cover")
    ladder.keep(cover, solution.values[cover])
    z = ladder.complete(np.zeros(model.columns))
    outside = (ladder.matrix.rows @ z > ladder.matrix.row_upper + 1e-6) | False
    assert outside.any() or (z > ladder.matrix.upper + 1e-6).any()


def test_slacks_are_the_smallest_that_allow_a_solution() -> None:
    model, _ = model_of(plan())
    soft = priced(model)
    z = soft.complete(np.zeros(model.columns))
    activity = soft.matrix.rows @ z
    assert (activity >= soft.matrix.row_lower - 1e-9).all()
    assert z[model.columns :].sum() > 0


def test_start_and_roster_are_inverse() -> None:
    model, _ = model_of(plan())
    x = random_legal(model, 3)
    roster = model.roster(x)
    assert isinstance(roster, Roster)
    assert np.array_equal(model.start(roster), x[: model.pairs] > 0.5)


@pytest.mark.parametrize(("bound", "up"), [(2.0, 2.0), (2.00001, 2.0), (2.1, 3.0), (1.9999999, 2.0)])
def test_bound_is_raised_to_whole_numbers_but_not_by_noise(bound: float, up: float) -> None:
    assert raised(bound, 0.0) == up


@pytest.mark.parametrize("seed", range(6))
def test_a_bound_from_any_duals_is_never_above_a_legal_solution(seed: int) -> None:
    model, _ = model_of(plan())
    ladder = Ladder(model)
    rng = np.random.default_rng(seed)
    for level in ladder.active:
        matrix = ladder.objective(level)
        dual = rng.normal(0, rng.choice([0.1, 3, 30]), len(matrix.row_lower))
        x = random_legal(model, seed)
        assert dual_bound(matrix, dual) <= ladder.values(x)[level] - model.constant[level] + 1e-9


def test_a_bound_from_the_best_duals_is_the_relaxation() -> None:
    model, _ = model_of(problem(["a"], days=2, heads=2, shift_types=SHIFTS))
    matrix = Ladder(model).objective(LEVELS.index("cover"))
    value, dual = highs.duals(matrix, Deadline())
    assert value > 0
    assert dual_bound(matrix, dual) == pytest.approx(value)
