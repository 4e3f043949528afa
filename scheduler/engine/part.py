"""One larger independent part of a model: walk, slices, linear bounds and the exact engine, put together."""

from __future__ import annotations

import threading

from scheduler.engine.board import Board
from scheduler.engine.bounds import LevelBounds
from scheduler.engine.construct import construct
from scheduler.engine.exact import Exact
from scheduler.engine.lns import Search
from scheduler.engine.local_search.whole import Unsuitable
from scheduler.engine.result import Solution, Values
from scheduler.engine.settings import Settings
from scheduler.engine.stop import Stop, Until
from scheduler.engine.walk import Walk
from scheduler.engine.workers import Workers
from scheduler.model.linear_model import Floats, LinearModel

IDLE = 16
"""Rounds without improvement after which a search counts as settled."""


class Part:
    """What is known of one part; walk, search, bounds and exact engine may run in threads of their own.

    What walk and search have when they settle is taken if it turns out optimal, else the exact roster: so the
    result depends on neither the number of jobs nor the clock, as long as there is time for a proof. Later
    rounds only serve when there is not.
    """

    def __init__(
        self,
        number: int,
        model: LinearModel,
        start: Floats,
        board: Board,
        settings: Settings,
        workers: Workers,
    ) -> None:
        self.model = model
        self._number = number
        self._board = board
        self._settings = settings
        self._workers = workers
        self._lock = threading.Lock()
        self._search = Search(model, start, seed=settings.seed)
        self._walk: Walk | None = None
        self._linear = LevelBounds(model)
        self._start = self._best = Solution(start, self._search.best_values, model.floor)
        self._constructed = False
        self._settled: Solution | None = None
        self._exact: Solution | None = None

    def construct(self, stop: Stop) -> None:
        """A first roster with people in it, stretch of days by stretch of days."""
        self._constructed = True
        construct(self._search, stop)
        self._offer(self._search.best, self._search.best_values, "construct")

    def walk(self, stop: Stop) -> None:
        """Walk until that settles, is proven by the linear bounds, or the time is over."""
        if self._walk is None:
            try:
                self._walk = Walk(self.model, self._best.x, seed=self._settings.seed)
            except Unsuitable:
                return
        while not self._walk.settled and not stop.reached() and not self.proven:
            if self._settings.rounds is not None and self._walk.annealings > self._settings.rounds:
                break
            if self._walk.leg():
                self._offer(*self._walk.best, "walk")

    @property
    def begun(self) -> bool:
        """Whether anything has been found or constructed, so that nothing needs to be constructed."""
        return self._constructed or self._best is not self._start

    def settle(self, stop: Stop) -> None:
        """Search slices until that settles, is proven by the linear bounds, or the time is over."""
        self._search.take(self._best.x)
        while self._search.idle < IDLE and not self.enough and not stop.reached() and not self.proven:
            self.round(stop)
        self._settled = self._best

    def round(self, stop: Stop) -> None:
        """One round of search."""
        if self._search.run(Until(stop, lambda: self.proven), self._workers):
            self._offer(self._search.best, self._search.best_values, "search")
        self._board.count(1)

    def bound(self, stop: Stop, *, patient: bool = False) -> bool:
        """Linear bounds of all levels for the best so far, often they meet it; whether there were any to work out."""
        worked = False
        while not stop.reached() and self._linear.step(self._best.values, stop, patient=patient):
            worked = True
            self._tell("bounds")
        return worked

    def branch(self, stop: Stop) -> None:
        """The exact engine, from what the search settled on, unless the linear bounds prove that."""
        self.bound(stop)
        if self.proven:
            return
        exact = Exact(self.model, self._candidate.x, seed=self._settings.seed, nodes=self._settings.nodes)
        while exact.to_do and not stop.reached():
            exact.step(stop)
            self._exact = exact.solution
            self._tell("exact")

    @property
    def levels(self) -> int:
        """How many levels there is anything to decide on."""
        return max(1, len(self._search.ladder.active))

    @property
    def enough(self) -> bool:
        """Whether the rounds asked for are done."""
        return self._settings.rounds is not None and self._search.rounds >= self._settings.rounds

    @property
    def proven(self) -> bool:
        """Whether the roster that counts is optimal."""
        return _met(self._candidate.values, self._linear.holding(self._candidate.values)) or (
            self._exact is not None and self._exact.optimal
        )

    @property
    def solution(self) -> Solution:
        """The settled roster or the exact one if it is proven, else the best; with the bounds that hold for it."""
        exact, settled = self._exact, self._candidate
        if _met(settled.values, self._linear.holding(settled.values)):
            return Solution(settled.x, settled.values, settled.values)
        if exact is not None and exact.optimal:
            same = exact.values == settled.values
            return Solution(settled.x if same else exact.x, exact.values, exact.values)
        best = min([self._best, *([exact] if exact else [])], key=lambda one: one.values)
        bounded = Solution(best.x, best.values, self._linear.holding(best.values))
        return bounded if exact is None else bounded.strengthened(exact)

    @property
    def _candidate(self) -> Solution:
        return self._best if self._settled is None else self._settled

    def _offer(self, x: Floats, values: Values, found_by: str) -> None:
        """Take over what one of the engines found, if it is better."""
        with self._lock:
            if values >= self._best.values:
                return
            self._best = Solution(x, values, self.model.floor)
        self._tell(found_by)

    def _tell(self, found_by: str) -> None:
        with self._lock:
            self._board.post(self._number, self.solution, found_by)


def _met(values: Values, bounds: Values) -> bool:
    return all(bound >= value - 1e-6 for value, bound in zip(values, bounds))
