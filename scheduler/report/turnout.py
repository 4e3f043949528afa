"""What became of the planned duties: who came, was late, was absent, stood in, or simply turned up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, fields

from scheduler.domain.attendance import Attended, Presence
from scheduler.report.duties import Book, Period
from scheduler.report.grid import Grid
from scheduler.text import Text


@dataclass(frozen=True, slots=True)
class Turnout:
    """Duties by what became of them, one person at one shift each.

    ``planned == came + absent + unrecorded + not_taken`` and ``attended == came + substitutes + walk_ins + extra``.
    ``late`` are among those who attended; ``late_minutes`` is what is known to have been missed, ``late_unknown`` how
    many of the late have no minutes recorded and count as the whole shift. ``shifts_not_taken`` have nobody recorded.
    """

    planned: int = 0
    came: int = 0
    absent: int = 0
    unrecorded: int = 0
    not_taken: int = 0
    attended: int = 0
    substitutes: int = 0
    walk_ins: int = 0
    extra: int = 0
    late: int = 0
    late_minutes: int = 0
    late_unknown: int = 0
    shifts: int = 0
    shifts_not_taken: int = 0

    def __add__(self, other: Turnout) -> Turnout:
        """Both together."""
        return Turnout(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(self)))


def turnout(book: Book) -> Turnout:
    """The turnout of all rosters whose attendance was given, up to the book's day."""
    total = Turnout()
    for period in book.periods:
        if period.attendance is not None:
            for one in _shifts(period, book.as_of):
                total += one
    return total


def turnout_grid(found: Turnout) -> Grid:
    """What became of the planned duties, and where those attended come from; each part adds up to its first row."""
    rows = (
        (Text("Planned duties", "计划班次（人次）"), found.planned),
        (Text("  came as planned", "  按计划到岗"), found.came),
        (Text("  absent", "  缺勤"), found.absent),
        (Text("  no record, though the shift was taken", "  该班次已考勤但本人无记录"), found.unrecorded),
        (Text("  on shifts not taken yet", "  所在班次尚未考勤"), found.not_taken),
        (Text("Attended duties", "实际到岗（人次）"), found.attended),
        (Text("  came as planned", "  按计划到岗"), found.came),
        (Text("  substitutes", "  顶替"), found.substitutes),
        (Text("  walk-ins from outside the plan", "  计划外人员临时参加"), found.walk_ins),
        (Text("  volunteers who came unplanned", "  未排班而到岗的志愿者"), found.extra),
        (Text("Late", "迟到（人次）"), found.late),
        (Text("  minutes missed by them", "  迟到分钟数"), found.late_minutes),
        (Text("  without minutes: counted as the whole shift", "  未记时长（按整班计）"), found.late_unknown),
        (Text("Shifts with somebody planned or there", "有人的班次"), found.shifts),
        (Text("  not taken yet", "  尚未考勤"), found.shifts_not_taken),
    )
    return Grid(Text("Attendance", "出勤情况"), (Text("What", "项目"), Text("Count", "数量")), rows)


def _shifts(period: Period, as_of: dt.date) -> Iterator[Turnout]:
    records: dict[str, list[Attended]] = {}
    for record in period.attendance.records if period.attendance else ():
        records.setdefault(record.shift, []).append(record)
    for shift in period.roster.instance.shifts:
        crew = {volunteer.id for volunteer in period.roster.crew_of(shift)}
        if shift.day <= as_of and (crew or shift.id in records):
            yield shift_turnout(crew, records.get(shift.id, []), shift.minutes)


def shift_turnout(crew: set[str], records: list[Attended], minutes: int) -> Turnout:
    """The turnout of one shift of so many minutes: its crew by id, and who was recorded there."""
    if not records:
        return Turnout(planned=len(crew), not_taken=len(crew), shifts=1, shifts_not_taken=1)
    served = [one for one in records if one.served]
    others = [one for one in served if one.volunteer not in crew]
    walk_ins = [one for one in others if one.walk_in is not None]
    substitutes = [one for one in others if one.walk_in is None and one.instead_of is not None]
    late = [one for one in served if one.presence is Presence.LATE]
    known = [max(0, minutes - one.minutes) for one in late if one.minutes is not None]
    absent = {one.volunteer for one in records if not one.served} & crew
    came = {one.volunteer for one in served} & crew
    return Turnout(
        planned=len(crew),
        came=len(came),
        absent=len(absent - came),
        unrecorded=len(crew - absent - came),
        attended=len(served),
        substitutes=len(substitutes),
        walk_ins=len(walk_ins),
        extra=len(others) - len(walk_ins) - len(substitutes),
        late=len(late),
        late_minutes=sum(known),
        late_unknown=len(late) - len(known),
        shifts=1,
    )
