"""Solutions of a model: auxiliary columns that follow from the assignments, value by level, legality."""

from __future__ import annotations

import numpy as np

from scheduler.domain.grouping import Ints
from scheduler.engine.local_search.groups import Groups
from scheduler.engine.local_search.state import (
    AUXILIARY,
    FORMULA,
    HIGH,
    KIND,
    LEVEL,
    LOW,
    OFFSET,
    TABLE,
    TOTAL,
    Board,
)
from scheduler.model.linear_model import Floats, LinearModel


def completed(groups: Groups, model: LinearModel, x: Floats) -> Floats:
    """A solution with its auxiliary columns set to what the assignments make of them."""
    whole = np.zeros(model.columns)
    whole[: model.pairs] = np.round(x[: model.pairs])
    defining = groups.matrix[groups.definition]
    threshold = groups.group[groups.definition, LOW]
    while True:
        derived = np.asarray(defining @ whole >= threshold - 1e-6, dtype=np.float64)
        if (derived == whole[model.pairs :]).all():
            return whole
        whole[model.pairs :] = derived


def enter(board: Board, groups: Groups, model: LinearModel, x: Floats) -> None:
    """Put a complete solution onto a board: columns, activities, and what it costs by level.

    Level 0 counts how far the hard rows are broken, in whole steps of their weights.
    """
    board.x[: model.columns] = np.round(x)
    group = board.groups[:-1]
    activity = np.round(groups.matrix @ np.round(x)).astype(np.int64)
    board.room[:] = group[:, HIGH] - activity
    broken = np.maximum(0, np.maximum(group[:, LOW] - activity, activity - group[:, HIGH]))
    board.by_level(TOTAL)[:] = model.values(x)
    board.reals[TOTAL] = broken[group[:, KIND] != AUXILIARY].sum() + _lost(model)


def sore(board: Board, level: int) -> Ints:
    """The groups that cost something on a level, as the kernel wants them: 2 × number + whether more is better."""
    group = board.groups[:-1]
    at = np.flatnonzero((group[:, LEVEL] == level) & (group[:, KIND] >= TABLE))
    costs = [_cost(board, at, step) for step in (-1, 0, 1)]
    down = at[(costs[1] > 1e-9) & (costs[0] < costs[1])]
    up = at[(costs[1] > 1e-9) & (costs[0] >= costs[1]) & (costs[2] < costs[1])]
    return np.concatenate((2 * down, 2 * up + 1)).astype(np.int64)


def _cost(board: Board, at: Ints, step: int) -> Floats:
    """What some groups would cost with so much more activity."""
    group = board.groups[at].astype(np.int64)
    activity = group[:, HIGH] - board.room[at] + step
    last = len(board.reals) - 1
    cost = board.reals[np.clip(group[:, OFFSET] + activity, 0, last)]
    terms = board.reals[np.minimum(group[:, OFFSET, None] + np.arange(4), last)]
    formula = np.maximum(0.0, terms[:, 0] - activity) * terms[:, 2]
    formula += np.maximum(0.0, activity - terms[:, 1]) * terms[:, 3]
    return np.asarray(np.where(group[:, KIND] == FORMULA, formula, cost), dtype=np.float64)


def _lost(model: LinearModel) -> int:
    """How many hard rows without any column cannot hold."""
    rows = model.rows
    bare = np.diff(rows.matrix.indptr) == 0
    return int((bare & rows.hard & ((rows.lower > 1e-6) | (rows.upper < -1e-6))).sum())
