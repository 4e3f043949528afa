"""A block's rows as whole-number rows with an upper bound only, as the automaton wants them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from scheduler.domain.grouping import Bools, Ints
from scheduler.engine.columns.block import definitions
from scheduler.model.linear_model import Floats, LinearModel

TOLERANCE = 1e-6


class UnfitError(Exception):
    """The block does not become a small automaton; it is priced in another way."""


@dataclass(frozen=True, eq=False)
class Sided:
    """Rows ``matrix @ x <= bound`` in whole numbers; a row of level 0 must hold, others cost ``price`` a unit."""

    matrix: sparse.csr_array
    bound: Ints
    level: Ints
    price: Floats

    @property
    def hard(self) -> Bools:
        """Which rows must hold."""
        return np.asarray(self.level == 0)


def sided(model: LinearModel) -> Sided:
    """The rows of a block's model, one for each finite bound, lower bounds turned round."""
    rows = model.rows
    over, under = np.flatnonzero(np.isfinite(rows.upper)), np.flatnonzero(np.isfinite(rows.lower))
    matrix = sparse.csr_array(sparse.vstack([rows.matrix[over], -rows.matrix[under]], format="csr"))
    bound = np.concatenate((rows.upper[over], -rows.lower[under]))
    which = np.concatenate((over, under))
    level, price = rows.level[which], rows.price[which]
    whole = np.floor(bound + TOLERANCE)
    fraction = (level > 0) & (np.abs(bound - np.rint(bound)) > TOLERANCE)
    if fraction.any() or (np.abs(matrix.data - np.rint(matrix.data)) > TOLERANCE).any():
        raise UnfitError
    matrix = sparse.csr_array(
        (np.rint(matrix.data).astype(np.int64), matrix.indices, matrix.indptr), matrix.shape
    )
    return Sided(matrix, whole.astype(np.int64), level, price)


def impossible(rows: Sided) -> Bools:
    """Which columns a hard row alone keeps from ever being 1."""
    matrix = rows.matrix
    row = np.repeat(np.arange(len(rows.bound)), np.diff(matrix.indptr))
    depth = np.bincount(row, weights=np.minimum(matrix.data, 0), minlength=len(rows.bound))
    over = rows.hard[row] & (matrix.data > 0) & (matrix.data > (rows.bound - depth)[row])
    banned = np.zeros(matrix.shape[1], dtype=np.bool_)
    banned[matrix.indices[over]] = True
    return banned


def days_of(model: LinearModel) -> Ints:
    """By column of a block's model its duty day; an auxiliary column has that of its last part."""
    day = np.full(model.columns, -1, dtype=np.int64)
    day[: model.pairs] = model.instance.day_of[model.shift]
    rows, defined = definitions(model)
    matrix = model.rows.matrix[rows]
    target = np.repeat(defined, np.diff(matrix.indptr))
    while True:
        now = day.copy()
        np.maximum.at(now, target, day[matrix.indices])
        now[: model.pairs] = day[: model.pairs]
        if np.array_equal(now, day):
            break
        day = now
    if (day < 0).any():
        raise UnfitError
    return day
