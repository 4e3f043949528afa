"""Roster: who serves on which shift; immutable."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Set
from functools import cached_property

import numpy as np

from scheduler.domain.grouping import Bools
from scheduler.domain.instance import Instance
from scheduler.domain.shift import Shift
from scheduler.domain.volunteer import Volunteer

Pair = tuple[int, int]


class Roster:
    """Assignments as sorted, distinct pairs (volunteer number, shift number) of an instance."""

    def __init__(self, instance: Instance, pairs: Iterable[Pair] = ()) -> None:
        self.instance = instance
        self.pairs: tuple[Pair, ...] = tuple(sorted({(int(v), int(s)) for v, s in pairs}))

    @classmethod
    def named(cls, instance: Instance, assignments: Iterable[tuple[str, str]]) -> Roster:
        """From (volunteer id, shift id)."""
        return cls(instance, ((instance.volunteer_index[v], instance.shift_index[s]) for v, s in assignments))

    def __len__(self) -> int:
        return len(self.pairs)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Roster) and self.instance is other.instance and self.pairs == other.pairs

    def __hash__(self) -> int:
        return hash(self.pairs)

    @cached_property
    def pair_set(self) -> frozenset[Pair]:
        """The pairs as a set."""
        return frozenset(self.pairs)

    def holds(self, pair: Pair) -> bool:
        """Whether a volunteer serves on a shift."""
        place = bisect_left(self.pairs, pair)
        return place < len(self.pairs) and self.pairs[place] == pair

    @cached_property
    def _by_volunteer(self) -> dict[int, tuple[Shift, ...]]:
        found: dict[int, list[Shift]] = {}
        for v, s in self.pairs:
            found.setdefault(v, []).append(self.instance.shifts[s])
        return {v: tuple(shifts) for v, shifts in found.items()}

    @cached_property
    def _by_shift(self) -> dict[int, tuple[Volunteer, ...]]:
        found: dict[int, list[Volunteer]] = {}
        for v, s in self.pairs:
            found.setdefault(s, []).append(self.instance.volunteers[v])
        return {s: tuple(crew) for s, crew in found.items()}

    def shifts_of(self, volunteer: Volunteer) -> tuple[Shift, ...]:
        """A volunteer's shifts by start."""
        return self._by_volunteer.get(self.instance.volunteer_index[volunteer.id], ())

    def crew_of(self, shift: Shift) -> tuple[Volunteer, ...]:
        """The volunteers of a shift, by id."""
        return self._by_shift.get(self.instance.shift_index[shift.id], ())

    def within(self, volunteers: Bools, shifts: Bools) -> Roster:
        """The part of the roster that two masks leave; the roster itself if that is all of it."""
        if volunteers.all() and shifts.all():
            return self
        return Roster(self.instance, [(v, s) for v, s in self.pairs if volunteers[v] and shifts[s]])

    def changed(self, add: Iterable[Pair] = (), remove: Iterable[Pair] = ()) -> Roster:
        """A new roster with some pairs added and others removed; what is both stays.

        What is known of the crews and volunteers a change does not touch is handed on, so that a search through
        many small changes costs what they touch.
        """
        new = {(int(v), int(s)) for v, s in add}
        gone = self.pair_set.intersection((int(v), int(s)) for v, s in remove) - new
        new -= self.pair_set
        after = object.__new__(Roster)
        after.instance = self.instance
        vars(after)["pairs"] = _replaced(self.pairs, gone, new)
        vars(after)["_by_volunteer"] = self._volunteers_after(gone, new)
        vars(after)["_by_shift"] = self._shifts_after(gone, new)
        return after

    def _volunteers_after(self, gone: Set[Pair], new: Set[Pair]) -> dict[int, tuple[Shift, ...]]:
        found, number = dict(self._by_volunteer), self.instance.shift_index
        for v in {v for v, _ in gone | new}:
            kept = {number[shift.id] for shift in found.get(v, ())}
            kept = (kept - {s for one, s in gone if one == v}) | {s for one, s in new if one == v}
            found[v] = tuple(self.instance.shifts[s] for s in sorted(kept))
        return found

    def _shifts_after(self, gone: Set[Pair], new: Set[Pair]) -> dict[int, tuple[Volunteer, ...]]:
        found, number = dict(self._by_shift), self.instance.volunteer_index
        for s in {s for _, s in gone | new}:
            kept = {number[volunteer.id] for volunteer in found.get(s, ())}
            kept = (kept - {v for v, one in gone if one == s}) | {v for v, one in new if one == s}
            found[s] = tuple(self.instance.volunteers[v] for v in sorted(kept))
        return found

    @cached_property
    def heads(self) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        """How many serve on each shift."""
        counts = np.zeros(len(self.instance.shifts), dtype=np.int64)
        for _, s in self.pairs:
            counts[s] += 1
        return counts


def _replaced(pairs: tuple[Pair, ...], gone: Set[Pair], new: Set[Pair]) -> tuple[Pair, ...]:
    """Sorted pairs without some and with others."""
    if len(gone) + len(new) > len(pairs) // 8:
        return tuple(sorted((set(pairs) - gone) | new))
    listed = list(pairs)
    for pair in gone:
        del listed[bisect_left(listed, pair)]
    for pair in new:
        insort(listed, pair)
    return tuple(listed)
