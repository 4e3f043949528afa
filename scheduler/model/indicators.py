"""Indicators in bulk: 0-1 sums that say whether any of several things is so."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from scheduler.domain.grouping import Bools, Ints
from scheduler.model.sums import Presence, Sums

if TYPE_CHECKING:
    from scheduler.model.build import Builder


def presence_of(builder: Builder, columns: Ints, unit: Ints) -> Presence:
    """Who serves in which unit, for some assignment columns; ``unit`` is by shift, negative for none."""
    columns = columns[unit[builder.shift[columns]] >= 0]
    volunteer, shift = builder.volunteer[columns], builder.shift[columns]
    span = int(unit.max(initial=0)) + 1
    distinct, into = np.unique(volunteer * span + unit[shift], return_inverse=True)
    who = distinct // span
    parts = Sums.of(np.arange(len(columns), dtype=np.int64), columns, len(columns))
    served = any_of_sums(builder, parts, into, len(distinct), _single(builder, who, into, shift))
    return Presence(who, distinct % span, served)


def any_of_sums(builder: Builder, parts: Sums, into: Ints, count: int, single: Bools | None = None) -> Sums:
    """For each number below ``count``: 1 if any 0-1 part with that number in ``into`` is 1, else 0.

    ``single`` marks the numbers of which a hard rule lets at most one part be 1: there the sum will do.
    """
    whole = parts.gathered(into, count)
    many = np.bincount(into, minlength=count) > 1
    if single is not None:
        many &= ~single
    if not many.any():
        return whole
    column, new = _columns(builder, parts, into, many)
    fresh = np.flatnonzero(new)
    shown = Sums.of(np.arange(count, dtype=np.int64)[many], column[many], count)
    builder.define(shown.take(fresh) - whole.take(fresh))
    bounded = np.flatnonzero(new[into])
    builder.define(parts.take(bounded) - shown.take(into[bounded]))
    plain = ~many[whole.row]
    return Sums(whole.row[plain], whole.column[plain], whole.weight[plain], count) + shown


def _columns(builder: Builder, parts: Sums, into: Ints, many: Bools) -> tuple[Ints, Bools]:
    """The auxiliary column of each number that has many parts, and whether it is new."""
    entry = np.flatnonzero(many[into[parts.row]])
    entry = entry[np.lexsort((parts.row[entry], into[parts.row[entry]]))]
    columns, row = parts.column[entry], parts.row[entry]
    cuts = np.searchsorted(into[row], np.arange(len(many) + 1)).tolist()
    column, new = np.full(len(many), -1, dtype=np.int64), np.zeros(len(many), dtype=np.bool_)
    for n in np.flatnonzero(many).tolist():
        first, past = cuts[n], cuts[n + 1]
        key = columns[first:past].tobytes()
        if past - first > np.count_nonzero(np.diff(row[first:past])) + 1:
            key += b"/" + (row[first:past] - row[first]).tobytes()
        column[n], new[n] = builder.auxiliary(key)
    return column, new


def _single(builder: Builder, who: Ints, into: Ints, shift: Ints) -> Bools:
    """Of which (volunteer, unit) a hard rule lets only one column be set."""
    instance = builder.instance
    return np.asarray(
        (builder.one_a_day[who] & _alike(instance.day_of[shift], into, len(who)))
        | (builder.one_at_a_time[who] & _alike(instance.timing_of[shift], into, len(who)))
    )


def _alike(value: Ints, into: Ints, count: int) -> Bools:
    least, most = np.full(count, np.iinfo(np.int64).max), np.full(count, -1)
    np.minimum.at(least, into, value)
    np.maximum.at(most, into, value)
    return np.asarray(least == most)
