"""LinearModel: one sparse 0-1 matrix with tagged rows; soft rows are kept as row, bound and price."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from scheduler.domain.entity import LEVELS, Level
from scheduler.domain.grouping import Ints
from scheduler.domain.instance import Instance
from scheduler.domain.roster import Pair, Roster

Floats = NDArray[np.float64]

DEFINITION = -1
"""The rule number of rows that only define an auxiliary column; never priced, never dropped."""


@dataclass(frozen=True, eq=False)
class Rows:
    """Rows ``lower <= matrix @ x <= upper``, each with the level and price of a breach and its tag.

    A row on the hard level must hold; on another level every unit outside its bounds costs ``price``.
    ``rule`` is the number of the rule that wrote it, ``subject`` the position of whom or what it concerns.
    """

    matrix: sparse.csr_array
    lower: Floats
    upper: Floats
    level: Ints
    price: Floats
    rule: Ints
    subject: Ints

    def __len__(self) -> int:
        return len(self.lower)

    @property
    def hard(self) -> NDArray[np.bool_]:
        """Which rows must hold."""
        return np.asarray(self.level == 0)

    @cached_property
    def by_column(self) -> sparse.csc_array:
        """The matrix ordered by column, for cutting columns out of it."""
        return self.matrix.tocsc()

    def take(self, which: NDArray[np.bool_] | Ints) -> Rows:
        """Some of the rows."""
        return Rows(
            self.matrix[which],
            self.lower[which],
            self.upper[which],
            self.level[which],
            self.price[which],
            self.rule[which],
            self.subject[which],
        )


@dataclass(frozen=True, slots=True, eq=False)
class LinearModel:
    """Columns 0 … pairs-1 are assignments (sorted by volunteer, then shift); the rest are auxiliary.

    ``linear[level]`` is the cost of each column by level number; ``constant[level]`` what every roster costs.
    Auxiliary columns are functions of the assignments: given those, the rows determine them.
    """

    instance: Instance
    volunteer: Ints
    shift: Ints
    lower: Floats
    upper: Floats
    linear: Floats
    constant: Floats
    rows: Rows

    @property
    def pairs(self) -> int:
        """How many columns are assignments."""
        return len(self.volunteer)

    @property
    def columns(self) -> int:
        """How many columns there are."""
        return len(self.lower)

    @property
    def floor(self) -> tuple[float, ...]:
        """What no solution can cost less than, by level, from the costs and bounds of the columns alone."""
        least = np.minimum(self.linear * self.lower, self.linear * self.upper).sum(axis=1)
        return tuple(float(value) for value in least + self.constant)

    def allows(self, x: Floats) -> bool:
        """Whether all hard rows hold for a solution of all columns."""
        activity = self.rows.matrix @ x
        outside = (activity < self.rows.lower - 1e-6) | (activity > self.rows.upper + 1e-6)
        return not bool((outside & self.rows.hard).any())

    def values(self, x: Floats) -> tuple[float, ...]:
        """What a solution costs, level by level, the constant included; broken hard rows cost nothing."""
        rows = self.rows
        activity = rows.matrix @ x
        breach = np.maximum(0.0, np.maximum(rows.lower - activity, activity - rows.upper))
        breach[rows.hard] = 0.0
        paid = np.bincount(rows.level, weights=breach * rows.price, minlength=len(self.linear))
        return tuple(float(value) for value in paid + self.linear @ x + self.constant)

    def roster(self, x: Floats) -> Roster:
        """The roster of a solution."""
        chosen = np.flatnonzero(x[: self.pairs] > 0.5)
        return Roster(self.instance, zip(self.volunteer[chosen].tolist(), self.shift[chosen].tolist()))

    def start(self, roster: Roster) -> NDArray[np.bool_]:
        """Which assignment columns a roster sets; pairs without a column are left out."""
        wanted = np.array([v * len(self.instance.shifts) + s for v, s in roster.pairs], dtype=np.int64)
        return np.isin(self.volunteer * len(self.instance.shifts) + self.shift, wanted)

    def knows(self, pair: Pair) -> bool:
        """Whether a pair has a column."""
        first, past = np.searchsorted(self.volunteer, [pair[0], pair[0] + 1])
        return bool(np.isin(pair[1], self.shift[first:past]))


@dataclass(slots=True)
class _Chunk:
    counts: Ints
    columns: Ints
    weights: Floats
    lower: Floats
    upper: Floats
    level: Ints
    price: Floats
    rule: Ints
    subject: Ints


class RowStore:
    """Collects rows in pieces; single rows go through lists, bulk rows come as arrays."""

    def __init__(self) -> None:
        self._chunks: list[_Chunk] = []
        self._columns: list[Ints] = []
        self._weights: list[Floats] = []
        self._meta: list[tuple[int, float, float, int, float, int, int]] = []

    def add(
        self,
        columns: Ints,
        weights: Floats,
        bounds: tuple[float, float],
        level: int,
        price: float,
        tag: tuple[int, int],
    ) -> None:
        """One row."""
        self._columns.append(columns)
        self._weights.append(weights)
        self._meta.append((len(columns), *bounds, level, price, *tag))

    def add_many(
        self,
        counts: Ints,
        columns: Ints,
        weights: Floats,
        bounds: tuple[Floats, Floats],
        level: int,
        price: float,
        rule: int,
        subjects: Ints,
    ) -> None:
        """Many rows: ``counts`` entries each, one after the other in ``columns`` and ``weights``."""
        self._flush()
        n = len(counts)
        lower, upper = bounds
        self._chunks.append(
            _Chunk(
                counts,
                columns,
                weights,
                lower,
                upper,
                np.full(n, level),
                np.full(n, float(price)),
                np.full(n, rule),
                subjects,
            )
        )

    def _flush(self) -> None:
        if not self._meta:
            return
        counts, lower, upper, level, price, rule, subject = (np.array(part) for part in zip(*self._meta))
        self._chunks.append(
            _Chunk(
                counts.astype(np.int64),
                np.concatenate(self._columns),
                np.concatenate(self._weights),
                lower.astype(np.float64),
                upper.astype(np.float64),
                level.astype(np.int64),
                price.astype(np.float64),
                rule.astype(np.int64),
                subject.astype(np.int64),
            )
        )
        self._columns, self._weights, self._meta = [], [], []

    def rows(self, width: int) -> Rows:
        """All rows as one matrix of ``width`` columns; entries that meet in one place are added up."""
        self._flush()

        chunks = self._chunks
        counts = _ints([chunk.counts for chunk in chunks])
        size = np.int32 if counts.sum() < np.iinfo(np.int32).max else np.int64
        pointer = np.concatenate(([0], np.cumsum(counts))).astype(size)
        weights = _floats([chunk.weights for chunk in chunks])
        columns = np.concatenate([np.zeros(0, dtype=size), *(c.columns.astype(size) for c in chunks)])
        matrix = sparse.csr_array((weights, columns, pointer), shape=(len(counts), width))
        matrix.sum_duplicates()
        return Rows(
            matrix,
            lower=_floats([chunk.lower for chunk in chunks]),
            upper=_floats([chunk.upper for chunk in chunks]),
            level=_ints([chunk.level for chunk in chunks]),
            price=_floats([chunk.price for chunk in chunks]),
            rule=_ints([chunk.rule for chunk in chunks]),
            subject=_ints([chunk.subject for chunk in chunks]),
        )


def _ints(parts: Sequence[Ints]) -> Ints:
    return np.concatenate(parts).astype(np.int64) if parts else np.zeros(0, dtype=np.int64)


def _floats(parts: Sequence[Floats]) -> Floats:
    return np.concatenate(parts).astype(np.float64) if parts else np.zeros(0)


@dataclass(frozen=True, slots=True, eq=False)
class Terms:
    """A weighted sum of columns plus a constant."""

    columns: Ints
    weights: Floats
    constant: float = 0.0

    @classmethod
    def of(cls, columns: Ints, weights: Floats | float = 1.0) -> Terms:
        """A sum of columns with a weight each, or one for all."""
        columns = np.asarray(columns, dtype=np.int64)
        return cls(columns, np.broadcast_to(np.asarray(weights, dtype=np.float64), columns.shape))

    def __add__(self, other: Terms) -> Terms:
        return Terms(
            np.concatenate((self.columns, other.columns)),
            np.concatenate((self.weights, other.weights)),
            self.constant + other.constant,
        )

    def __sub__(self, other: Terms) -> Terms:
        return self + other.times(-1)

    def times(self, factor: float) -> Terms:
        """The sum multiplied by a number."""
        return Terms(self.columns, self.weights * factor, self.constant * factor)

    def plus(self, number: float) -> Terms:
        """The sum with a number added."""
        return Terms(self.columns, self.weights, self.constant + number)

    def __bool__(self) -> bool:
        return len(self.columns) > 0


def total(parts: Sequence[Terms]) -> Terms:
    """The sum of several sums."""
    if not parts:
        return Terms.of(np.zeros(0, dtype=np.int64))
    return Terms(
        np.concatenate([part.columns for part in parts]),
        np.concatenate([part.weights for part in parts]),
        sum(part.constant for part in parts),
    )


LEVEL_NUMBER: dict[Level, int] = {level: n for n, level in enumerate(LEVELS)}
"""Position of each level from the top; 0 is hard."""
