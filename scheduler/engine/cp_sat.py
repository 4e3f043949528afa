"""CP-SAT: a matrix in, a solution and a bound out; and which rows cannot hold together (OR-Tools)."""

from __future__ import annotations

import numpy as np
from ortools.sat.python import cp_model

from scheduler.domain.grouping import Ints
from scheduler.engine.stop import Stop
from scheduler.model.linear_model import Floats
from scheduler.model.matrix import Matrix, Outcome, Proof

WHOLE = 1e-6


def solve(
    matrix: Matrix,
    stop: Stop,
    *,
    start: Floats | None = None,
    seed: int = 0,
    effort: float = float("inf"),
) -> Outcome:
    """Minimise a matrix whose numbers are all whole; every column is taken as integral.

    ``effort`` is a limit in CP-SAT's deterministic time, which is the same on every machine.
    """
    model, columns = _model(matrix)
    for row in range(len(matrix.row_lower)):
        _post(model, columns, matrix, row)
    model.minimize(_sum(columns, np.arange(len(columns)), matrix.cost))
    if start is not None:
        for column, value in zip(columns, start):
            model.add_hint(column, round(value))
    solver = _solver(stop, seed)
    solver.parameters.max_deterministic_time = effort
    status = solver.solve(model)
    if status == cp_model.INFEASIBLE:
        return Outcome(None, np.inf, np.inf, Proof.INFEASIBLE)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return Outcome(None, np.inf, solver.best_objective_bound, Proof.UNKNOWN)
    x = np.array([solver.value(column) for column in columns], dtype=np.float64)
    proof = Proof.OPTIMAL if status == cp_model.OPTIMAL else Proof.FEASIBLE
    return Outcome(x, solver.objective_value, solver.best_objective_bound, proof)


def core(matrix: Matrix, group: Ints, stop: Stop) -> tuple[int, ...]:
    """Groups of rows that cannot hold together; none if they can or time ran out. Rows of group -1 always hold.

    The core comes from assumptions on a model without objective, where CP-SAT keeps it small but not minimal.
    """
    model, columns = _model(matrix)
    guard = {one: model.new_bool_var("") for one in sorted(set(group[group >= 0].tolist()))}
    for row, one in enumerate(group.tolist()):
        _post(model, columns, matrix, row, guard.get(one))
    model.add_assumptions(list(guard.values()))
    solver = _solver(stop, 0)
    if solver.solve(model) != cp_model.INFEASIBLE:
        return ()
    indices = set(solver.sufficient_assumptions_for_infeasibility())
    return tuple(one for one, literal in guard.items() if literal.index in indices)


def _solver(stop: Stop, seed: int) -> cp_model.CpSolver:
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = seed
    if stop.left() < 1e9:
        solver.parameters.max_time_in_seconds = max(0.05, stop.left())
    return solver


def _model(matrix: Matrix) -> tuple[cp_model.CpModel, list[cp_model.IntVar]]:
    model = cp_model.CpModel()
    columns = [
        model.new_int_var(int(np.ceil(low - WHOLE)), int(np.floor(high + WHOLE)), "")
        for low, high in zip(matrix.lower, matrix.upper)
    ]
    return model, columns


def _post(
    model: cp_model.CpModel,
    columns: list[cp_model.IntVar],
    matrix: Matrix,
    row: int,
    guard: cp_model.IntVar | None = None,
) -> None:
    first, past = matrix.rows.indptr[row], matrix.rows.indptr[row + 1]
    terms = _sum(columns, matrix.rows.indices[first:past], matrix.rows.data[first:past])
    low, high = matrix.row_lower[row], matrix.row_upper[row]
    constraints = []
    if np.isfinite(low):
        constraints.append(model.add(terms >= int(np.ceil(low - WHOLE))))
    if np.isfinite(high):
        constraints.append(model.add(terms <= int(np.floor(high + WHOLE))))
    if guard is not None:
        for constraint in constraints:
            constraint.only_enforce_if(guard)


def _sum(columns: list[cp_model.IntVar], which: Ints, weights: Floats) -> cp_model.LinearExprT:
    used = [columns[n] for n in which]
    whole = np.round(weights).astype(np.int64)
    assert np.abs(weights - whole).max(initial=0.0) < WHOLE, "CP-SAT takes whole numbers only"
    return cp_model.LinearExpr.weighted_sum(used, whole.tolist())
