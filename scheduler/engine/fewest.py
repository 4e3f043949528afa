"""Fewest people, then fewest duties: one part of a model, mended near a start, with the proof of how few.

What is missing, who is disturbed and what else changes are three aims, one after the other. Of each, the linear
relaxation says what it must cost; simplex begins where nothing changes and needs few steps. The people that the
relaxation moves are a handful: the aim is branched over them alone. If that does not meet the bound, solutions at the
bound itself are looked for among everybody: reduced costs leave few columns for them, or there is none.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from scheduler.domain.entity import LEVELS, Level
from scheduler.domain.grouping import Bools, Ints
from scheduler.engine import highs
from scheduler.engine.exact import GAP, Exact, rounded
from scheduler.engine.lns import Search
from scheduler.engine.settings import Settings
from scheduler.engine.stop import Stop
from scheduler.model.levels import SLACK, Ladder, raised
from scheduler.model.linear_model import Floats, LinearModel
from scheduler.model.matrix import Matrix, Outcome, Proof
from scheduler.model.tighten import implied, tightened
from scheduler.model.transform import dual_bound, slice_of, with_cost, with_row

COVER, FIRST = LEVELS.index(Level.COVER), LEVELS.index(Level.STABILITY)
"""The levels that come first: what is missing, then what changes."""
PERSON = 1000
"""The price of a person disturbed; people come before duties as long as fewer than this many duties change."""
DEARER = 20.0
"""How many people may be disturbed for one unit of cover in the first slices; no proof rests on it."""
MOST = 30_000
"""Assignment columns of the largest slice."""
SHARE = 0.4
"""Share of the time for branching over the people that the relaxation moves."""
MOVED = 0.01
"""Somebody of whose duties the relaxation moves more than this is worth branching over."""
STEPS = 3
"""So near to the bound solutions are looked for at the bound itself, then one above it."""
EXACT = 1e-6
"""Room for a solver's tolerance."""


@dataclass(slots=True, eq=False)
class _Aim:
    """What one aim costs by column, what every solution costs, and what the relaxation with the aims before says."""

    cost: Floats
    constant: float
    floor: float
    bound: float
    matrix: Matrix | None = None
    central: highs.Central | None = None

    def value(self, z: Floats) -> float:
        """What a complete solution costs."""
        return float(self.cost @ z) + self.constant

    def kept(self, value: float, count: int) -> Matrix:
        """The matrix with those of the first columns fixed that no solution moves which costs no more."""
        assert self.matrix is not None
        assert self.central is not None
        fixed, _ = tightened(self.matrix, self.central.dual, value - self.constant, count)
        return implied(fixed, count)


class FewestPart:
    """A part of the model with the best solution found and what is proven of it."""

    def __init__(self, model: LinearModel, start: Floats, settings: Settings) -> None:
        self.model = model
        self.bounds = list(model.floor)
        self._settings = settings
        self._start = start
        self._search = Search(model, start, seed=settings.seed)
        self._ladder = Ladder(_upper(model))
        self._matrix = self._ladder.matrix
        costs, constant = self._ladder.source.costs, model.constant
        people = np.round(costs[FIRST] / PERSON)
        rest = costs[FIRST] - PERSON * people
        self._cover = self._aim(costs[COVER], float(constant[COVER]))
        self._people = self._aim(people, 0.0)
        self._rest = self._aim(rest, float(constant[FIRST]))

    @property
    def x(self) -> Floats:
        """The best solution."""
        return self._search.best

    @property
    def values(self) -> tuple[float, ...]:
        """What it costs, by level."""
        return self._search.best_values

    def ask(self, stop: Stop) -> None:
        """Everything on the shifts with a row on cover that is broken."""
        free = self._open()
        if not free.any() or free.sum() > MOST:
            return
        part, chosen = slice_of(self.model, self._search.with_auxiliary(free), self.x)
        ladder = Ladder(part)
        weights = np.zeros(len(LEVELS))
        weights[[COVER, FIRST]] = DEARER * PERSON, 1.0
        self._branch(ladder.weighted(weights), ladder.complete(self.x[chosen]), chosen, stop)

    def settle(self, stop: Stop) -> None:
        """Cover, people and changes, one after the other, each proven as far as the time reaches."""
        for aim in (self._cover, self._people, self._rest):
            self._reach(aim, stop)
            self._keep(aim)
        self._learn()

    def finish(self, stop: Stop) -> None:
        """Over everybody once more for the first aim that is not proven, in the time that others left."""
        open_aim = next(
            (one for one in (self._cover, self._people, self._rest) if not self._proven(one)), None
        )
        if open_aim is not None and open_aim.central is not None:
            self._prove(open_aim, stop)
            self._learn()

    def polish(self, stop: Stop) -> None:
        """The levels below among solutions that are as good: among all of those if they are few, with bounds."""
        if self._nothing_else:
            self.bounds = list(self.values)
            return
        free: Bools = (self._matrix.upper > self._matrix.lower)[: self.model.columns]
        all_of_them = self._all_known and free[: self.model.pairs].sum() <= MOST
        if not all_of_them:
            free = self._search.with_auxiliary(self._touched())
        if not free[: self.model.pairs].any() or free[: self.model.pairs].sum() > MOST:
            return
        bounds = self._exactly(free, stop)
        if all_of_them:
            for level in range(FIRST + 1, len(LEVELS)):
                self.bounds[level] = max(self.bounds[level], bounds[level])

    @property
    def _nothing_else(self) -> bool:
        """Whether nothing changes, everything is covered as well as can be, and every change would cost something."""
        floor = self.model.floor[FIRST]
        changing = self.model.linear[FIRST, : self.model.pairs]
        proven = self.bounds[COVER] >= self.values[COVER] - 1e-6
        return proven and self.values[FIRST] <= floor + 1e-6 and bool(changing.all())

    @property
    def _all_known(self) -> bool:
        """Whether who is as good on stability disturbs as many people and changes as much besides."""
        few = self._now(self._rest) - self._rest.floor < PERSON
        return self._proven(self._people) and few

    def _aim(self, cost: Floats, constant: float) -> _Aim:
        lower, upper = self._ladder.matrix.lower, self._ladder.matrix.upper
        cheap, dear = cost < 0, cost > 0
        floor = float(cost[cheap] @ upper[cheap] + cost[dear] @ lower[dear]) + constant
        return _Aim(cost, constant, floor, floor)

    def _now(self, aim: _Aim) -> float:
        return aim.value(self._ladder.complete(self.x))

    def _proven(self, aim: _Aim) -> bool:
        return aim.bound >= self._now(aim) - 1e-6

    def _learn(self) -> None:
        self.bounds[COVER] = max(self.bounds[COVER], self._cover.bound)
        self.bounds[FIRST] = max(self.bounds[FIRST], self._changes_bound())

    def _reach(self, aim: _Aim, stop: Stop) -> None:
        """Relax an aim; branch over whom that moves, then over everybody, until its bound is met."""
        if self._proven(aim) or stop.reached():
            return
        aim.matrix = with_cost(self._matrix, aim.cost)
        aim.central = highs.near(aim.matrix, self._nothing_changed(), stop)
        if aim.central is None:
            return
        aim.bound = max(aim.bound, raised(dual_bound(aim.matrix, aim.central.dual), aim.constant))
        moved = self._of_people(abs(aim.central.x[: self.model.columns] - self._start) > MOVED)
        tried: set[bytes] = set()
        for free in self._subsets(moved):
            if self._proven(aim):
                return
            if free.tobytes() not in tried:
                self._over(aim, free, stop.part(SHARE))
            tried.add(free.tobytes())
        self._prove(aim, stop)

    def _subsets(self, moved: Bools) -> Iterator[Bools]:
        """The columns of whom the relaxation moves, of whom the best solution does, and of both."""
        yield moved
        yield self._of_people(self.x != self._start)
        yield moved | self._of_people(self.x != self._start)

    def _nothing_changed(self) -> Floats:
        """The start without slacks: nothing is cheaper, though rows may want more."""
        return np.append(self._start, np.zeros(len(self._matrix.cost) - len(self._start)))

    def _over(self, aim: _Aim, free: Bools, stop: Stop) -> None:
        """Branch over some columns, the others as they were in the start."""
        matrix = self._whole(aim.kept(self._now(aim), self.model.columns))
        lower, upper = matrix.lower.copy(), matrix.upper.copy()
        held = np.flatnonzero(~free)
        lower[held] = upper[held] = self._start[held]
        x = self._ladder.complete(self.x)
        inside = bool(((lower <= x + EXACT) & (x - EXACT <= upper)).all())
        matrix = replace(matrix, lower=lower, upper=upper)
        self._branch(matrix, x if inside else None, np.arange(self.model.columns), stop)

    def _prove(self, aim: _Aim, stop: Stop) -> None:
        """Branch over everybody for what is better: near the bound first, where nearly all columns are fixed."""
        while not self._proven(aim) and not stop.reached():
            now = self._now(aim)
            target = aim.bound if now - aim.bound <= STEPS else now - 1
            matrix = with_row(
                self._whole(aim.kept(target, self.model.columns)), aim.cost, target - aim.constant + SLACK
            )
            outcome = self._branch(matrix, None, np.arange(self.model.columns), stop)
            if outcome.proof is Proof.INFEASIBLE:
                aim.bound = target + 1
                continue
            aim.bound = max(aim.bound, min(raised(outcome.bound, aim.constant), target + 1))
            if outcome.proof is not Proof.OPTIMAL or self._now(aim) >= now:
                return

    def _whole(self, matrix: Matrix) -> Matrix:
        """The matrix with indicators as whole numbers, too: to branch on a person decides much."""
        return replace(matrix, integer=matrix.integer | (np.arange(len(matrix.cost)) < self.model.columns))

    def _branch(self, matrix: Matrix, start: Floats | None, chosen: Ints, stop: Stop) -> Outcome:
        """Branch and bound, from a solution if it is given; takes over what is better."""
        settings = self._settings
        outcome = highs.solve(matrix, stop, start=start, gap=GAP, seed=settings.seed, nodes=settings.nodes)
        if outcome.x is not None:
            x = self.x.copy()
            x[chosen] = rounded(outcome.x[: len(chosen)])
            self._search.take(x)
        return outcome

    def _keep(self, aim: _Aim) -> None:
        """Keep an aim as it is now, for those after it."""
        if not aim.cost.any():
            return
        now = self._now(aim)
        if aim.central is not None:
            fixed = aim.kept(now, self.model.columns)
            self._matrix = replace(self._matrix, lower=fixed.lower, upper=fixed.upper)
        self._matrix = with_row(self._matrix, aim.cost, now - aim.constant + SLACK)

    def _changes_bound(self) -> float:
        """A bound on the price of all changes: with as few people as there are now, or with one more."""
        people, rest = self._people, self._rest
        if not self._proven(people):
            return PERSON * people.bound + rest.floor
        now = self._now(people)
        return min(PERSON * now + rest.bound, PERSON * (now + 1) + rest.floor)

    def _of_people(self, moved: Bools) -> Bools:
        """All columns of the people of whom some are moved."""
        pairs, volunteer = self.model.pairs, self.model.volunteer
        return self._search.with_auxiliary(np.isin(volunteer, volunteer[moved[:pairs]]))

    def _exactly(self, free: Bools, stop: Stop) -> tuple[float, ...]:
        """Optimise some columns, cover and stability kept; the bounds of that."""
        part, chosen = slice_of(self.model, free, self.x)
        settings = self._settings
        exact = Exact(part, self.x[chosen], seed=settings.seed, nodes=settings.nodes, settled=FIRST)
        while exact.to_do and not stop.reached():
            exact.step(stop)
        x = self.x.copy()
        x[chosen] = exact.solution.x
        self._search.take(x)
        return exact.solution.bounds

    def _open(self) -> Bools:
        """All columns of shifts with a row on cover that is broken."""
        rows = self.model.rows
        activity = rows.matrix @ self.x
        breach = np.maximum(0.0, np.maximum(rows.lower - activity, activity - rows.upper))
        broken = (breach > 1e-6) & (rows.level == COVER)
        return self._on_shifts_of(np.asarray(abs(rows.matrix[broken]).sum(axis=0)).ravel() > 0)

    def _touched(self) -> Bools:
        """All columns of open shifts and of those where something differs from the start."""
        return self._open() | self._on_shifts_of((self.x > 0.5) != (self._start > 0.5))

    def _on_shifts_of(self, columns: Bools) -> Bools:
        shifts = np.zeros(len(self.model.instance.shifts), dtype=np.bool_)
        shifts[self.model.shift[columns[: self.model.pairs]]] = True
        return shifts[self.model.shift]


def _upper(model: LinearModel) -> LinearModel:
    """The model with the levels down to stability only."""
    linear = model.linear.copy()
    linear[FIRST + 1 :] = 0.0
    return replace(model, rows=model.rows.take(model.rows.level <= FIRST), linear=linear)
