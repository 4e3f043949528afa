"""The roster table: for each duty day and post who serves on each shift type."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from scheduler.domain.calendar import DayClass
from scheduler.domain.roster import Roster
from scheduler.domain.shift import Shift
from scheduler.report.grid import Grid
from scheduler.text import Text, day_text, joined, same


@dataclass(frozen=True, slots=True)
class TableCell:
    """One shift: its crew by id and the heads missing under the least number."""

    shift: str
    crew: tuple[Text, ...]
    missing: int

    @property
    def text(self) -> Text:
        """The names, and how many are missing."""
        gap = [Text("{count} missing", "缺{count}人").format(count=self.missing)] if self.missing else []
        return joined([*self.crew, *gap])


@dataclass(frozen=True, slots=True)
class TableRow:
    """One post on one duty day; a cell for each shift type, None where it has no such shift."""

    day: dt.date
    day_class: DayClass
    post: str
    label: Text
    cells: tuple[TableCell | None, ...]


@dataclass(frozen=True, slots=True)
class RosterTable:
    """Shift types across, duty days and posts down."""

    shift_types: tuple[Text, ...]
    rows: tuple[TableRow, ...]


def roster_table(roster: Roster) -> RosterTable:
    """The table of a roster: days in order, within a day posts as the plan lists them."""
    instance = roster.instance
    cells = {(s.day, s.post.id, s.type.id): _cell(roster, s) for s in instance.shifts}
    rows = (
        TableRow(
            day=day,
            day_class=instance.day_classes[day],
            post=post.id,
            label=post.label,
            cells=tuple(cells.get((day, post.id, shift_type)) for shift_type in instance.shift_types),
        )
        for day in instance.days
        for post in instance.posts.values()
    )
    return RosterTable(
        shift_types=tuple(shift_type.label for shift_type in instance.shift_types.values()),
        rows=tuple(row for row in rows if any(row.cells)),
    )


def table_grid(table: RosterTable) -> Grid:
    """The table with names in its cells."""
    columns = (Text("Duty day", "值守日"), Text("Post", "岗位"), *table.shift_types)
    rows = tuple(
        (day_text(row.day), row.label, *(cell.text if cell else same("") for cell in row.cells))
        for row in table.rows
    )
    return Grid(Text("Roster", "排班表"), columns, rows)


def _cell(roster: Roster, shift: Shift) -> TableCell:
    crew = roster.crew_of(shift)
    names = tuple(volunteer.label for volunteer in crew)
    return TableCell(shift=shift.id, crew=names, missing=max(0, shift.least - len(crew)))
