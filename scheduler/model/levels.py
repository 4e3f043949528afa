"""Levels: the lexicographic order laid on a priced model – solve a level, keep its value, go on."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from scheduler.domain.entity import LEVELS
from scheduler.model.linear_model import Floats, LinearModel
from scheduler.model.matrix import Matrix
from scheduler.model.transform import Priced, priced, with_cost, with_row

SLACK = 0.01
"""Room above a kept value: little, or the next level's relaxation would spend it; but not so little that an
interior point method has no interior."""


class Ladder:
    """A model's levels: each can be made the objective, and kept at a value for the ones below."""

    def __init__(self, model: LinearModel, source: Priced | None = None) -> None:
        self.source = source or priced(model)
        self.model = model
        self.matrix = self.source.matrix
        costs = self.source.costs
        self.active = [n for n in range(1, len(LEVELS)) if costs[n].any()]

    def objective(self, level: int) -> Matrix:
        """The matrix with one level as its objective."""
        return with_cost(self.matrix, self.source.costs[level])

    def weighted(self, weights: Floats) -> Matrix:
        """The matrix with a weighted sum of the levels as its objective."""
        return with_cost(self.matrix, weights @ self.source.costs)

    def keep(self, level: int, value: float) -> None:
        """Let a level never again cost more than ``value`` (the constant included)."""
        room = value - self.source.model.constant[level]
        cost = self.source.costs[level]
        if room < 0.5 and (cost >= 0).all() and not (cost * self.matrix.lower).any():
            upper = np.where(cost > 0, 0.0, self.matrix.upper)
            self.matrix = replace(self.matrix, upper=upper)
        elif cost.any():
            self.matrix = with_row(self.matrix, cost, room + SLACK)

    def complete(self, x: Floats) -> Floats:
        """A solution with the slacks it needs."""
        return self.source.complete(x)

    def values(self, x: Floats) -> tuple[float, ...]:
        """What a solution of the model's columns costs, level by level."""
        z = self.source.complete(x)
        return tuple(float(v) for v in self.source.costs @ z + self.source.model.constant)


def raised(bound: float, constant: float) -> float:
    """A bound on an integral level rounded up, with room for the solver's tolerance."""
    if not np.isfinite(bound):
        return bound
    return float(np.ceil(bound + constant - min(0.02, max(1e-4, 1e-6 * abs(bound)))))
