"""What people carry into the next period: shifts and burden served, and the last days one by one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from scheduler.domain.attendance import Attendance
from scheduler.domain.history import History, PastShift
from scheduler.domain.roster import Roster
from scheduler.domain.shift import Shift
from scheduler.rules.base import Rule
from scheduler.rules.fairness.spacing import Spacing
from scheduler.rules.workload.consecutive import Consecutive
from scheduler.rules.workload.max_load import MaxLoad
from scheduler.rules.workload.min_rest import MinRest

LEAST_DAYS = 14
"""So many days before the next period are kept one by one at least."""


@dataclass(frozen=True, slots=True, eq=False)
class Served:
    """A roster and, where it was taken, who came."""

    roster: Roster
    attendance: Attendance = field(default_factory=Attendance)


def carried(
    history: History, volunteer: str, periods: Sequence[Served], start: dt.date, days: int
) -> History:
    """The history a volunteer has on the day ``start``; of the last ``days`` every shift is kept.

    Where attendance was taken at a shift, who came counts, else who was on the roster. Shifts on ``start`` or later
    are not served yet. The burden is in points.
    """
    served = [
        (shift.day, shift.type.id, shift.tenths) for shift in _all(volunteer, periods) if shift.day < start
    ]
    recent = [*history.recent, *(PastShift(day=day, shift_type=kind) for day, kind, _ in served)]
    first = start - dt.timedelta(days=days)
    return History(
        shifts=history.shifts + len(served),
        burden=round(history.burden * 10 + sum(tenths for _, _, tenths in served)) / 10,
        recent=tuple(sorted((one for one in recent if first <= one.day < start), key=_by_day)),
    )


def days_kept(rules: Iterable[Rule], start: dt.date) -> int:
    """How many days before a period its rules look at: rest, runs, spacing, weeks, months and windows."""
    return max([LEAST_DAYS, *(_looked_at(rule, start) for rule in rules)])


def _looked_at(rule: Rule, start: dt.date) -> int:
    if isinstance(rule, MinRest):
        return int(max(rule.hours, rule.after_night or 0)) // 24 + 2
    if isinstance(rule, Spacing):
        return rule.least
    if isinstance(rule, Consecutive):
        return max(rule.least or 0, rule.most or 0) + 1
    if isinstance(rule, MaxLoad):
        return {"rolling": (rule.window or 1) - 1, "week": start.weekday(), "month": start.day - 1}.get(
            rule.per, 0
        )
    return 0


def _all(volunteer: str, periods: Sequence[Served]) -> Iterator[Shift]:
    for period in periods:
        yield from _served(volunteer, period)


def _served(volunteer: str, period: Served) -> Iterator[Shift]:
    instance = period.roster.instance
    taken = {one.shift for one in period.attendance.records}
    came = {one.shift for one in period.attendance.records if one.volunteer == volunteer and one.served}
    if volunteer in instance.volunteer_index:
        on_roster = period.roster.shifts_of(instance.volunteers[instance.volunteer_index[volunteer]])
    else:
        on_roster = ()
    yield from (shift for shift in on_roster if shift.id not in taken)
    yield from (instance.shifts[instance.shift_index[shift]] for shift in sorted(came))


def _by_day(one: PastShift) -> tuple[dt.date, str]:
    return one.day, one.shift_type
