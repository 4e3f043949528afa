"""Large neighbourhood search: free – solve the slice – accept (Shaw 1998; Pisinger and Ropke 2010)."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from scheduler.domain.entity import LEVELS
from scheduler.engine import highs
from scheduler.engine.exact import rounded
from scheduler.engine.neighbourhoods import NEIGHBOURHOODS, Neighbourhood, View
from scheduler.engine.stop import Stop
from scheduler.model.levels import Ladder
from scheduler.model.linear_model import DEFINITION, Floats, LinearModel
from scheduler.model.matrix import Proof
from scheduler.model.transform import slice_of

Bools = NDArray[np.bool_]
Values = tuple[float, ...]

SMALLEST, FIRST, LARGEST = 200, 4_000, 40_000
"""Slice sizes in columns."""
SLICES = 2
"""Slices of one round; the same for any number of threads, so that the roster does not depend on it."""
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
    """A neighbourhood with its own size, grown where slices are solved and shrunk where they are not."""

    choose: Neighbourhood
    size: float = FIRST
    credit: float = field(default=1.0)

    def learn(self, better: bool, solved: bool, work: int, patience: int) -> None:
        """Grow where slices are solved soon, shrink where they are not; what pays for its work is tried more."""
        self.credit = 0.8 * self.credit + (1.0 if better else 0.1) / max(1.0, work / patience)
        factor = 1.4 if solved and work < patience else 0.6 if not solved or work > 3 * patience else 1.0
        self.size = min(max(self.size * factor, SMALLEST), LARGEST)


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
        self.rounds = 0
        self.idle = 0
        self._definitions = model.rows.matrix[np.flatnonzero(model.rows.rule == DEFINITION)]

    def run(self, stop: Stop, jobs: int = 1) -> bool:
        """One round: some slices apart from each other, on so many threads; whether the solution got better."""
        self.rounds += 1
        picks = [self._pick() for _ in range(SLICES)]
        masks: list[Bools] = []
        for arm, _ in picks:
            mask = self._free(arm)
            for other in masks:
                mask &= ~other
            masks.append(mask)
        with ThreadPoolExecutor(jobs) as pool:
            found = list(pool.map(lambda one: self._solve(one[0], one[1][1], stop), zip(masks, picks)))
        before = self.values
        for (arm, _), (candidate, solved, work) in zip(picks, found):
            better = candidate is not None and self.accept(candidate)
            arm.learn(better, solved, work, WORK * (1 + self.idle))
        improved = self.values < before
        self.idle = 0 if improved else self.idle + 1
        return improved

    def improve(self, free: Bools, stop: Stop) -> None:
        """Solve the slice of some free assignment columns for all levels."""
        candidate, _, _ = self._solve(free, 1, stop)
        if candidate is not None:
            self.accept(candidate)

    def accept(self, change: Floats) -> bool:
        """Take over a change if the whole stays legal and is no worse; whether it is the best so far."""
        x = np.clip(self.x + change, 0, 1)
        if not self.legal(x):
            return False
        values = _rounded(self.ladder.values(x))
        if values > self.values:
            return False
        self.x, self.values = x, values
        if values >= self.best_values:
            return False
        self.best, self.best_values = x, values
        return True

    def legal(self, x: Floats) -> bool:
        """Whether all hard rows hold."""
        rows = self.model.rows
        activity = rows.matrix @ x
        outside = (activity < rows.lower - 1e-6) | (activity > rows.upper + 1e-6)
        return not bool((outside & rows.hard).any())

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

    def _solve(self, free: Bools, focus: int, stop: Stop) -> tuple[Floats | None, bool, int]:
        if not free.any() or stop.reached():
            return None, True, 0
        part, chosen = slice_of(self.model, self._with_auxiliary(free), self.x)
        ladder = Ladder(part)
        now = self.x[chosen]
        for level in range(1, focus):
            ladder.keep(level, ladder.values(now)[level])
        ladder_values = ladder.values(now)
        if focus < len(LEVELS) - 1:
            ladder.keep(focus, ladder_values[focus])
        weights = np.array(
            [0.0] * focus + [RATIO ** (len(LEVELS) - 1 - n) for n in range(focus, len(LEVELS))]
        )
        outcome = highs.solve(
            ladder.weighted(weights), stop, start=ladder.complete(now), gap=GAP_OF_SLICE, nodes=NODES
        )
        if outcome.x is None:
            return None, False, outcome.work
        change = np.zeros(self.model.columns)
        change[chosen] = rounded(outcome.x[: part.columns]) - now
        return change, outcome.proof is Proof.OPTIMAL, outcome.work

    def _with_auxiliary(self, free: Bools) -> Bools:
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


def _rounded(values: Values) -> Values:
    return tuple(round(value, 6) for value in values)
