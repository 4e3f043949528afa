"""Parts in sequences: branch and bound for a moment where they are small, then column generation."""

from __future__ import annotations

from scheduler.engine.board import Board
from scheduler.engine.construct import forced, nobody_if_legal
from scheduler.engine.exact import Exact
from scheduler.engine.result import Solution, better
from scheduler.engine.settings import Settings
from scheduler.engine.stop import Deadline, Either, Stop
from scheduler.model.levels import Ladder
from scheduler.model.linear_model import LinearModel

LITTLE = 400
"""Up to this many assignment columns branch and bound is tried first, so that small plans wait for no compiler."""
MOMENT = 4.0
"""Seconds it may take there."""
NODES = 200
"""The nodes it may take there, which is what counts where rounds do."""


def solve_columns(
    number: int, model: LinearModel, board: Board, stop: Stop, settings: Settings
) -> Solution | None:
    """The best solution of a part; None if there is none, or none was found in time."""
    from scheduler.engine.columns.generate import ColumnSearch

    begun = _begun(model, stop, settings)
    if begun is not None:
        board.post(number, begun, "exact")
        if begun.optimal:
            return begun
    search = ColumnSearch(
        model,
        None if begun is None else begun.x,
        seed=settings.seed,
        threads=settings.jobs,
        rounds=settings.rounds,
        watch=lambda solution, found_by: board.post(number, solution.at_least(model.floor), found_by),
    )
    search.run(stop)
    found = search.solution
    if found is None:
        return begun
    return better(found, begun).at_least(model.floor)


def _begun(model: LinearModel, stop: Stop, settings: Settings) -> Solution | None:
    """What branch and bound finds in a moment; for a larger part nobody at all, if that is legal."""
    nobody = nobody_if_legal(model)
    if model.pairs > LITTLE:
        if nobody is None:
            return None
        return Solution(nobody, Ladder(model).values(nobody), model.floor)
    start = nobody if nobody is not None else forced(model, stop)
    if start is None:
        return None
    exact = Exact(model, start, seed=settings.seed, nodes=NODES)
    moment = stop if settings.rounds is not None else Either(stop, Deadline(MOMENT))
    while exact.to_do and not moment.reached():
        exact.step(moment)
    return exact.solution
