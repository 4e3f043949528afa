"""The board: what all parts have found so far, and their sum for the watcher."""

from __future__ import annotations

import threading
from collections.abc import Mapping

from scheduler.engine.result import FoundBy, Progress, Solution, Values, Watcher
from scheduler.engine.stop import Deadline
from scheduler.model.linear_model import LinearModel


class Board:
    """Where parts post their solutions, from any thread; the watcher hears of it when all have one."""

    def __init__(
        self, parts: Mapping[int, LinearModel], stranded: Values, deadline: Deadline, watch: Watcher | None
    ) -> None:
        self._parts = parts
        self._stranded = stranded
        self._deadline = deadline
        self._watch = watch
        self._lock = threading.Lock()
        self._posted: dict[int, tuple[Solution, int]] = {}
        self.rounds = 0

    def post(self, part: int, solution: Solution, found_by: str) -> None:
        """A part has something new."""
        heads = int((solution.x[: self._parts[part].pairs] > 0.5).sum())
        with self._lock:
            self._posted[part] = solution, heads
            if self._watch is None or len(self._posted) < len(self._parts):
                return
            posted = self._posted.values()
            progress = Progress(
                seconds=self._deadline.elapsed(),
                heads=sum(count for _, count in posted),
                score=added([self._stranded, *(one.values for one, _ in posted)]),
                bounds=added([self._stranded, *(one.bounds for one, _ in posted)]),
                found_by=FoundBy(found_by),
            )
            self._watch(progress)

    def count(self, rounds: int) -> None:
        """Some more rounds of search were done."""
        with self._lock:
            self.rounds += rounds


def added(values: list[Values]) -> Values:
    """The sum level by level."""
    return tuple(float(sum(level)) for level in zip(*values))
