"""Blocks: what of a matrix concerns one volunteer alone, and what links the volunteers."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from scipy import sparse

from scheduler.domain.grouping import Ints
from scheduler.model.linear_model import DEFINITION, LinearModel

NOBODY, SEVERAL = -1, -2


@dataclass(frozen=True, eq=False)
class Block:
    """What concerns one volunteer alone.

    ``columns`` are the volunteer's assignments (sorted), then the auxiliary columns made of those only;
    ``rows`` the numbers of the model's rows that touch no other column: hard, soft and definitions.
    """

    volunteer: int
    columns: Ints
    rows: Ints


@dataclass(frozen=True, eq=False)
class Blocks:
    """A model cut by volunteer.

    ``block_of`` is by model column the number of its block, -1 for the ``common`` columns, which depend on
    several volunteers; ``linking`` are the numbers of the rows that belong to no block.
    """

    blocks: tuple[Block, ...]
    block_of: Ints
    linking: Ints
    common: Ints


def split(model: LinearModel) -> Blocks:
    """Cut a model into one block for each volunteer with a column, linking rows and common columns."""
    owner = _owners(model)
    low, high = _extremes(model.rows.matrix, np.where(owner == SEVERAL, len(owner), owner))
    personal = (low == high) & (low >= 0) & (high < len(owner))
    who, number = np.unique(model.volunteer, return_inverse=True)
    block_by_volunteer = np.full(int(who.max(initial=-1)) + 1, -1, dtype=np.int64)
    block_by_volunteer[who] = np.arange(len(who))
    block_of = np.concatenate((number.astype(np.int64), np.full(model.columns - model.pairs, -1)))
    owned = np.flatnonzero(owner[model.pairs :] >= 0) + model.pairs
    block_of[owned] = block_by_volunteer[owner[owned]]
    rows = np.flatnonzero(personal)
    columns_of = _grouped(block_of, len(who))
    rows_of = _grouped(block_by_volunteer[low[rows]], len(who))
    blocks = tuple(
        Block(int(v), columns, rows[inside]) for v, columns, inside in zip(who, columns_of, rows_of)
    )
    return Blocks(blocks, block_of, np.flatnonzero(~personal), np.flatnonzero(block_of < 0))


def definitions(model: LinearModel) -> tuple[Ints, Ints]:
    """The rows that define auxiliary columns, and which column each defines: the last, the others came before."""
    matrix = model.rows.matrix
    rows = np.flatnonzero((model.rows.rule == DEFINITION) & (np.diff(matrix.indptr) > 0))
    if not len(rows):
        return rows, rows
    counts = np.diff(matrix.indptr)[rows]
    last = np.maximum.reduceat(matrix.indices[_entries(matrix, rows)], np.cumsum(counts) - counts)
    defines = last >= model.pairs
    return rows[defines], last[defines].astype(np.int64)


def _owners(model: LinearModel) -> Ints:
    """By column: the volunteer it depends on, or SEVERAL, or NOBODY."""
    owner = np.concatenate((model.volunteer, np.full(model.columns - model.pairs, NOBODY)))
    rows, defined = definitions(model)
    if not len(rows):
        return np.where(owner == NOBODY, SEVERAL, owner)
    matrix = model.rows.matrix
    counts = np.diff(matrix.indptr)[rows]
    column = matrix.indices[_entries(matrix, rows)].astype(np.int64)
    target = np.repeat(defined, counts)
    part, target = column[column != target], target[column != target]
    while True:
        known = owner[part] != NOBODY
        value = np.where(owner[part] == SEVERAL, model.columns, owner[part])[known]
        low, high = np.full(model.columns, model.columns + 1), np.full(model.columns, -1)
        np.minimum.at(low, target[known], value)
        np.maximum.at(high, target[known], value)
        single = (low == high) & (high < model.columns)
        now = np.where(high < 0, owner, np.where(single, low, SEVERAL))
        now[: model.pairs] = model.volunteer
        if np.array_equal(now, owner):
            return np.where(owner == NOBODY, SEVERAL, owner)
        owner = now


def _extremes(matrix: sparse.csr_array, value: Ints) -> tuple[Ints, Ints]:
    """The smallest and largest value among each row's columns; (-1, -1) for a row without any."""
    counts = np.diff(matrix.indptr)
    low, high = np.full(len(counts), -1, dtype=np.int64), np.full(len(counts), -1, dtype=np.int64)
    some = np.flatnonzero(counts)
    if len(some):
        entry = value[matrix.indices]
        low[some] = np.minimum.reduceat(entry, matrix.indptr[some])
        high[some] = np.maximum.reduceat(entry, matrix.indptr[some])
    return low, high


def _entries(matrix: sparse.csr_array, rows: Ints) -> Ints:
    """Positions of the entries of some rows, one row after the other."""
    counts = np.diff(matrix.indptr)[rows].astype(np.int64)
    within = np.arange(int(counts.sum())) - np.repeat(np.cumsum(counts) - counts, counts)
    return np.asarray(np.repeat(matrix.indptr[rows].astype(np.int64), counts) + within)


def _grouped(key: Ints, count: int) -> list[Ints]:
    """Positions by key from 0 to ``count`` - 1, ascending; negative keys are left out."""
    order = np.argsort(key, kind="stable").astype(np.int64)
    cuts = np.searchsorted(key[order], np.arange(count + 1))
    return [order[a:b] for a, b in pairwise(cuts)]
