"""What a running search told: first roster, last improvement, and objective and bound over time."""

from __future__ import annotations

import csv
import threading
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scheduler.engine.result import Progress

HEADER = ("seconds", "objective", "bound", "found_by")
Row = tuple[float, int, int, str]


class Trace:
    """Listens to a search, from any thread; keeps a row whenever the objective or the bound gets better."""

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self.first_seconds: float | None = None
        self.found_by = ""
        self._lock = threading.Lock()

    def __call__(self, progress: Progress) -> None:
        """A glimpse of the search; the best of what has been seen counts."""
        with self._lock:
            if progress.heads and self.first_seconds is None:
                self.first_seconds = progress.seconds
            self._note(
                progress.seconds, round(sum(progress.score)), round(sum(progress.bounds)), progress.found_by
            )

    def finish(self, seconds: float, objective: int, bound: int) -> None:
        """The result, as the last row."""
        with self._lock:
            self.rows.append((round(seconds, 3), objective, bound, self.found_by))

    def write(self, path: Path) -> None:
        """The rows as CSV."""
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([HEADER, *self.rows])

    def _note(self, seconds: float, objective: int, bound: int, found_by: str) -> None:
        last = self.rows[-1] if self.rows else None
        if last is not None:
            objective, bound = min(objective, last[1]), max(bound, last[2])
        better = last is None or objective < last[1]
        if better:
            self.found_by = found_by
        if last is None or better or bound > last[2]:
            self.rows.append((round(seconds, 3), objective, bound, found_by))
