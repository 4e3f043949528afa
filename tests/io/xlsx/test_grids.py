"""Tables as a workbook: read back, they say the same."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

import openpyxl

from scheduler.io.xlsx.grids import grids_bytes, write_grids
from scheduler.report.grid import Grid
from scheduler.text import Language, Text, same

GRID = Grid(
    Text("Person-times [a/b]", "人次[甲/乙]"),
    (Text("Who", "谁"), Text("Times", "人次"), Text("Hours", "时数"), Text("Day", "日期")),
    (
        (Text("  Branch", "  支部"), 3, 4.5, dt.date(2020, 4, 22)),
        (same("=1+1"), 0, 0.0, None),
    ),
)


def test_cells_are_what_they_were_and_no_text_is_a_formula() -> None:
    book = openpyxl.load_workbook(io.BytesIO(grids_bytes([GRID], Language.ZH)))
    (sheet,) = book.worksheets
    assert sheet.title == "人次 甲 乙"
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    assert rows == [
        ["谁", "人次", "时数", "日期"],
        ["  支部", 3, 4.5, dt.datetime(2020, 4, 22)],  # noqa: DTZ001
        ["=1+1", 0, 0, None],
    ]
    assert sheet["A4"].data_type == "s"
    assert sheet.freeze_panes == "A3"


def test_sheets_of_one_title_have_names_of_their_own() -> None:
    long = Grid(same("x" * 60), (same("a"),), ())
    book = openpyxl.load_workbook(io.BytesIO(grids_bytes([long, long, GRID], Language.EN)))
    assert book.sheetnames == ["x" * 31, f"{'x' * 27} 2", "Person-times  a b"]


def test_the_same_tables_are_the_same_bytes(tmp_path: Path) -> None:
    write_grids(tmp_path / "a.xlsx", [GRID], Language.EN)
    assert (tmp_path / "a.xlsx").read_bytes() == grids_bytes([GRID], Language.EN)
