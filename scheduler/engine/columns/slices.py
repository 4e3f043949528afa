"""Slices: some days of a large model as a model of their own, proven by column generation.

Column generation over a long horizon is slow to settle; over a few weeks it is proven in seconds. First all days have
their turn, one stretch after the other: the fewer the borders, the fewer are the runs that the days held cut short.
What these use up of hours, weekends and limits is not there for those searched: later, stretches far apart are taken
together. Slices searched at the same time deal out the room of the hard rows they touch, so that their rosters go
together.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np

from scheduler.domain.grouping import Bools, Ints
from scheduler.engine.columns.block import definitions
from scheduler.engine.result import Solution, Values
from scheduler.engine.stop import Deadline, Either, Stop, Until
from scheduler.model.linear_model import DEFINITION, Floats, LinearModel
from scheduler.model.transform import slice_of

FIRST, SMALLEST = 1_500.0, 150.0
"""Sizes in person-days: of one stretch at first, and the least that one shrinks to."""
HALF, LARGEST = 0.5, 0.75
"""Shares of all days that one stretch has at most at first, and that all slices searched at once have at most."""
GROWN, SHRUNK = 1.2, 0.8
"""Change of the size where a slice was soon proven, and where it was not proven."""
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
    """Slices of so many stretches of days, with a size in person-days of their own; what pays is tried more."""

    stretches: int
    size: float
    credit: float = 1.0

    def learn(self, gain: float, *, proven: bool, soon: bool) -> None:
        """Grow where slices are soon proven, shrink where they are not; ``gain`` is a share of what they cost."""
        self.credit = 0.8 * self.credit + 0.2 * (0.2 + 100.0 * gain)
        self.size = max(SMALLEST, self.size * (GROWN if proven and soon else 1.0 if proven else SHRUNK))


@dataclass(frozen=True, slots=True, eq=False)
class Slice:
    """A part of the model to search: its kind, whether it has that kind's size, its columns, its model."""

    arm: Arm
    whole: bool
    chosen: Ints
    part: LinearModel


@dataclass(frozen=True, slots=True, eq=False)
class Result:
    """What the search of a slice found, what it began with, and the seconds it left."""

    of: Slice
    solution: Solution | None
    before: Values
    left: float

    @property
    def better(self) -> bool:
        """Whether there is a better roster."""
        return self.solution is not None and self.solution.values < self.before

    @property
    def proven(self) -> bool:
        """Whether there is no better one still."""
        return self.solution is not None and self.solution.optimal

    @property
    def gain(self) -> float:
        """What was gained, as a share of what the slice cost."""
        if self.solution is None:
            return 0.0
        return max(0.0, sum(self.before) - sum(self.solution.values)) / max(100.0, sum(self.before))


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
        first = min(FIRST, HALF * self._per_day * self._days)
        self._arms = [Arm(1, first), Arm(2, 2 * first)]

    def step(self, x: Floats, stop: Stop, at_once: int = 1) -> list[Floats]:
        """Rosters to try instead of ``x``: each slice's that is better, before them all of these together.

        Only their assignments count, where several are together; and that roster may turn out not to be better.
        """
        slices = self._choose(x, at_once)
        moment = Either(stop.part(SHARE), Deadline(LONGEST)) if self._by_clock else stop
        whole = moment.left()
        results = self._search(slices, x, moment)
        if not stop.reached():
            for arm in self._arms:
                mine = [one for one in results if one.of.arm is arm and one.of.whole]
                if mine:
                    arm.learn(
                        sum(one.gain for one in mine) / len(mine),
                        proven=all(one.proven for one in mine),
                        soon=self._by_clock and all(one.left >= (1.0 - SOON) * whole for one in mine),
                    )
                    arm.size = min(arm.size, LARGEST * self._per_day * self._days)
        return self._together(
            x, [(one.of.chosen, one.solution.x) for one in results if one.solution is not None and one.better]
        )

    def _search(self, slices: list[Slice], x: Floats, stop: Stop) -> list[Result]:
        """Search all of them at the same time; one that fails ends the others."""
        over = False
        moment = Until(stop, lambda: over)

        def search(one: Slice, seed: int) -> Result:
            start = x[one.chosen]
            solution = self._searched(one.part, start, seed, moment)
            return Result(one, solution, one.part.values(start), moment.left())

        with ThreadPoolExecutor(len(slices)) as pool:
            running = [pool.submit(search, one, int(self._rng.integers(1 << 30))) for one in slices]
            try:
                return [one.result() for one in running]
            except BaseException:
                over = True
                raise

    @staticmethod
    def _together(x: Floats, found: list[tuple[Ints, Floats]]) -> list[Floats]:
        rosters = []
        whole = x.copy()
        for chosen, mine in found:
            alone = x.copy()
            alone[chosen] = whole[chosen] = mine
            rosters.append(alone)
        return [whole, *rosters] if len(rosters) > 1 else rosters

    def _choose(self, x: Floats, at_once: int) -> list[Slice]:
        """What to search next; no day is in two slices."""
        taken = np.zeros(self._days, dtype=np.bool_)
        weight = self._weight(x)
        arms, wholes, frees = [], [], []
        for number in range(at_once):
            arm = self._arm(taken)
            width = self._width(arm, at_once)
            days = self._stretches(arm, width, weight, taken, number * self._days // at_once)
            if days.any():
                arms.append(arm)
                wholes.append(int(days.sum()) == width * arm.stretches)
                frees.append(self._free(days))
                taken |= days
        self._visits[taken] += 1
        slices = []
        for number, model in enumerate(self._dealt(frees, x)):
            part, chosen = slice_of(model, frees[number], x)
            slices.append(Slice(arms[number], wholes[number], chosen, part))
        return slices

    def _dealt(self, frees: list[Bools], x: Floats) -> list[LinearModel]:
        """The model for each slice: of the room of hard rows that several touch each has a part.

        All have the same whole number of a row's largest steps, one has the rest.
        """
        if len(frees) == 1:
            return [self._model]
        rows = self._model.rows
        touch = np.zeros((len(frees), len(rows)), dtype=np.bool_)
        for number, free in enumerate(frees):
            touch[number, rows.by_column[:, np.flatnonzero(free)].indices] = True
        several = np.flatnonzero(rows.hard & (rows.rule != DEFINITION) & (touch.sum(axis=0) > 1))
        activity = (rows.matrix @ x)[several]
        step = abs(rows.matrix[several]).max(axis=1).toarray().ravel()
        below = self._deal(activity - rows.lower[several], step, touch[:, several])
        above = self._deal(rows.upper[several] - activity, step, touch[:, several])
        models = []
        for number in range(len(frees)):
            lower, upper = rows.lower.copy(), rows.upper.copy()
            lower[several], upper[several] = activity - below[number], activity + above[number]
            models.append(replace(self._model, rows=replace(rows, lower=lower, upper=upper)))
        return models

    def _deal(self, room: Floats, step: Floats, touch: Bools) -> Floats:
        """By slice and row: its part of the row's room."""
        room = np.maximum(room, 0.0)
        among = touch.sum(axis=0)
        finite = np.where(np.isfinite(room), room, 0.0)
        each = np.floor(finite / (among * step) + 1e-9) * step
        parts = np.where(touch, each, 0.0)
        lucky = np.argmax(np.where(touch, self._rng.random(touch.shape), -1.0), axis=0)
        parts[lucky, np.arange(len(room))] += np.maximum(0.0, finite - among * each)
        return np.where(np.isfinite(room), parts, np.inf)

    def _arm(self, taken: Bools) -> Arm:
        if not (self._visits + taken).all():
            return self._arms[0]
        credit = np.array([arm.credit for arm in self._arms])
        return self._arms[int(self._rng.choice(len(self._arms), p=credit / credit.sum()))]

    def _weight(self, x: Floats) -> Floats:
        """By day: what its breaches cost, the less the oftener it was in a slice, with some chance."""
        activity = self._rows.matrix @ x
        breach = np.maximum(0.0, np.maximum(self._rows.lower - activity, activity - self._rows.upper))
        cost = np.bincount(self._row_day, weights=breach * self._rows.price, minlength=self._days + 1)[:-1]
        cost += 1e-6 + 0.1 * cost.mean()
        blur = 1.0 - BLUR * self._rng.random(self._days)
        return np.asarray(cost * blur * STALE ** (self._visits - self._visits.min()))

    def _width(self, arm: Arm, at_once: int) -> int:
        """Days of each stretch of a kind of slices."""
        days = min(arm.size / self._per_day, LARGEST / at_once * self._days)
        return max(1, round(days) // arm.stretches)

    def _stretches(self, arm: Arm, width: int, weight: Floats, taken: Bools, begin: int) -> Bools:
        """By day: whether it is in one of so many stretches, none of them taken before.

        The next one that had no turn, from the day to ``begin`` with on; after that those of most weight.
        """
        chosen = np.zeros(self._days, dtype=np.bool_)
        for _ in range(arm.stretches):
            used = taken | chosen
            fresh = np.flatnonzero(~used & (self._visits == 0))
            if len(fresh):
                first = min(int(fresh[np.argmin((fresh - begin) % self._days)]), self._days - width)
            else:
                room = _sums(used, width) == 0
                if not room.any():
                    break
                first = int(np.argmax(np.where(room, _sums(weight, width), -1.0)))
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
        """By soft linking row: the first day it is about; the number of days where no assignment is in it."""
        matrix = self._rows.matrix
        day = np.concatenate((self._day, np.full(self._model.columns - self._model.pairs, self._days)))
        found = np.full(len(self._rows), 0, dtype=np.int64)
        some = np.flatnonzero(np.diff(matrix.indptr))
        if len(some):
            found[some] = np.minimum.reduceat(day[matrix.indices], matrix.indptr[some].astype(np.int64))
        return found


def _sums(values: Floats | Bools, width: int) -> Floats:
    """The sums of so many values in a row, by the first of them."""
    return np.convolve(values.astype(np.float64), np.ones(width), mode="valid")
