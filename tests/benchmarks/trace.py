"""What a running search told: first roster, last improvement, and objective and bound over time."""

from __future__ import annotations

import csv
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scheduler.engine.result import Progress

HEADER = ("seconds", "objective", "bound", "found_by")
Row = tuple[float, int, int, str]


class Trace:
    """Listens to a search, from any thread; keeps a row whenever the objective or the bound gets better.

    Seconds count from ``before`` the search's own; ``enough`` is called when the gap is no more than ``gap``, a
    share of the objective.
    """

    def __init__(
        self, before: float = 0.0, gap: float | None = None, enough: Callable[[], None] | None = None
    ) -> None:
        self._before = before
        self._gap = gap
        self._enough = enough
        self.rows: list[Row] = []
        self.first_seconds: float | None = None
        self.found_by = ""
        self._lock = threading.Lock()

    def __call__(self, progress: Progress) -> None:
        """A glimpse of the search; the best of what has been seen counts."""
        with self._lock:
            if progress.heads and self.first_seconds is None:
                self.first_seconds = self._before + progress.seconds
            objective, bound = round(sum(progress.score)), round(sum(progress.bounds))
            self._note(self._before + progress.seconds, objective, bound, progress.found_by)
            near = self._gap is not None and within(self.rows[-1], self._gap)
        if near and self._enough is not None:
            self._enough()

    def finish(self, seconds: float, objective: int, bound: int) -> None:
        """The result, as the last row; seconds as the search counts them."""
        with self._lock:
            self.rows.append((round(self._before + seconds, 3), objective, bound, self.found_by))

    def write(self, path: Path) -> None:
        """The rows as CSV."""
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([HEADER, *self.rows])

    def reached(self, gap: float) -> float | None:
        """Seconds until the gap was no more than this share of the objective, if it ever was."""
        return next((row[0] for row in self.rows if within(row, gap)), None)

    def _note(self, seconds: float, objective: int, bound: int, found_by: str) -> None:
        last = self.rows[-1] if self.rows else None
        if last is not None:
            objective, bound = min(objective, last[1]), max(bound, last[2])
        better = last is None or objective < last[1]
        if better:
            self.found_by = found_by
        if last is None or better or bound > last[2]:
            self.rows.append((round(seconds, 3), objective, bound, found_by))


def within(row: Row, gap: float) -> bool:
    """Whether objective and bound of a row are as close as a share of the objective."""
    return row[1] - row[2] <= gap * abs(row[1]) + 1e-9
