"""Workers: processes that solve slices; one that dies costs its slice, never the search."""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Sequence
from concurrent.futures import Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from types import TracebackType
from typing import Protocol, Self

import numpy as np

from scheduler.engine.stop import Deadline, Either, Stop
from scheduler.model.linear_model import Floats
from scheduler.model.matrix import Matrix, Outcome, Proof

POLL = 0.05
"""Seconds between two looks at whether it is time to stop."""
GRACE = 2.0
"""Seconds that workers have to give back what they found once they are told to stop."""
LOSSES = 3
"""So many times a pool that lost a process is made anew; from then on slices are solved in this process."""


class _Signal(Protocol):
    """A number all processes see; it has no lock that a killed process could keep."""

    value: int


@dataclass(frozen=True, slots=True, eq=False)
class Task:
    """A matrix to minimise from a start, by branch and bound (HiGHS) or by clause learning (CP-SAT).

    ``nodes`` and ``effort`` limit the work of the one and the other; both are the same on every machine.
    """

    matrix: Matrix
    start: Floats
    gap: float
    nodes: int
    effort: float = 0.0

    @property
    def by_logic(self) -> bool:
        """Whether CP-SAT is asked."""
        return self.effort > 0


class Workers:
    """``jobs`` processes, started when first needed; with one job everything is solved in this process."""

    def __init__(self, jobs: int) -> None:
        self._jobs = jobs
        self._context = multiprocessing.get_context("spawn")
        self._stopped: _Signal | None = None
        self._pool: ProcessPoolExecutor | None = None
        self.lost = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def solve(self, tasks: Sequence[Task], stop: Stop) -> list[Outcome]:
        """The outcome of every task, in order; a task whose process died, or that was stopped, has none."""
        if self._jobs == 1 or len(tasks) == 1 or self.lost >= LOSSES:
            return [perform(task, stop) for task in tasks]
        try:
            pool = self._started(min(self._jobs, len(tasks)))
            futures = [pool.submit(_perform, task, stop.left()) for task in tasks]
        except BrokenProcessPool:
            self._lose()
            return [_NOTHING for _ in tasks]
        self._wait(futures, stop)
        outcomes = [_outcome(future) for future in futures]
        if any(_broken(future) for future in futures):
            self._lose()
        return outcomes

    def close(self) -> None:
        """End the processes."""
        if self._stopped is not None:
            self._stopped.value = 1
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None

    @property
    def processes(self) -> list[int]:
        """Ids of the processes that are running."""
        return [] if self._pool is None else sorted(self._pool._processes or ())

    def _started(self, processes: int) -> ProcessPoolExecutor:
        if self._pool is None:
            self._stopped = self._context.RawValue("b", 0)
            self._pool = ProcessPoolExecutor(
                processes, mp_context=self._context, initializer=_begin, initargs=(self._stopped,)
            )
        assert self._stopped is not None
        self._stopped.value = 0
        return self._pool

    def _wait(self, futures: list[Future[Outcome]], stop: Stop) -> None:
        while wait(futures, timeout=POLL).not_done:
            if stop.reached():
                assert self._stopped is not None
                self._stopped.value = 1
                wait(futures, timeout=GRACE)
                return

    def _lose(self) -> None:
        self.lost += 1
        self._stopped = None
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)
            self._pool = None


def perform(task: Task, stop: Stop) -> Outcome:
    """Solve a task in this process."""
    if stop.reached():
        return _NOTHING
    if task.by_logic and len(task.start):
        from scheduler.engine import cp_sat

        return cp_sat.solve(task.matrix, stop, start=task.start, effort=task.effort)
    from scheduler.engine import highs

    return highs.solve(task.matrix, stop, start=task.start, gap=task.gap, nodes=task.nodes)


_NOTHING = Outcome(None, np.inf, -np.inf, Proof.UNKNOWN)


class _Flag:
    """A stop that the main process can raise in a worker."""

    def __init__(self, event: _Signal) -> None:
        self._event = event

    def reached(self) -> bool:
        return bool(self._event.value)

    def left(self) -> float:
        return 0.0 if bool(self._event.value) else float("inf")

    def part(self, share: float) -> Stop:
        return Either(self, Deadline(self.left() * share))


_flag: _Flag | None = None


def _begin(stopped: _Signal) -> None:
    """In a worker: a person's Ctrl-C is the main process's affair, which then raises the flag."""
    global _flag  # noqa: PLW0603
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _flag = _Flag(stopped)


def _perform(task: Task, seconds: float) -> Outcome:
    assert _flag is not None
    return perform(task, Either(_flag, Deadline(seconds)))


def _outcome(future: Future[Outcome]) -> Outcome:
    if not future.done() or future.cancelled() or future.exception() is not None:
        if future.done() and not future.cancelled() and not _broken(future):
            future.result()
        return _NOTHING
    return future.result()


def _broken(future: Future[Outcome]) -> bool:
    return future.done() and not future.cancelled() and isinstance(future.exception(), BrokenProcessPool)
