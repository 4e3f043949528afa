"""Whom to call after a repair: whose duties change, what was and what will be, the soonest first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from scheduler.domain.assignment import Assignment
from scheduler.domain.instance import Instance
from scheduler.domain.roster import Roster
from scheduler.domain.volunteer import Volunteer
from scheduler.report.grid import Grid
from scheduler.text import Text, joined


@dataclass(frozen=True, slots=True)
class Call:
    """One volunteer whose duties change; ``soonest`` is the local start of the first of them.

    ``lost`` and ``gained`` are in time order; ``unable`` says that they cannot serve on something they had;
    ``standing_by`` that they stand by on a duty day on which something new begins.
    """

    volunteer: str
    label: Text
    lost: tuple[Assignment, ...]
    gained: tuple[Assignment, ...]
    soonest: dt.datetime
    unable: bool
    standing_by: bool

    @property
    def reason(self) -> Text:
        """Why to call, in a word."""
        if self.standing_by:
            return Text("stands by, is called in", "备勤，现需到岗")
        if self.unable:
            return Text("cannot serve", "无法值守")
        if not self.lost:
            return Text("is asked to step in", "请其补位")
        return Text("is asked to move", "请其调班") if self.gained else Text("is let off", "免去该班")


def calls(
    published: Sequence[Assignment], dropped: Collection[Assignment], roster: Roster
) -> tuple[Call, ...]:
    """Everybody whose duties change, whom the plan still knows: who stands by first, then the soonest first.

    ``dropped`` are the published duties that cannot stay.
    """
    instance = roster.instance
    before: dict[str, set[Assignment]] = {}
    for one in published:
        before.setdefault(one.volunteer, set()).add(one)
    after: dict[str, set[Assignment]] = {}
    for v, s in roster.pairs:
        shift = instance.shifts[s]
        one = Assignment(
            volunteer=instance.volunteers[v].id, post=shift.post.id, day=shift.day, shift_type=shift.type.id
        )
        after.setdefault(one.volunteer, set()).add(one)
    found = []
    for volunteer in instance.volunteers:
        had, has = before.get(volunteer.id, set()), after.get(volunteer.id, set())
        if had != has:
            found.append(_call(instance, volunteer, had, has, dropped))
    return tuple(sorted(found, key=lambda call: (not call.standing_by, call.soonest, call.volunteer)))


def call_grid(found: Sequence[Call], instance: Instance) -> Grid:
    """One row a person: who, why, what was, what will be."""
    columns = (
        Text("Call", "联系"),
        Text("Why", "原因"),
        Text("No longer", "不再值守"),
        Text("New", "改为值守"),
    )
    rows = tuple(
        (call.label, call.reason, _shifts(call.lost, instance), _shifts(call.gained, instance))
        for call in found
    )
    return Grid(Text("Whom to call, the soonest first", "需联系的人（按时间先后）"), columns, rows)


def _call(
    instance: Instance,
    volunteer: Volunteer,
    had: set[Assignment],
    has: set[Assignment],
    dropped: Collection[Assignment],
) -> Call:
    def by_time(some: set[Assignment]) -> tuple[Assignment, ...]:
        return tuple(sorted(some, key=lambda one: (one.start(instance), one.shift_id)))

    lost, gained = by_time(had - has), by_time(has - had)
    days = {one.day for one in had if one.post in instance.posts and instance.posts[one.post].stands_by}
    return Call(
        volunteer=volunteer.id,
        label=volunteer.label,
        lost=lost,
        gained=gained,
        soonest=min(one.start(instance) for one in (*lost, *gained)),
        unable=any(one in dropped and one.shift(instance) is not None for one in lost),
        standing_by=any(one.day in days for one in gained if not instance.posts[one.post].stands_by),
    )


def _shifts(some: Sequence[Assignment], instance: Instance) -> Text:
    return joined([one.shift_label(instance) for one in some], en="; ", zh="；")
