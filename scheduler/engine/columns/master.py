"""Master: one roster a volunteer from the pool, so that the linking rows are broken as little as possible.

Dantzig and Wolfe 1960; Barnhart et al. 1998. Its linear relaxation is solved by interior point without crossover.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from scheduler.domain.grouping import Ints
from scheduler.engine import highs
from scheduler.engine.columns.linking import EPSILON, Linking
from scheduler.engine.columns.pool import Pool
from scheduler.engine.columns.scope import Goal, Scope
from scheduler.engine.stop import Stop
from scheduler.model.linear_model import Floats
from scheduler.model.matrix import Matrix

ROOM = 0.01
"""Room above a kept level, for an interior point method to have an interior."""


@dataclass(frozen=True, slots=True, eq=False)
class Relaxation:
    """An optimum of the master's relaxation over the rosters ``numbers``.

    ``objective``: the goal's weighted sum of levels, without the price of broken hard rows and kept levels, of which
    ``broken`` is the sum; ``share`` of each roster; ``dual`` by linking row, in the signs and within the prices that
    make a valid bound; ``weights`` by level as pricing needs them; ``convex`` by block: what a roster must cost less
    than.
    """

    objective: float
    broken: float
    numbers: Ints
    share: Floats
    dual: Floats
    weights: Floats
    convex: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Branched:
    """What branching found: rosters by block in the scope's order, or None, and the work in simplex iterations.

    ``closed``: whether the rosters it had allow no better choice.
    """

    numbers: Ints | None
    closed: bool
    work: int


class Master:
    """The restricted master of a scope: which rosters are in it is said at each call."""

    def __init__(self, linking: Linking, pool: Pool, goal: Goal, scope: Scope, penalty: float) -> None:
        self.goal, self.scope, self.penalty = goal, scope, penalty
        self._linking, self._pool = linking, pool
        rows = linking.rows
        slack = np.flatnonzero(~linking.definition)
        over, under = slack[np.isfinite(rows.upper[slack])], slack[np.isfinite(rows.lower[slack])]
        self._slack_row = np.concatenate((over, under))
        self._slack_sign = np.concatenate((np.full(len(over), -1.0), np.full(len(under), 1.0)))
        self._kept = np.flatnonzero(np.isfinite(goal.keep))
        self._first = len(linking.common) + len(self._slack_row) + len(self._kept)
        self.held_activity = np.asarray(pool.matrix[:, scope.held].sum(axis=1)).ravel()
        self.held_cost = pool.cost[scope.held].sum(axis=0) + linking.model.constant
        self._place = np.full(len(linking.blocks.blocks), -1, dtype=np.int64)
        self._place[scope.blocks] = np.arange(len(scope.blocks))

    def relaxed(self, numbers: Ints, stop: Stop) -> Relaxation | None:
        """The optimum of the relaxation over some rosters; None without time for it."""
        found = highs.LinearProgram(self._matrix(numbers)).solve(stop)
        if found is None:
            return None
        rows, kept = len(self._linking), len(self._kept)
        weights = self.goal.weights.copy()
        weights[self._kept] += np.maximum(0.0, -found.dual[rows : rows + kept])
        convex = np.full(len(self._place), np.inf)
        convex[self.scope.blocks] = found.dual[rows + kept :]
        hard = self._linking.rows.hard[self._slack_row]
        slack = found.x[len(self._linking.common) : self._first]
        broken = float(slack[: len(hard)][hard].sum() + slack[len(hard) :].sum())
        return Relaxation(
            objective=found.objective + float(self.goal.weights @ self.held_cost) - self.penalty * broken,
            broken=broken if broken > EPSILON else 0.0,
            numbers=numbers,
            share=found.x[self._first :],
            dual=self._clipped(found.dual[:rows], weights),
            weights=weights,
            convex=convex,
        )

    def bound(self, relaxation: Relaxation, cheapest: float) -> float:
        """The Lagrangian bound on the goal of every choice of rosters in the scope.

        ``cheapest`` is the sum of the blocks' least reduced costs under the relaxation's duals and weights.
        """
        linking, dual, weights = self._linking, relaxation.dual, relaxation.weights
        reduced = weights @ linking.common_cost - linking.common_matrix.T @ dual
        low, high = linking.model.lower[linking.common], linking.model.upper[linking.common]
        side = np.where(dual > 0, linking.rows.lower, linking.rows.upper) - self.held_activity
        paid = dual != 0
        keep = (weights - self.goal.weights)[self._kept] @ self.goal.keep[self._kept]
        return float(
            cheapest
            + np.minimum(reduced * low, reduced * high).sum()
            + dual[paid] @ side[paid]
            + weights @ self.held_cost
            - keep
        )

    def whole(self, numbers: Ints, start: Ints | None, stop: Stop, *, nodes: int, checks: int) -> Branched:
        """One of the rosters for each block, as good as branching finds.

        ``start`` are numbers of rosters to begin with, one a block.
        """
        return self.branching(numbers, start)(stop, nodes, checks)

    def branching(self, numbers: Ints, start: Ints | None) -> Callable[[Stop, int, int], Branched]:
        """The same, ready to be run with a stop, nodes and checks: in any thread, as it needs the pool no more."""
        programme = highs.LinearProgram(self._matrix(numbers))
        begin = None if start is None else self._complete(numbers, start)
        gap = 0.999 * float(self._linking.step[self.goal.level])
        place, first, count = self._place[self._pool.block[numbers]], self._first, len(self.scope.blocks)

        def branch(stop: Stop, nodes: int, checks: int) -> Branched:
            outcome = programme.branch(stop, start=begin, gap=gap, nodes=nodes, checks=checks)
            if outcome.x is None:
                return Branched(None, False, outcome.work)
            chosen = np.flatnonzero(outcome.x[first:] > 0.5)
            if len(chosen) != count:
                return Branched(None, False, outcome.work)
            order = np.argsort(place[chosen], kind="stable")
            closed = outcome.bound >= outcome.objective - max(gap, EPSILON)
            return Branched(numbers[chosen[order]], closed, outcome.work)

        return branch

    def _matrix(self, numbers: Ints) -> Matrix:
        linking, pool, scope = self._linking, self._pool, self.scope
        rows = linking.rows
        common, slacks, first = len(linking.common), len(self._slack_row), self._first
        width = first + len(numbers)
        slack = sparse.csc_array(
            (self._slack_sign, (self._slack_row, np.arange(slacks))), shape=(len(rows), first - common)
        )
        cost = np.zeros((linking.levels, width))
        cost[:, :common] = linking.common_cost
        level = rows.level[self._slack_row]
        cost[level, common + np.arange(slacks)] = np.where(level > 0, rows.price[self._slack_row], 0.0)
        cost[:, first:] = pool.cost[numbers].T
        kept = cost[self._kept]
        kept[np.arange(len(kept)), common + slacks + np.arange(len(kept))] = -1.0
        convex = sparse.csr_array(
            (np.ones(len(numbers)), (self._place[pool.block[numbers]], first + np.arange(len(numbers)))),
            shape=(len(scope.blocks), width),
        )
        link = sparse.hstack([linking.common_matrix, slack, pool.matrix[:, numbers]], format="csr")
        whole = sparse.vstack([link, sparse.csr_array(kept), convex], format="csr")
        room = self.goal.keep[self._kept] - self.held_cost[self._kept] + ROOM
        objective = self.goal.weights @ cost
        objective[common:first][np.concatenate((level == 0, np.ones(len(kept), dtype=np.bool_)))] = (
            self.penalty
        )
        model = linking.model
        lower = np.concatenate((model.lower[linking.common], np.zeros(width - common)))
        upper = np.concatenate((model.upper[linking.common], np.full(width - common, np.inf)))
        return Matrix(
            cost=objective,
            rows=sparse.csr_array(whole),
            row_lower=np.concatenate(
                (rows.lower - self.held_activity, np.full(len(room), -np.inf), np.ones(len(scope.blocks)))
            ),
            row_upper=np.concatenate((rows.upper - self.held_activity, room, np.ones(len(scope.blocks)))),
            lower=lower,
            upper=upper,
            integer=np.arange(width) >= first,
        )

    def _complete(self, numbers: Ints, start: Ints) -> Floats:
        """The master's columns for one roster a block."""
        linking, pool = self._linking, self._pool
        activity = self.held_activity + np.asarray(pool.matrix[:, start].sum(axis=1)).ravel()
        common = np.zeros(0)
        if len(linking.common):
            common = linking.common_values(pool.chosen(np.concatenate((start, self.scope.held))))
            activity += linking.common_matrix @ common
        rows, at = linking.rows, self._slack_row
        bound = np.where(self._slack_sign < 0, rows.upper[at], rows.lower[at])
        slack = np.maximum(0.0, (bound - activity[self._slack_row]) * self._slack_sign)
        chosen = np.isin(numbers, start).astype(np.float64)
        return np.concatenate((common, slack, np.zeros(len(self._kept)), chosen))

    def _clipped(self, dual: Floats, weights: Floats) -> Floats:
        """Duals within the prices of soft rows, and zero where the row has no bound on their side."""
        rows = self._linking.rows
        limit = np.where(rows.hard, np.inf, weights[rows.level] * rows.price)
        dual = np.clip(dual, -limit, limit)
        usable = np.where(dual > 0, np.isfinite(rows.lower), np.isfinite(rows.upper))
        return np.where(usable, dual, 0.0)
