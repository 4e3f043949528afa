"""HiGHS: a matrix in, a solution and a bound out (https://highs.dev, Huangfu and Hall 2018)."""

from __future__ import annotations

import itertools
import threading
from dataclasses import dataclass, replace

import highspy
import numpy as np

from scheduler.engine.stop import Stop
from scheduler.model.linear_model import Floats
from scheduler.model.matrix import Matrix, Outcome, Proof
from scheduler.model.transform import dual_bound, relaxed


class _Quiet(highspy.Highs):  # type: ignore[misc]
    """HiGHS that writes nothing to stdout, not even its banner when callbacks are set."""

    def enableCallbacks(self) -> None:  # noqa: N802
        self.silent()
        super().enableCallbacks()


def solve(
    matrix: Matrix,
    stop: Stop,
    *,
    start: Floats | None = None,
    gap: float = 0.0,
    seed: int = 0,
    nodes: int | None = None,
) -> Outcome:
    """Minimise a matrix; an absolute ``gap`` under 1 proves integral objectives.

    ``nodes`` limits the branch and bound tree, which, unlike the clock, gives the same result every time.
    """
    if not len(matrix.cost):
        return _empty(matrix)
    solver = _solver(matrix, seed)
    solver.setOptionValue("mip_abs_gap", gap)
    solver.setOptionValue("mip_rel_gap", 0.0)
    if stop.left() < 1e9:
        solver.setOptionValue("time_limit", max(0.01, stop.left()))
    if nodes is not None:
        solver.setOptionValue("mip_max_nodes", nodes)
    if start is not None and matrix.integer.any():
        solver.setSolution(len(start), np.arange(len(start), dtype=np.int32), start)
    _run(solver, stop)
    outcome = _outcome(solver, matrix)
    if start is not None and _is_of_another(outcome, matrix):
        return solve(matrix, stop, gap=gap, seed=seed, nodes=nodes)
    return outcome


def _is_of_another(outcome: Outcome, matrix: Matrix) -> bool:
    """Whether the solution does not cost what was found.

    HiGHS 1.16 may give back the start it was given with the objective of the optimum, if presolve solves the matrix.
    """
    if outcome.x is None:
        return False
    return abs(float(matrix.cost @ outcome.x) - outcome.objective) > 1e-6 * max(1.0, abs(outcome.objective))


def lower_bound(matrix: Matrix, stop: Stop) -> Outcome:
    """The linear relaxation by interior point: a bound from its duals, valid however exact they are.

    The solution is fractional; without one that is optimal the proof is not OPTIMAL, but the bound still holds.
    """
    if not len(matrix.cost):
        return _empty(matrix)
    matrix = relaxed(matrix)
    solver = _solver(matrix, 0)
    solver.setOptionValue("solver", "ipm")
    solver.setOptionValue("run_crossover", "off")
    if stop.left() < 1e9:
        solver.setOptionValue("time_limit", max(0.01, stop.left()))
    _run(solver, stop)
    outcome = _outcome(solver, matrix)
    if outcome.proof is Proof.INFEASIBLE or not solver.getSolution().dual_valid:
        return outcome
    return replace(outcome, bound=dual_bound(matrix, np.array(solver.getSolution().row_dual)))


def duals(matrix: Matrix, stop: Stop) -> tuple[float, Floats]:
    """The optimum of the linear relaxation and what each row's bound is worth there (zero: nothing)."""
    solver = _solver(relaxed(matrix), 0)
    solver.setOptionValue("solver", "simplex")
    if stop.left() < 1e9:
        solver.setOptionValue("time_limit", max(0.01, stop.left()))
    _run(solver, stop)
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return 0.0, np.zeros(len(matrix.row_lower))
    return float(solver.getInfo().objective_function_value), np.array(solver.getSolution().row_dual)


class Limited:
    """A linear programme solved again and again with other upper bounds of its last rows, from the basis before."""

    def __init__(self, matrix: Matrix, stop: Stop) -> None:
        self._matrix = relaxed(matrix)
        self._solver = _solver(self._matrix, 0)
        self._stop = stop
        self._solver.cbSimplexInterrupt += lambda event: event.interrupt() if stop.reached() else None

    def solve(self, limits: Floats) -> Outcome:
        """The optimum with these bounds, infinite ones for none."""
        first = len(self._matrix.row_lower) - len(limits)
        for n, limit in enumerate(limits.tolist()):
            self._solver.changeRowBounds(first + n, -highspy.kHighsInf, min(limit, highspy.kHighsInf))
        _wait(self._solver)
        return _outcome(self._solver, self._matrix)


def _solver(matrix: Matrix, seed: int) -> highspy.Highs:
    solver = _Quiet()
    solver.setOptionValue("parallel", "off")
    solver.setOptionValue("threads", 1)
    solver.setOptionValue("random_seed", seed)
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(matrix.cost), len(matrix.row_lower)
    lp.col_cost_, lp.col_lower_, lp.col_upper_ = matrix.cost, matrix.lower, matrix.upper
    lp.row_lower_, lp.row_upper_ = matrix.row_lower, matrix.row_upper
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = matrix.rows.indptr.astype(np.int32)
    lp.a_matrix_.index_ = matrix.rows.indices.astype(np.int32)
    lp.a_matrix_.value_ = matrix.rows.data
    if matrix.integer.any():
        kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
        lp.integrality_ = [kinds[flag] for flag in matrix.integer.astype(int)]
    solver.passModel(lp)
    return solver


def _run(solver: highspy.Highs, stop: Stop) -> None:
    """Run in a thread of its own, so that the caller's thread can still be interrupted by a person."""
    solver.cbMipInterrupt += lambda event: event.interrupt() if stop.reached() else None
    solver.cbSimplexInterrupt += lambda event: event.interrupt() if stop.reached() else None
    solver.cbIpmInterrupt += lambda event: event.interrupt() if stop.reached() else None
    _wait(solver)


def _wait(solver: highspy.Highs) -> None:
    thread = threading.Thread(target=solver.run, daemon=True)
    thread.start()
    while thread.is_alive():
        thread.join(0.1)


def _outcome(solver: highspy.Highs, matrix: Matrix) -> Outcome:
    status = solver.getModelStatus()
    info = solver.getInfo()
    if status in (highspy.HighsModelStatus.kInfeasible, highspy.HighsModelStatus.kUnboundedOrInfeasible):
        return Outcome(None, np.inf, np.inf, Proof.INFEASIBLE)
    found = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    x = np.array(solver.getSolution().col_value) if found else None
    objective = float(info.objective_function_value) if found else np.inf
    optimal = status == highspy.HighsModelStatus.kOptimal
    mixed = bool(matrix.integer.any())
    bound = float(info.mip_dual_bound) if mixed else objective if optimal else -np.inf
    return Outcome(x, objective, bound, _proof(found, optimal), max(0, info.simplex_iteration_count))


def _proof(found: bool, optimal: bool) -> Proof:
    if optimal:
        return Proof.OPTIMAL
    return Proof.FEASIBLE if found else Proof.UNKNOWN


def _empty(matrix: Matrix) -> Outcome:
    possible = bool((matrix.row_lower <= 1e-9).all() and (matrix.row_upper >= -1e-9).all())
    if possible:
        return Outcome(np.zeros(0), 0.0, 0.0, Proof.OPTIMAL)
    return Outcome(None, np.inf, np.inf, Proof.INFEASIBLE)


@dataclass(frozen=True, slots=True, eq=False)
class Central:
    """The optimum of a linear programme and its row duals: what a unit of a row's bound costs."""

    x: Floats
    dual: Floats
    objective: float


def near(matrix: Matrix, at: Floats, stop: Stop) -> Central | None:
    """The optimum of the linear relaxation by dual simplex, from a solution most columns of which stay as they are.

    It begins with every column at the bound that ``at`` is nearer to, and all rows in the basis. None if it is
    infeasible or there is no time.
    """
    solver = _solver(relaxed(matrix), 0)
    solver.setOptionValue("solver", "simplex")
    if stop.left() < 1e9:
        solver.setOptionValue("time_limit", max(0.01, stop.left()))
    basis, kinds = highspy.HighsBasis(), (highspy.HighsBasisStatus.kLower, highspy.HighsBasisStatus.kUpper)
    above = (matrix.upper > matrix.lower) & (at - matrix.lower > matrix.upper - at)
    basis.col_status = [kinds[flag] for flag in above.astype(int)]
    basis.row_status = [highspy.HighsBasisStatus.kBasic] * len(matrix.row_lower)
    basis.valid = True
    solver.setBasis(basis)
    _run(solver, stop)
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return None
    found, objective = solver.getSolution(), float(solver.getInfo().objective_function_value)
    return Central(np.array(found.col_value), np.array(found.row_dual), objective)


class LinearProgram:
    """A master of column generation: its relaxation, and branching over what it has.

    The relaxation is solved by interior point without crossover, so that duals are central.
    """

    def __init__(self, matrix: Matrix) -> None:
        self._matrix = matrix
        self._relaxed = relaxed(matrix)

    def branch(
        self,
        stop: Stop,
        *,
        start: Floats | None,
        gap: float,
        nodes: int,
        checks: int,
        seed: int = 0,
    ) -> Outcome:
        """The matrix with its whole columns, from a start.

        Ends at an absolute gap, or after so many nodes or so many of HiGHS's own checks of its limits (several a
        node, more at the root): both are the same on every machine.
        """
        solver = _solver(self._matrix, seed)
        solver.setOptionValue("mip_abs_gap", gap)
        solver.setOptionValue("mip_rel_gap", 0.0)
        solver.setOptionValue("mip_max_nodes", nodes)
        if stop.left() < 1e9:
            solver.setOptionValue("time_limit", max(0.01, stop.left()))
        if start is not None:
            solver.setSolution(len(start), np.arange(len(start), dtype=np.int32), start)
        made = itertools.count()
        solver.cbMipInterrupt += lambda event: event.interrupt() if next(made) >= checks else None
        _run(solver, stop)
        outcome = _outcome(solver, self._matrix)
        if start is not None and _is_of_another(outcome, self._matrix):
            return self.branch(stop, start=None, gap=gap, nodes=nodes, checks=checks, seed=seed)
        return outcome

    def solve(self, stop: Stop) -> Central | None:
        """The optimum; None if it is infeasible or there is no time. What interior point cannot, simplex does."""
        return self._solve("ipm", stop) or self._solve("simplex", stop)

    def _solve(self, method: str, stop: Stop) -> Central | None:
        solver = _solver(self._relaxed, 0)
        solver.setOptionValue("solver", method)
        solver.setOptionValue("run_crossover", "off")
        if stop.left() < 1e9:
            solver.setOptionValue("time_limit", max(0.01, stop.left()))
        _run(solver, stop)
        found = solver.getSolution()
        if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal or not found.dual_valid:
            return None
        return Central(
            np.array(found.col_value),
            np.array(found.row_dual),
            float(solver.getInfo().objective_function_value),
        )
