"""Rows to groups: rows over the same columns become one activity with bounds and a price by activity."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from scheduler.domain.entity import LEVELS
from scheduler.domain.grouping import Bools, Ints
from scheduler.engine.local_search.state import (
    AUXILIARY,
    FIELDS,
    FORMULA,
    HARD,
    HIGH,
    KIND,
    LEVEL,
    LOW,
    OFFSET,
    TABLE,
    TARGET,
    Numbers,
)
from scheduler.engine.local_search.tables import Tables, tables
from scheduler.engine.local_search.whole import Unsuitable, in_whole_numbers
from scheduler.model.linear_model import DEFINITION, Floats, LinearModel

FAR = 2**30
"""A bound that no activity reaches."""
WIDEST = 2048
"""Activities of more than so many values are priced by formula instead of by table."""


@dataclass(frozen=True, slots=True, eq=False)
class Groups:
    """Groups of rows: their matrix in whole numbers (group × column) and their fields and prices for ``Board``.

    ``definition[n]`` is the group that defines auxiliary column ``pairs + n``; ``step[level]`` is the smallest price
    of one unit of activity on a level, 0 where nothing is priced. The first ``plain`` groups only bound from above.
    """

    matrix: sparse.csr_array
    group: Numbers
    price: Floats
    definition: Numbers
    step: Floats
    plain: int


@dataclass(frozen=True, slots=True, eq=False)
class _Plain:
    """Rows that bound or price, in whole numbers: activity times ``scale`` is the row's own activity."""

    matrix: sparse.csr_array
    scale: Floats
    lower: Floats
    upper: Floats
    least: Ints
    most: Ints
    level: Ints
    under: Floats
    over: Floats

    def take(self, which: Bools) -> _Plain:
        return _Plain(
            sparse.csr_array(self.matrix[np.flatnonzero(which)]),
            *(getattr(self, name)[which] for name in _VECTORS),
        )


_VECTORS = ("scale", "lower", "upper", "least", "most", "level", "under", "over")


def groups_of(model: LinearModel) -> Groups:
    """The groups of a model's rows and linear costs.

    Raises:
        Unsuitable: an auxiliary column is not defined by one row, or weights are not whole multiples of anything.
    """
    plain = _breakable(_plain(model))
    number, count = _numbers(plain)
    group = np.zeros((count, FIELDS), dtype=np.int32)
    group[:, LOW], group[:, HIGH], group[:, LEVEL] = -FAR, FAR, 0
    hard = np.flatnonzero(plain.level == 0)
    low = np.ceil(np.clip(plain.lower / plain.scale, -FAR, FAR) - 1e-6)
    high = np.floor(np.clip(plain.upper / plain.scale, -FAR, FAR) + 1e-6)
    np.maximum.at(group[:, LOW], number[hard], low[hard].astype(np.int32))
    np.minimum.at(group[:, HIGH], number[hard], high[hard].astype(np.int32))
    soft = np.flatnonzero(plain.level > 0)
    group[number[soft], LEVEL] = plain.level[soft]
    wide = soft[plain.most[soft] - plain.least[soft] >= WIDEST]
    price = np.concatenate((_tables(plain, number, np.setdiff1d(soft, wide), group), np.zeros(4 * len(wide))))
    group[number[wide], KIND] = FORMULA
    group[number[wide], OFFSET] = len(price) - 4 * len(wide) + 4 * np.arange(len(wide))
    terms = (plain.lower / plain.scale, plain.upper / plain.scale)
    formula = np.stack((*terms, plain.under * plain.scale, plain.over * plain.scale), axis=1)
    price[len(price) - 4 * len(wide) :] = formula[wide].ravel()
    order, bounding = _order(group)
    _, first = np.unique(number, return_index=True)
    defining, threshold = _definitions(model)
    auxiliary = np.zeros((len(threshold), FIELDS), dtype=np.int32)
    auxiliary[:, KIND], auxiliary[:, LOW], auxiliary[:, HIGH] = AUXILIARY, threshold, FAR
    auxiliary[:, TARGET] = np.arange(model.pairs, model.columns)
    return Groups(
        sparse.csr_array(sparse.vstack([plain.matrix[first[order]], defining], format="csr")),
        np.concatenate((group[order], auxiliary)),
        price,
        (count + np.arange(len(threshold))).astype(np.int32),
        _steps(plain),
        bounding,
    )


def _order(group: Numbers) -> tuple[Ints, int]:
    """The groups that only bound from above first, the tightest leading; and how many these are."""
    bounding = (group[:, KIND] == HARD) & (group[:, LOW] == -FAR)
    return np.lexsort((group[:, HIGH], ~bounding)), int(bounding.sum())


def _steps(plain: _Plain) -> Floats:
    price = np.maximum(np.abs(plain.under), np.abs(plain.over)) * plain.scale
    step = np.full(len(LEVELS), np.inf)
    soft = plain.level > 0
    np.minimum.at(step, plain.level[soft], price[soft])
    return np.where(np.isfinite(step), step, 0.0)


def _plain(model: LinearModel) -> _Plain:
    """All rows but definitions, and the linear cost of each level as one more row.

    A definition of which only assignments are left, the auxiliary column being held, bounds them like any row.
    """
    rows = model.rows
    defined = (rows.matrix.indices >= model.pairs).astype(np.int64)
    auxiliary = np.diff(np.concatenate(([0], np.cumsum(defined)))[rows.matrix.indptr]) > 0
    chosen = np.flatnonzero((rows.rule != DEFINITION) | ~auxiliary)
    kept = rows.take(chosen) if len(chosen) < len(rows) else rows
    costly = np.flatnonzero((model.linear != 0).any(axis=1))
    costs = sparse.csr_array(model.linear[costly])
    stacked = sparse.csr_array(sparse.vstack([kept.matrix, costs], format="csr"))
    matrix, scale = in_whole_numbers(stacked)
    least, most = _reach(matrix, model)
    zeros = np.zeros(len(costly))
    price = np.where(kept.hard, 0.0, kept.price)
    return _Plain(
        matrix,
        scale,
        np.concatenate((kept.lower, zeros)),
        np.concatenate((kept.upper, zeros)),
        least,
        most,
        np.concatenate((kept.level, costly)),
        np.concatenate((price, zeros - 1)),
        np.concatenate((price, zeros + 1)),
    )


def _reach(matrix: sparse.csr_array, model: LinearModel) -> tuple[Ints, Ints]:
    """The least and the most activity of every row."""
    at_lower = matrix.multiply(model.lower[None, :]).tocsr() if model.lower.any() else None
    positive, negative = matrix.maximum(0), matrix.minimum(0)
    least, most = negative @ model.upper, positive @ model.upper
    if at_lower is not None:
        least = least + positive @ model.lower
        most = most + negative @ model.lower
    return np.round(least).astype(np.int64), np.round(most).astype(np.int64)


def _breakable(plain: _Plain) -> _Plain:
    """The rows that some solution breaks and that cost something or must hold."""
    inside = (plain.lower <= plain.least * plain.scale + 1e-9) & (
        plain.upper >= plain.most * plain.scale - 1e-9
    )
    free = (plain.level > 0) & (plain.under == 0) & (plain.over == 0)
    empty = np.diff(plain.matrix.indptr) == 0
    return plain.take(~inside & ~free & ~empty)


def _numbers(plain: _Plain) -> tuple[Ints, int]:
    """The group of each row: rows over the same columns share one, but for soft rows of another level.

    Wide soft rows have a group each, as a formula prices one row only.
    """
    support = _same_support(plain.matrix)
    soft = plain.level > 0
    wide = soft & (plain.most - plain.least >= WIDEST)
    key = support * len(LEVELS) + plain.level
    home = np.full(int(support.max(initial=0)) + 1, np.iinfo(np.int64).max)
    priced = soft & ~wide
    np.minimum.at(home, support[priced], key[priced])
    shared = ~soft & (home[support] < np.iinfo(np.int64).max)
    key[shared] = home[support[shared]]
    key[wide] = (len(support) + 1) * len(LEVELS) + np.flatnonzero(wide)
    _, number = np.unique(key, return_inverse=True)
    return number.astype(np.int64), int(number.max(initial=-1)) + 1


def _same_support(matrix: sparse.csr_array) -> Ints:
    """The same number for rows with the same columns and weights, by a random sum of 64 bits."""
    if matrix.shape[0] == 0:
        return np.zeros(0, dtype=np.int64)
    rng = np.random.default_rng(20111)
    code = rng.integers(0, 2**63, size=matrix.shape[1], dtype=np.uint64) * np.uint64(2) + np.uint64(1)
    weights = matrix.data.astype(np.int64).view(np.uint64)
    sums = np.add.reduceat(code[matrix.indices] * weights, matrix.indptr[:-1])
    _, number = np.unique(sums, return_inverse=True)
    return number.astype(np.int64)


def _tables(plain: _Plain, number: Ints, rows: Ints, group: Numbers) -> Floats:
    """Price tables of the groups of some soft rows; groups that are priced alike share one."""
    if not len(rows):
        return np.zeros(1)
    made: Tables = tables(
        number[rows],
        np.stack((plain.lower[rows], plain.upper[rows], plain.under[rows], plain.over[rows]), axis=1),
        plain.scale[rows],
        plain.least[rows],
        plain.most[rows],
    )
    group[made.number, KIND] = TABLE
    group[made.number, OFFSET] = made.offset
    return made.price


def _definitions(model: LinearModel) -> tuple[sparse.csr_array, Ints]:
    """For each auxiliary column a row over others and a threshold: it is 1 where the row reaches that.

    Rows ``y - sum <= u`` and ``sum - y <= u`` whose last column is ``y`` say so, as an auxiliary column is made
    after what it is made of; the first form is preferred, and only one row of a form may be there.
    """
    count = model.columns - model.pairs
    rows = model.rows.take(np.flatnonzero(model.rows.rule == DEFINITION))
    if not count:
        return sparse.csr_array((0, model.columns), dtype=np.int32), np.zeros(0, dtype=np.int64)
    matrix = rows.matrix.copy()
    matrix.sort_indices()
    last = np.full(len(rows), -1, dtype=np.int64)
    some = np.diff(matrix.indptr) > 0
    end = matrix.indptr[1:][some] - 1
    last[some] = matrix.indices[end]
    weight = np.zeros(len(rows))
    weight[some] = matrix.data[end]
    usable = (last >= model.pairs) & np.isneginf(rows.lower) & (np.abs(weight) == 1)
    row = _defining_rows(last - model.pairs, weight, usable, count)
    if (row < 0).any() or not _integral(matrix):
        raise Unsuitable
    sign = weight[row]
    chosen = sparse.csr_array(matrix[row])
    chosen.data = -np.repeat(sign, np.diff(chosen.indptr)) * chosen.data
    chosen.data[chosen.indptr[1:] - 1] = 0
    chosen.eliminate_zeros()
    upper = rows.upper[row]
    threshold = np.where(sign > 0, np.ceil(1 - upper - 1e-6), np.floor(upper + 1e-6) + 1)
    return chosen, threshold.astype(np.int64)


def _integral(matrix: sparse.csr_array) -> bool:
    return bool((matrix.data == np.round(matrix.data)).all())


def _defining_rows(target: Ints, weight: Floats, usable: NDArray[np.bool_], count: int) -> Ints:
    """The row that defines each auxiliary column, -1 if none or several could."""
    found = np.full(count, -1, dtype=np.int64)
    for sign in (-1.0, 1.0):
        rows = np.flatnonzero(usable & (weight == sign))
        times = np.bincount(target[rows], minlength=count)
        single = rows[times[target[rows]] == 1]
        found[target[single]] = single
    return found
