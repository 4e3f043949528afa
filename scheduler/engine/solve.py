"""solve: splits a model into independent parts, chooses how to solve each, and puts the roster together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from scheduler.domain.entity import LEVELS
from scheduler.domain.grouping import Ints
from scheduler.domain.instance import Instance
from scheduler.engine.board import Board, added
from scheduler.engine.choice import Way, way_of
from scheduler.engine.columnwise import solve_columns
from scheduler.engine.conflict import explain_conflict
from scheduler.engine.construct import forced, nobody_if_legal
from scheduler.engine.large import solve_large
from scheduler.engine.parts import parts_of
from scheduler.engine.result import Result, Solution, Status, Values, Watcher, better
from scheduler.engine.settings import Settings
from scheduler.engine.small import solve_small
from scheduler.engine.stop import Deadline, Stop
from scheduler.errors import OutOfTimeError
from scheduler.model.alike import Merged, merged
from scheduler.model.build import build
from scheduler.model.levels import Ladder
from scheduler.model.linear_model import Floats, LinearModel
from scheduler.rules.base import Rule
from scheduler.score import Score, score
from scheduler.text import Text

SETTLED = 0.7
"""Share of the time after which small parts that are still unproven are searched like larger ones."""


def solve(
    instance: Instance,
    rules: Sequence[Rule],
    deadline: Deadline,
    settings: Settings | None = None,
    watch: Watcher | None = None,
) -> Result:
    """The best roster the time allows, with the referee's score and a bound a level.

    Raises NoRosterError if hard rules cannot hold together, naming them; OutOfTimeError if the deadline came
    before any legal roster.
    """
    settings = settings or Settings()
    model = build(instance, rules)
    stranded = _stranded(model)
    if stranded is None:
        raise explain_conflict(instance, rules, deadline)
    alike = merged(_without_bare_rows(model))
    del model
    parts = parts_of(alike.model)
    board = Board({n: part for n, (part, _) in enumerate(parts)}, stranded, deadline, watch)
    found = _run(parts, board, deadline, settings)
    if found is None:
        if deadline.reached():
            raise OutOfTimeError(_TOO_LATE)
        raise explain_conflict(instance, rules, deadline)
    whole = [(solution, columns) for solution, (_, columns) in zip(found, parts)]
    return _result(alike, rules, whole, stranded, board, deadline)


_TOO_LATE = Text(
    en="no legal roster was found in the time given; give more with --seconds",
    zh="在限定时间内未找到合法的排班；请用 --seconds 给更多时间",
)


def _stranded(model: LinearModel) -> Values | None:
    """What rows without any column cost, with what every roster costs; None if a hard one cannot hold."""
    rows = model.rows
    bare = np.diff(rows.matrix.indptr) == 0
    breach = np.maximum(0.0, np.maximum(rows.lower, -rows.upper)) * bare
    if (breach[rows.hard] > 1e-9).any():
        return None
    values = np.bincount(rows.level, weights=breach * rows.price, minlength=len(LEVELS))
    return tuple(float(v) for v in values + model.constant)


def _without_bare_rows(model: LinearModel) -> LinearModel:
    some = np.diff(model.rows.matrix.indptr) > 0
    return replace(model, rows=model.rows.take(some), constant=np.zeros(len(LEVELS)))


def _run(
    parts: list[tuple[LinearModel, Ints]], board: Board, deadline: Deadline, settings: Settings
) -> list[Solution] | None:
    """The solutions of all parts; None if one has no legal solution or the time was too short for one."""
    models = {n: model for n, (model, _) in enumerate(parts)}
    ways: dict[Way, dict[int, LinearModel]] = {way: {} for way in Way}
    for n, model in models.items():
        ways[way_of(model, settings)][n] = model
    starts = _starts({**ways[Way.EXACT], **ways[Way.SEARCH]}, board, deadline)
    if starts is None:
        return None
    found: dict[int, Solution] = {}
    if small := ways[Way.EXACT]:
        share = _share(small, models, deadline).part(SETTLED if settings.rounds is None else 1.0)
        found |= solve_small(small, starts, board, share, settings)
        starts |= {n: solution.x for n, solution in found.items()}
    left = {n: model for n, model in models.items() if n not in found or not found[n].optimal}
    if sequences := ways[Way.COLUMNS]:
        more = solve_columns(sequences, board, _share(sequences, left, deadline), settings)
        if more is None:
            return None
        found |= more
        left = {n: model for n, model in left.items() if n not in sequences}
    if left:
        searched = solve_large(left, starts, board, deadline, settings)
        found |= {n: better(solution, found.get(n)) for n, solution in searched.items()}
    return [found[n] for n in models]


def _starts(models: dict[int, LinearModel], board: Board, deadline: Deadline) -> dict[int, Floats] | None:
    """A first legal roster of every part; None if one has none, or none was found in time."""
    starts: dict[int, Floats] = {}
    for n, model in models.items():
        nobody = nobody_if_legal(model)
        start = forced(model, deadline) if nobody is None else nobody
        if start is None:
            return None
        starts[n] = start
        board.post(n, Solution(start, Ladder(model).values(start), model.floor), "start")
    return starts


def _share(some: dict[int, LinearModel], among: dict[int, LinearModel], deadline: Deadline) -> Stop:
    """The part of the time left that goes with the size of some parts among those still to be solved."""
    if len(some) == len(among):
        return deadline
    return deadline.part(sum(one.pairs for one in some.values()) / sum(one.pairs for one in among.values()))


def _result(
    alike: Merged,
    rules: Sequence[Rule],
    found: list[tuple[Solution, Ints]],
    stranded: Values,
    board: Board,
    deadline: Deadline,
) -> Result:
    x: Floats = np.zeros(alike.model.columns)
    for solution, columns in found:
        x[columns] = solution.x
    roster = alike.full.roster(alike.expand(x))
    judged = score(roster, rules)
    values = added([stranded, *(solution.values for solution, _ in found)])
    assert judged.legal, "the matrix allowed what the referee does not"
    assert judged.values == tuple(map(round, values)), "the matrix and the referee count differently"
    bounds = added([stranded, *(solution.bounds for solution, _ in found)])
    limit = tuple(min(int(np.ceil(b - 1e-6)), v) for b, v in zip(bounds, judged.values))
    return Result(
        roster=roster,
        score=judged,
        bounds=limit,
        status=Status.OPTIMAL if Score(limit) == judged else Status.STOPPED,
        rounds=board.rounds,
        seconds=deadline.elapsed(),
    )
