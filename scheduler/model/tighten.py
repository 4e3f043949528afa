"""Tightening a matrix around a known solution: columns that no better solution uses, rows that an indicator relaxes."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from scipy import sparse

from scheduler.domain.entity import LEVELS, Level
from scheduler.domain.grouping import Bools, Ints
from scheduler.model.linear_model import DEFINITION, Floats, LinearModel
from scheduler.model.matrix import Matrix
from scheduler.model.transform import dual_bound

MARGIN = 1e-3
"""Room for a solver's tolerance."""
PASSES = 3
"""So often what is fixed may fix more."""


def tightened(matrix: Matrix, dual: Floats, most: float, count: int) -> tuple[Matrix, float]:
    """The matrix with those of the first ``count`` columns fixed that no solution costing at most ``most`` moves.

    Those columns must be 0 or 1 in every solution. Reduced costs decide (Dantzig, Fulkerson and Johnson 1954), with
    any row duals; also the lower bound that these give.
    """
    bound = dual_bound(matrix, dual)
    usable = np.where(dual > 0, np.isfinite(matrix.row_lower), np.isfinite(matrix.row_upper))
    reduced = (matrix.cost - matrix.rows.T @ np.where(usable, dual, 0.0))[:count]
    lower, upper = matrix.lower.copy(), matrix.upper.copy()
    far = abs(reduced) > most - bound + MARGIN
    off, on = far & (reduced > 0), far & (reduced < 0)
    upper[:count][off], lower[:count][on] = lower[:count][off], upper[:count][on]
    return replace(matrix, lower=lower, upper=upper), bound


def implied(matrix: Matrix, count: int) -> Matrix:
    """The matrix with those of the first ``count`` columns fixed whose other value no row has room for.

    Those columns must be 0 or 1 in every solution.
    """
    by_row = matrix.rows.tocoo()
    row, column = by_row.coords
    weight = by_row.data
    for _ in range(PASSES):
        lower, upper = matrix.lower.copy(), matrix.upper.copy()
        for sign, bound in ((1.0, matrix.row_upper), (-1.0, -matrix.row_lower)):
            free = (column < count) & (upper > lower)[column]
            signed = sign * weight
            least = np.bincount(
                row, np.where(signed > 0, signed * lower[column], signed * upper[column]), len(bound)
            )
            far = free & (abs(weight) > (bound - least)[row] + MARGIN)
            upper[column[far & (signed > 0)]] = 0.0
            lower[column[far & (signed < 0)]] = 1.0
        if (lower == matrix.lower).all() and (upper == matrix.upper).all():
            break
        matrix = replace(matrix, lower=lower, upper=upper)
    return matrix


def by_indicator(model: LinearModel, level: Level, start: Floats) -> LinearModel:
    """The model with its hard limits on one volunteer tightened by the indicator that something changes for them.

    Where the indicator of a volunteer (the dearest column on ``level``) is 0 the volunteer does what ``start`` says,
    so a row may ask for no more room than that: ``a x <= b`` becomes ``a x - (b - a start) y <= a start``. No roster
    is lost (coefficient tightening, Savelsbergh 1994); the relaxation can no longer disturb fractions of many people.
    """
    rows = model.rows
    whose = _only_volunteer(model)
    indicator = _indicators(model, level, start, whose)
    known = indicator >= 0
    known[known] = start[indicator[known]] < 0.5
    activity = rows.matrix @ start
    room = rows.upper - activity
    mine = (whose >= 0) & rows.hard & np.isfinite(rows.upper) & (room > MARGIN)
    mine[mine] = known[whose[mine]]
    where = np.flatnonzero(mine)
    if not len(where):
        return model
    more = sparse.csr_array(
        (-room[where], (where, indicator[whose[where]])), shape=rows.matrix.shape, dtype=np.float64
    )
    upper = rows.upper.copy()
    upper[where] = activity[where]
    return replace(model, rows=replace(rows, matrix=sparse.csr_array(rows.matrix + more), upper=upper))


def _indicators(model: LinearModel, level: Level, start: Floats, whose: Ints) -> Ints:
    """By volunteer: the auxiliary column with the highest price that is 1 if any of theirs changes; -1 for none.

    All their columns define it, but for those that cannot be added to what ``start`` says.
    """
    found = np.full(len(model.instance.volunteers), -1, dtype=np.int64)
    price = model.linear[LEVELS.index(level), model.pairs :]
    if not len(price) or price.max() <= 0:
        return found
    dearest: Bools = price == price.max()
    definitions = model.rows.matrix[np.flatnonzero(model.rows.rule == DEFINITION)].tocoo()
    row, column = definitions.coords
    of_row = np.full(definitions.shape[0], -1, dtype=np.int64)
    auxiliary = column >= model.pairs
    auxiliary[auxiliary] = dearest[column[auxiliary] - model.pairs]
    of_row[row[auxiliary]] = column[auxiliary]
    pairs = (column < model.pairs) & (of_row[row] >= 0)
    found[model.volunteer[column[pairs]]] = of_row[row[pairs]]
    defining = _blocked(model, start, whose)
    defining[column[pairs]] = True
    found[model.volunteer[~defining]] = -1
    return found


def _blocked(model: LinearModel, start: Floats, whose: Ints) -> Bools:
    """The assignment columns that a hard limit on one volunteer keeps at 0 while their others are as in ``start``."""
    rows = model.rows
    matrix = rows.matrix.tocoo()
    row, column = matrix.coords
    least = np.zeros(len(rows))
    np.minimum.at(least, row, matrix.data)
    mine = (whose >= 0) & rows.hard & (least >= 0)
    room = np.where(mine, rows.upper - rows.matrix @ start, np.inf)
    found = np.zeros(model.pairs, dtype=np.bool_)
    found[column[matrix.data > room[row] + MARGIN]] = True
    return found & (start[: model.pairs] < 0.5)


def _only_volunteer(model: LinearModel) -> Ints:
    """The volunteer whom all entries of a row are assignments of; -1 if there are others, or other columns."""
    matrix = model.rows.matrix
    volunteer = np.concatenate((model.volunteer, np.full(model.columns - model.pairs, -1, dtype=np.int64)))
    entry = volunteer[matrix.indices]
    found = np.full(matrix.shape[0], -1, dtype=np.int64)
    some = np.flatnonzero(np.diff(matrix.indptr) > 0)
    if len(some):
        least = np.minimum.reduceat(entry, matrix.indptr[some])
        most = np.maximum.reduceat(entry, matrix.indptr[some])
        found[some] = np.where(least == most, least, -1)
    return found
