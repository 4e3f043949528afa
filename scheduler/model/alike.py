"""Interchangeable shifts: one column says that a volunteer serves on any of them.

Two shifts are alike if swapping them maps the model onto itself: the same volunteers could serve on both, each pair
of columns costs the same and stands with the same weight in the same rows, and the rows on their crews are equal
(orbits of a formulation symmetry, Margot 2010). Where a hard row lets a volunteer serve on only one of them, a
class of k shifts becomes one shift with k times the demand; dealing its people out in turn gives every member shift
the same number or one more, so that no row on a crew is broken more than in the merged model.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from scheduler.domain.grouping import Bools, Ints
from scheduler.model.linear_model import Floats, LinearModel, Rows

Hashes = NDArray[np.uint64]

PIECE = 4_000_000
"""Entries of the matrix that are hashed at a time, to bound memory."""


@dataclass(frozen=True, slots=True, eq=False)
class Merged:
    """A model with one column for a volunteer on a class of shifts that are alike, and the way back.

    ``full`` is the model before, without its rows; ``column[i]`` is its column of the merged column ``i``: that of
    the first shift of its class.
    """

    full: LinearModel
    model: LinearModel
    column: Ints
    classes: tuple[Ints, ...]
    order: tuple[Ints, ...]

    def expand(self, x: Floats) -> Floats:
        """A solution of the full model: the people of every class are dealt out to its shifts in turn."""
        x_full = np.zeros(self.full.columns)
        x_full[self.column] = x
        volunteer, shift = self.full.volunteer, self.full.shift
        key = volunteer * len(self.full.instance.shifts) + shift
        crews = _crews(self.full)
        for members, order in zip(self.classes, self.order):
            columns = crews[members[0]][order]
            serving = columns[x_full[columns] > 0.5]
            x_full[columns] = 0.0
            turn = members[np.arange(len(serving)) % len(members)]
            x_full[np.searchsorted(key, volunteer[serving] * len(self.full.instance.shifts) + turn)] = 1.0
        return x_full


def merged(model: LinearModel) -> Merged:
    """The model with its interchangeable shifts merged; the same model if there are none."""
    kinds = _Kinds(model)
    classes, order = kinds.classes()
    if not classes:
        return Merged(_bare(model), model, np.arange(model.columns, dtype=np.int64), (), ())
    times = np.ones(len(model.instance.shifts))
    kept_shift = np.ones(len(model.instance.shifts), dtype=np.bool_)
    for members in classes:
        times[members[0]] = len(members)
        kept_shift[members[1:]] = False
    kept = np.ones(model.columns, dtype=np.bool_)
    kept[: model.pairs] = kept_shift[model.shift]
    column = np.flatnonzero(kept)
    smaller = _cut(model, kinds.crew_row, kept_shift, times, column)
    return Merged(_bare(model), smaller, column, classes, order)


def _bare(model: LinearModel) -> LinearModel:
    return replace(model, rows=model.rows.take(np.zeros(0, dtype=np.int64)))


def _cut(model: LinearModel, crew_row: Ints, kept_shift: Bools, times: Floats, column: Ints) -> LinearModel:
    """The model of the kept columns; rows on a crew hold for all shifts of the class together."""
    rows = model.rows
    alive = (crew_row < 0) | kept_shift[crew_row]
    factor = np.where(crew_row < 0, 1.0, times[crew_row])[alive]
    part = rows.take(alive)
    pairs = int((column < model.pairs).sum())
    return replace(
        model,
        volunteer=model.volunteer[column[:pairs]],
        shift=model.shift[column[:pairs]],
        lower=model.lower[column],
        upper=model.upper[column],
        linear=model.linear[:, column],
        rows=Rows(
            part.by_column[:, column].tocsr(),
            part.lower * factor,
            part.upper * factor,
            part.level,
            part.price,
            part.rule,
            part.subject,
        ),
    )


class _Kinds:
    """Which shifts of a model are alike."""

    def __init__(self, model: LinearModel) -> None:
        self._model = model
        self.crew_row = _crew_rows(model)
        self._column = _column_hashes(model, self.crew_row)
        self._exclusive = _exclusive_columns(model, self.crew_row)

    def classes(self) -> tuple[tuple[Ints, ...], tuple[Ints, ...]]:
        """Classes of two shifts or more, and by class the order in which its people are dealt out."""
        model = self._model
        kind = self._shift_hashes()
        shifts = np.unique(model.shift)
        able = np.ones(len(model.instance.shifts), dtype=np.bool_)
        able[model.shift[~self._exclusive]] = False
        shifts = shifts[able[shifts]]
        order = np.argsort(kind[shifts], kind="stable")
        shifts = shifts[order]
        cuts = np.flatnonzero(np.diff(kind[shifts])) + 1
        groups = [np.sort(group) for group in np.split(shifts, cuts) if len(group) > 1]
        rows_of = _rows_by_shift(self.crew_row, len(model.instance.shifts))
        crews = _crews(model)
        found = [(group, self._dealing(crews[group[0]], rows_of[group[0]])) for group in groups]
        kept = sorted(((g, o) for g, o in found if o is not None), key=lambda one: int(one[0][0]))
        return tuple(g for g, _ in kept), tuple(o for _, o in kept)

    def _shift_hashes(self) -> Hashes:
        """A number by shift that says who could serve there, how each column stands, and what its crew rows are."""
        model, rows = self._model, self._model.rows
        kind = np.zeros(len(model.instance.shifts), dtype=np.uint64)
        np.add.at(kind, model.shift, _mixed(self._column + _mixed(model.volunteer)))
        of_crew = np.flatnonzero(self.crew_row >= 0)
        part = rows.matrix[of_crew]
        entry = _mixed(model.volunteer[part.indices]) + _bits(part.data)
        entries = np.add.reduceat(np.append(_mixed(entry), np.uint64(0)), part.indptr[:-1])
        for numbers in (rows.level, rows.rule):
            entries = _mixed(entries) + _mixed(numbers[of_crew])
        for values in (rows.lower, rows.upper, rows.price):
            entries = _mixed(entries) + _bits(values[of_crew])
        np.add.at(kind, self.crew_row[of_crew], _mixed(entries))
        return kind

    def _dealing(self, columns: Ints, rows_of: Ints) -> Ints | None:
        """The crew ordered so that the people of every crew row stand together; None if that cannot be."""
        rows = self._model.rows
        part = rows.matrix[rows_of]
        bounds = np.concatenate((rows.lower[rows_of], rows.upper[rows_of]))
        whole = bounds[np.isfinite(bounds)]
        if (part.data != 1.0).any() or (whole != np.round(whole)).any():
            return None
        inside = np.zeros((len(rows_of), len(columns)), dtype=np.bool_)
        row = np.repeat(np.arange(len(rows_of)), np.diff(part.indptr))
        inside[row, np.searchsorted(columns, part.indices)] = True
        inside = inside[np.argsort(-inside.sum(axis=1), kind="stable")]
        for n, smaller in enumerate(inside):
            within = inside[:n, smaller]
            if (within.any(axis=1) != within.all(axis=1)).any():
                return None
        return np.lexsort(inside[::-1]) if len(inside) else np.arange(len(columns))


def _crew_rows(model: LinearModel) -> Ints:
    """By row: the shift whose columns alone it touches; -1 for every other row."""
    matrix = model.rows.matrix
    shift = np.append(model.shift, np.full(model.columns - model.pairs, -1, dtype=np.int64))
    counts = np.diff(matrix.indptr)
    of_row = np.full(len(counts), -1, dtype=np.int64)
    some = np.flatnonzero(counts)
    if len(some):
        touched = shift[matrix.indices]
        first = matrix.indptr[some]
        least, most = np.minimum.reduceat(touched, first), np.maximum.reduceat(touched, first)
        of_row[some[least == most]] = least[least == most]
    return of_row


def _column_hashes(model: LinearModel, crew_row: Ints) -> Hashes:
    """A number by assignment column that says its bounds, its costs, and its weight in every row but its crew's."""
    matrix = model.rows.matrix
    sums = np.zeros(model.columns, dtype=np.uint64)
    salt = _mixed(np.arange(len(crew_row)))
    for first in range(0, matrix.nnz, PIECE):
        piece = slice(first, first + PIECE)
        row = (
            np.searchsorted(matrix.indptr, np.arange(first, min(first + PIECE, matrix.nnz)), side="right") - 1
        )
        others = crew_row[row] < 0
        row = row[others]
        np.add.at(sums, matrix.indices[piece][others], _mixed(salt[row] + _bits(matrix.data[piece][others])))
    for values in (model.lower, model.upper, *model.linear):
        sums = _mixed(sums) + _bits(values)
    return sums[: model.pairs]


def _exclusive_columns(model: LinearModel, crew_row: Ints) -> Bools:
    """Which assignment columns stand in a hard row that lets no two like them be set."""
    rows = model.rows
    matrix = rows.matrix
    negative = np.zeros(len(rows), dtype=np.bool_)
    row = np.repeat(np.arange(len(rows)), np.diff(matrix.indptr))
    negative[row[matrix.data < 0]] = True
    strict = rows.hard & ~negative & (crew_row < 0) & np.isfinite(rows.upper)
    single = strict[row] & (2 * matrix.data > rows.upper[row])
    exclusive = np.zeros(model.columns, dtype=np.bool_)
    exclusive[matrix.indices[single]] = True
    return exclusive[: model.pairs]


def _crews(model: LinearModel) -> list[Ints]:
    """The columns of every shift, by volunteer."""
    order = np.argsort(model.shift, kind="stable").astype(np.int64)
    return np.split(order, np.cumsum(np.bincount(model.shift, minlength=len(model.instance.shifts)))[:-1])


def _rows_by_shift(crew_row: Ints, count: int) -> list[Ints]:
    """The crew rows of every shift."""
    of_crew = np.flatnonzero(crew_row >= 0)
    order = of_crew[np.argsort(crew_row[of_crew], kind="stable")]
    return np.split(order, np.cumsum(np.bincount(crew_row[of_crew], minlength=count))[:-1])


def _bits(values: Floats) -> Hashes:
    return _mixed(np.ascontiguousarray(values + 0.0).view(np.uint64))


def _mixed(values: Ints | Hashes) -> Hashes:
    """Numbers scattered over 64 bits (splitmix64, Steele, Lea and Flood 2014)."""
    mixed = values.astype(np.uint64) + np.uint64(0x9E3779B97F4A7C15)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))
