"""Any report as a workbook: a sheet for each table, numbers as numbers, its header repeated on every page."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from pathlib import Path

from scheduler.io.files import write_bytes
from scheduler.io.xlsx.book import book_bytes
from scheduler.io.xlsx.colours import HEAD
from scheduler.io.xlsx.measure import width_of
from scheduler.io.xlsx.page import Align, Draft, Look, Page, Value
from scheduler.report.grid import Cell, Grid
from scheduler.text import Language, Text

_TITLE = Look(bold=True, size=14, border=False)
_HEAD = Look(fill=HEAD, bold=True, align=Align.CENTRE)
_WORDS = Look()
_DAY = Look(align=Align.CENTRE, number="yyyy-mm-dd")
_COUNT = Look(align=Align.RIGHT, number="0")
_FIGURE = Look(align=Align.RIGHT, number="0.0#")
_WIDEST = 60.0
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\']")


def write_grids(path: Path, grids: Sequence[Grid], language: Language) -> None:
    """Write tables as a workbook.

    Raises:
        PublishError: the file cannot be written.
    """
    write_bytes(path, grids_bytes(grids, language))


def grids_bytes(grids: Sequence[Grid], language: Language) -> bytes:
    """Tables as a workbook's bytes; the same tables, the same bytes."""
    names: list[str] = []
    for grid in grids:
        names.append(_name(grid.title.say(language), names))
    pages = [_page(name, grid, language) for name, grid in zip(names, grids)]
    return book_bytes(pages, grids[0].title.say(language))


def _name(title: str, taken: Sequence[str]) -> str:
    """A sheet's name: at most 31 characters (ECMA-376), none that is not allowed, different from the others."""
    whole = _NOT_IN_NAMES.sub(" ", title).strip() or "1"
    lower = [one.lower() for one in taken]
    name, number = whole[:31], 2
    while name.lower() in lower:
        name, number = f"{whole[:27]} {number}", number + 1
    return name


def _page(name: str, grid: Grid, language: Language) -> Page:
    draft = Draft(name)
    head = [column.say(language) for column in grid.columns]
    rows = [[_value(cell, language) for cell in row] for row in grid.rows]
    for at, title in enumerate(head):
        words = [title, *(one for row in rows if isinstance(one := row[at], str))]
        draft.widths[at] = min(_WIDEST, max(9.0, *(width_of(word) + 3 for word in words)))
    draft.put(0, 0, grid.title.say(language), _TITLE, columns=len(head))
    draft.wrapped(0, grid.title.say(language), draft.span(0, len(head)) - 2, grown=1.5)
    for at, title in enumerate(head):
        draft.put(1, at, title, _HEAD)
    for number, row in enumerate(rows, 2):
        for at, value in enumerate(row):
            draft.put(number, at, value, _look(value))
            if isinstance(value, str):
                draft.wrapped(number, value, draft.widths[at] - 2)
    draft.frozen, draft.repeated_rows = (2, 0), (1, 1)
    if rows:
        draft.filtered = (1, 0, len(rows) + 1, len(head) - 1)
    draft.landscape = sum(draft.widths.values()) > 90
    return draft.page()


def _value(cell: Cell, language: Language) -> Value:
    return cell.say(language) if isinstance(cell, Text) else cell


def _look(value: Value) -> Look:
    if isinstance(value, dt.date):
        return _DAY
    if isinstance(value, int):
        return _COUNT
    return _FIGURE if isinstance(value, float) else _WORDS
