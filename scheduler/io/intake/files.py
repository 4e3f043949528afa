"""The tables of the files given: every sheet with its table found, what is wrong with any of them collected."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from scheduler.errors import Fault, InputError
from scheduler.io.sheets.sheet import Sheet
from scheduler.io.sheets.table import SheetTable, find_table, no_table
from scheduler.io.sheets.words import Words
from scheduler.io.sheets.workbook import read_sheets
from scheduler.text import Text


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of table: the meanings of its columns, the one it cannot do without, titles as examples of it.

    ``groups`` says of a text that stands alone in a row whether it is the title of the rows under it.
    """

    wanted: tuple[str, ...]
    needed: str
    titles: Text
    groups: Callable[[str], bool] | None = None


@dataclass(slots=True)
class Tables:
    """The tables that were found, what to tell, and what is wrong."""

    found: list[SheetTable] = field(default_factory=list)
    notes: list[Text] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def read_tables(paths: Sequence[Path], words: Words, kind: Kind, ignored: Sequence[str] = ()) -> Tables:
    """The tables of one kind in some files.

    A sheet without such a table is a fault, unless another sheet of its file has one. Columns whose title is
    ``ignored`` are as if they were not there.
    """
    tables = Tables()
    for path in paths:
        try:
            sheets = read_sheets(path)
        except InputError as wrong:
            tables.faults += wrong.faults
            continue
        _take(path.name, sheets, words, kind, ignored, tables)
    return tables


def _take(
    name: str, sheets: Sequence[Sheet], words: Words, kind: Kind, ignored: Sequence[str], tables: Tables
) -> None:
    filled = [sheet for sheet in sheets if sheet.rows]
    found = {
        sheet.label: find_table(sheet, words, kind.wanted, kind.needed, ignored, kind.groups)
        for sheet in filled
    }
    tables.found += [table for table in found.values() if table]
    some = any(found.values())
    for sheet in filled:
        tables.notes += sheet.notes
        if (table := found[sheet.label]) is not None:
            tables.notes += table.notes
        elif some and not sheet.hints:
            tables.notes.append(_left_out(sheet))
        else:
            tables.faults += () if some else no_table(sheet, kind.titles).faults
    if not filled:
        tables.faults.append(Fault(name, Text("the file holds nothing", "文件没有内容")))


def _left_out(sheet: Sheet) -> Text:
    return Text(
        f"{sheet.label} holds no such table and was left out", f"{sheet.label} 中没有这类表格，已跳过"
    )


def in_order(faults: list[Fault], paths: Sequence[Path]) -> list[Fault]:
    """Faults by file as they were given, then by row and column."""
    names = [path.name for path in paths]

    def position(fault: Fault) -> tuple[int, str, int, int, str]:
        file = next((n for n, name in enumerate(names) if fault.place.startswith(name)), len(names))
        label, _, rest = fault.place.rpartition(":")
        row = re.match(r"(\d+) ?([A-Z]*)", rest)
        column = row[2] if row else ""
        return file, label, int(row[1]) if row else 0, len(column), column

    return sorted(faults, key=position)
