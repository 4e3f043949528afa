"""The lines of sign-in sheets: of the program's own workbook, or of any table with names and marks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from scheduler.errors import Fault, InputError
from scheduler.io.attendance_marks import SIGNS
from scheduler.io.sheets.sheet import Sheet, letter
from scheduler.io.sheets.table import SheetTable, find_table, no_table
from scheduler.io.sheets.words import Words, key_of
from scheduler.io.sheets.workbook import read_sheets
from scheduler.io.source import read_bytes
from scheduler.io.xlsx import signin
from scheduler.io.xlsx.reading import read_bound
from scheduler.text import Text

HEADERS = {
    "shift": ("shift_id",),
    "volunteer": ("volunteer_id",),
    "printed": ("printed_name",),
    "arrived": (
        "签到",
        "签到时间",
        "到岗时间",
        "到岗",
        "上岗时间",
        "实到时间",
        "in",
        "signed in",
        "sign in",
        "arrived",
    ),
    "left": ("签退", "签退时间", "离岗时间", "离岗", "下岗时间", "out", "signed out", "sign out", "left"),
    "signature": ("签名", "签字", "本人签名", "本人签字", "signature", "signed"),
    "presence": (
        "出勤",
        "出勤情况",
        "考勤",
        "考勤情况",
        "是否到岗",
        "是否出勤",
        "实到",
        "attendance",
        "came",
    ),
    "minutes": ("实到分钟", "服务分钟", "分钟", "minutes", "minutes attended", "minutes served"),
    "hours": ("班型", "时间段"),
    "post_name": ("岗位点位",),
}
"""What titles mean in a sheet of attendance, beyond the program's words."""

WANTED = ("name", "organisation", "phone", "id", "day", "post_name", "hours", "note", *HEADERS)
CARRIED = ("day", "post_name", "hours")
"""What is written once for several rows."""

_TITLES = Text("name, date, post, shift, in, out, notes", "姓名、日期、岗位、班次、签到、签退、备注")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a sheet: what its cells say by meaning, and where each of them stands.

    ``shift`` and ``volunteer`` are ids the program itself put there, ``printed`` the name it put there.
    """

    cells: Mapping[str, str]
    places: Mapping[str, str]
    place: str

    def text(self, meaning: str) -> str:
        """What a cell says; empty if it is empty."""
        return self.cells.get(meaning, "")

    def fault(self, meaning: str, text: Text, hint: Text | None = None) -> Fault:
        """A fault at the cell of a meaning, or at the line."""
        return Fault(self.places.get(meaning, self.place), text, hint)

    @property
    def marked(self) -> bool:
        """Whether anything stands in it that says how a duty was kept."""
        return any(self.text(meaning) for meaning in (*SIGNS, "note"))


def read_lines(path: Path, words: Words, plan: str) -> tuple[list[Line], tuple[Text, ...]]:
    """The lines of a file that say anything, and what to know of how it was read.

    Raises:
        InputError: it cannot be read, is another plan's, or holds no table that says who came.
    """
    if read_bytes(path).startswith(b"PK") and read_bound(path).hints.get("form") == signin.FORM:
        return [_own(row) for row in signin.read_signin(path, plan)], ()
    known = _words(words)
    tables = [(sheet, _table(sheet, known)) for sheet in read_sheets(path)]
    found = [(sheet, table) for sheet, table in tables if table is not None]
    if not found:
        raise no_table(Sheet(path.name, "", ()), _TITLES)
    faults = [fault for _, table in found for fault in table.doubts(frozenset(WANTED))]
    if faults:
        raise InputError(faults)
    notes = [note for sheet, table in found for note in (*sheet.notes, *table.notes)]
    return [line for sheet, table in found for line in _of_table(sheet, table)], tuple(notes)


def _words(words: Words) -> Words:
    own = {key_of(title): meaning for meaning, titles in HEADERS.items() for title in titles}
    own |= {key_of(title.zh + title.en): meaning for meaning, title in _COLUMNS.items()}
    return replace(words, headers={**words.headers, **own})


def _table(sheet: Sheet, words: Words) -> SheetTable | None:
    """The table of a sheet, if it has a column that says who came."""
    table = find_table(sheet, words, WANTED, "name") or find_table(sheet, words, WANTED, "volunteer")
    meanings = {column.meaning for column in table.columns} if table else set()
    return table if meanings & {*SIGNS} else None


def _of_table(sheet: Sheet, table: SheetTable) -> Iterator[Line]:
    """The rows; what one leaves out it has from above: the shift's id, or else day, post and shift."""
    columns = {one.meaning: letter(one.number) for one in table.columns if one.meaning}
    carried: dict[str, str] = {}
    shift = ""
    for record in table.records:
        cells = {meaning: cell.text for meaning, cell in record.cells.items() if cell.text}
        if "shift" not in cells and {*CARRIED}.isdisjoint(cells) and shift:
            cells["shift"] = shift
        shift = cells.get("shift", "")
        carried |= {meaning: cells[meaning] for meaning in CARRIED if meaning in cells}
        if not set(cells) - {*CARRIED, "shift", "organisation"}:
            continue
        row = f"{sheet.label}:{record.number}"
        places = {meaning: f"{row} {column}" for meaning, column in columns.items()}
        yield Line(cells if "shift" in cells else {**carried, **cells}, places, places.get("name", row))


def _own(row: signin.SigninRow) -> Line:
    """A line of the program's own sheet; the places of its cells follow from where its columns stand."""
    said = {
        "shift": row.shift,
        "volunteer": row.volunteer or "",
        "printed": row.printed,
        "name": row.name,
        "organisation": row.organisation,
        "arrived": row.arrived,
        "left": row.left,
        "signature": row.signature,
        "note": row.note,
    }
    return Line(said, _places(row.place), row.place)


_SEEN = [title for title, _ in signin.COLUMNS]
_COLUMNS = {
    "name": signin.NAME,
    "organisation": signin.ORGANISATION,
    "arrived": signin.ARRIVED,
    "left": signin.LEFT,
    "signature": signin.SIGNATURE,
    "note": signin.NOTE,
}


def _places(name: str) -> dict[str, str]:
    """Where the cells beside a name's cell stand."""
    match = re.fullmatch(r"(.*) ([A-Z]+)", name)
    if match is None:
        return {}
    first = len(signin.HIDDEN)
    return {
        meaning: f"{match[1]} {letter(first + _SEEN.index(title))}" for meaning, title in _COLUMNS.items()
    }
