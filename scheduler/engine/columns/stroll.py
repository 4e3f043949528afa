"""Stroll: annealings of the best roster of a large model, in a thread of their own where there is one to spare."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Self

from scheduler.engine.local_search.whole import Unsuitable
from scheduler.engine.stop import Stop, Until
from scheduler.engine.walk import Walk
from scheduler.model.linear_model import Floats, LinearModel


class Stroll:
    """One annealing after the other, each from the best roster there is when it begins."""

    def __init__(self, model: LinearModel, seed: int, *, beside: bool) -> None:
        self._model, self._seed, self._beside = model, seed, beside
        self._pool = ThreadPoolExecutor(1)
        self._walk: Walk | None = None
        self._running: Future[None] | None = None
        self._fit, self._over = True, False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over = True
        self._pool.shutdown(wait=True)

    def step(self, x: Floats, stop: Stop) -> Floats | None:
        """A better roster than ``x`` if an annealing has just found one; then the next annealing begins.

        Without a thread to spare an annealing is waited for.
        """
        if not self._fit or (self._running is not None and not self._running.done()):
            return None
        found = self.found(x)
        self._begin(x if found is None else found, stop)
        if self._beside or self._running is None:
            return found
        self._running.result()
        after = self.found(x)
        return found if after is None else after

    def found(self, x: Floats) -> Floats | None:
        """A better roster than ``x`` if the last annealing, which is over, found one."""
        if self._running is None:
            return None
        self._running.result()
        assert self._walk is not None
        mine, values = self._walk.best
        return mine if values < self._model.values(x) else None

    def _begin(self, x: Floats, stop: Stop) -> None:
        if self._walk is None:
            try:
                self._walk = Walk(self._model, x, seed=self._seed, good=True)
            except Unsuitable:
                self._fit = False
                return
        elif self._model.values(x) < self._walk.best[1]:
            self._walk.go_on_from(x)
        elif self._walk.settled:
            return
        self._running = self._pool.submit(self._walk.anneal, Until(stop, lambda: self._over))
