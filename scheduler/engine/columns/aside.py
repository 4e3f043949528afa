"""Aside: branching over the pool in a thread of its own, while the windows go on."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Self

import numpy as np

from scheduler.engine.columns.core import Core
from scheduler.engine.columns.dive import allowed
from scheduler.engine.columns.generation import Generated
from scheduler.engine.columns.master import Branched, Master
from scheduler.engine.stop import Stop, Until

EACH = 120
"""Rosters of a block it branches over: more than where the search itself has to wait for it."""
NODES = 3_000
"""The nodes it may take."""
SHARE = 0.25
"""Share of the time left that one such branching may take."""


class Aside:
    """One branching at a time over the best of the pool, beside the search, from the best roster there is."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._pool = ThreadPoolExecutor(1)
        self._running: Future[Branched] | None = None
        self._over = False
        self._size = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over = True
        self._pool.shutdown(wait=True)
        if kind is None:
            self._collect()

    def step(self, master: Master, root: Generated, stop: Stop) -> None:
        """Take over what has been found, and begin again if there are new rosters."""
        if self._running is not None and not self._running.done():
            return
        self._collect()
        core = self._core
        if len(core.pool) == self._size or core.numbers is None or stop.reached():
            return
        self._size = len(core.pool)
        numbers = np.union1d(allowed(core, master.scope, root.relaxation, EACH), core.numbers)
        branch = master.branching(numbers, core.numbers)
        end = Until(stop.part(SHARE), lambda: self._over)
        self._running = self._pool.submit(branch, end, NODES, NODES)

    def _collect(self) -> None:
        if self._running is not None:
            found, self._running = self._running.result(), None
            if found.numbers is not None:
                self._core.offer(found.numbers, "branching")
