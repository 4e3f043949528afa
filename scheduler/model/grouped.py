"""Rows by volunteer and group of shifts, built for all volunteers at once."""

from __future__ import annotations

import numpy as np

from scheduler.domain.grouping import Groups, Ints
from scheduler.model.linear_model import Floats

GroupedRows = tuple[Ints, Ints, Floats, Floats, Ints]


def grouped_rows(
    pairs: tuple[Ints, Ints, Ints],
    groups: Groups,
    bound: float | Floats,
    weights: Floats,
    *,
    volunteers: Ints,
    upper: bool,
    distinct: bool,
) -> GroupedRows | None:
    """Entry counts, columns, weights, bound and volunteer of every row that can be broken; None if there is none.

    A lower bound over zero makes a row for every volunteer and group, even where no column is left.
    """
    columns, volunteer, shift = pairs
    position, group = groups.expand(shift)
    if upper and np.ndim(bound):
        bounded = np.isfinite(_limits(bound, volunteer[position], group))
        position, group = position[bounded], group[bounded]
    key = volunteer[position] * groups.count + group
    order = np.argsort(key, kind="stable")
    key, position = key[order], position[order]
    if upper:
        rows, first, counts = np.unique(key, return_index=True, return_counts=True)
    else:
        rows = (volunteers[:, None] * groups.count + np.arange(groups.count)[None, :]).ravel()
        first = np.searchsorted(key, rows)
        counts = np.searchsorted(key, rows, side="right") - first
    if not len(rows):
        return None
    values = weights[shift[position]].astype(np.float64)
    limit = _limits(bound, rows // groups.count, rows % groups.count)
    reach = np.add.reduceat(np.concatenate((values, [0.0])), first) * (counts > 0)
    keep = reach > limit if upper else limit > 0
    if distinct:
        keep &= _first_of_kind(columns[position], first, counts, limit)
    if not keep.any():
        return None
    chosen = np.repeat(keep, counts) if upper else _entries(first[keep], counts[keep])
    return counts[keep], columns[position][chosen], values[chosen], limit[keep], (rows // groups.count)[keep]


def _limits(bound: float | Floats, volunteer: Ints, group: Ints) -> Floats:
    table = np.asarray(bound, dtype=np.float64)
    if table.ndim == 0:
        return np.full(len(volunteer), float(table))
    return table[volunteer] if table.ndim == 1 else table[volunteer, group]


def _entries(first: Ints, counts: Ints) -> Ints:
    within = np.arange(int(counts.sum())) - np.repeat(np.cumsum(counts) - counts, counts)
    return np.repeat(first, counts) + within


def _first_of_kind(
    columns: Ints, first: Ints, counts: Ints, limit: Floats
) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    mixed = (columns.astype(np.uint64) + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15)
    mixed ^= mixed >> np.uint64(29)
    mixed *= np.uint64(0xBF58476D1CE4E5B9)
    signature = np.add.reduceat(mixed, first)
    keys = np.stack((signature, counts.astype(np.uint64), limit.astype(np.int64).astype(np.uint64)))
    _, kept = np.unique(keys, axis=1, return_index=True)
    mask = np.zeros(len(first), dtype=np.bool_)
    mask[kept] = True
    return mask
