"""Both solvers behind the door say the same of the same matrix."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse

from scheduler.engine import cp_sat, highs
from scheduler.engine.stop import Deadline
from scheduler.model.matrix import Matrix, Proof
from scheduler.model.transform import relaxed


def random_matrix(seed: int, rows: int = 12, columns: int = 15) -> Matrix:
    rng = np.random.default_rng(seed)
    weights = rng.integers(-2, 4, (rows, columns)) * (rng.random((rows, columns)) < 0.4)
    return Matrix(
        cost=rng.integers(-5, 6, columns).astype(float),
        rows=sparse.csr_array(weights.astype(float)),
        row_lower=np.full(rows, -np.inf),
        row_upper=rng.integers(0, 6, rows).astype(float),
        lower=np.zeros(columns),
        upper=rng.integers(1, 3, columns).astype(float),
        integer=np.ones(columns, dtype=np.bool_),
    )


@pytest.mark.parametrize("seed", range(10))
def test_highs_and_cp_sat_find_the_same_optimum(seed: int) -> None:
    matrix = random_matrix(seed)
    one, other = highs.solve(matrix, Deadline()), cp_sat.solve(matrix, Deadline())
    assert one.proof is other.proof is Proof.OPTIMAL
    assert one.objective == pytest.approx(other.objective)
    assert one.bound == pytest.approx(other.bound)
    for outcome in (one, other):
        assert outcome.x is not None
        assert np.all(matrix.rows @ outcome.x <= matrix.row_upper + 1e-6)


@pytest.mark.parametrize("seed", range(5))
def test_relaxation_bounds_the_optimum(seed: int) -> None:
    matrix = random_matrix(seed)
    bound = highs.lower_bound(matrix, Deadline())
    assert bound.objective <= highs.solve(matrix, Deadline()).objective + 1e-6
    assert not relaxed(matrix).integer.any()


def test_a_start_is_used_when_no_time_is_left() -> None:
    matrix = random_matrix(1)
    outcome = highs.solve(matrix, Deadline(), start=np.zeros(15), nodes=1)
    assert outcome.x is not None


def contradiction(*rows: tuple[list[float], float, float]) -> Matrix:
    return Matrix(
        cost=np.zeros(3),
        rows=sparse.csr_array(np.array([row for row, _, _ in rows])),
        row_lower=np.array([low for _, low, _ in rows]),
        row_upper=np.array([high for _, _, high in rows]),
        lower=np.zeros(3),
        upper=np.ones(3),
        integer=np.ones(3, dtype=np.bool_),
    )


INFINITY = float("inf")


def test_infeasible_is_said_by_both() -> None:
    matrix = contradiction(([1, 1, 0], 2, INFINITY), ([1, 1, 0], -INFINITY, 1))
    assert highs.solve(matrix, Deadline()).proof is Proof.INFEASIBLE
    assert cp_sat.solve(matrix, Deadline()).proof is Proof.INFEASIBLE


def test_core_names_the_clashing_groups() -> None:
    matrix = contradiction(
        ([1, 0, 0], -INFINITY, 1),
        ([1, 1, 0], 2, INFINITY),
        ([0, 0, 1], 1, INFINITY),
        ([1, 1, 1], -INFINITY, 1),
    )
    assert {1, 3} <= set(cp_sat.core(matrix, np.array([0, 1, 2, 3]), Deadline()))


def test_core_of_rows_that_can_hold_is_empty() -> None:
    matrix = contradiction(([1, 1, 1], 2, INFINITY))
    assert cp_sat.core(matrix, np.array([0]), Deadline()) == ()


def test_rows_outside_all_groups_always_hold() -> None:
    matrix = contradiction(([1, 0, 0], -INFINITY, 0), ([1, 0, 0], 1, INFINITY))
    assert cp_sat.core(matrix, np.array([-1, 4]), Deadline()) == (4,)


@pytest.mark.parametrize("seed", [93, 320])
def test_a_solution_is_the_one_its_objective_is_of_whatever_it_began_with(seed: int) -> None:
    """HiGHS 1.16 gives back the start for these, with the objective of the optimum."""
    matrix = random_matrix(seed, rows=3 + seed % 10, columns=4 + seed % 12)
    outcome = highs.solve(matrix, Deadline(), start=np.zeros(len(matrix.cost)))
    assert outcome.x is not None
    assert matrix.cost @ outcome.x == pytest.approx(outcome.objective)
    assert outcome.objective == pytest.approx(cp_sat.solve(matrix, Deadline()).objective)
