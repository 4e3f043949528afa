"""Mending a solution: from one that is nearly good to the best with few changes, and the proof of how few.

Independent parts of the model are mended apart from each other. In each, those who could fill what is missing are
asked first, in a small slice. Then covering and stability are one objective, covering far dearer; the relaxation's
reduced costs fix every column that no better solution moves, which is nearly all of them, and the rest is solved
by branch and bound. What is left free between equals is used for the levels below.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np

from scheduler.domain.entity import LEVELS, Level
from scheduler.domain.grouping import Bools
from scheduler.engine import highs
from scheduler.engine.exact import GAP, Exact, rounded
from scheduler.engine.lns import Search
from scheduler.engine.parts import parts_of
from scheduler.engine.result import Solution
from scheduler.engine.settings import Settings
from scheduler.engine.stop import Stop
from scheduler.model.levels import Ladder, raised
from scheduler.model.linear_model import Floats, LinearModel
from scheduler.model.matrix import Matrix, Proof
from scheduler.model.tighten import by_indicator, tightened
from scheduler.model.transform import dual_bound, slice_of

COVER, FIRST = LEVELS.index(Level.COVER), LEVELS.index(Level.STABILITY)
"""The levels that come first: what is missing, then what changes."""
DEARER = 20.0
"""How many people may be disturbed for one unit of cover, in the joint objective; the proof does not rest on it."""
MOST = 30_000
"""Assignment columns of the largest slice."""
SHARE = 0.4
"""Share of the time left for the first slices, and of a part's time for searching where its relaxation looks."""
REST = 0.2
"""Share of the time left that is kept for the levels below."""
USED = 0.01
"""A column the relaxation uses more than this is worth searching."""


def legal_part(model: LinearModel, wanted: Floats, worth: Floats, stop: Stop) -> Floats | None:
    """The solution that keeps the most worth of the wanted assignments and adds none; None if none is legal.

    ``wanted`` and ``worth`` are by assignment column; the solution has all columns of the model.
    """
    ladder = Ladder(model)
    upper = ladder.matrix.upper.copy()
    upper[: model.pairs] = np.minimum(upper[: model.pairs], wanted)
    cost = np.zeros(len(ladder.matrix.cost))
    cost[: model.pairs] = -worth * wanted
    outcome = highs.solve(replace(ladder.matrix, cost=cost, upper=upper), stop, gap=GAP)
    return None if outcome.x is None else rounded(outcome.x[: model.columns])


def any_legal(model: LinearModel, stop: Stop) -> Floats | None:
    """A legal solution whatever it costs; None if there is none or no time."""
    ladder = Ladder(model)
    outcome = highs.solve(ladder.weighted(np.zeros(len(model.linear))), stop)
    return None if outcome.x is None else rounded(outcome.x[: model.columns])


def mend(model: LinearModel, start: Floats, stop: Stop, settings: Settings) -> Solution:
    """The best solution near a start.

    Bounds of cover and stability are those of the whole model; those of the levels below hold for all solutions
    that are no worse above.
    """
    model = by_indicator(model, Level.STABILITY, start)
    cut = parts_of(model)
    parts = [_Part(part, start[columns], settings) for part, columns in cut]
    if len(parts) > 1:
        parts = [part.without_constant() for part in parts]
    stages: tuple[tuple[Callable[[_Part, Stop], None], float], ...] = (
        (_Part.ask, SHARE),
        (_Part.relax, 1.0),
        (_Part.settle, 1.0 - REST),
        (_Part.polish, 1.0),
    )
    with ThreadPoolExecutor(settings.jobs) as pool:
        for stage, share in stages:
            _run(stage, parts, stop if settings.rounds is not None else stop.part(share), settings, pool)
    x = start.copy()
    for part, (_, columns) in zip(parts, cut):
        x[columns] = part.x
    values = Ladder(model).values(x)
    known = np.array([part.values for part in parts]).sum(axis=0)
    bounds = np.array([part.bounds for part in parts]).sum(axis=0) + values - known
    return Solution(x, values, tuple(float(min(bound, value)) for bound, value in zip(bounds, values)))


def _run(
    stage: Callable[[_Part, Stop], None],
    parts: list[_Part],
    stop: Stop,
    settings: Settings,
    pool: ThreadPoolExecutor,
) -> None:
    """A stage for every part that needs it, the small ones first, each with its share of the time."""
    needed = [part for part in parts if stage is not _Part.settle or not part.settled]
    turn = sorted(needed, key=lambda part: part.model.pairs)
    left = [sum(part.model.pairs for part in turn[n:]) or 1 for n in range(len(turn))]

    def one(n: int) -> None:
        share = min(1.0, settings.jobs * max(1, turn[n].model.pairs) / left[n])
        if settings.rounds is not None:
            stage(turn[n], stop)
        elif not stop.reached():
            stage(turn[n], stop.part(share))

    list(pool.map(one, range(len(turn))))


class _Part:
    """A part of the model with the best solution found and what is proven of it."""

    def __init__(self, model: LinearModel, start: Floats, settings: Settings) -> None:
        self.model = model
        self._settings = settings
        self._start = start
        self._search = Search(model, start, seed=settings.seed)
        self._ladder = self._search.ladder
        self.bounds = list(model.floor)
        price = model.linear[FIRST].max(initial=1.0)
        self._weights = np.zeros(len(LEVELS))
        self._weights[[COVER, FIRST]] = DEARER * price, 1.0
        self._matrix: Matrix = self._ladder.weighted(self._weights)
        self._central: highs.Central | None = None
        self._both = -np.inf

    def without_constant(self) -> _Part:
        """The part without what every solution of the whole costs."""
        bare = replace(self.model, constant=np.zeros(len(LEVELS)))
        return _Part(bare, self._start, self._settings)

    @property
    def x(self) -> Floats:
        """The best solution."""
        return self._search.best

    @property
    def values(self) -> tuple[float, ...]:
        """What it costs, by level."""
        return self._search.best_values

    @property
    def settled(self) -> bool:
        """Whether cover and stability are proven."""
        return self._proven(COVER) and self._proven(FIRST)

    def ask(self, stop: Stop) -> None:
        """Everything on the shifts with a row on cover that is broken."""
        self._slice(self._open(), stop)

    def relax(self, stop: Stop) -> None:
        """Bounds from the relaxations of cover, and of cover and stability together."""
        if COVER in self._ladder.active:
            self._bound_cover(stop)
        if self.settled and self.model.linear[FIRST, : self.model.pairs].all():
            self.bounds = list(self.values)  # nothing changes here, and every change would cost something
            return
        self._central = self._relaxation(self._matrix, stop)
        self._fix()

    def settle(self, stop: Stop) -> None:
        """Branch and bound on cover and stability together, then on cover alone if that is not proven.

        What the relaxation uses is searched first (Danna, Rothberg and Le Pape 2005): the better the solution, the
        more columns are fixed.
        """
        if self._central is not None:
            used = self._central.x[: self.model.pairs] > USED
            self._slice(used | (self.x[: self.model.pairs] > 0.5), stop.part(SHARE))
            self._fix()
            if self.settled:
                return
        self._branch(self._matrix, None, stop)
        if not self._proven(COVER):
            self._branch(self._ladder.objective(COVER), COVER, stop)

    def polish(self, stop: Stop) -> None:
        """The levels below among solutions that are as good: among all of those if they are few, with bounds."""
        self._fix()
        free: Bools = (self._matrix.upper > self._matrix.lower)[: self.model.columns]
        all_of_them = self._central is not None and free[: self.model.pairs].sum() <= MOST
        if not all_of_them:
            free = self._search.with_auxiliary(self._touched())
        if not free[: self.model.pairs].any() or free[: self.model.pairs].sum() > MOST:
            return
        bounds = self._exactly(free, stop, settled=FIRST)
        if all_of_them:
            for level in range(FIRST + 1, len(LEVELS)):
                self.bounds[level] = max(self.bounds[level], bounds[level])

    def _slice(self, free: Bools, stop: Stop) -> None:
        """Solve a slice for cover and stability, unless it is too large."""
        if not free.any() or free.sum() > MOST:
            return
        part, chosen = slice_of(self.model, self._search.with_auxiliary(free), self.x)
        ladder = Ladder(part)
        matrix, start = ladder.weighted(self._weights), ladder.complete(self.x[chosen])
        settings = self._settings
        outcome = highs.solve(matrix, stop, start=start, gap=GAP, seed=settings.seed, nodes=settings.nodes)
        if outcome.x is not None:
            x = self.x.copy()
            x[chosen] = rounded(outcome.x[: len(chosen)])
            self._search.take(x)

    def _exactly(self, free: Bools, stop: Stop, *, settled: int) -> tuple[float, ...]:
        """Optimise some columns, the levels up to ``settled`` kept; the bounds of that."""
        part, chosen = slice_of(self.model, free, self.x)
        settings = self._settings
        exact = Exact(part, self.x[chosen], seed=settings.seed, nodes=settings.nodes, settled=settled)
        while exact.to_do and not stop.reached():
            exact.step(stop)
        x = self.x.copy()
        x[chosen] = exact.solution.x
        self._search.take(x)
        return exact.solution.bounds

    def _bound_cover(self, stop: Stop) -> None:
        matrix = self._ladder.objective(COVER)
        central = self._relaxation(matrix, stop)
        if central is not None:
            self._learn(COVER, raised(dual_bound(matrix, central.dual), self._constant(COVER)))

    def _relaxation(self, matrix: Matrix, stop: Stop) -> highs.Central | None:
        return highs.LinearProgram(matrix).solve(stop) if len(matrix.cost) else None

    def _fix(self) -> None:
        """Fix the columns that no solution moves which is as good as the best on cover and stability together."""
        if self._central is not None:
            whole, most = self._ladder.weighted(self._weights), self._joint() - self._constant(None)
            self._matrix, bound = tightened(whole, self._central.dual, most, self.model.columns)
            self._learn(None, raised(bound, self._constant(None)))

    def _branch(self, matrix: Matrix, level: int | None, stop: Stop) -> None:
        settings = self._settings
        outcome = highs.solve(
            matrix,
            stop,
            start=self._ladder.complete(self.x),
            gap=GAP,
            seed=settings.seed,
            nodes=settings.nodes,
        )
        if outcome.x is not None:
            self._search.take(rounded(outcome.x[: self.model.columns]))
        if outcome.proof is not Proof.INFEASIBLE:
            self._learn(level, raised(outcome.bound, self._constant(level)))

    def _learn(self, level: int | None, bound: float) -> None:
        """A bound of a level; or of both together (None), which is one on stability as far as cover is proven."""
        if level is not None:
            self.bounds[level] = max(self.bounds[level], bound)
        else:
            self._both = max(self._both, bound)
        if self._proven(COVER):
            rest = self._both - self._weights[COVER] * self.values[COVER]
            self.bounds[FIRST] = max(self.bounds[FIRST], rest)

    def _joint(self) -> float:
        return float(self._weights @ np.array(self.values))

    def _constant(self, level: int | None) -> float:
        constant = self.model.constant
        return float(self._weights @ constant if level is None else constant[level])

    def _proven(self, level: int) -> bool:
        return self.bounds[level] >= self.values[level] - 1e-6

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
