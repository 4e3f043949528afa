"""Linear bounds: what each level must cost at least, given the levels above it as they stand."""

from __future__ import annotations

import numpy as np

from scheduler.engine import highs
from scheduler.engine.result import Values
from scheduler.engine.stop import Stop
from scheduler.model.levels import Ladder, raised
from scheduler.model.linear_model import LinearModel
from scheduler.model.matrix import Proof


class LevelBounds:
    """Lower bounds from the linear relaxation, level by level, again whenever a higher level has improved.

    A bound stays valid while no higher level is worse than when it was worked out: fewer rosters are then allowed,
    not more. Where one level improves and another one below it gets worse, it is not.
    """

    def __init__(self, model: LinearModel) -> None:
        self._model = model
        self._active = Ladder(model).active
        self._done: dict[int, Values] = {}
        self._bounds = [((np.inf,) * n, bound) for n, bound in enumerate(model.floor)]
        self._floor = model.floor

    def holding(self, values: Values) -> Values:
        """The bounds that hold for all rosters no worse than these values on the levels above."""
        return tuple(
            bound if all(mine <= theirs + 1e-6 for mine, theirs in zip(values, above)) else self._floor[n]
            for n, (above, bound) in enumerate(self._bounds)
        )

    def step(self, values: Values, stop: Stop, *, patient: bool = False) -> bool:
        """One level's bound, the highest that is not up to date; whether there was one.

        ``patient`` goes no further than the first level that its bound does not meet: while a search is still
        at work there, what lies below would have to be worked out again.
        """
        level = self._next(values, patient)
        if level is None:
            return False
        self._raise(level, values, stop)
        if not stop.reached():
            self._done[level] = values[:level]
        return True

    def _next(self, values: Values, patient: bool) -> int | None:
        for level in self._active:
            if self._done.get(level) != values[:level]:
                return level
            if patient and self.holding(values)[level] < values[level] - 1e-6:
                return None
        return None

    def _raise(self, level: int, values: Values, stop: Stop) -> None:
        ladder = Ladder(self._model)
        for above in ladder.active:
            if above < level:
                ladder.keep(above, values[above])
        outcome = highs.lower_bound(ladder.objective(level), stop)
        if outcome.proof is not Proof.INFEASIBLE:
            bound = raised(outcome.bound, self._model.constant[level])
            if values[:level] != self._bounds[level][0] or bound > self._bounds[level][1]:
                self._bounds[level] = (values[:level], bound)
