"""The roll call: day by day who was expected, who came, was late, absent, stood in or turned up."""

from __future__ import annotations

import datetime as dt

from scheduler.domain.attendance import Attendance, Attended
from scheduler.domain.roster import Roster
from scheduler.report.grid import Cell, Grid
from scheduler.report.turnout import Turnout, shift_turnout
from scheduler.text import Text

_COLUMNS = (
    Text("Day", "值守日"),
    Text("Shifts", "班次"),
    Text("Due", "应到"),
    Text("Came", "实到"),
    Text("Late", "迟到"),
    Text("Absent", "缺勤"),
    Text("Subst.", "替班"),
    Text("Walk-in", "临时"),
    Text("Extra", "计划外"),
    Text("Open", "无记录"),
)


def roll_call(roster: Roster, attendance: Attendance) -> dict[dt.date, Turnout]:
    """The turnout of every duty day on which attendance was taken, of the shifts where it was."""
    records: dict[str, list[Attended]] = {}
    for record in attendance.records:
        records.setdefault(record.shift, []).append(record)
    found: dict[dt.date, Turnout] = {}
    for shift in roster.instance.shifts:
        if shift.id in records:
            crew = {one.id for one in roster.crew_of(shift)}
            taken = shift_turnout(crew, records[shift.id], shift.minutes)
            found[shift.day] = found.get(shift.day, Turnout()) + taken
    return dict(sorted(found.items()))


def roll_call_grid(days: dict[dt.date, Turnout]) -> Grid:
    """A row a day and their total: expected = came as planned + absent + no record; came counts everybody there."""
    total = sum(days.values(), Turnout())
    rows = [_row(Text(f"{day:%m-%d}", f"{day.month}月{day.day}日"), one) for day, one in days.items()]
    return Grid(Text("Attendance", "考勤汇总"), _COLUMNS, (*rows, _row(Text("Total", "合计"), total)))


def _row(label: Text, one: Turnout) -> tuple[Cell, ...]:
    return (
        label,
        one.shifts,
        one.planned,
        one.attended,
        one.late,
        one.absent,
        one.substitutes,
        one.walk_ins,
        one.extra,
        one.unrecorded,
    )
