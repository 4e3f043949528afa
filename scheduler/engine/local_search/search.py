"""LocalSearch: annealing over single assignments, swaps, chains and blocks of days, on the matrix alone."""

from __future__ import annotations

import math

import numpy as np

from scheduler.domain.grouping import Ints
from scheduler.engine.local_search.groups import groups_of
from scheduler.engine.local_search.layout import board_of
from scheduler.engine.local_search.solution import completed, enter, sore
from scheduler.engine.local_search.state import (
    CHANGED,
    KINDS,
    LEAST,
    MOVES,
    ROOM,
    SCALE,
    SHARE,
    SORE,
    SORE_COUNT,
    TOTAL,
    TRIED,
    USED,
    WEIGHT,
)
from scheduler.engine.result import Values
from scheduler.model.linear_model import Floats, LinearModel

SEGMENT = 20_000
"""Moves between two looks at which kinds of moves pay."""
FLOOR = 0.3
"""The part of the moves that all kinds share equally, whatever they pay."""
APART = 8.0
"""How many typical steps of a level one unit of the level above outweighs."""
OPENING = 0.05
"""The part of the first leg that only goes downhill, which also shows how steep each level is."""
COLD = 0.003
"""The heat at which the lowest level is frozen."""
HOTTEST_STEP = 0.5
COLDEST_STEP = 0.05
"""Between which temperatures a level cools at least, in its smallest price step."""
START = 0.3
"""The natural start temperature in typical steps upwards of the level."""


class LocalSearch:
    """A walk over the solutions of a model from ``x`` on; ``best`` is the best one met, legal if ``x`` was.

    The same seed and the same legs give the same solution. Raises Unsuitable for a model it cannot work on.
    """

    def __init__(self, model: LinearModel, x: Floats, *, seed: int = 0) -> None:
        self._model = model
        self._groups = groups_of(model)
        self._board = board_of(model, self._groups, seed)
        self._steps = self._groups.step
        self._floor = model.constant + np.minimum(model.linear, 0) @ model.upper
        self._pay = np.ones(KINDS)
        self._made: Ints = np.zeros(KINDS, dtype=np.int64)
        self.moves = 0
        self.best = completed(self._groups, model, x)
        self.best_values: Values = model.values(self.best)
        enter(self._board, self._groups, model, self.best)
        self._remember()

    def run(self, moves: int, heat: tuple[float, float]) -> bool:
        """One leg of so many moves, from one share of the natural start temperature to another; whether it paid.

        1 is warm on the highest level that still costs something, ``COLD`` is frozen on the lowest; between, the levels
        cool one after the other, as each is all but frozen when the one below it is warm. 0 takes nothing worse.
        """
        before = self.best_values
        opening = 0 if self.moves else int(moves * OPENING)
        self._walk(opening, (0.0, 0.0))
        self._walk(moves - opening, heat)
        self._collect()
        return self.best_values < before

    def restart(self, x: Floats) -> None:
        """Go on from another solution, which becomes the best if it is better."""
        whole = completed(self._groups, self._model, x)
        enter(self._board, self._groups, self._model, whole)
        if tuple(self._board.by_level(TOTAL)) < tuple(self._board.by_level(LEAST)):
            self.best, self.best_values = whole, self._model.values(whole)
            self._remember()
        else:
            self._board.head[CHANGED] = self._board.head[ROOM] + 1

    @property
    def used(self) -> dict[str, int]:
        """How often each kind of move was made, for reports and tests."""
        return dict(zip(MOVES, self._made.tolist()))

    @property
    def tried(self) -> int:
        """How many changes were weighed: moves, and the columns tried within them."""
        return self.moves + int(self._board.head[TRIED])

    def _remember(self) -> None:
        board = self._board
        board.by_level(LEAST)[:] = board.by_level(TOTAL)
        board.best[:] = board.x[: len(board.best)]
        board.head[CHANGED] = 0

    def _open_levels(self) -> list[int]:
        """The levels that cost something that changes, from the top; the last one if none does."""
        board = self._board
        active = np.flatnonzero(self._steps > 0)
        warm = [int(n) for n in active if board.reals[LEAST + n] > self._floor[n] + 1e-6]
        return warm or [int(active[-1]) if len(active) else 1]

    def _walk(self, moves: int, heat: tuple[float, float]) -> None:
        from scheduler.engine.local_search import kernel

        segments = -(-moves // SEGMENT)
        for n in range(segments):
            self._weigh()
            self._share()
            self._mark(_between(heat, n / segments))
            part = moves * (n + 1) // segments - moves * n // segments
            hot, cold = (self._temperature(_between(heat, (n + m) / segments)) for m in range(2))
            kernel.anneal(self._board, part, hot, cold)
            self.moves += part
            self._learn()

    def _temperature(self, heat: float) -> float:
        """In weighted cost: which level a heat warms, and how much."""
        if heat <= 0:
            return 0.0
        level, progress = self._focus(heat)
        step = float(self._steps[level])
        if step <= 0:
            return 0.0
        hot = max(START * float(self._typical()[level]), HOTTEST_STEP * step)
        cold = COLDEST_STEP * step
        return float(hot * (cold / hot) ** progress * self._board.reals[WEIGHT + level])

    def _focus(self, heat: float) -> tuple[int, float]:
        """The level a heat warms, and how far it has cooled, from 0 to 1."""
        levels = self._open_levels()
        depth = len(levels) * (math.log(heat) / math.log(COLD) if heat > 0 else 1.0)
        n = min(max(int(depth), 0), len(levels) - 1)
        return levels[n], depth - n

    def _mark(self, heat: float) -> None:
        """Tell the kernel which groups cost something on the level in focus, and whether less or more would help."""
        level, _ = self._focus(heat)
        codes = sore(self._board, level)
        head = self._board.head
        head[SORE_COUNT] = len(codes)
        self._board.lists[head[SORE] : head[SORE] + len(codes)] = codes

    def _typical(self) -> Floats:
        """The typical step upwards on each level: the mean of those met, or the smallest there is."""
        count, total = self._board.reals[SCALE:SHARE].reshape(-1, 2).T
        return np.where(count > 0, total / np.maximum(count, 1), self._steps)

    def _weigh(self) -> None:
        """Weights that let one unit of a level outweigh what usual moves do below it."""
        typical, weight = self._typical(), self._board.by_level(WEIGHT)
        value = 1.0
        for level in range(len(weight) - 1, -1, -1):
            weight[level] = value if self._steps[level] > 0 or level == 0 else 0.0
            if self._steps[level] > 0:
                above = [n for n in range(1, level) if self._steps[n] > 0]
                unit = self._steps[above[-1]] if above else 1.0
                value *= max(1.0, APART * float(typical[level]) / unit)

    def _share(self) -> None:
        share = FLOOR / KINDS + (1 - FLOOR) * self._pay / self._pay.sum()
        self._board.reals[SHARE : SHARE + KINDS] = np.cumsum(share)

    def _used(self) -> Floats:
        return self._board.reals[USED : USED + 4 * KINDS].reshape(-1, 4)

    def _learn(self) -> None:
        """Kinds that take more improving steps for their flips are tried more."""
        tried, work, taken, better = self._used().T
        rate = better / np.maximum(1.0, work)
        if rate.sum() > 0:
            self._pay = np.where(tried > 0, 0.8 * self._pay + 0.2 * rate / rate.sum(), self._pay)
        self._made = self._made + taken.astype(np.int64)
        self._used()[:] = 0.0
        self._board.reals[SCALE:SHARE] *= 0.9

    def _collect(self) -> None:
        """Take over the best solution of the kernel and go on with exact sums."""
        board, model = self._board, self._model
        if not np.array_equal(board.best, self.best[: model.pairs]):
            self.best = completed(self._groups, model, board.best.astype(np.float64))
            self.best_values = model.values(self.best)
            assert board.reals[LEAST] > 0 or model.allows(self.best), "local search left the hard rows"


def _between(heat: tuple[float, float], progress: float) -> float:
    """A heat on the way from one to another: geometric, or linear where one is 0."""
    hot, cold = heat
    if hot <= 0 or cold <= 0:
        return hot + (cold - hot) * progress
    return float(hot * (cold / hot) ** progress)
