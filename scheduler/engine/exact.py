"""The whole matrix at once: all levels weighted for a good roster, then each level proven or improved from the top."""

from __future__ import annotations

import numpy as np

from scheduler.engine import highs
from scheduler.engine.result import Solution, Values, better
from scheduler.engine.stop import Stop
from scheduler.model.levels import Ladder, raised
from scheduler.model.linear_model import Floats, LinearModel
from scheduler.model.matrix import Matrix, Outcome, Proof
from scheduler.model.transform import with_cost

GAP = 0.999
"""Levels are integral: a gap under one proves the optimum."""
RATIO = 20.0
"""How much more a level weighs than the next where levels are weighted; the proof does not rest on it."""
LOGIC = 1.0
"""What CP-SAT may spend on one level before HiGHS takes over, in its deterministic time."""


class Exact:
    """A legal solution that is made optimal level by level, one ``step`` a level.

    A weighted sum of the levels left finds a roster that is good on all of them at once; a level is then proven
    by the linear relaxation, by the weighted bound, or by solving it alone with the levels above kept.
    Levels up to ``settled`` are only kept as they are.
    """

    def __init__(
        self, model: LinearModel, start: Floats, *, seed: int = 0, nodes: int | None = None, settled: int = 0
    ) -> None:
        self._model = model
        self._ladder = Ladder(model)
        for level in [one for one in self._ladder.active if one <= settled]:
            self._ladder.keep(level, self._ladder.values(start)[level])
        self._free = self._ladder.matrix
        self._seed = seed
        self._nodes = nodes
        self._bounds = list(model.floor)
        self._weighted_bound: float | None = None
        self._stale = True
        self._spare: Solution | None = None
        self.to_do = [level for level in self._ladder.active if level > settled]
        self.x = start

    def step(self, stop: Stop) -> None:
        """Optimise the next level as far as the time reaches, and keep what it reached from then on."""
        level = self.to_do[0]
        linear = self._linear(level, stop)
        if not self._proven(level, linear) and self._stale:
            self._weigh(stop)
        self.to_do.pop(0)
        if not self._proven(level, linear) and not self._proven(level, self._from_weighted(level)):
            for way in (self._by_logic, self._by_branching):
                if self._proven(level, way(level, stop)):
                    break
        self._ladder.keep(level, self.values[level])

    @property
    def effort(self) -> int:
        """What the next step takes, roughly: the columns, several times where it is not only to be proven."""
        return self._model.pairs * (5 if self._stale else 1)

    @property
    def values(self) -> Values:
        """What the solution costs now, level by level."""
        return self._ladder.values(self.x)

    @property
    def solution(self) -> Solution:
        """The solution with the bounds known so far."""
        values = self.values
        kept = Solution(self.x, values, tuple(min(b, v) for b, v in zip(self._bounds, values)))
        return better(kept, self._spare)

    def _proven(self, level: int, bound: float) -> bool:
        self._bounds[level] = max(self._bounds[level], bound)
        return self._bounds[level] >= self.values[level] - 1e-6

    def _weigh(self, stop: Stop) -> None:
        """All levels at once, none of them held by a row: that is easier to branch on than rows on whole levels."""
        active = self._ladder.active
        self._weights = np.zeros(len(self._model.linear))
        self._weights[active] = RATIO ** np.arange(len(active) - 1, -1, -1)
        outcome = self._solved(with_cost(self._free, self._weights @ self._ladder.source.costs), stop)
        self._take(outcome, self.to_do[0])
        self._weighted_bound = _bound(outcome) + float(self._weights @ self._model.constant)
        self._stale = False

    def _linear(self, level: int, stop: Stop) -> float:
        outcome = highs.lower_bound(self._ladder.objective(level), stop)
        return raised(_bound(outcome), self._model.constant[level])

    def _from_weighted(self, level: int) -> float:
        """The last level's bound: what is left of the weighted one if all levels above stay as they are."""
        if self.to_do or self._weighted_bound is None:
            return 0.0
        above = self._weights.copy()
        above[level] = 0.0
        return raised(self._weighted_bound - float(above @ np.array(self.values)), 0.0)

    def _by_logic(self, level: int, stop: Stop) -> float:
        from scheduler.engine import cp_sat

        matrix = self._ladder.objective(level)
        if not _whole(matrix):
            return 0.0
        begin = self._ladder.complete(self.x)
        return self._improve(level, cp_sat.solve(matrix, stop, start=begin, seed=self._seed, effort=LOGIC))

    def _by_branching(self, level: int, stop: Stop) -> float:
        return self._improve(level, self._solved(self._ladder.objective(level), stop))

    def _solved(self, matrix: Matrix, stop: Stop) -> Outcome:
        begin = self._ladder.complete(self.x)
        return highs.solve(matrix, stop, start=begin, gap=GAP, seed=self._seed, nodes=self._nodes)

    def _improve(self, level: int, outcome: Outcome) -> float:
        self._take(outcome, level)
        return raised(_bound(outcome), self._model.constant[level])

    def _take(self, outcome: Outcome, level: int) -> None:
        """Take over a better solution; if it is better down to this level, the weighted sum is to be solved anew."""
        if outcome.x is None:
            return
        x = rounded(outcome.x[: self._model.columns])
        values, now = self._ladder.values(x), self.values
        if values >= now:
            return
        if any(values[n] > now[n] + 1e-6 for n in self._ladder.active if n not in self.to_do and n != level):
            self._beyond(x, values)
            return
        self._stale |= values[: level + 1] < now[: level + 1]
        self.x = x

    def _beyond(self, x: Floats, values: Values) -> None:
        """Remember a better solution that the rows on the levels done do not allow: their bounds are not for it."""
        if self._spare is None or values < self._spare.values:
            self._spare = Solution(x, values, self._model.floor)


def rounded(x: Floats) -> Floats:
    """A solution with its columns exactly 0 or 1, as assignments and indicators are."""
    return np.asarray(np.round(x), dtype=np.float64)


def _whole(matrix: Matrix) -> bool:
    numbers = (matrix.cost, matrix.rows.data)
    return all(bool((array == np.round(array)).all()) for array in numbers)


def _bound(outcome: Outcome) -> float:
    """The bound of an outcome; the solution at hand keeps all rows, so "infeasible" can only be a solver's error."""
    return -np.inf if outcome.proof is Proof.INFEASIBLE else outcome.bound
