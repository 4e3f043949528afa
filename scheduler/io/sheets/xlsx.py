"""Workbooks (.xlsx) as sheets of text: merged cells filled, hidden rows and sheets left out, formulas by result."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from typing import TYPE_CHECKING

from scheduler.errors import InputError
from scheduler.io.sheets.package import STUMBLES, damaged, expect_sane
from scheduler.io.sheets.sheet import Cell, Doubt, Row, Sheet, letter
from scheduler.io.sheets.values import read_value
from scheduler.text import Text

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

HINTS = "_duty"
"""The name of the hidden sheet in which the program itself leaves ids: two columns, key and value."""


def xlsx_sheets(name: str, data: bytes) -> tuple[Sheet, ...]:
    """The visible sheets of a workbook.

    Raises:
        InputError: it is damaged, or unpacks to more than could be meant.
    """
    formulas = expect_sane(name, data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return tuple(_sheets(name, data, formulas=formulas))
    except STUMBLES as wrong:
        raise InputError([damaged(name)]) from wrong


def _sheets(name: str, data: bytes, *, formulas: bool) -> Iterator[Sheet]:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(data), data_only=True)
    typed = load_workbook(io.BytesIO(data)) if formulas else book
    hints = _hints(book)
    hidden = [
        sheet.title for sheet in book.worksheets if sheet.sheet_state != "visible" and sheet.title != HINTS
    ]
    first = True
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            continue
        notes = [_hidden_sheets(name, hidden)] if hidden and first else []
        first = False
        yield _sheet(name, sheet, typed[sheet.title], notes, hints)


def _hints(book: Workbook) -> dict[str, str]:
    if HINTS not in book.sheetnames:
        return {}
    return {
        str(key): str(value)
        for key, value, *_ in book[HINTS].iter_rows(max_col=2, max_row=1000, values_only=True)
        if key
    }


def _sheet(name: str, sheet: Worksheet, typed: Worksheet, notes: list[Text], hints: dict[str, str]) -> Sheet:
    label = f"{name}[{sheet.title}]"
    values = _values(sheet, typed)
    away = {row for row in {row for row, _ in values} if sheet.row_dimensions[row].hidden}
    rows: dict[int, dict[int, Cell]] = {}
    for (row, column), (text, doubt) in sorted(values.items()):
        if row not in away:
            rows.setdefault(row, {})[column - 1] = Cell(text, label, row, letter(column - 1), doubt)
    if away:
        notes.append(
            Text(f"{label}: hidden rows left out: {len(away)}", f"{label}：跳过 {len(away)} 个隐藏行")
        )
    return Sheet(label, sheet.title, tuple(Row(n, cells) for n, cells in rows.items()), tuple(notes), hints)


def _values(sheet: Worksheet, typed: Worksheet) -> dict[tuple[int, int], tuple[str, Doubt | None]]:
    """What the cells say, by row and column; only those that say something."""
    values = {}
    for at, cell in sheet._cells.items():
        text, doubt = read_value(cell.value)
        if not text and typed is not sheet and typed.cell(*at).data_type == "f":
            text, doubt = "=", Doubt.FORMULA
        if text:
            values[at] = text, doubt
    last_row = max((row for row, _ in values), default=0)
    last_column = max((column for _, column in values), default=0)
    for merged in sheet.merged_cells.ranges:
        if (first := values.get((merged.min_row, merged.min_col))) is None:
            continue
        for row in range(merged.min_row, min(merged.max_row, last_row) + 1):
            for column in range(merged.min_col, min(merged.max_col, last_column) + 1):
                values[row, column] = first
    return values


def _hidden_sheets(name: str, hidden: list[str]) -> Text:
    return Text(
        f"{name}: hidden sheets were left out: {', '.join(hidden)}",
        f"{name}：跳过隐藏的工作表：{'、'.join(hidden)}",
    )
