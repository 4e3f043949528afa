"""Larger parts: a roster for every part first, then search and bounds, then the exact engine where it may help."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor

from scheduler.engine.board import Board
from scheduler.engine.part import Part
from scheduler.engine.result import Solution
from scheduler.engine.settings import Settings
from scheduler.engine.stop import Stop
from scheduler.model.linear_model import Floats, LinearModel

MEDIUM = 60_000
"""Up to this many assignment columns times levels the exact engine is tried at all."""
SETTLING = 0.5
"""Share of the time in which the searches settle, before the exact engine gets its turn."""
SEARCHING = 0.8
"""Share of what is left then in which the search goes on, before the bounds are worked out for what it has."""


def solve_large(
    models: Mapping[int, LinearModel],
    starts: Mapping[int, Floats],
    board: Board,
    stop: Stop,
    settings: Settings,
) -> dict[int, Solution]:
    """The best solutions of larger parts the time allows."""
    parts = {n: Part(n, model, starts[n], board, settings) for n, model in models.items()}
    with ThreadPoolExecutor(settings.jobs) as pool:
        list(pool.map(lambda part: part.construct(stop), parts.values()))
    _settle(list(parts.values()), stop, settings)
    _branch([part for part in parts.values() if not part.proven], stop, settings)
    if settings.rounds is None:
        _go_on([part for part in parts.values() if not part.proven], stop.part(SEARCHING))
    with ThreadPoolExecutor(settings.jobs) as pool:
        list(pool.map(lambda part: part.bound(stop), parts.values()))
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
        linear = threading.Thread(target=part.bound, args=(share,), daemon=True)
        linear.start()
        part.settle(share)
        linear.join()


def _branch(parts: list[Part], stop: Stop, settings: Settings) -> None:
    """The exact engine on as many parts at once as there are jobs; with a job to spare, the search goes on."""
    tried = [
        part for part in parts if part.model.pairs * part.levels <= MEDIUM and settings.engine != "search"
    ]
    tried.sort(key=lambda part: part.model.pairs)
    while tried and not stop.reached():
        batch, tried = tried[: settings.jobs], tried[settings.jobs :]
        share = stop.part(len(batch) / (len(batch) + len(tried)))
        threads = [threading.Thread(target=part.branch, args=(share,), daemon=True) for part in batch]
        for thread in threads:
            thread.start()
        for thread in threads:
            while thread.is_alive():
                if len(batch) < settings.jobs and settings.rounds is None and not share.reached():
                    batch[0].round(share)
                thread.join(0.02)


def _go_on(parts: list[Part], stop: Stop) -> None:
    """Search in turns until all is proven, or the time or the rounds are over."""
    while parts and not stop.reached():
        for part in parts:
            part.round(stop)
        parts = [part for part in parts if not part.proven and not part.enough]
