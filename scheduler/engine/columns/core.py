"""Core: the best roster so far and the bounds, which all parts of the search share."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from scheduler.domain.grouping import Ints
from scheduler.engine.columns.block import Blocks
from scheduler.engine.columns.linking import EPSILON, Linking
from scheduler.engine.columns.pool import Pool
from scheduler.engine.columns.pricing import Pricing
from scheduler.engine.result import Solution, Values
from scheduler.model.levels import Ladder
from scheduler.model.linear_model import Floats, LinearModel

Watch = Callable[[Solution, str], None]


class Core:
    """Rosters, the best choice of one a volunteer, and lower bounds by level.

    ``numbers`` are the pool numbers of the best rosters by block, None before there is one for each; ``values``
    what they cost by level, on the hard level by how much hard linking rows are broken.
    """

    def __init__(self, model: LinearModel, blocks: Blocks, pricing: Pricing, watch: Watch | None) -> None:
        self.model, self.blocks, self.pricing = model, blocks, pricing
        self.linking = Linking(model, blocks)
        self.pool = Pool(self.linking, pricing)
        self.numbers: Ints | None = None
        self.values: Values = (np.inf,) * self.linking.levels
        self.bounds: Values = (0.0, *(-np.inf for _ in range(1, self.linking.levels)))
        self._ladder = Ladder(model)
        self._watch = watch
        self._solution: Solution | None = None
        self._legal: Floats | None = None

    @property
    def active(self) -> list[int]:
        """The levels on which rosters can differ, from the top."""
        return self._ladder.active

    @property
    def solution(self) -> Solution | None:
        """The best legal roster with the bounds that hold; None if none is known."""
        return self._solution

    def judge(self, numbers: Ints) -> Values:
        """What one roster a block costs by level; on the hard level, by how much hard linking rows are broken."""
        activity = np.asarray(self.pool.matrix[:, numbers].sum(axis=1)).ravel()
        return self.total(numbers, activity, self.pool.cost[numbers].sum(axis=0))

    def total(self, numbers: Ints, activity: Floats, personal: Floats) -> Values:
        """The same where it is known what the rosters add to the linking rows and cost themselves."""
        linking = self.linking
        cost = personal + self.model.constant
        if len(linking.common):
            common = linking.common_values(self.pool.chosen(numbers))
            activity = activity + linking.common_matrix @ common
            cost = cost + linking.common_cost @ common
        return tuple(float(v) for v in np.round(cost + linking.penalties(activity), 6))

    def offer(self, numbers: Ints, found_by: str) -> bool:
        """Take over one roster a block if it is better than the best; whether it is."""
        values = self.judge(numbers)
        if values >= self.values:
            return False
        worse = next((n for n, value in enumerate(values) if value > self.values[n] + EPSILON), len(values))
        self.bounds = tuple(bound if n <= worse else -np.inf for n, bound in enumerate(self.bounds))
        self.numbers, self.values = numbers.copy(), values
        if values[0] <= EPSILON:
            self._legal = self._columns(numbers)
            exact = self._ladder.values(self._legal)
            assert np.allclose(exact, values, atol=1e-4), "the master and the matrix count differently"
            self._tell(found_by)
        return True

    def bounded(self, level: int, bound: float, found_by: str) -> None:
        """A level is proven to cost at least ``bound``, the levels above being no worse than now."""
        raised = max(self.bounds[level], self.linking.raised(level, bound))
        if raised > self.bounds[level]:
            self.bounds = (*self.bounds[:level], raised, *self.bounds[level + 1 :])
            if self._legal is not None:
                self._tell(found_by)

    def proven(self, level: int) -> bool:
        """Whether the level is at its bound, by a roster that breaks nothing."""
        return self.values[0] <= EPSILON and self.bounds[level] >= self.values[level] - EPSILON

    def promising(self, level: int, bound: float) -> bool:
        """Whether a roster at the bound would be better on the level than the best; any is while that breaks a rule."""
        return self.values[0] > EPSILON or self.linking.raised(level, bound) < self.values[level] - EPSILON

    def _columns(self, numbers: Ints) -> Floats:
        x: Floats = np.zeros(self.model.columns)
        chosen = self.pool.chosen(numbers)
        x[chosen] = 1.0
        if len(self.linking.common):
            x[self.linking.common] = self.linking.common_values(chosen)
        assert self.model.allows(x), "a roster of legal rosters breaks a hard row"
        return x

    def _tell(self, found_by: str) -> None:
        assert self._legal is not None
        bounds = tuple(min(bound, value) for bound, value in zip(self.bounds, self.values))
        inactive = [n for n in range(len(bounds)) if n not in self.active]
        bounds = tuple(self.values[n] if n in inactive else bounds[n] for n in range(len(bounds)))
        self._solution = Solution(self._legal, self.values, bounds)
        if self._watch is not None:
            self._watch(self._solution, found_by)
