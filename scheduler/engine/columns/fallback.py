"""Pricing by a mixed integer program, for a block that does not compile."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property

import numpy as np

from scheduler.domain.grouping import Bools
from scheduler.engine import highs
from scheduler.engine.columns.offer import IMPOSSIBLE, UNPRICED, Offer
from scheduler.engine.columns.personal import Personal
from scheduler.engine.stop import Stop
from scheduler.model.linear_model import Floats
from scheduler.model.matrix import Matrix, Proof
from scheduler.model.transform import Priced, priced


class MipPricer:
    """A block's own matrix, solved by HiGHS; its bound is the solver's dual bound."""

    def __init__(self, personal: Personal) -> None:
        self._personal = personal

    @cached_property
    def _priced(self) -> Priced:
        return priced(self._personal.model)

    def price(
        self, weights: Floats, reward: Floats, cutoff: float, lower: Bools, upper: Bools, stop: Stop
    ) -> Offer:
        """The best roster of the block; ``reward``, ``lower`` and ``upper`` are by the block's columns."""
        if stop.reached():
            return UNPRICED
        matrix = self._matrix(weights, reward, lower, upper)
        if (matrix.lower > matrix.upper).any():
            return IMPOSSIBLE
        outcome = highs.solve(matrix, stop)
        if outcome.proof is Proof.INFEASIBLE:
            return IMPOSSIBLE
        if outcome.x is None:
            return Offer(outcome.bound)
        chosen = self._personal.block.columns[outcome.x[: len(reward)] > 0.5]
        value = self.reduced(weights, reward, outcome.x[: len(reward)] > 0.5)
        bound = min(outcome.bound, value)
        return Offer(bound, (chosen,), (value,)) if value < cutoff else Offer(bound)

    def reduced(self, weights: Floats, reward: Floats, chosen: Bools) -> float:
        """The exact reduced cost of a roster."""
        cost = self._personal.cost(self._personal.block.columns[chosen])
        return float(weights @ cost - reward[chosen].sum())

    def _matrix(self, weights: Floats, reward: Floats, lower: Bools, upper: Bools) -> Matrix:
        source, width = self._priced, len(reward)
        cost = weights @ source.costs
        cost[:width] -= reward
        low, high = source.matrix.lower.copy(), source.matrix.upper.copy()
        low[:width] = np.maximum(low[:width], lower)
        high[:width] = np.minimum(high[:width], upper)
        return replace(source.matrix, cost=cost, lower=low, upper=high)
