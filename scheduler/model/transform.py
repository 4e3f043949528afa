"""Matrix to matrix: price soft rows, cut a slice, split into components, drop integrality."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse import csgraph

from scheduler.domain.grouping import Ints
from scheduler.model.linear_model import Floats, LinearModel, Rows
from scheduler.model.matrix import Matrix

Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Priced:
    """A model whose soft rows got a slack column per bound; ``costs[level]`` prices every column.

    Columns: the model's, then slacks. ``matrix.cost`` is zero: choose it from ``costs``.
    """

    model: LinearModel
    matrix: Matrix
    costs: Floats
    slack_row: Ints
    slack_sign: Floats

    def complete(self, x: Floats) -> Floats:
        """A solution of the model's columns with the smallest slacks that allow it."""
        activity = self.model.rows.matrix @ x
        bound = np.where(
            self.slack_sign < 0, self.model.rows.upper[self.slack_row], self.model.rows.lower[self.slack_row]
        )
        breach = np.maximum(0.0, (bound - activity[self.slack_row]) * self.slack_sign)
        return np.concatenate((x, breach))

    def value(self, level: int, z: Floats) -> float:
        """What a complete solution costs on a level, the constant included."""
        return float(self.costs[level] @ z + self.model.constant[level])


def priced(model: LinearModel) -> Priced:
    """Give every soft row a priced slack for each finite bound."""
    rows = model.rows
    soft = np.flatnonzero(~rows.hard)
    over = soft[np.isfinite(rows.upper[soft])]
    under = soft[np.isfinite(rows.lower[soft])]
    slack_row = np.concatenate((over, under)).astype(np.int64)
    sign = np.concatenate((np.full(len(over), -1.0), np.full(len(under), 1.0)))
    count = len(slack_row)
    slacks = sparse.csr_array((sign, (slack_row, np.arange(count))), shape=(len(rows), count))
    whole = sparse.csr_array(sparse.hstack([rows.matrix, slacks], format="csr"))
    costs = np.zeros((len(model.linear), model.columns + count))
    costs[:, : model.columns] = model.linear
    costs[rows.level[slack_row], model.columns + np.arange(count)] = rows.price[slack_row]
    low, high = _activity(rows.matrix, model.lower, model.upper)
    most = np.where(sign < 0, high[slack_row] - rows.upper[slack_row], rows.lower[slack_row] - low[slack_row])
    matrix = Matrix(
        cost=np.zeros(model.columns + count),
        rows=whole,
        row_lower=rows.lower,
        row_upper=rows.upper,
        lower=np.concatenate((model.lower, np.zeros(count))),
        upper=np.concatenate((model.upper, np.maximum(most, 0.0))),
        integer=np.arange(model.columns + count) < model.pairs,
    )
    return Priced(model, matrix, costs, slack_row, sign)


def relaxed(matrix: Matrix) -> Matrix:
    """The same without integrality."""
    return replace(matrix, integer=np.zeros(len(matrix.cost), dtype=np.bool_))


def with_cost(matrix: Matrix, cost: Floats) -> Matrix:
    """The same with another objective."""
    return replace(matrix, cost=cost)


def with_row(matrix: Matrix, weights: Floats, upper: float) -> Matrix:
    """The same with one more row ``weights @ z <= upper``."""
    return replace(
        matrix,
        rows=sparse.csr_array(sparse.vstack([matrix.rows, sparse.csr_array(weights[None, :])], format="csr")),
        row_lower=np.append(matrix.row_lower, -np.inf),
        row_upper=np.append(matrix.row_upper, upper),
    )


def slice_of(model: LinearModel, free: Bools, x: Floats) -> tuple[LinearModel, Ints]:
    """The model of the free columns with all others held at ``x``; and which columns those are.

    What the held columns contribute goes to the right-hand side; rows without a free column vanish.
    """
    chosen = np.flatnonzero(free)
    held = np.where(free, 0.0, x)
    rows = model.rows
    part = sparse.csr_array(rows.by_column[:, chosen].tocsr()) if len(chosen) < model.columns else rows.matrix
    alive = np.diff(part.indptr) > 0
    fixed = rows.matrix @ held
    kept = Rows(
        sparse.csr_array(part[alive]),
        (rows.lower - fixed)[alive],
        (rows.upper - fixed)[alive],
        rows.level[alive],
        rows.price[alive],
        rows.rule[alive],
        rows.subject[alive],
    )
    pairs = int((chosen < model.pairs).sum())
    return (
        replace(
            model,
            volunteer=model.volunteer[chosen[:pairs]],
            shift=model.shift[chosen[:pairs]],
            lower=model.lower[chosen],
            upper=model.upper[chosen],
            linear=model.linear[:, chosen],
            constant=model.constant + model.linear @ held,
            rows=kept,
        ),
        chosen,
    )


def components(model: LinearModel) -> list[Ints]:
    """Columns of each part of the model that shares no row with another, the largest part first."""
    structure = model.rows.matrix
    links = sparse.csr_array(
        sparse.block_array([[None, structure], [structure.T, None]], format="csr"), dtype=np.float64
    )
    count, label = csgraph.connected_components(links, directed=False)
    of_column = label[len(model.rows) :]
    order = np.argsort(of_column, kind="stable")
    parts = np.split(order, np.cumsum(np.bincount(of_column, minlength=count))[:-1])
    return sorted(
        (part.astype(np.int64) for part in parts if len(part)), key=lambda part: (-len(part), int(part[0]))
    )


def dual_bound(matrix: Matrix, dual: Floats) -> float:
    """A lower bound on the cost of every solution, valid for any row duals, exact or not.

    Duals of the wrong sign are dropped and the columns' bounds pay for what is left of their cost
    (Neumaier and Shcherbina 2004); every column must be bounded on the side its reduced cost pulls to.
    """
    usable = np.where(dual > 0, np.isfinite(matrix.row_lower), np.isfinite(matrix.row_upper))
    dual = np.where(usable, dual, 0.0)
    reduced = matrix.cost - matrix.rows.T @ dual
    side = np.where(dual > 0, matrix.row_lower, matrix.row_upper)
    worst = np.where(reduced > 0, matrix.lower, matrix.upper)
    paid = dual != 0
    return float(dual[paid] @ side[paid] + reduced @ worst)


def _activity(matrix: sparse.csr_array, lower: Floats, upper: Floats) -> tuple[Floats, Floats]:
    positive, negative = matrix.maximum(0), matrix.minimum(0)
    return positive @ lower + negative @ upper, positive @ upper + negative @ lower
