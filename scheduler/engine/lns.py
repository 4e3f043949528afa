"""Large neighbourhood search: free – solve the slice – accept (Shaw 1998; Pisinger and Ropke 2010)."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from scheduler.domain.entity import LEVELS
from scheduler.domain.grouping import Ints
from scheduler.engine.exact import rounded
from scheduler.engine.neighbourhoods import NEIGHBOURHOODS, Neighbourhood, View
from scheduler.engine.stop import Stop
from scheduler.engine.workers import Task, Workers, perform
from scheduler.model.levels import Ladder
from scheduler.model.linear_model import DEFINITION, Floats, LinearModel
from scheduler.model.matrix import Matrix, Proof
from scheduler.model.transform import slice_of

Bools = NDArray[np.bool_]
Values = tuple[float, ...]

SMALLEST, FIRST, LARGEST = 200, 4_000, 40_000
"""Slice sizes in columns."""
SLICES = 2
"""Slices of one round; the same for any number of workers, so that the roster does not depend on it."""
LOGIC = 1_500
"""The largest slice in columns that is given to CP-SAT: it is for small pieces with much logic."""
EFFORT = 0.5
"""What such a slice may take, in CP-SAT's deterministic time; its work then counts as ``WORK``."""
NODES = 20
"""Branch and bound nodes a slice may take; unlike seconds the same on every machine."""
WORK = 2_500
"""Simplex iterations a slice should take: those that take less grow, those that take much more shrink.

The longer nothing gets better, the more a slice may take.
"""
RATIO = 30.0
"""How much more a level weighs in a slice than the next; the level in focus is held by a row besides."""


@dataclass(slots=True)
class Arm:
    """A neighbourhood with a solver and its own size, grown where slices are solved and shrunk where they are not."""

    choose: Neighbourhood
    by_logic: bool = False
    size: float = FIRST
    credit: float = field(default=1.0)

    def learn(self, better: bool, solved: bool, work: int, patience: int) -> None:
        """Grow where slices are solved soon, shrink where they are not; what pays for its work is tried more."""
        self.credit = 0.8 * self.credit + (1.0 if better else 0.1) / max(1.0, work / patience)
        factor = 1.4 if solved and work < patience else 0.6 if not solved or work > 3 * patience else 1.0
        self.size = min(max(self.size * factor, SMALLEST), LOGIC if self.by_logic else LARGEST)


class Search:
    """A legal solution of a model that gets better slice by slice."""

    def __init__(self, model: LinearModel, x: Floats, *, seed: int = 0) -> None:
        self.model = model
        self.ladder = Ladder(model)
        self.x = x
        self.values = _rounded(self.ladder.values(x))
        self.best, self.best_values = self.x, self.values
        self.rng = np.random.default_rng(seed)
        self.arms = [Arm(choose) for choose in NEIGHBOURHOODS]
        if _whole(model):
            self.arms += [Arm(choose, by_logic=True, size=LOGIC / 2, credit=0.3) for choose in NEIGHBOURHOODS]
        self.rounds = 0
        self.idle = 0
        self._definitions = model.rows.matrix[np.flatnonzero(model.rows.rule == DEFINITION)]

    def run(self, stop: Stop, workers: Workers) -> bool:
        """One round: some slices apart from each other, solved by the workers; whether the solution got better."""
        self.rounds += 1
        picks = [self._pick() for _ in range(SLICES)]
        slices: list[_Slice] = []
        taken = np.zeros(self.model.pairs, dtype=np.bool_)
        for arm, focus in picks:
            free = self._free(arm) & ~taken
            taken |= free
            slices.append(_Slice.of(self, free, focus))
        tasks = [one.task(arm.by_logic) for (arm, _), one in zip(picks, slices)]
        outcomes = workers.solve(tasks, stop)
        before = self.values
        for (arm, _), part, outcome in zip(picks, slices, outcomes):
            better = outcome.x is not None and self.accept(part.change(outcome.x, self.model.columns))
            work = WORK if arm.by_logic else outcome.work
            arm.learn(better, outcome.proof is Proof.OPTIMAL, work, WORK * (1 + self.idle))
        improved = self.values < before
        self.idle = 0 if improved else self.idle + 1
        return improved

    def take(self, x: Floats) -> bool:
        """Go on from a solution found elsewhere if it is better; whether it was."""
        values = _rounded(self.ladder.values(x))
        if values >= self.best_values:
            return False
        self.x, self.values, self.best, self.best_values = x, values, x, values
        self.idle = 0
        return True

    def improve(self, free: Bools, stop: Stop) -> None:
        """Solve the slice of some free assignment columns for all levels."""
        part = _Slice.of(self, free, 1)
        outcome = perform(part.task(by_logic=False), stop)
        if outcome.x is not None:
            self.accept(part.change(outcome.x, self.model.columns))

    def accept(self, change: Floats) -> bool:
        """Take over a change if the whole stays legal and is no worse; whether it is the best so far."""
        x = np.clip(self.x + change, 0, 1)
        if not self.model.allows(x):
            return False
        values = _rounded(self.ladder.values(x))
        if values > self.values:
            return False
        self.x, self.values = x, values
        if values >= self.best_values:
            return False
        self.best, self.best_values = x, values
        return True

    def _pick(self) -> tuple[Arm, int]:
        credit = np.array([arm.credit for arm in self.arms])
        arm = self.arms[int(self.rng.choice(len(self.arms), p=credit / credit.sum()))]
        open_levels = [n for n in self.ladder.active if self.values[n] > 1e-6] or [1]
        depth = min(int(self.rng.geometric(0.6)) - 1, len(open_levels) - 1)
        return arm, open_levels[depth]

    def _free(self, arm: Arm) -> Bools:
        view = View(self.model, self.x, self._breach())
        return arm.choose(view, self.rng, int(arm.size))

    def _breach(self) -> Floats:
        rows = self.model.rows
        activity = rows.matrix @ self.x
        return np.asarray(np.maximum(0.0, np.maximum(rows.lower - activity, activity - rows.upper)))

    def with_auxiliary(self, free: Bools) -> Bools:
        """Some assignment columns with the auxiliary columns they may change."""
        whole = np.zeros(self.model.columns, dtype=np.bool_)
        whole[: self.model.pairs] = free
        if self.model.columns == self.model.pairs:
            return whole
        touched = self._definitions.copy()
        touched.data = np.ones_like(touched.data)
        while True:
            rows = (touched @ whole.astype(np.float64)) > 0
            grown = whole | ((touched.T @ rows.astype(np.float64)) > 0)
            grown[: self.model.pairs] = free
            if (grown == whole).all():
                return whole
            whole = grown


GAP_OF_SLICE = 0.999
"""Levels are whole numbers: a gap under one is none."""


@dataclass(frozen=True, slots=True, eq=False)
class _Slice:
    """A piece cut out of the model, with the levels above the focus held by rows and those below weighted."""

    chosen: Ints
    now: Floats
    matrix: Matrix
    start: Floats

    @classmethod
    def of(cls, search: Search, free: Bools, focus: int) -> _Slice:
        part, chosen = slice_of(search.model, search.with_auxiliary(free), search.x)
        ladder = Ladder(part)
        now = search.x[chosen]
        values = ladder.values(now)
        for level in range(1, min(focus + 1, len(LEVELS) - 1)):
            ladder.keep(level, values[level])
        weights = np.zeros(len(LEVELS))
        weights[focus:] = RATIO ** np.arange(len(LEVELS) - 1 - focus, -1, -1)
        return cls(chosen, now, ladder.weighted(weights), ladder.complete(now))

    def task(self, by_logic: bool) -> Task:
        return Task(self.matrix, self.start, GAP_OF_SLICE, NODES, EFFORT if by_logic else 0.0)

    def change(self, x: Floats, columns: int) -> Floats:
        """What a solution of the slice changes in the whole."""
        change = np.zeros(columns)
        change[self.chosen] = rounded(x[: len(self.chosen)]) - self.now
        return change


def _whole(model: LinearModel) -> bool:
    """Whether all numbers are whole, as CP-SAT needs them."""
    rows = model.rows
    numbers = (model.linear, rows.matrix.data, rows.price)
    return all(bool((array == np.round(array)).all()) for array in numbers)


def _rounded(values: Values) -> Values:
    return tuple(round(value, 6) for value in values)
