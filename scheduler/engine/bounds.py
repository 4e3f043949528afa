"""Linear bounds: what each level must cost at least, given the levels above it as they stand."""

from __future__ import annotations

from scheduler.engine import highs
from scheduler.engine.result import Values
from scheduler.engine.stop import Stop
from scheduler.model.levels import Ladder, raised
from scheduler.model.linear_model import LinearModel
from scheduler.model.matrix import Proof


class LevelBounds:
    """Lower bounds from the linear relaxation, level by level, again whenever a higher level has improved.

    A bound stays valid when higher levels improve later: fewer rosters are then allowed, not more.
    """

    def __init__(self, model: LinearModel) -> None:
        self._model = model
        self._active = Ladder(model).active
        self._done: dict[int, Values] = {}
        self.bounds: Values = model.floor

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
            if patient and self.bounds[level] < values[level] - 1e-6:
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
            changed = list(self.bounds)
            changed[level] = max(changed[level], bound)
            self.bounds = tuple(changed)
