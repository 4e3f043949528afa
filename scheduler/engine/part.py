"""One independent part of a model: exact if it is small, construction and search if large, both between."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from scheduler.domain.entity import LEVELS
from scheduler.engine.bounds import LevelBounds
from scheduler.engine.construct import construct
from scheduler.engine.exact import Exact
from scheduler.engine.lns import Search
from scheduler.engine.result import Solution, Values
from scheduler.engine.stop import Deadline, Either, Stop
from scheduler.model.linear_model import Floats, LinearModel

SMALL = 8_000
"""Up to this many assignment columns a part is solved exactly without a search beside it."""
IDLE = 12
"""Rounds without improvement after which a search counts as settled."""
MEDIUM = 60_000
"""Up to this many assignment columns the exact engine is tried at all."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How to search: the same seed and rounds give the same roster."""

    seed: int = 0
    rounds: int | None = None
    jobs: int = 1
    engine: str = "auto"


class Posts(Protocol):
    """Where a part tells what it has found."""

    def post(self, part: int, values: Values, bounds: Values, heads: int, found_by: str) -> None:
        """Something new."""

    def count(self, rounds: int) -> None:
        """Rounds done."""


def solve_part(
    number: int, model: LinearModel, start: Floats, board: Posts, stop: Stop, settings: Settings
) -> Solution:
    """The best solution of one larger part, by search with the exact engine beside it, or by search alone."""
    work = _Work(number, model, board, stop, settings)
    search = Search(model, start, seed=settings.seed)
    construct(search, stop)
    work.tell(search.x, search.values, "construct")
    if settings.engine == "auto" and model.pairs <= MEDIUM:
        return work.both(search)
    return work.search(search)


def solve_small(
    parts: Mapping[int, LinearModel],
    starts: Mapping[int, Floats],
    board: Posts,
    stop: Stop,
    settings: Settings,
) -> dict[int, Solution]:
    """The optima of small parts: the highest level of all parts first, then the next.

    So when the time is short, all parts have their higher levels done. No part may use up the time of the others.
    """
    found = {n: Exact(m, starts[n], seed=settings.seed, nodes=_nodes(settings)) for n, m in parts.items()}
    steps = [(level, n) for n, exact in found.items() for level in exact.to_do]
    with ThreadPoolExecutor(settings.jobs) as pool:
        for level in sorted({level for level, _ in steps}):
            turn = sorted((n for at, n in steps if at == level), key=lambda n: parts[n].pairs)
            later = sum(at > level for at, _ in steps)

            def step(place: int, turn: list[int] = turn, later: int = later) -> None:
                exact = found[turn[place]]
                rest = later + sum(found[n].effort for n in turn[place:])
                exact.step(
                    Either(stop, Deadline(stop.left() * min(1.0, exact.effort * settings.jobs / rest)))
                )
                now = exact.solution
                board.post(turn[place], now.values, now.bounds, _heads(parts[turn[place]], now.x), "exact")

            list(pool.map(step, range(len(turn))))
            if stop.reached():
                break
    return {n: exact.solution for n, exact in found.items()}


def _nodes(settings: Settings) -> int | None:
    return None if settings.rounds is None else 200 * max(1, settings.rounds)


def _heads(model: LinearModel, x: Floats) -> int:
    return int(np.count_nonzero(x[: model.pairs] > 0.5))


class _Work:
    def __init__(
        self, number: int, model: LinearModel, board: Posts, deadline: Stop, settings: Settings
    ) -> None:
        self.number = number
        self.model = model
        self.board = board
        self.deadline = deadline
        self.settings = settings
        self.bounds: Values = (0.0,) * len(LEVELS)

    def tell(self, x: Floats, values: Values, found_by: str) -> None:
        """Put what was found on the board."""
        self.board.post(self.number, values, self.bounds, _heads(self.model, x), found_by)

    def exact(self, start: Floats, stop: Stop) -> Solution:
        """The exact engine, from a start."""
        exact = Exact(self.model, start, seed=self.settings.seed, nodes=_nodes(self.settings))
        while exact.to_do and not stop.reached():
            exact.step(stop)
            self.tell(exact.x, exact.values, "exact")
        self.bounds = exact.solution.bounds
        self.tell(exact.x, exact.values, "exact")
        return exact.solution

    def both(self, search: Search) -> Solution:
        """The search until it settles, with the linear bounds beside it; then the exact engine from there.

        What the search has when it settles (some rounds without improvement) is taken if it turns out optimal,
        else the exact roster: so it depends on neither the number of jobs nor the clock. Later rounds only
        serve when the time ends before there is a proof.
        """
        proof = _Proof(self, search)
        linear = threading.Thread(target=proof.bound, daemon=True)
        linear.start()
        while search.idle < IDLE and not self._enough(search) and not self.deadline.reached():
            self._round(search)
            self.bounds = proof.bounds
            if proof.holds():
                break
        proof.settle()
        linear.join()
        exact = threading.Thread(target=proof.branch, daemon=True)
        exact.start()
        while exact.is_alive():
            if self.settings.jobs > 1 and self.settings.rounds is None and not self.deadline.reached():
                self._round(search)
            exact.join(0.02)
        return proof.best()

    def search(self, search: Search) -> Solution:
        """Only the search, with linear bounds computed beside it."""
        level_bounds = LevelBounds(self.model)
        helper = threading.Thread(
            target=lambda: level_bounds.run(lambda: search.best_values, self.deadline), daemon=True
        )
        helper.start()
        while not self.deadline.reached() and not self._enough(search):
            self._round(search)
            self.bounds = level_bounds.bounds
            if _met(search.best_values, self.bounds):
                break
        level_bounds.end()
        helper.join()
        self.bounds = level_bounds.bounds
        self.tell(search.best, search.best_values, "search")
        return Solution(search.best, search.best_values, self.bounds)

    def _round(self, search: Search) -> None:
        if search.run(self.deadline, self.settings.jobs):
            self.tell(search.best, search.best_values, "search")
        self.board.count(1)

    def _enough(self, search: Search) -> bool:
        return self.settings.rounds is not None and search.rounds >= self.settings.rounds


def _met(values: Values, bounds: Values) -> bool:
    return all(bound >= value - 1e-6 for value, bound in zip(values, bounds))


class _Proof:
    """Linear bounds, then the exact engine, for a search that goes on meanwhile."""

    def __init__(self, work: _Work, search: Search) -> None:
        self._work = work
        self._search = search
        self._level_bounds = LevelBounds(work.model)
        self._exact: Solution | None = None
        self._settled: Solution | None = None

    @property
    def bounds(self) -> Values:
        """The linear bounds so far."""
        return self._level_bounds.bounds

    def settle(self) -> None:
        """From here on the search only serves as a fallback."""
        self._settled = Solution(self._search.best, self._search.best_values, (0.0,) * len(LEVELS))

    @property
    def _candidate(self) -> Solution:
        if self._settled is not None:
            return self._settled
        return Solution(self._search.best, self._search.best_values, (0.0,) * len(LEVELS))

    def bound(self) -> None:
        """Linear bounds of all levels: often they already meet what the search finds."""
        stop = self._work.deadline
        while not stop.reached() and self._level_bounds.step(self._search.best_values, stop):
            pass

    def branch(self) -> None:
        """The exact engine, unless what the search settled on is proven."""
        self.bound()
        if not self.holds() and not self._work.deadline.reached():
            self._exact = self._work.exact(self._candidate.x, self._work.deadline)

    def holds(self) -> bool:
        """Whether the search's roster is proven optimal."""
        values = self._candidate.values
        if _met(values, self._level_bounds.bounds):
            return True
        return self._exact is not None and self._exact.optimal and values == self._exact.values

    def best(self) -> Solution:
        """The settled roster or the exact one if proven, else the best; with the bounds that hold for it."""
        linear, exact = self._level_bounds.bounds, self._exact
        best = (
            self._candidate if self.holds() else Solution(self._search.best, self._search.best_values, linear)
        )
        if exact is not None and ((exact.optimal and not self.holds()) or exact.values < best.values):
            return Solution(exact.x, exact.values, _best_of(linear, exact.bounds))
        bounds = linear if exact is None else _best_of(linear, _conditional(exact, best.values))
        return Solution(best.x, best.values, bounds)


def _best_of(one: Values, other: Values) -> Values:
    return tuple(max(a, b) for a, b in zip(one, other))


def _conditional(exact: Solution, values: Values) -> Values:
    """The exact engine's bounds as far as they hold for these values: while no higher level is worse."""
    kept: list[float] = []
    for bound, theirs, mine in zip(exact.bounds, exact.values, values):
        kept.append(bound)
        if mine > theirs + 1e-6:
            break
    return tuple(kept + [0.0] * (len(values) - len(kept)))
