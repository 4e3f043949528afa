"""Parts in sequences: a moment of branch and bound or a walk to begin with, then column generation."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from scheduler.engine import highs
from scheduler.engine.board import Board
from scheduler.engine.columns.block import split
from scheduler.engine.construct import forced, nobody_if_legal
from scheduler.engine.exact import Exact
from scheduler.engine.local_search.whole import Unsuitable
from scheduler.engine.result import Solution, better
from scheduler.engine.settings import Settings
from scheduler.engine.stop import Deadline, Either, Stop
from scheduler.engine.walk import Walk
from scheduler.model.levels import Ladder
from scheduler.model.linear_model import LinearModel
from scheduler.model.matrix import Proof

LITTLE = 400
"""Up to this many assignment columns branch and bound is tried first, so that small plans wait for no compiler."""
MOMENT = 4.0
"""Seconds it may take there."""
NODES = 200
"""The nodes it may take there, which is what counts where rounds do."""
PASSES = 3
"""How often what is left of the time is given to parts that are still unproven."""
ANNEALINGS = 2
"""How long a walk is that makes the first roster."""
WALKING = 0.1
"""Share of the time it may take."""
CHECKING, LONGEST = 0.05, 10.0
"""Share of the time, and seconds, in which a relaxation may show that there is no legal roster."""


def solve_columns(
    models: Mapping[int, LinearModel], board: Board, stop: Stop, settings: Settings
) -> dict[int, Solution] | None:
    """The best solutions of parts; None if one has none, or none was found in time.

    All are begun, then the smallest come first, as they are done soonest: each has the share of the time left that
    goes with its size, and what it leaves is for the larger ones. What they leave is for those still unproven.
    """
    begun = {n: _begun(n, model, board, stop, settings) for n, model in models.items()}
    for n, model in models.items():
        if begun[n] is None and _impossible(model, Either(stop.part(CHECKING), Deadline(LONGEST))):
            return None
    found: dict[int, Solution] = {}
    still = sorted(models, key=lambda n: models[n].pairs)
    for _ in range(PASSES if settings.rounds is None else 1):
        rest = sum(models[n].pairs for n in still)
        for n in still:
            share = stop.part(models[n].pairs / rest)
            solution = _solve(n, models[n], found.get(n, begun[n]), board, share, settings)
            if solution is not None:
                found[n] = better(solution, found.get(n))
            rest -= models[n].pairs
        still = [n for n in still if n not in found or not found[n].optimal]
        if not still or stop.reached():
            break
    for n in set(models) - set(found):
        x = forced(models[n], stop)
        if x is None:
            return None
        found[n] = Solution(x, Ladder(models[n]).values(x), models[n].floor)
    return found


def _solve(
    number: int,
    model: LinearModel,
    begun: Solution | None,
    board: Board,
    stop: Stop,
    settings: Settings,
) -> Solution | None:
    from scheduler.engine.columns.generate import ColumnSearch

    legal = begun if begun is not None and model.allows(begun.x) else None
    if legal is not None and legal.optimal:
        return legal
    search = ColumnSearch(
        model,
        None if begun is None else begun.x,
        seed=settings.seed,
        threads=settings.jobs,
        rounds=settings.rounds,
        watch=lambda solution, found_by: board.post(number, solution.at_least(model.floor), found_by),
    )
    search.run(stop)
    if search.solution is None:
        return legal
    return better(search.solution, legal).at_least(model.floor)


def _begun(number: int, model: LinearModel, board: Board, stop: Stop, settings: Settings) -> Solution | None:
    """What there is to begin with, legal or not; None where only column generation helps."""
    found_by = "exact" if model.pairs <= LITTLE else "walk"
    if found_by == "exact":
        begun = _exact(model, stop, settings)
    else:
        begun = _walked(model, stop, settings) if _nobody_must(model) else None
    if begun is not None and model.allows(begun.x):
        board.post(number, begun, found_by)
    return begun


def _nobody_must(model: LinearModel) -> bool:
    """Whether no row of a person's own forces anybody to serve: then a walk can begin with nobody."""
    rows = model.rows
    own = np.concatenate([block.rows for block in split(model).blocks])
    return bool(((rows.lower <= 1e-9) & (rows.upper >= -1e-9) | ~rows.hard)[own].all())


def _impossible(model: LinearModel, stop: Stop) -> bool:
    """Whether the relaxation alone shows that the hard rows cannot hold together."""
    outcome = highs.lower_bound(Ladder(model).weighted(np.zeros(len(model.linear))), stop)
    return outcome.proof is Proof.INFEASIBLE


def _walked(model: LinearModel, stop: Stop, settings: Settings) -> Solution | None:
    try:
        walk = Walk(model, np.zeros(model.columns), seed=settings.seed)
    except Unsuitable:
        return None
    share = stop if settings.rounds is not None else stop.part(WALKING)
    while walk.annealings < ANNEALINGS and not share.reached():
        walk.leg()
    return Solution(*walk.best, model.floor)


def _exact(model: LinearModel, stop: Stop, settings: Settings) -> Solution | None:
    """What branch and bound finds in a moment."""
    nobody = nobody_if_legal(model)
    moment = stop if settings.rounds is not None else Either(stop, Deadline(MOMENT))
    start = nobody if nobody is not None else forced(model, moment)
    if start is None:
        return None
    exact = Exact(model, start, seed=settings.seed, nodes=NODES)
    while exact.to_do and not moment.reached():
        exact.step(moment)
    return exact.solution
