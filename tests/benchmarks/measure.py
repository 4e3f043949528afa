"""Solves one benchmark instance with the ordinary engine and states its figures, checked by the referee."""

from __future__ import annotations

import importlib
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any, Protocol, cast

from scheduler.engine.stop import Deadline
from tests.benchmarks.best_known import best_known
from tests.benchmarks.memory import PeakMemory
from tests.benchmarks.trace import Trace

if TYPE_CHECKING:
    from scheduler.domain.roster import Roster
    from scheduler.engine.result import Result
    from scheduler.engine.settings import Settings
    from scheduler.problem import Problem

FAMILIES = ("duty", "nrp24", "inrc2")
"""Formats, each read and written by the module of its name."""


class Family(Protocol):
    """A format: how to read a file and how to write a roster."""

    def read_problem(self, path: Path) -> tuple[Problem, Any]:
        """A file as a Problem, and what is needed to write its solutions."""

    def write_solution(self, folder: Path, path: Path, roster: Roster, context: Any) -> Path:
        """Write a roster in the format's own form; where it is."""


def family(name: str) -> Family:
    """The module of a format."""
    return cast("Family", importlib.import_module(f"tests.benchmarks.{name}"))


@dataclass(frozen=True, slots=True)
class Line:
    """What is printed of an instance; seconds count from the start of the process, or of the task."""

    instance: str
    objective: int | None
    bound: int | None
    seconds: float
    first_seconds: float | None
    peak_mb: int
    engine: str

    @property
    def plain(self) -> dict[str, object]:
        """As JSON writes it."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Task:
    """What to solve and where to put what comes of it; the seconds gone before, and the gap that is enough."""

    family: str
    path: Path
    solutions: Path | None = None
    trace: Path | None = None
    before: float = 0.0
    gap: float | None = None


def measure(task: Task, deadline: Deadline, settings: Settings) -> Line:
    """The figures of one instance; its roster and its course are written if a folder is given.

    AssertionError if the referee does not confirm the result, or a bound cannot be true.
    """
    from scheduler.engine.solve import solve

    trace = Trace(task.before, task.gap, deadline.interrupt)
    with PeakMemory() as memory, _interruptible(deadline):
        problem, context = family(task.family).read_problem(task.path)
        instance, rules = problem.instance(), problem.all_rules()
        result = solve(instance, rules, deadline, settings, trace)
        seconds = deadline.elapsed()
    objective, bound = confirmed(result, rules, best_known(task.family, task.path))
    trace.finish(seconds, objective, bound)
    if task.trace is not None:
        trace.write(task.trace / f"{task.path.stem}.csv")
    if task.solutions is not None:
        family(task.family).write_solution(task.solutions, task.path, result.roster, context)
    first = None if trace.first_seconds is None else round(trace.first_seconds, 2)
    return Line(
        instance=task.path.stem,
        objective=objective,
        bound=bound,
        seconds=round(task.before + seconds, 2),
        first_seconds=first,
        peak_mb=memory.megabytes,
        engine=trace.found_by,
    )


def confirmed(result: Result, rules: Any, best: int | None) -> tuple[int, int]:
    """Objective and bound of a result that the referee confirms; all goals of a benchmark are on one level."""
    from scheduler.score import score

    judged = score(result.roster, rules)
    assert judged.legal, "the referee found a broken hard rule"
    assert judged == result.score, "the referee counts differently"
    assert sum(value > 0 for value in judged.values) <= 1, "more than one level has a price"
    objective, bound = sum(judged.values), sum(result.bounds)
    assert bound <= objective, f"the bound {bound} is above the objective {objective}"
    assert best is None or bound <= best, f"the bound {bound} is above the best known value {best}"
    return objective, bound


@contextmanager
def _interruptible(deadline: Deadline) -> Iterator[None]:
    """Ctrl-C ends the search with what it has; only the main thread hears of it."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(signum: int, frame: FrameType | None) -> None:
        deadline.interrupt()

    before = signal.signal(signal.SIGINT, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
