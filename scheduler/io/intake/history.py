"""scheduler import history: an old roster (值班表) becomes what everybody carries into this plan."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from scheduler.domain.shift import ShiftType
from scheduler.domain.volunteer import Volunteer
from scheduler.errors import Fault
from scheduler.io.edit import PlanEdit
from scheduler.io.intake.each import each
from scheduler.io.intake.evidence import evidence_bytes, evidence_path, read_evidence
from scheduler.io.intake.grid_header import collapsed
from scheduler.io.intake.history_cells import HistoryWords, dated, month_in, read_day
from scheduler.io.intake.persons import Persons
from scheduler.io.intake.roll import Sought
from scheduler.io.phrases.reading import Setting
from scheduler.io.sheets.sheet import Cell, Sheet, letter
from scheduler.io.sheets.table import HeadColumn, Record, SheetTable, find_table, no_table
from scheduler.io.sheets.words import Words, read_words
from scheduler.io.sheets.workbook import read_sheets
from scheduler.problem import Problem
from scheduler.report.grid import Grid
from scheduler.text import Text, day_text, joined

WANTED = ("day", "weekday", "hours", "post_name", "place", "name")
"""The columns that matter here."""

RECENT = dt.timedelta(days=14)
"""How long before the plan's first day shifts are listed one by one, for rest and runs of days."""

_TITLES = Text("date, and a column for each shift or post", "日期，以及各班次或岗位列")


@dataclass(frozen=True, slots=True, order=True)
class Served:
    """A shift somebody served."""

    volunteer: str
    day: dt.date
    shift_type: str


@dataclass(slots=True)
class Past:
    """What old rosters say, all imports together; what must be settled; what to know."""

    served: tuple[Served, ...] = ()
    unsettled: list[Fault] = field(default_factory=list)
    notes: list[Text] = field(default_factory=list)
    evidence: Mapping[Path, bytes] = field(default_factory=dict)
    labels: Mapping[str, Text] = field(default_factory=dict)

    def grid(self) -> Grid:
        """Who served how often, and when last."""
        columns = (
            Text("volunteer", "志愿者"),
            Text("shifts", "班数"),
            Text("first", "首次"),
            Text("last", "末次"),
        )
        rows = []
        for name, mine in _by_volunteer(self.served).items():
            days = [one.day for one in mine]
            label = self.labels.get(name, Text(name, name))
            rows.append((label, len(mine), day_text(min(days)), day_text(max(days))))
        return Grid(Text("Served before", "以往值守"), columns, tuple(rows))


@dataclass(slots=True)
class _Missing:
    """A name that is nobody's, or several people's: why, where first, how often."""

    place: str
    text: Text
    hint: Text | None
    times: int = 0


def take_history(edit: PlanEdit, files: Sequence[Path]) -> Past:
    """Read old rosters and put what they say into ``history`` of the plan's volunteers; nothing is written yet.

    A shift counts once however many files hold it, and a file imported again replaces what it said before; which
    file said what is kept in ``intake/history.jsonl``. Shifts within the plan's own days are no history. The
    figures of a volunteer are those of the files alone.

    Raises:
        InputError: a file cannot be read, or no roster is found in any of its sheets.
    """
    problem = edit.plan.problem
    past = Past(labels={one.id: one.label for one in problem.volunteers})
    reader = _Reader(problem, past)
    words = read_words(edit.path.parent)
    fresh = each(files, lambda path: (path.name, list(reader.file(path, words))))
    reader.report()
    path = evidence_path(edit.path, "history")
    before = list(_held(path, problem))
    kept = [(file, one) for file, one in before if file not in dict(fresh)]
    rows = sorted({*kept, *((file, one) for file, found in fresh for one in found)})
    past.served = tuple(sorted({one for _, one in rows}))
    _put(edit, past, {one.volunteer for _, one in before})
    past.evidence = {path: evidence_bytes(_record(file, one) for file, one in rows)} if rows or before else {}
    return past


class _Reader:
    """Reads sheet after sheet; names that are not certain are collected, each reported once."""

    def __init__(self, problem: Problem, past: Past) -> None:
        self.problem, self.past = problem, past
        self.words, self.persons = HistoryWords(problem), Persons(problem)
        self.missing: dict[str, _Missing] = {}
        self.later = 0

    def file(self, path: Path, words: Words) -> Iterator[Served]:
        """The shifts served that a file tells of, before the plan's days."""
        for sheet, table in self._tables(path, words):
            self.past.notes += [*sheet.notes, *table.notes]
            month = self._month(sheet, table)
            carried = ""
            self._note_ignored(table)
            days = {column.number for column in table.columns if column.meaning in ("day", "weekday")}
            for record in table.records:
                carried = dated(record.text("day"), record.text("weekday")) or carried
                if set(record.row.cells) <= days:
                    continue
                day = read_day(carried, self.problem.horizon.first, month)
                if isinstance(day, Text):
                    cell = record.cells.get("day")
                    self.past.unsettled.append(Fault(cell.place if cell else _place(sheet, record), day))
                    continue
                yield from self._row(table, record, day)

    def _tables(self, path: Path, words: Words) -> list[tuple[Sheet, SheetTable]]:
        found = [(sheet, table) for sheet in read_sheets(path) if (table := self._table(sheet, words))]
        if not found:
            raise no_table(Sheet(path.name, "", ()), _TITLES)
        return found

    def _table(self, sheet: Sheet, words: Words) -> SheetTable | None:
        whole = collapsed(sheet, words, Setting.of(self.problem), "day")
        return find_table(whole, words, WANTED, "day")

    def _note_ignored(self, table: SheetTable) -> None:
        """Say which columns name neither a shift nor a post of the plan, or more than one shift."""
        titles = []
        for column in table.columns:
            if column.meaning is None and not self.words.names_post(column.title):
                types = self.words.shift_types(column.title)
                if len(types) > 1:
                    self.past.unsettled.append(_several(table, column, types))
                elif not types:
                    titles.append(column.title)
        if titles:
            self.past.notes.append(
                Text(
                    f"{table.sheet.label}: columns that name no shift or post of this plan: {', '.join(titles)}",
                    f"{table.sheet.label}：以下列不是本计划的班次或岗位，未导入：{'、'.join(titles)}",
                )
            )

    def _month(self, sheet: Sheet, table: SheetTable) -> tuple[int, int] | None:
        first = table.records[0].number if table.records else 0
        above = [cell.text for row in sheet.rows if row.number < first for cell in row.cells.values()]
        around = self.problem.horizon.first
        return next((month for text in (*above, sheet.name) if (month := month_in(text, around))), None)

    def _row(self, table: SheetTable, record: Record, day: dt.date) -> Iterator[Served]:
        of_row = record.text("hours")
        for column in table.columns:
            cell = record.row.cells.get(column.number)
            counts = column.meaning == "name" or column.meaning is None
            if cell is None or not counts:
                continue
            shift_type = self._type(column.title, of_row, alone=column.meaning == "name")
            if shift_type is None:
                if column.meaning == "name":
                    self._no_type(cell, of_row)
                continue
            yield from self._cell(cell, day, shift_type)

    def _type(self, title: str, of_row: str, *, alone: bool) -> ShiftType | None:
        """The shift type of a cell: its title's, else its row's if the title is a post's or the names' own."""
        if (named := self.words.shift_type(title)) is not None:
            return named
        if not (alone or self.words.names_post(title)):
            return None
        if of_row:
            return self.words.shift_type(of_row)
        types = self.problem.shift_types
        return types[0] if len(types) == 1 else None

    def _cell(self, cell: Cell, day: dt.date, shift_type: ShiftType) -> Iterator[Served]:
        for name in self.words.people(cell.text):
            who = self.persons.find(Sought(name))
            if not isinstance(who, Volunteer):
                missing = self.missing.setdefault(name, _Missing(cell.place, *who))
                missing.times += 1
            elif day >= self.problem.horizon.first:
                self.later += 1
            else:
                yield Served(who.id, day, shift_type.id)

    def _no_type(self, cell: Cell, of_row: str) -> None:
        text = Text(f'no shift type "{of_row}"', f"没有班次“{of_row}”")
        if not of_row:
            text = Text("which shift is not said", "没有说明是哪个班次")
        self.past.unsettled.append(cell.fault(text))

    def report(self) -> None:
        """Say which names are not certain, and what lies within the plan's own days."""
        for one in self.missing.values():
            often = Text(f" ({one.times} shift{'' if one.times == 1 else 's'})", f"（共 {one.times} 班）")
            text = Text(one.text.en + often.en, one.text.zh + often.zh)
            self.past.unsettled.append(Fault(one.place, text, one.hint))
        if self.later:
            self.past.notes.append(
                Text(
                    f"{self.later} shifts are not before the plan's first day and were left out",
                    f"有 {self.later} 班不早于本计划首日，未计入",
                )
            )


def _several(table: SheetTable, column: HeadColumn, types: Sequence[ShiftType]) -> Fault:
    listed = joined([one.label for one in types])
    text = Text(
        f'the column "{column.title}" may be {listed.en}', f"“{column.title}”列可能指以下班次：{listed.zh}"
    )
    hint = Text("name the column like one of them", "请将列标题改为其中之一的名称")
    return Fault(f"{table.sheet.label} {letter(column.number)}", text, hint)


def _place(sheet: Sheet, record: Record) -> str:
    return f"{sheet.label}:{record.number}"


def _held(path: Path, problem: Problem) -> Iterator[tuple[str, Served]]:
    """What earlier imports said, as far as the plan still has the people and shift types."""
    people = {one.id for one in problem.volunteers}
    types = {one.id for one in problem.shift_types}
    for record in read_evidence(path):
        volunteer, shift_type = str(record.get("volunteer")), str(record.get("shift_type"))
        day = read_day(str(record.get("day")), problem.horizon.first, None)
        known = volunteer in people and shift_type in types
        if known and isinstance(day, dt.date) and day < problem.horizon.first:
            yield str(record.get("file")), Served(volunteer, day, shift_type)


def _record(file: str, one: Served) -> dict[str, object]:
    return {
        "file": file,
        "day": one.day.isoformat(),
        "shift_type": one.shift_type,
        "volunteer": one.volunteer,
    }


def _by_volunteer(served: Iterable[Served]) -> dict[str, list[Served]]:
    found: dict[str, list[Served]] = {}
    for one in served:
        found.setdefault(one.volunteer, []).append(one)
    return found


def _put(edit: PlanEdit, past: Past, before: set[str]) -> None:
    problem = edit.plan.problem
    types = {one.id: one for one in problem.shift_types}
    found = _by_volunteer(past.served)
    by_hand = []
    for one in problem.volunteers:
        if one.id in found:
            if one.history.shifts and one.id not in before:
                by_hand.append(one.label)
            edit.put("volunteers", one.id, _values(found[one.id], types, problem.horizon.first))
        elif one.id in before:
            edit.put("volunteers", one.id, {"history": None})
    if by_hand:
        few = joined(by_hand[:5])
        more = "…" if len(by_hand) > 5 else ""
        past.notes.append(
            Text(
                f"figures written by hand are replaced: {few.en}{more}",
                f"以下人员手工填写的历史数据将被替换：{few.zh}{more}",
            )
        )


def _values(mine: Sequence[Served], types: Mapping[str, ShiftType], first: dt.date) -> dict[str, object]:
    tenths = sum(round(types[one.shift_type].burden * 10) for one in mine)
    recent = sorted((one.day, one.shift_type) for one in mine if one.day >= first - RECENT)
    return {
        "history.shifts": len(mine),
        "history.burden": tenths / 10,
        "history.recent": [{"day": day, "shift_type": kind} for day, kind in recent] or None,
    }
