"""Larger parts: a walk with bounds beside it, then slices, then the exact engine where it may help."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor, wait

from scheduler.engine.board import Board
from scheduler.engine.part import Part
from scheduler.engine.result import Solution
from scheduler.engine.settings import Settings
from scheduler.engine.stop import Deadline, Stop
from scheduler.engine.workers import Workers
from scheduler.model.linear_model import Floats, LinearModel

MEDIUM = 60_000
"""Up to this many assignment columns times levels the exact engine is tried at all."""
SETTLING = 0.5
"""Share of the time in which the searches settle, before the exact engine gets its turn."""
SEARCHING = 0.8
"""Share of what is left then in which the search goes on, before the bounds are worked out for what it has."""
READY = 3.0
"""Seconds a walk has to begin; its kernel is compiled on the first run of an installation, which takes longer."""
GLANCE = 0.05
"""Seconds between two looks at another thread."""


def solve_large(
    models: Mapping[int, LinearModel],
    starts: Mapping[int, Floats],
    board: Board,
    stop: Stop,
    settings: Settings,
) -> dict[int, Solution]:
    """The best solutions of larger parts the time allows."""
    with Workers(settings.jobs) as workers:
        parts = {n: Part(n, model, starts[n], board, settings, workers) for n, model in models.items()}
        _settle(list(parts.values()), stop, settings)
        _branch([part for part in parts.values() if not part.proven], stop, settings)
        if settings.rounds is None:
            _go_on([part for part in parts.values() if not part.proven], stop.part(SEARCHING))
        for part in parts.values():
            part.bound(stop)
        _go_on([part for part in parts.values() if not part.proven], stop)
    return {n: part.solution for n, part in parts.items()}


def _settle(parts: list[Part], stop: Stop, settings: Settings) -> None:
    """Search part by part, the linear bounds beside it; the smallest first, as they are done soonest."""
    alone = settings.engine == "search"
    rest = sum(part.model.pairs for part in parts)
    whole = stop if alone and len(parts) == 1 else stop.part(1.0 if alone else SETTLING)
    for part in sorted(parts, key=lambda part: part.model.pairs):
        share = whole.part(part.model.pairs / rest)
        rest -= part.model.pairs
        _begin(part, share, settings)
        part.settle(share)
        part.bound(share)


def _begin(part: Part, stop: Stop, settings: Settings) -> None:
    """Walk, with the bounds of what the walk has proven beside it if there is a job to spare."""
    ready = Deadline(READY)
    with ThreadPoolExecutor(1) as pool:
        walking = pool.submit(part.walk, stop)
        while not walking.done():
            beside = settings.jobs > 1 and settings.rounds is None
            if beside and part.bound(stop, patient=True):
                continue
            if settings.rounds is None and ready.reached() and not part.begun:
                part.construct(stop)
            wait([walking], GLANCE)
        walking.result()
    if not part.begun:
        part.construct(stop)


def _branch(parts: list[Part], stop: Stop, settings: Settings) -> None:
    """The exact engine on as many parts at once as there are jobs; with a job to spare, the search goes on."""
    tried = [
        part for part in parts if part.model.pairs * part.levels <= MEDIUM and settings.engine != "search"
    ]
    tried.sort(key=lambda part: part.model.pairs)
    with ThreadPoolExecutor(settings.jobs) as pool:
        while tried and not stop.reached():
            batch, tried = tried[: settings.jobs], tried[settings.jobs :]
            share = stop.part(len(batch) / (len(batch) + len(tried)))
            branches = [pool.submit(part.branch, share) for part in batch]
            for branch in branches:
                while not branch.done():
                    if len(batch) < settings.jobs and settings.rounds is None and not share.reached():
                        batch[0].round(share)
                    wait([branch], GLANCE)
                branch.result()


def _go_on(parts: list[Part], stop: Stop) -> None:
    """Search in turns until all is proven, or the time or the rounds are over."""
    while (parts := [part for part in parts if not part.proven and not part.enough]) and not stop.reached():
        for part in parts:
            part.round(stop)
