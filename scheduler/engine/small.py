"""Small parts: exact, the same level of all parts before the next level of any."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor

from scheduler.engine.board import Board
from scheduler.engine.construct import construct
from scheduler.engine.exact import Exact
from scheduler.engine.lns import Search
from scheduler.engine.local_search.whole import Unsuitable
from scheduler.engine.result import Solution
from scheduler.engine.settings import Settings
from scheduler.engine.stop import Stop
from scheduler.engine.walk import Walk
from scheduler.model.linear_model import Floats, LinearModel

LITTLE = 5_000
"""Up to this many assignment columns in all no part needs a walk, and nobody waits for a compiler."""
ANNEALINGS = 2
"""How long a walk is."""


def solve_small(
    parts: Mapping[int, LinearModel],
    starts: Mapping[int, Floats],
    board: Board,
    stop: Stop,
    settings: Settings,
) -> dict[int, Solution]:
    """The optima of small parts: the highest level of all parts first, then the next.

    So when the time is short, all parts have their higher levels done; and no part uses up the others' time.
    """
    walks = sum(model.pairs for model in parts.values()) > LITTLE
    with ThreadPoolExecutor(settings.jobs) as pool:

        def begun(n: int) -> Exact:
            begin, found_by = _begin(parts[n], starts[n], stop, settings, walks=walks)
            exact = Exact(parts[n], begin, seed=settings.seed, nodes=settings.nodes)
            board.post(n, exact.solution, found_by)
            return exact

        found = dict(zip(parts, pool.map(begun, parts)))
        steps = [(level, n) for n, exact in found.items() for level in exact.to_do]
        for level in sorted({level for level, _ in steps}):
            turn = sorted((n for at, n in steps if at == level), key=lambda n: parts[n].pairs)
            later = sum(parts[n].pairs for at, n in steps if at > level)

            def step(place: int, turn: list[int] = turn, later: int = later) -> None:
                exact = found[turn[place]]
                rest = later + sum(found[n].effort for n in turn[place:])
                share = 1.0 if settings.rounds is not None else exact.effort * settings.jobs / rest
                exact.step(stop.part(min(1.0, share)))
                board.post(turn[place], exact.solution, "exact")

            list(pool.map(step, range(len(turn))))
            if stop.reached():
                break
    return {n: exact.solution for n, exact in found.items()}


def _begin(
    model: LinearModel, start: Floats, stop: Stop, settings: Settings, *, walks: bool
) -> tuple[Floats, str]:
    """A good roster to begin with, by a short walk or constructed."""
    if walks:
        try:
            walk = Walk(model, start, seed=settings.seed)
        except Unsuitable:
            pass
        else:
            while walk.annealings < ANNEALINGS and not stop.reached():
                walk.leg()
            return walk.best[0], "walk"
    search = Search(model, start, seed=settings.seed)
    construct(search, stop)
    return search.best, "construct"
