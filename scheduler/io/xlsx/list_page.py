"""Sheets that are lists: a title, a header in two languages, rows; widths and heights found from what they say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from scheduler.io.xlsx.colours import HEAD
from scheduler.io.xlsx.desk import Desk
from scheduler.io.xlsx.measure import Fit, Paper, scale_for, width_of
from scheduler.io.xlsx.page import Align, Draft, Look, Page, Run, Value
from scheduler.text import Language, Text

_TITLE = Look(bold=True, size=14, border=False)
_NOTE = Look(border=False, ink="595959")
_HEAD = Look(fill=HEAD, bold=True, align=Align.CENTRE)
_SUM = "F2F2F2"
_UPRIGHT, _A4 = 130.0, 190.0
"""How wide a list may be to be printed upright, and on A4."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its title, the most room it takes, how its values look."""

    title: Text
    most: float
    look: Look


WORD = Look(align=Align.CENTRE)
WORDS = Look()
COUNT = Look(align=Align.CENTRE, number="0")
HOURS = Look(align=Align.CENTRE, number="0.0")
DAY = Look(align=Align.CENTRE, number="yyyy-mm-dd")
MOMENT = Look(align=Align.CENTRE, number="yyyy-mm-dd hh:mm")


@dataclass(frozen=True, slots=True)
class Table:
    """A titled list; ``fills`` are grounds of whole rows by number, ``total`` is set apart under the rows."""

    title: str
    columns: tuple[Column, ...]
    rows: Sequence[tuple[Value, ...]]
    note: str = ""
    total: tuple[Value, ...] | None = None
    empty: str = ""


def list_page(desk: Desk, name: Text, tables: Sequence[Table], *, filtered: bool = False) -> Page:
    """One sheet of lists, one under the other; the header of the first is repeated on paper."""
    draft = Draft(desk.say(name))
    measured = [_width(tables, n) for n in range(max(len(table.columns) for table in tables))]
    draft.widths |= dict(enumerate(measured))
    row = 0
    for n, table in enumerate(tables):
        head = _heading(draft, desk, table, row)
        if n == 0:
            draft.repeated_rows, draft.frozen = (head, head), (head + 1, 0)
            if filtered and table.rows:
                draft.filtered = (head, 0, head + len(table.rows), len(table.columns) - 1)
        row = _rows(draft, table, head + 1) + 1
    draft.landscape = sum(measured) > _UPRIGHT
    if sum(measured) > _A4:
        draft.fit = Fit(Paper.A3, scale_for(measured, Paper.A3, landscape=True))
    if len(tables) > 1:
        draft.repeated_rows, draft.frozen = None, (0, 0)
    return draft.page(desk.head(draft.name), desk.foot)


def both(title: Text, language: Language) -> Value:
    """A title in the reader's language with the other one small beneath it."""
    first = title.say(language)
    other = title.say(Language.EN if language is Language.ZH else Language.ZH)
    return first if first == other else (Run(first, bold=True), Run(f"\n{other}", "595959", size=8))


def _heading(draft: Draft, desk: Desk, table: Table, row: int) -> int:
    """Title and note, then the header; the header's row."""
    columns = len(table.columns)
    for text, look, grown in ((table.title, _TITLE, 1.5), (table.note, _NOTE, 1.0)):
        if text:
            draft.put(row, 0, text, look, columns=columns)
            draft.wrapped(row, text, draft.span(0, columns) - 2, grown=grown)
            row += 1
    for at, column in enumerate(table.columns):
        draft.put(row, at, both(column.title, desk.language), _HEAD)
    draft.lines(row, 2)
    return row


def _rows(draft: Draft, table: Table, row: int) -> int:
    """The rows, or what is said if there are none; the row after them."""
    if not table.rows and table.empty:
        draft.put(row, 0, table.empty, Look(), columns=len(table.columns))
        return row + 1
    for values in table.rows:
        for at, (column, value) in enumerate(zip(table.columns, values)):
            draft.put(row, at, value, column.look)
            if isinstance(value, str):
                draft.wrapped(row, value, draft.widths[at] - 1.5)
        row += 1
    if table.total is not None:
        for at, (column, value) in enumerate(zip(table.columns, table.total)):
            look = Look(bold=True, fill=_SUM, align=column.look.align, number=column.look.number, first=True)
            draft.put(row, at, value, look)
        row += 1
    return row


def _width(tables: Sequence[Table], at: int) -> float:
    """Wide enough for what a column says, up to the most it may take."""
    widths = [6.0]
    for table in tables:
        if at < len(table.columns):
            column = table.columns[at]
            cells = max((_needed(row[at]) for row in table.rows), default=0.0)
            total = _needed(table.total[at]) if table.total else 0.0
            head = max(width_of(word) for word in (column.title.en, column.title.zh))
            widths.append(max(min(max(cells, total) + 2.5, column.most), head + 2.5))
    return max(widths)


def _needed(value: Value) -> float:
    if isinstance(value, str):
        return width_of(value)
    if isinstance(value, dt.datetime):
        return 17.0
    return 11.0 if isinstance(value, dt.date) else 7.0
