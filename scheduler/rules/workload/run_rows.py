"""Rows on runs of days: patterns of days that must not be, for many volunteers at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from scheduler.domain.grouping import Bools, Ints

if TYPE_CHECKING:
    from scheduler.model.linear_model import Floats
    from scheduler.model.rule_model import RuleModel
    from scheduler.model.sums import Sums


@dataclass(frozen=True, slots=True, eq=False)
class RunRows:
    """Which volunteer (row) is on which day (column): days before the horizon, its own, the one after.

    Where ``number`` is not negative, that sum of ``served`` says it; elsewhere ``on`` does, if it is
    ``known``. ``off`` turns the sums round: on is who does not serve.
    """

    served: Sums
    volunteer: Ints
    number: Ints
    on: Bools
    known: Bools
    past: int
    off: bool

    @classmethod
    def of(cls, model: RuleModel, counted: Bools, history: Ints, *, off: bool) -> RunRows:
        """The days of a rule's volunteers; ``history`` is 1, 0 or -1 (unknown), by volunteer and day."""
        instance = model.instance
        volunteer = np.array([instance.number(one) for one in model.volunteers], dtype=np.int64)
        presence = model.presence(np.where(counted, instance.day_of, -1))
        past, days = history.shape[1], len(instance.days)
        number = np.full((len(volunteer), past + days + 1), -1, dtype=np.int64)
        number[:, past:-1] = presence.table(len(instance.volunteers), days)[volunteer]
        on, known = np.full(number.shape, off), np.ones(number.shape, dtype=np.bool_)
        on[:, :past] = (history == 1) != off
        known[:, :past] = history >= 0
        known[:, -1] = False
        return cls(presence.served, volunteer, number, on, known, past, off)

    def forbid(
        self, model: RuleModel, length: int, *, strict: tuple[bool, bool] | None = None, price: float = 1.0
    ) -> None:
        """Forbid ``length`` days on in a row that reach into the horizon.

        With ``strict`` only where the days beside them are off, and those that reach its eve too; an
        unknown day beside them, before and after, is taken for off where ``strict`` says so, else nothing
        is forbidden.
        """
        beside = strict is not None
        found = [
            self._pattern(start, length, strict)
            for start in range(self.past - length + (not beside), self.number.shape[1] - length)
        ]
        counts = [len(rows) for rows, _ in found]
        rows = np.concatenate([rows for rows, _ in found])
        days = np.repeat(np.array([first for _, first in found], dtype=np.int64), counts)
        model.at_most_each(
            *self._sums(rows, days, length, beside), price=price, subjects=self.volunteer[rows]
        )

    def _pattern(self, start: int, length: int, strict: tuple[bool, bool] | None) -> tuple[Ints, int]:
        """Who can be on all these days, and off beside them; and the first of the days."""
        inside = slice(start, start + length)
        held = (self.known[:, inside] & ((self.number[:, inside] >= 0) | self.on[:, inside])).all(axis=1)
        for day, taken_off in zip((start - 1, start + length), strict or ()):
            settled = (self.number[:, day] < 0) & self.on[:, day]
            held &= np.where(self.known[:, day], ~settled, taken_off)
        return np.flatnonzero(held), start

    def _sums(self, rows: Ints, first: Ints, length: int, beside: bool) -> tuple[Floats, Sums]:
        days = first[:, None] + np.arange(-beside, length + beside)
        sign = np.ones(days.shape[1])
        if beside:
            sign[[0, -1]] = -1.0
        number = self.number[rows[:, None], days]
        open_days = number >= 0
        weights = np.broadcast_to(-sign if self.off else sign, number.shape)[open_days]
        sums = self.served.take(number[open_days]).times(weights)
        counted = open_days & ((sign < 0) if self.off else (sign > 0))
        return counted.sum(axis=1) - 1.0, sums.gathered(np.nonzero(open_days)[0], len(rows))
