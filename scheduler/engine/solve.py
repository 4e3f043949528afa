"""solve: splits a model into independent parts, chooses how to solve each, and puts the roster together."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from scheduler.domain.entity import LEVELS
from scheduler.domain.grouping import Ints
from scheduler.domain.instance import Instance
from scheduler.engine.conflict import explain_conflict
from scheduler.engine.construct import empty
from scheduler.engine.part import SMALL, Settings, solve_part, solve_small
from scheduler.engine.result import Progress, Result, Solution, Status, Values, Watcher
from scheduler.engine.stop import Deadline
from scheduler.errors import OutOfTimeError
from scheduler.model.build import build
from scheduler.model.levels import Ladder
from scheduler.model.linear_model import Floats, LinearModel
from scheduler.model.transform import components, slice_of
from scheduler.rules.base import Rule
from scheduler.score import Score, score
from scheduler.text import Text

BUNDLE = 2_000
"""Parts smaller than this many columns are solved together."""


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
    parts = _parts(_without_bare_rows(model))
    board = Board(len(parts), stranded, deadline, watch)
    found = _run(parts, board, deadline, settings)
    if found is None:
        if deadline.reached():
            raise OutOfTimeError(_TOO_LATE)
        raise explain_conflict(instance, rules, deadline)
    return _result(
        model, rules, [(s, c) for s, (_, c) in zip(found, parts) if s is not None], stranded, board
    )


_TOO_LATE = Text(
    en="no legal roster was found in the time given; give more with --seconds",
    zh="在限定时间内未找到合法的排班；请用 --seconds 给更多时间",
)


@dataclass(slots=True)
class _Standing:
    values: Values
    bounds: Values
    heads: int


class Board:
    """What all parts have found so far; tells the watcher their sum."""

    def __init__(self, parts: int, stranded: Values, deadline: Deadline, watch: Watcher | None) -> None:
        self._standing: dict[int, _Standing] = {}
        self._parts = parts
        self._stranded = stranded
        self._deadline = deadline
        self._watch = watch
        self._lock = threading.Lock()
        self.rounds = 0

    def post(self, part: int, values: Values, bounds: Values, heads: int, found_by: str) -> None:
        """A part has something new."""
        with self._lock:
            self._standing[part] = _Standing(values, bounds, heads)
            if self._watch is None or len(self._standing) < self._parts:
                return
            standing = self._standing.values()
            self._watch(
                Progress(
                    seconds=self._deadline.elapsed(),
                    heads=sum(one.heads for one in standing),
                    score=_sum([self._stranded, *(one.values for one in standing)]),
                    bounds=_sum([self._stranded, *(one.bounds for one in standing)]),
                    found_by=found_by,
                )
            )

    def count(self, rounds: int) -> None:
        """Some more rounds of search were done."""
        with self._lock:
            self.rounds += rounds


def _parts(model: LinearModel) -> list[tuple[LinearModel, Ints]]:
    whole = components(model)
    if len(whole) == 1:
        return [(model, whole[0])]
    bundles: list[list[Ints]] = []
    for columns in whole:
        if bundles and sum(map(len, bundles[-1])) + len(columns) <= BUNDLE:
            bundles[-1].append(columns)
        else:
            bundles.append([columns])
    nothing = np.zeros(model.columns)
    parts = []
    for bundle in bundles:
        free = np.zeros(model.columns, dtype=np.bool_)
        free[np.concatenate(bundle)] = True
        parts.append(slice_of(model, free, nothing))
    return parts


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
    starts: dict[int, Floats] = {}
    for n, model in models.items():
        start = empty(model, deadline)
        if start is None:
            return None
        starts[n] = start
        board.post(
            n, Ladder(model).values(start), (0.0,) * len(LEVELS), round(start[: model.pairs].sum()), "start"
        )
    small = {n: model for n, model in models.items() if _is_small(model, settings)}
    rest = sum(model.pairs for model in models.values())
    share = sum(model.pairs for model in small.values()) / max(1, rest)
    found = solve_small(small, starts, board, deadline.part(share), settings)
    rest -= sum(model.pairs for model in small.values())
    for n, model in models.items():
        if n not in small:
            found[n] = solve_part(n, model, starts[n], board, deadline.part(model.pairs / rest), settings)
            rest -= model.pairs
    return [found[n] for n in models]


def _is_small(model: LinearModel, settings: Settings) -> bool:
    return settings.engine == "exact" or (settings.engine == "auto" and model.pairs <= SMALL)


def _result(
    model: LinearModel,
    rules: Sequence[Rule],
    found: list[tuple[Solution, Ints]],
    stranded: Values,
    board: Board,
) -> Result:
    x: Floats = np.zeros(model.columns)
    for solution, columns in found:
        x[columns] = solution.x
    roster = model.roster(x)
    judged = score(roster, rules)
    bounds = _sum([stranded, *(solution.bounds for solution, _ in found)])
    limit = tuple(min(int(np.ceil(b - 1e-6)), v) for b, v in zip(bounds, judged.values))
    return Result(
        roster=roster,
        score=judged,
        bounds=limit,
        status=Status.OPTIMAL if Score(limit) == judged else Status.STOPPED,
        rounds=board.rounds,
        seconds=board._deadline.elapsed(),
    )


def _sum(values: Sequence[Values]) -> Values:
    return tuple(float(sum(level)) for level in zip(*values))
