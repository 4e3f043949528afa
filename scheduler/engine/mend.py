"""Mending a solution: from one that is nearly good to the best with few changes, and the proof of how few."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from scheduler.domain.entity import LEVELS, Level
from scheduler.domain.grouping import Bools
from scheduler.engine import highs
from scheduler.engine.exact import GAP, Exact, rounded
from scheduler.engine.lns import Search
from scheduler.engine.result import Solution
from scheduler.engine.settings import Settings
from scheduler.engine.stop import Stop
from scheduler.model.levels import Ladder, raised
from scheduler.model.linear_model import Floats, LinearModel
from scheduler.model.matrix import Matrix, Proof
from scheduler.model.transform import slice_of

FIRST = LEVELS.index(Level.STABILITY)
"""The last of the levels that are proven before the others are looked at."""
MOST = 30_000
"""Columns of the largest slice that is solved for all levels."""
SMALL = 6_000
"""Models of up to so many columns are solved whole for all levels."""
SHARE = 0.4
"""Share of the time left that one slice may take."""


def legal_part(model: LinearModel, wanted: Floats, worth: Floats, stop: Stop) -> Floats | None:
    """The solution that keeps the most worth of the wanted assignments and adds none; None if none is legal.

    ``wanted`` and ``worth`` are by assignment column; the solution has all columns of the model.
    """
    ladder = Ladder(model)
    upper = ladder.matrix.upper.copy()
    upper[: model.pairs] = np.minimum(upper[: model.pairs], wanted)
    cost = np.zeros(len(ladder.matrix.cost))
    cost[: model.pairs] = -worth * wanted
    bounded = Matrix(
        cost,
        ladder.matrix.rows,
        ladder.matrix.row_lower,
        ladder.matrix.row_upper,
        ladder.matrix.lower,
        upper,
        ladder.matrix.integer,
    )
    outcome = highs.solve(bounded, stop, gap=GAP)
    return None if outcome.x is None else rounded(outcome.x[: model.columns])


def any_legal(model: LinearModel, stop: Stop) -> Floats | None:
    """A legal solution whatever it costs; None if there is none or no time."""
    ladder = Ladder(model)
    outcome = highs.solve(ladder.weighted(np.zeros(len(model.linear))), stop)
    return None if outcome.x is None else rounded(outcome.x[: model.columns])


def mend(model: LinearModel, start: Floats, stop: Stop, settings: Settings) -> Solution:
    """The best solution near a start: slices around what is missing, then the proof, then the rest of the time.

    Levels down to stability are proven by the linear relaxation of the whole model or by branching; the levels
    below are optimised in the slices, and bounded by the relaxation with the levels above kept.
    """
    mending = _Mending(model, start, Search(model, start, seed=settings.seed), settings, list(model.floor))
    for free in mending.slices():
        mending.improve(free, stop)
        if stop.reached() or mending.proven(stop):
            break
    else:
        mending.branch(stop)
    mending.bound_the_rest(stop)
    return mending.solution


@dataclass
class _Mending:
    model: LinearModel
    start: Floats
    search: Search
    settings: Settings
    bounds: list[float]
    done: set[bytes] = field(default_factory=set)

    @property
    def solution(self) -> Solution:
        values = self.search.best_values
        return Solution(self.search.best, values, tuple(min(b, v) for b, v in zip(self.bounds, values)))

    def slices(self) -> Iterator[Bools]:
        """Who could fill what is missing; then also whom they could hand their own duties to; then everything."""
        direct = self._direct()
        yield direct
        yield self._with_exchanges(direct)
        if self.model.pairs <= SMALL:
            yield np.ones(self.model.pairs, dtype=np.bool_)

    def _direct(self) -> Bools:
        """The columns of shifts with a row on cover that is broken, or could be better."""
        rows = self.model.rows
        activity = rows.matrix @ self.search.best
        breach = np.maximum(0.0, np.maximum(rows.lower - activity, activity - rows.upper))
        broken = (breach > 1e-6) & (rows.level <= LEVELS.index(Level.COVER))
        touched = np.asarray(abs(rows.matrix[broken]).sum(axis=0)).ravel()[: self.model.pairs] > 0
        shifts = np.zeros(len(self.model.instance.shifts), dtype=np.bool_)
        shifts[self.model.shift[touched]] = True
        return shifts[self.model.shift]

    def _with_exchanges(self, direct: Bools) -> Bools:
        """With the duties of those who could come and everybody who could take these over."""
        serving = self.search.best[: self.model.pairs] > 0.5
        people = np.zeros(len(self.model.instance.volunteers), dtype=np.bool_)
        people[self.model.volunteer[direct]] = True
        held = serving & people[self.model.volunteer]
        shifts = np.zeros(len(self.model.instance.shifts), dtype=np.bool_)
        shifts[self.model.shift[held]] = True
        return direct | shifts[self.model.shift]

    def improve(self, free: Bools, stop: Stop) -> None:
        """Solve a slice for all levels, unless it is too large or was solved before."""
        if not free.any() or free.sum() > MOST or free.tobytes() in self.done:
            return
        self.done.add(free.tobytes())
        part, chosen = slice_of(self.model, self.search.with_auxiliary(free), self.search.best)
        exact = Exact(part, self.search.best[chosen], seed=self.settings.seed, nodes=self.settings.nodes)
        share = stop.part(SHARE)
        while exact.to_do and not share.reached():
            exact.step(share)
        x = self.search.best.copy()
        x[chosen] = exact.solution.x
        self.search.take(x)

    def proven(self, stop: Stop) -> bool:
        """Whether the relaxation proves the levels down to stability."""
        ladder = Ladder(self.model)
        for level in [one for one in ladder.active if one <= FIRST]:
            outcome = highs.lower_bound(ladder.objective(level), stop)
            if outcome.proof is not Proof.INFEASIBLE:
                self._raise(level, raised(outcome.bound, self.model.constant[level]))
            if self.bounds[level] < self.search.best_values[level] - 1e-6:
                return False
            ladder.keep(level, self.search.best_values[level])
        return True

    def branch(self, stop: Stop) -> None:
        """Branch and bound on the whole model, level by level down to stability, from what is there."""
        ladder = Ladder(self.model)
        for level in [one for one in ladder.active if one <= FIRST]:
            if self.bounds[level] < self.search.best_values[level] - 1e-6 and not stop.reached():
                self._branch_on(level, ladder, stop)
            ladder.keep(level, self.search.best_values[level])

    def _branch_on(self, level: int, ladder: Ladder, stop: Stop) -> None:
        begin = ladder.complete(self.search.best)
        part = stop.part(0.8)
        outcome = highs.solve(ladder.objective(level), part, start=begin, gap=GAP, nodes=self.settings.nodes)
        if outcome.x is not None and self.search.take(rounded(outcome.x[: self.model.columns])):
            self.improve(self._changed_and_direct(), stop)
        if outcome.proof is not Proof.INFEASIBLE:
            self._raise(level, raised(outcome.bound, self.model.constant[level]))

    def _changed_and_direct(self) -> Bools:
        """Everything on the shifts of what differs from the start, to choose among equals."""
        differs = (self.search.best[: self.model.pairs] > 0.5) != (self.start[: self.model.pairs] > 0.5)
        shifts = np.zeros(len(self.model.instance.shifts), dtype=np.bool_)
        shifts[self.model.shift[differs]] = True
        return self._direct() | shifts[self.model.shift]

    def bound_the_rest(self, stop: Stop) -> None:
        """Bounds of the levels below stability, as long as every level above is proven."""
        ladder = Ladder(self.model)
        for level in ladder.active:
            if stop.reached():
                return
            if level > FIRST:
                outcome = highs.lower_bound(ladder.objective(level), stop)
                if outcome.proof is not Proof.INFEASIBLE:
                    self._raise(level, raised(outcome.bound, self.model.constant[level]))
            ladder.keep(level, self.search.best_values[level])

    def _raise(self, level: int, bound: float) -> None:
        self.bounds[level] = max(self.bounds[level], bound)
