"""Workbooks as this program wrote them, read with what is hidden: every cell by row and column, and where it stands."""

from __future__ import annotations

import datetime as dt
import io
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from scheduler.errors import Fault, InputError
from scheduler.io.sheets.package import STUMBLES, damaged, expect_sane
from scheduler.io.sheets.sheet import letter
from scheduler.io.sheets.values import read_value
from scheduler.io.sheets.xlsx import HINTS
from scheduler.io.source import read_bytes
from scheduler.text import Text

if TYPE_CHECKING:
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet


@dataclass(frozen=True, slots=True)
class Leaf:
    """A sheet: what its cells say by row and column, counted from 0, and how high and wide it is."""

    label: str
    cells: Mapping[tuple[int, int], str]
    rows: int
    columns: int

    def text(self, row: int, column: int) -> str:
        """What a cell says; empty if it is empty."""
        return self.cells.get((row, column), "")

    def place(self, row: int, column: int) -> str:
        """A cell as messages name it: ``值班表.xlsx[总表]:5 C``."""
        return f"{self.label}:{row + 1} {letter(column)}"


@dataclass(frozen=True, slots=True)
class Bound:
    """The sheets of a workbook in order, and what the program left in it for itself."""

    leaves: tuple[Leaf, ...]
    hints: Mapping[str, str]


def read_bound(path: Path) -> Bound:
    """A workbook with all that is hidden in it; a formula counts as its result, or as itself if it has none.

    Raises:
        InputError: it is not there, damaged, no workbook, or too large.
    """
    from openpyxl import load_workbook

    data = read_bytes(path)
    if not data.startswith(b"PK"):
        text = Text("this is no workbook (.xlsx)", "这不是工作簿（.xlsx）")
        raise InputError([Fault(path.name, text, Text("save it as .xlsx", "请另存为 .xlsx"))])
    formulas = expect_sane(path.name, data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(data), data_only=True, read_only=True)
            typed = load_workbook(io.BytesIO(data), read_only=True) if formulas else None
            titles = book.sheetnames
            leaves = [_leaf(f"{path.name}[{one}]", book[one], typed and typed[one]) for one in titles]
    except STUMBLES as wrong:
        raise InputError([damaged(path.name)]) from wrong
    hints = leaves[titles.index(HINTS)] if HINTS in titles else Leaf("", {}, 0, 0)
    return Bound(
        tuple(leaf for leaf, title in zip(leaves, titles) if title != HINTS),
        {hints.text(row, 0): hints.text(row, 1) for row in range(hints.rows) if hints.text(row, 0)},
    )


def _leaf(label: str, sheet: ReadOnlyWorksheet, typed: ReadOnlyWorksheet | None) -> Leaf:
    cells = {(row, column): text for row, column, value in _values(sheet) if (text := _said(value))}
    for row, column, value in _values(typed) if typed else ():
        if (row, column) not in cells and isinstance(value, str) and value.startswith("="):
            cells[row, column] = value
    rows, columns = (max((at[n] + 1 for at in cells), default=0) for n in (0, 1))
    return Leaf(label, cells, rows, columns)


def _values(sheet: ReadOnlyWorksheet) -> Iterator[tuple[int, int, object]]:
    sheet.reset_dimensions()
    for row, values in enumerate(sheet.iter_rows(values_only=True)):
        for column, value in enumerate(values):
            if value is not None and value != "":
                yield row, column, value


def _said(value: object) -> str:
    if isinstance(value, dt.datetime) and not (value.hour or value.minute):
        return value.date().isoformat()
    return read_value(value)[0]
