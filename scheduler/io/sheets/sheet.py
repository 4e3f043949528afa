"""A sheet as text: every cell with its place, whatever file it came from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from scheduler.errors import Fault
from scheduler.text import Text


class Doubt(StrEnum):
    """Why what a cell shows may not be what was typed."""

    DIGITS = "digits"
    FORMULA = "formula"
    ERROR = "error"


DOUBTS = {
    Doubt.DIGITS: (
        Text(
            "the number was stored as a figure, its last digits are lost",
            "该号码被存成了数值，末尾的数字已丢失",
        ),
        Text("format the column as text and type it again", "请将该列设为“文本”格式后重新填写"),
    ),
    Doubt.FORMULA: (
        Text("the formula in this cell has no stored result", "该单元格的公式没有保存计算结果"),
        Text(
            "open the file in a spreadsheet program and save it, or type the value",
            "请用表格软件打开并重新保存，或直接填写数值",
        ),
    ),
    Doubt.ERROR: (
        Text("the formula in this cell failed", "该单元格的公式出错"),
        Text("type the value", "请直接填写数值"),
    ),
}
"""What is wrong with a doubtful cell, and what to do."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell says, tidied, where it stands, and whether that can be trusted.

    The column is a letter as spreadsheets show it.
    """

    text: str
    sheet: str
    row: int
    column: str
    doubt: Doubt | None = None

    @property
    def place(self) -> str:
        """The cell as messages name it: ``名单.xlsx[一支社]:5 C``."""
        return f"{self.sheet}:{self.row} {self.column}"

    def fault(self, text: Text, hint: Text | None = None) -> Fault:
        """A fault at this cell."""
        return Fault(self.place, text, hint)


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its number and its cells by column, counted from 0, without the empty ones."""

    number: int
    cells: Mapping[int, Cell]

    def text(self, column: int) -> str:
        """What a cell says; empty if it is empty."""
        cell = self.cells.get(column)
        return cell.text if cell else ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet's rows that say anything; merged cells all hold what the first of them says.

    ``label`` names it in messages (``名单.xlsx[一支社]``), ``name`` is its own name (empty for CSV); ``notes`` tell
    what was left out and how the file was read; ``hints`` are words and ids the program itself put there.
    """

    label: str
    name: str
    rows: tuple[Row, ...]
    notes: tuple[Text, ...] = ()
    hints: Mapping[str, str] | None = None


def letter(column: int) -> str:
    """A column's letter: 0 is A, 26 is AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
