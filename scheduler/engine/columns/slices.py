"""Slices: some days of a large model as a model of their own, proven by column generation.

Column generation over a long horizon is slow to settle; over a few weeks it is proven in seconds. First all days have
their turn, one stretch after the other, where runs have most room. What the days held use up of hours, weekends and
limits is not there for those searched: later, stretches far apart are taken together. Slices searched at the same time
share the room that hard rows over the days of several leave, so that their rosters go together.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np

from scheduler.domain.grouping import Bools, Ints
from scheduler.engine.columns.block import definitions
from scheduler.engine.result import Solution
from scheduler.engine.stop import Deadline, Either, Stop
from scheduler.model.linear_model import DEFINITION, Floats, LinearModel
from scheduler.model.transform import slice_of

FIRST, SMALLEST = 1_500.0, 150.0
"""Sizes in person-days."""
GROWN, SHRUNK = 1.2, 0.8
"""Change of the size where a slice was soon proven, and where it was not proven."""
FIRST_SHARE, LARGEST = 0.5, 0.75
"""Shares of all days that a slice has at first, and at most."""
SHARE, LONGEST = 0.2, 60.0
"""Share of the time left, and seconds, that a slice may take."""
SOON = 0.4
"""Share of that within which a proof is soon."""
STALE = 0.25
"""How much less the breaches of a day count each time it was in a slice."""
BLUR = 0.5
"""How much the weights of days vary at random."""

Searcher = Callable[[LinearModel, Floats, int, Stop], Solution | None]
"""Searches a model from a legal start, with a seed."""


@dataclass(slots=True)
class Arm:
    """Slices of so many stretches of days, with a size of their own; what pays is tried more."""

    stretches: int
    size: float
    credit: float = 1.0

    def learn(self, found: Solution | None, before: float, *, soon: bool) -> None:
        """Grow where slices are soon proven, shrink where they are not proven."""
        gain = 0.0 if found is None else max(0.0, before - sum(found.values))
        self.credit = 0.8 * self.credit + 0.2 * (0.2 + gain / max(1.0, 0.01 * before))
        proven = found is not None and found.optimal
        self.size = max(SMALLEST, self.size * (GROWN if proven and soon else 1.0 if proven else SHRUNK))


class Slices:
    """Searches slices of a roster of a model, so many at once a step; ``x`` is the roster, always legal."""

    def __init__(
        self, model: LinearModel, linking: Ints, rng: np.random.Generator, search: Searcher, *, by_clock: bool
    ) -> None:
        self._model, self._rng, self._searched, self._by_clock = model, rng, search, by_clock
        self._day = model.instance.day_of[model.shift]
        self._days = len(model.instance.days)
        defining, self._defined = definitions(model)
        self._defining = abs(model.rows.matrix[defining])
        soft = linking[~model.rows.hard[linking]]
        self._rows = model.rows.take(soft)
        self._row_day = self._first_day()
        self._visits = np.zeros(self._days)
        people = len(np.unique(model.volunteer))
        self._per_day = max(1.0, min(float(people), model.pairs / self._days))
        first = min(FIRST, FIRST_SHARE * self._per_day * self._days)
        self._most = LARGEST * self._per_day * self._days
        self._arms = [Arm(1, first), Arm(2, min(2 * first, self._most))]

    def step(self, x: Floats, stop: Stop, at_once: int = 1) -> list[Floats]:
        """Rosters to try instead of ``x``: each slice's that is better, before them all of these together.

        Only their assignments count, where several are together; and that roster may turn out not to be better.
        """
        arms, frees = self._choose(x, at_once)
        model = self._shared(frees, x) if len(frees) > 1 else self._model
        parts = [slice_of(model, free, x) for free in frees]
        seeds = [int(self._rng.integers(1 << 30)) for _ in parts]
        moment = Either(stop.part(SHARE), Deadline(LONGEST)) if self._by_clock else stop
        whole = moment.left()
        with ThreadPoolExecutor(len(parts)) as pool:
            searches = [
                pool.submit(self._timed, part, x[chosen], seed, moment)
                for (part, chosen), seed in zip(parts, seeds)
            ]
        found = []
        for arm, (part, chosen), search in zip(arms, parts, searches):
            solution, left = search.result()
            before = part.values(x[chosen])
            if not stop.reached():
                arm.learn(solution, sum(before), soon=left >= (1.0 - SOON) * whole)
            if solution is not None and solution.values < before:
                found.append((chosen, solution.x))
        return self._together(x, found)

    def _timed(self, part: LinearModel, x: Floats, seed: int, stop: Stop) -> tuple[Solution | None, float]:
        return self._searched(part, x, seed, stop), stop.left()

    @staticmethod
    def _together(x: Floats, found: list[tuple[Ints, Floats]]) -> list[Floats]:
        rosters = []
        whole = x.copy()
        for chosen, mine in found:
            alone = x.copy()
            alone[chosen] = whole[chosen] = mine
            rosters.append(alone)
        return [whole, *rosters] if len(rosters) > 1 else rosters

    def _shared(self, frees: list[Bools], x: Floats) -> LinearModel:
        """The model with the room of hard rows that several slices touch divided among them."""
        rows = self._model.rows
        touch = np.zeros(len(rows), dtype=np.int64)
        for free in frees:
            touch[np.unique(rows.by_column[:, np.flatnonzero(free)].indices)] += 1
        among = np.where(rows.hard & (rows.rule != DEFINITION), np.maximum(touch, 1), 1)
        activity = rows.matrix @ x
        below, above = activity - rows.lower, rows.upper - activity
        lower = np.where(among > 1, activity - np.floor(below / among + 1e-9), rows.lower)
        upper = np.where(among > 1, activity + np.floor(above / among + 1e-9), rows.upper)
        return replace(self._model, rows=replace(rows, lower=lower, upper=upper))

    def _choose(self, x: Floats, at_once: int) -> tuple[list[Arm], list[Bools]]:
        """Kinds of slices, and the columns each may change; no day is in two of them."""
        arms, frees = [], []
        taken = np.zeros(self._days, dtype=np.bool_)
        weight = self._weight(x)
        for number in range(at_once):
            arm = self._arm(taken)
            days = self._stretches(arm, weight, taken, number * self._days // at_once)
            if days.any():
                arms.append(arm)
                frees.append(self._free(days))
                taken |= days
                self._visits[days] += 1
        return arms, frees

    def _arm(self, taken: Bools) -> Arm:
        if not (self._visits + taken).all():
            return self._arms[0]
        credit = np.array([arm.credit for arm in self._arms])
        return self._arms[int(self._rng.choice(len(self._arms), p=credit / credit.sum()))]

    def _weight(self, x: Floats) -> Floats:
        """By day: what its breaches cost, the less the oftener it was in a slice, with some chance."""
        activity = self._rows.matrix @ x
        breach = np.maximum(0.0, np.maximum(self._rows.lower - activity, activity - self._rows.upper))
        cost = np.bincount(self._row_day, weights=breach * self._rows.price, minlength=self._days)
        cost += 1e-6 + 0.1 * cost.mean()
        blur = 1.0 - BLUR * self._rng.random(self._days)
        return np.asarray(cost * blur * STALE ** (self._visits - self._visits.min()))

    def _stretches(self, arm: Arm, weight: Floats, taken: Bools, begin: int) -> Bools:
        """By day: whether it is in one of so many stretches, none of them taken before.

        The next one that had no turn, from the day to ``begin`` with on; after that those of most weight.
        """
        arm.size = min(arm.size, self._most)
        width = max(1, round(arm.size / self._per_day) // arm.stretches)
        chosen = np.zeros(self._days, dtype=np.bool_)
        for _ in range(arm.stretches):
            used = taken | chosen
            fresh = np.flatnonzero(~used & (self._visits == 0))
            if len(fresh):
                first = min(int(fresh[np.argmin((fresh - begin) % self._days)]), self._days - width)
            else:
                first = int(np.argmax(np.where(_sums(used, width) > 0, -1.0, _sums(weight, width))))
            chosen[first : first + width] = True
        return chosen & ~taken

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


def _sums(values: Floats | Bools, width: int) -> Floats:
    """The sums of so many values in a row, by the first of them."""
    return np.convolve(values.astype(np.float64), np.ones(width), mode="valid")
