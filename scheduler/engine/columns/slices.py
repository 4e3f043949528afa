"""Slices: some days of a large model as a model of their own, searched by column generation with a small root.

Column generation over a long horizon is slow to settle; over a few weeks it is proven in seconds. What the days held
use up of hours, weekends and limits is not there for those searched, so that stretches far apart are taken together.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from scheduler.domain.grouping import Bools, Ints
from scheduler.engine.columns.block import definitions
from scheduler.engine.result import Solution
from scheduler.engine.stop import Stop
from scheduler.model.linear_model import Floats, LinearModel
from scheduler.model.transform import slice_of

FIRST, SMALLEST = 700.0, 150.0
"""Sizes in person-days."""
GROWN, SHRUNK = 1.2, 0.85
"""Change of the size where a slice was proven, and where it was not."""

Searcher = Callable[[LinearModel, Floats, Stop], Solution | None]
"""Searches a model from a legal start."""


@dataclass(slots=True)
class Arm:
    """Slices of so many stretches of days, with a size of their own; what pays is tried more."""

    stretches: int
    size: float = FIRST
    credit: float = 1.0


class Slices:
    """Searches slices of a roster of a model, one a step; ``x`` is the roster, always legal."""

    def __init__(self, model: LinearModel, linking: Ints, rng: np.random.Generator, search: Searcher) -> None:
        self._model, self._rng, self._searched = model, rng, search
        self._day = model.instance.day_of[model.shift]
        self._days = len(model.instance.days)
        defining, self._defined = definitions(model)
        self._defining = abs(model.rows.matrix[defining])
        soft = linking[~model.rows.hard[linking]]
        self._rows = model.rows.take(soft)
        self._row_day = self._first_day()
        people = len(np.unique(model.volunteer))
        self._per_day = max(1.0, min(float(people), model.pairs / self._days))
        self._arms = [Arm(1), Arm(2), Arm(4)]

    def step(self, x: Floats, stop: Stop) -> Floats | None:
        """A better roster than ``x`` by another slice; None if there was none in it."""
        credit = np.array([arm.credit for arm in self._arms])
        arm = self._arms[int(self._rng.choice(len(self._arms), p=credit / credit.sum()))]
        part, chosen = slice_of(self._model, self._free(self._stretches(x, arm)), x)
        found = self._searched(part, x[chosen], stop)
        before = part.values(x[chosen])
        better = found is not None and found.values < before
        gain = sum(before) - sum(found.values) if better and found is not None else 0.0
        arm.credit = 0.8 * arm.credit + 0.2 * (0.2 + gain / max(1.0, 0.01 * sum(before)))
        if not stop.reached():
            grown = GROWN if found is not None and found.optimal else SHRUNK
            arm.size = max(SMALLEST, arm.size * grown)
        if not better or found is None:
            return None
        x = x.copy()
        x[chosen] = found.x
        return x

    def _stretches(self, x: Floats, arm: Arm) -> Bools:
        """By day: whether it is in one of so many stretches, the first around a breach, others where there is room."""
        activity = self._rows.matrix @ x
        breach = np.maximum(0.0, np.maximum(self._rows.lower - activity, activity - self._rows.upper))
        cost = np.bincount(self._row_day, weights=breach * self._rows.price, minlength=self._days)
        width = max(1, min(round(arm.size / self._per_day), self._days // 2) // arm.stretches)
        chosen = np.zeros(self._days, dtype=np.bool_)
        for number in range(arm.stretches):
            weight = cost if number % 2 == 0 else cost.max(initial=0.0) - cost
            weight = weight + 1e-6 + 0.1 * weight.mean()
            day = int(self._rng.choice(self._days, p=weight / weight.sum()))
            first = min(max(0, day - int(self._rng.integers(width))), max(0, self._days - width))
            chosen[first : first + width] = True
        return chosen

    def _free(self, days: Bools) -> Bools:
        """The assignment columns of some days, and the auxiliary columns they may change."""
        free = np.zeros(self._model.columns, dtype=np.bool_)
        free[: self._model.pairs] = days[self._day]
        while True:
            more = free.copy()
            more[self._defined[(self._defining @ free.astype(np.float64)) > 0]] = True
            more[: self._model.pairs] = free[: self._model.pairs]
            if np.array_equal(more, free):
                return free
            free = more

    def _first_day(self) -> Ints:
        matrix = self._rows.matrix
        day = np.concatenate((self._day, np.full(self._model.columns - self._model.pairs, self._days)))
        found = np.full(len(self._rows), 0, dtype=np.int64)
        some = np.flatnonzero(np.diff(matrix.indptr))
        if len(some):
            found[some] = np.minimum.reduceat(day[matrix.indices], matrix.indptr[some].astype(np.int64))
        return np.minimum(found, self._days - 1)
