"""Sums: many sums of columns at once, for rules that write thousands of rows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scheduler.domain.grouping import Ints
from scheduler.model.linear_model import Floats


@dataclass(frozen=True, slots=True, eq=False)
class Sums:
    """``count`` sums: entry ``i`` adds ``weight[i]`` times column ``column[i]`` to sum number ``row[i]``."""

    row: Ints
    column: Ints
    weight: Floats
    count: int

    @classmethod
    def of(cls, row: Ints, column: Ints, count: int) -> Sums:
        """Sums of columns, each with weight one."""
        return cls(row, column, np.ones(len(row)), count)

    def __add__(self, other: Sums) -> Sums:
        """Sum by sum; both have the same number of them."""
        assert self.count == other.count
        return Sums(
            np.concatenate((self.row, other.row)),
            np.concatenate((self.column, other.column)),
            np.concatenate((self.weight, other.weight)),
            self.count,
        )

    def __sub__(self, other: Sums) -> Sums:
        return self + other.times(-1.0)

    def times(self, factor: float | Floats) -> Sums:
        """All sums multiplied by one number, or each by its own."""
        by_row = np.broadcast_to(np.asarray(factor, dtype=np.float64), (self.count,))
        return Sums(self.row, self.column, self.weight * by_row[self.row], self.count)

    def take(self, which: Ints) -> Sums:
        """The sums of these numbers, in this order; a number may come twice."""
        counts, columns, weights = self.packed()
        lengths = counts[which]
        within = np.arange(int(lengths.sum())) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        entry = np.repeat((np.cumsum(counts) - counts)[which], lengths) + within
        row = np.repeat(np.arange(len(which), dtype=np.int64), lengths)
        return Sums(row, columns[entry], weights[entry], len(which))

    def gathered(self, into: Ints, count: int) -> Sums:
        """``count`` sums: number ``n`` adds up those whose ``into`` is ``n``."""
        return Sums(into[self.row], self.column, self.weight, count)

    def packed(self) -> tuple[Ints, Ints, Floats]:
        """How many entries each sum has, then columns and weights, one sum after the other."""
        order = np.argsort(self.row, kind="stable")
        counts = np.bincount(self.row, minlength=self.count).astype(np.int64)
        return counts, self.column[order], self.weight[order]


@dataclass(frozen=True, slots=True, eq=False)
class Presence:
    """Who serves in which unit of shifts: sum ``n`` is 1 if ``volunteer[n]`` serves in ``unit[n]``, else 0."""

    volunteer: Ints
    unit: Ints
    served: Sums

    def take(self, which: Ints) -> Presence:
        """Some of them."""
        return Presence(self.volunteer[which], self.unit[which], self.served.take(which))

    def by_unit(self, count: int) -> Sums:
        """How many volunteers serve in each of ``count`` units."""
        return self.served.gathered(self.unit, count)

    def table(self, volunteers: int, units: int) -> Ints:
        """The number of the sum by [volunteer, unit]; -1 where nobody can serve."""
        numbers = np.full((volunteers, units), -1, dtype=np.int64)
        numbers[self.volunteer, self.unit] = np.arange(len(self.volunteer))
        return numbers
