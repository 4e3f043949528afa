"""RuleModel: the model as one rule sees it; the words a rule may use to write rows."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from scheduler.domain.clashes import Clashes
from scheduler.domain.entity import Level
from scheduler.domain.grouping import Groups, Ints
from scheduler.domain.instance import Instance
from scheduler.domain.shift import Shift
from scheduler.domain.volunteer import Volunteer
from scheduler.model.indicators import any_of_sums, presence_of
from scheduler.model.linear_model import DEFINITION, LEVEL_NUMBER, Floats, Terms
from scheduler.model.sums import Presence, Sums
from scheduler.rules.base import PairRule, Rule

if TYPE_CHECKING:
    from scheduler.model.build import Builder

INFINITY = float("inf")
Bound = float | Floats


class RuleModel:
    """What a rule writes on: its filters are applied, its level and price are filled in.

    A breach of a row costs ``price × weight`` of the rule a unit, on the rule's level; the rule need not know
    whether that level is hard.
    """

    def __init__(self, builder: Builder, rule: Rule, number: int) -> None:
        self._builder = builder
        self._number = number
        self._level = LEVEL_NUMBER[builder.level_of(rule)]
        self._weight = rule.weight
        scope = rule.scope(builder.instance)
        self._volunteer_mask = scope.volunteers
        self._shift_mask = scope.shifts
        self.instance: Instance = builder.instance
        everything = scope.everything
        self._mine: Ints = (
            np.arange(len(builder.volunteer), dtype=np.int64)
            if everything
            else np.flatnonzero(scope.volunteers[builder.volunteer] & scope.shifts[builder.shift])
        )

    # -- what the rule speaks of ---------------------------------------------------------------------------

    @property
    def volunteers(self) -> list[Volunteer]:
        """The volunteers the filters leave."""
        return [self.instance.volunteers[n] for n in np.flatnonzero(self._volunteer_mask)]

    @property
    def shifts(self) -> list[Shift]:
        """The shifts the filters leave."""
        return [self.instance.shifts[n] for n in np.flatnonzero(self._shift_mask)]

    def columns_of(self, volunteer: Volunteer) -> tuple[Ints, Ints]:
        """A volunteer's columns and their shift numbers, by start of the shift."""
        first, past = np.searchsorted(self._my_volunteer, [self._n(volunteer), self._n(volunteer) + 1])
        mine = self._mine[first:past]
        return mine, self._builder.shift[mine]

    def columns_of_members(self, members: Ints) -> tuple[Ints, Ints]:
        """Columns of several volunteers and their shift numbers."""
        first = np.searchsorted(self._my_volunteer, members)
        past = np.searchsorted(self._my_volunteer, members, side="right")
        mine = np.concatenate([self._mine[:0], *(self._mine[a:b] for a, b in zip(first, past))])
        return mine, self._builder.shift[mine]

    @property
    def pairs(self) -> tuple[Ints, Ints, Ints]:
        """All columns the filters leave, with volunteer number and shift number."""
        return self._mine, self._my_volunteer, self._builder.shift[self._mine]

    @cached_property
    def _my_volunteer(self) -> Ints:
        return self._builder.volunteer[self._mine]

    def _n(self, volunteer: Volunteer) -> int:
        return self.instance.volunteer_index[volunteer.id]

    def on(self, volunteer: Volunteer, shift: Shift) -> Terms:
        """1 if the volunteer serves on the shift; nothing if that cannot be."""
        columns, shifts = self.columns_of(volunteer)
        return Terms.of(columns[shifts == self.instance.shift_index[shift.id]])

    def crew(self, shift: Shift) -> Terms:
        """How many of the rule's volunteers serve on a shift."""
        columns, volunteers = self.crew_columns(shift)
        del volunteers
        return Terms.of(columns)

    def crew_columns(self, shift: Shift) -> tuple[Ints, Ints]:
        """A shift's columns and their volunteer numbers."""
        columns = self._builder.crew_columns(self.instance.shift_index[shift.id])
        if len(self._mine) < len(self._builder.volunteer):
            columns = columns[self._volunteer_mask[self._builder.volunteer[columns]]]
            if not self._shift_mask[self.instance.shift_index[shift.id]]:
                columns = columns[:0]
        return columns, self._builder.volunteer[columns]

    def serves(self, volunteer: Volunteer, shifts: Ints) -> Terms:
        """1 if the volunteer serves on any of the shifts, else 0; a plain sum where only one can be."""
        columns, numbers = self.columns_of(volunteer)
        return self._builder.any_of(columns[np.isin(numbers, shifts)], self._n(volunteer))

    def any_of(self, terms: Sequence[Terms]) -> Terms:
        """1 if any of several 0-1 sums is 1, else 0."""
        return self._builder.any_of_terms(terms)

    @staticmethod
    def terms(columns: Ints, weights: Floats | float = 1.0) -> Terms:
        """A weighted sum of columns; sums add up with ``+``, see ``Terms``."""
        return Terms.of(columns, weights)

    def presence(self, unit: Ints, members: Ints | None = None) -> Presence:
        """Who serves in which unit of shifts, of all or some volunteers; ``unit`` is by shift, negative for none."""
        columns = self._mine if members is None else self.columns_of_members(members)[0]
        return presence_of(self._builder, columns, unit)

    def any_in(self, parts: Sums, into: Ints, count: int) -> Sums:
        """For each number below ``count``: 1 if any 0-1 sum with that number in ``into`` is 1, else 0."""
        return any_of_sums(self._builder, parts, into, count)

    @staticmethod
    def sums(row: Ints, columns: Ints, count: int) -> Sums:
        """``count`` sums at once: each column is added to the sum whose number ``row`` gives."""
        return Sums.of(row, columns, count)

    # -- rows ----------------------------------------------------------------------------------------------

    def at_most(self, bound: float, terms: Terms, *, price: float = 1.0, subject: int = 0) -> None:
        """Every unit of ``terms`` over ``bound`` is a breach."""
        self._row(terms, -INFINITY, bound, price, subject)

    def at_most_each(self, bound: Bound, sums: Sums, *, price: float = 1.0, subjects: Ints) -> None:
        """Every unit of each of many sums over ``bound`` (one number, or one a sum) is a breach."""
        limit = np.broadcast_to(np.asarray(bound, dtype=np.float64), (sums.count,))
        reach = np.bincount(sums.row, weights=np.maximum(sums.weight, 0.0), minlength=sums.count)
        kept = np.flatnonzero(reach > limit)
        if len(kept):
            self._builder.rows.add_many(
                *sums.take(kept).packed(),
                (np.full(len(kept), -INFINITY), limit[kept]),
                self._level,
                price * self._weight,
                self._number,
                subjects[kept],
            )

    def at_least(self, bound: float, terms: Terms, *, price: float = 1.0, subject: int = 0) -> None:
        """Every unit of ``terms`` under ``bound`` is a breach."""
        self._row(terms, bound, INFINITY, price, subject)

    def _row(self, terms: Terms, lower: float, upper: float, price: float, subject: int) -> None:
        lower, upper = lower - terms.constant, upper - terms.constant
        reach = float(terms.weights[terms.weights > 0].sum())
        depth = float(terms.weights[terms.weights < 0].sum())
        if depth >= lower and reach <= upper:
            return
        self._builder.rows.add(
            terms.columns,
            np.asarray(terms.weights, dtype=np.float64),
            (lower, upper),
            self._level,
            price * self._weight,
            (self._number, subject),
        )

    def cost(self, terms: Terms, price: float = 1.0, *, subject: int = 0) -> None:
        """Every unit of ``terms`` (never negative) is a breach."""
        if self._level == 0:
            self.at_most(0, terms, price=price, subject=subject)
        else:
            self._builder.cost(self._level, terms, price * self._weight)

    def at_most_in(
        self,
        groups: Groups,
        bound: Bound,
        *,
        weights: Floats | None = None,
        price: float = 1.0,
        distinct: bool = False,
    ) -> None:
        """For every volunteer and every group of shifts: the weighted number served is at most ``bound``.

        ``bound`` is one number, an array by volunteer, or an array [volunteer, group]; ``weights`` is by shift.
        ``distinct`` leaves out rows that say the same as another, where that cannot change what a breach costs.
        """
        self._grouped(groups, bound, weights, price, upper=True, distinct=distinct)

    def at_least_in(
        self, groups: Groups, bound: Bound, *, weights: Floats | None = None, price: float = 1.0
    ) -> None:
        """For every volunteer and every group of shifts: the weighted number served is at least ``bound``."""
        self._grouped(groups, bound, weights, price, upper=False, distinct=False)

    def _grouped(
        self,
        groups: Groups,
        bound: Bound,
        weights: Floats | None,
        price: float,
        *,
        upper: bool,
        distinct: bool,
    ) -> None:
        from scheduler.model.grouped import grouped_rows

        columns, volunteer, shift = self.pairs
        rows = grouped_rows(
            (columns, volunteer, shift),
            groups,
            bound,
            np.ones(len(self.instance.shifts)) if weights is None else weights,
            volunteers=np.flatnonzero(self._volunteer_mask),
            upper=upper,
            distinct=distinct and self._level == 0,
        )
        if rows is None:
            return
        counts, entries, values, limit, subjects = rows
        free = np.full(len(counts), INFINITY)
        self._builder.rows.add_many(
            counts,
            entries,
            values,
            (-free, limit) if upper else (limit, free),
            self._level,
            price * self._weight,
            self._number,
            subjects,
        )

    def exclude(self, clashes: Clashes) -> None:
        """Each pair of shifts of one volunteer that clash is a breach of one; see ``Instance.closer_than``.

        A hard rule becomes few strong rows (cliques), another one a row for every clash of two timings, or
        for every pair where a volunteer may serve on two shifts at once.
        """
        from scheduler.model.clashes import post_clashes

        post_clashes(self, self._builder, clashes)

    # -- pairs ---------------------------------------------------------------------------------------------

    def price_pairs(self, rule: PairRule) -> None:
        """Write a pair rule: what it says no to has no column, or costs what it is judged."""
        from scheduler.model.judging import judged

        columns, volunteer, shift = self.pairs
        amounts = judged(rule, self.instance, volunteer, shift)
        broken = np.flatnonzero(amounts)
        if self._level == 0:
            each = Sums.of(np.arange(len(broken)), columns[broken], len(broken))
            self.at_most_each(0.0, each.times(amounts[broken].astype(float)), subjects=volunteer[broken])
        elif len(broken):
            self._builder.cost(
                self._level, Terms(columns[broken], amounts[broken].astype(np.float64)), self._weight
            )

    def one_at_a_time(self, volunteer: Volunteer) -> bool:
        """Whether a hard rule lets the volunteer serve on at most one shift at a time."""
        return bool(self._builder.one_at_a_time[self._n(volunteer)])

    def one_a_day(self, volunteer: Volunteer) -> bool:
        """Whether a hard rule lets the volunteer serve at most once a duty day."""
        return bool(self._builder.one_a_day[self._n(volunteer)])

    @property
    def hard(self) -> bool:
        """Whether a breach is impossible; only for choosing between encodings that mean the same."""
        return self._level == LEVEL_NUMBER[Level.HARD]


__all__ = ["DEFINITION", "INFINITY", "RuleModel"]
