"""Workers: the same outcomes in this process and in others, and what is left when one dies."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator

import numpy as np
import pytest

from scheduler.engine.stop import Deadline
from scheduler.engine.workers import LOSSES, Task, Workers
from scheduler.model.build import build
from scheduler.model.levels import Ladder
from scheduler.model.matrix import Proof
from tests.builders import problem


def task(effort: float = 0.0) -> Task:
    plan = problem(["a", "b"], days=3, rules=[{"rule": "one-per-day"}])
    model = build(plan.instance(), plan.all_rules())
    ladder = Ladder(model)
    matrix = ladder.objective(ladder.active[0])
    return Task(matrix, ladder.complete(np.zeros(model.columns)), gap=0.5, nodes=100, effort=effort)


@pytest.fixture
def pair() -> Iterator[Workers]:
    with Workers(2) as workers:
        yield workers


def test_processes_find_what_this_process_finds(pair: Workers) -> None:
    tasks = [task(), task(effort=5.0)]
    here = Workers(1).solve(tasks, Deadline())
    there = pair.solve(tasks, Deadline())
    assert [one.objective for one in there] == [one.objective for one in here]
    assert all(one.proof is Proof.OPTIMAL for one in there)
    assert pair.processes
    assert not Workers(1).processes


def test_a_killed_worker_costs_its_slice_and_no_more(pair: Workers) -> None:
    pair.solve([task(), task()], Deadline())
    for process in pair.processes:
        os.kill(process, signal.SIGKILL)
    lost = pair.solve([task(), task()], Deadline())
    assert [one.x for one in lost] == [None, None]
    assert pair.lost == 1
    again = pair.solve([task(), task()], Deadline())
    assert all(one.proof is Proof.OPTIMAL for one in again)


def test_when_workers_keep_dying_the_work_is_done_here(pair: Workers) -> None:
    pair.lost = LOSSES
    assert all(one.proof is Proof.OPTIMAL for one in pair.solve([task(), task()], Deadline()))
    assert not pair.processes


def test_nothing_is_begun_once_it_is_time_to_stop(pair: Workers) -> None:
    deadline = Deadline()
    deadline.interrupt()
    assert [one.x for one in pair.solve([task(), task()], deadline)] == [None, None]
