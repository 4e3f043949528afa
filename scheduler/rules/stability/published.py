"""What changes against a published roster: for the rules that count or limit it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from scheduler.domain.assignment import Assignment
from scheduler.domain.instance import Instance
from scheduler.domain.roster import Roster
from scheduler.domain.shift import Shift
from scheduler.domain.volunteer import Volunteer

if TYPE_CHECKING:
    from scheduler.model.linear_model import Terms
    from scheduler.model.rule_model import RuleModel


@dataclass(frozen=True, slots=True, eq=False)
class Published:
    """A volunteer's published duties: shifts of this plan, and those that the plan's demand no longer has."""

    held: frozenset[Shift]
    gone: tuple[Assignment, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Changed:
    """What changes for one volunteer: duties lost, duties that are new, and published ones no longer demanded."""

    lost: tuple[Shift, ...]
    new: tuple[Shift, ...]
    gone: tuple[Assignment, ...]

    def __bool__(self) -> bool:
        return bool(self.lost or self.new or self.gone)

    def __len__(self) -> int:
        return len(self.lost) + len(self.new) + len(self.gone)


def published(assignments: Sequence[Assignment], instance: Instance) -> dict[str, Published]:
    """The published duties by volunteer, each once."""
    held: dict[str, set[Shift]] = {}
    gone: dict[str, dict[Assignment, None]] = {}
    for one in assignments:
        if (shift := one.shift(instance)) is not None:
            held.setdefault(one.volunteer, set()).add(shift)
        else:
            gone.setdefault(one.volunteer, {})[one] = None
    return {
        volunteer: Published(frozenset(held.get(volunteer, ())), tuple(gone.get(volunteer, ())))
        for volunteer in {**held, **gone}
    }


NOTHING = Published(frozenset(), ())
"""Of somebody who was not on the published roster."""


def changed(was: Published, roster: Roster, volunteer: Volunteer, covers: frozenset[Shift] | None) -> Changed:
    """What a roster changes for a volunteer, of the shifts a rule covers (None: all)."""
    served = roster.shifts_of(volunteer)
    held = was.held if covers is None else was.held & covers
    lost = sorted(held.difference(served), key=lambda shift: (shift.start, shift.id))
    return Changed(tuple(lost), tuple(shift for shift in served if shift not in held), was.gone)


def on_call(instance: Instance, held: Iterable[Shift]) -> frozenset[Shift]:
    """The shifts that somebody with these duties may be called in for.

    They are at posts and places one of the duties stands by for, and begin while it lasts.
    """
    if not any(post.stands_by for post in instance.posts.values()):
        return frozenset()
    found: set[Shift] = set()
    for waiting in held:
        if waiting.post.stands_by:
            found |= instance.once(("on-call", waiting.id), partial(_called, instance, waiting))
    return frozenset(found)


def _called(instance: Instance, waiting: Shift) -> frozenset[Shift]:
    return frozenset(
        shift
        for shift in instance.shifts
        if waiting.start <= shift.start < waiting.end
        and not shift.post.stands_by
        and any(instance.stands_in(shift.post, block) for block in waiting.post.stands_by_for)
    )


def light(instance: Instance, held: Iterable[Shift]) -> frozenset[Shift]:
    """The shifts whose change is no disturbance for who has these duties: they stand by, or are called in."""
    waiting = [shift for shift in held if shift.post.stands_by]
    return on_call(instance, waiting).union(waiting)


@dataclass(frozen=True, slots=True, eq=False)
class ChangeTerms:
    """What changes for a volunteer, as sums: each duty that may change, with its shift; and what surely changes.

    ``someone`` is 1 if anything changes for them that is not light, else 0.
    """

    duties: tuple[tuple[Shift, Terms], ...]
    sure: tuple[Shift, ...]
    gone: tuple[Assignment, ...]
    someone: Terms


def change_terms(
    model: RuleModel,
    volunteer: Volunteer,
    was: Published,
    covers: frozenset[Shift] | None,
    easy: frozenset[Shift] = frozenset(),
) -> ChangeTerms:
    """The sums of a volunteer's changes; those of the shifts in ``easy`` are light."""
    columns, numbers = model.columns_of(volunteer)
    held = was.held if covers is None else was.held & covers
    duties: list[tuple[Shift, Terms]] = []
    parts: list[Terms] = []
    by_day: dict[dt.date, list[Terms]] = {}
    one_a_day = model.one_a_day(volunteer)
    for column, number in zip(columns, numbers):
        shift, own = model.instance.shifts[number], model.terms(np.array([column]))
        kept = shift in held
        term = own.times(-1).plus(1) if kept else own
        duties.append((shift, term))
        if shift in easy:
            continue
        if kept or not one_a_day:
            parts.append(term)
        else:
            by_day.setdefault(shift.day, []).append(term)
    held_days = {shift.day for shift, _ in duties if shift in held}
    parts += [sum(terms[1:], terms[0]) for day, terms in by_day.items() if day not in held_days]
    there = {shift for shift, _ in duties}
    sure = tuple(sorted(held - there, key=lambda shift: (shift.start, shift.id)))
    nobody = model.terms(columns[:0])
    someone = nobody.plus(1) if was.gone or any(shift not in easy for shift in sure) else model.any_of(parts)
    return ChangeTerms(tuple(duties), sure, was.gone, someone)
