"""The whole matrix at once: level by level to proven optimality, with HiGHS."""

from __future__ import annotations

import numpy as np

from scheduler.engine import highs
from scheduler.engine.result import Solution, Values
from scheduler.engine.stop import Stop
from scheduler.model.levels import Ladder, raised
from scheduler.model.linear_model import Floats, LinearModel

GAP = 0.999
"""Levels are integral: a gap under one proves the optimum."""


class Exact:
    """A legal solution that is made optimal level by level, one ``step`` a level."""

    def __init__(self, model: LinearModel, start: Floats, *, seed: int = 0, nodes: int | None = None) -> None:
        self._model = model
        self._ladder = Ladder(model)
        self._seed = seed
        self._nodes = nodes
        self._bounds = [float(constant) for constant in model.constant]
        self.to_do = list(self._ladder.active)
        self.x = start

    def step(self, stop: Stop) -> None:
        """Optimise the next level as far as the time reaches, and keep what it reached from then on."""
        level = self.to_do.pop(0)
        outcome = highs.solve(
            self._ladder.objective(level),
            stop,
            start=self._ladder.complete(self.x),
            gap=GAP,
            seed=self._seed,
            nodes=self._nodes,
        )
        if outcome.x is not None:
            better = rounded(outcome.x[: self._model.columns])
            if self._ladder.values(better)[: level + 1] <= self.values[: level + 1]:
                self.x = better
        bound = raised(outcome.bound, self._model.constant[level])
        self._bounds[level] = max(self._bounds[level], bound)
        self._ladder.keep(level, self.values[level])

    @property
    def values(self) -> Values:
        """What the solution costs now, level by level."""
        return self._ladder.values(self.x)

    @property
    def solution(self) -> Solution:
        """The solution with the bounds known so far."""
        values = self.values
        return Solution(self.x, values, tuple(min(b, v) for b, v in zip(self._bounds, values)))


def solve_exact(model: LinearModel, start: Floats, stop: Stop, *, seed: int = 0) -> Solution:
    """The optimum by level, as far as the time reaches."""
    exact = Exact(model, start, seed=seed)
    while exact.to_do and not stop.reached():
        exact.step(stop)
    return exact.solution


def rounded(x: Floats) -> Floats:
    """A solution with its columns exactly 0 or 1, as assignments and indicators are."""
    return np.asarray(np.round(x), dtype=np.float64)
