"""Workbooks (.xlsx) as sheets of text: merged cells filled, hidden rows and sheets left out, formulas by result."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING
from xml.etree.ElementTree import ParseError

from scheduler.errors import Fault, InputError
from scheduler.io.sheets.sheet import Cell, Doubt, Row, Sheet, letter
from scheduler.io.sheets.values import read_value
from scheduler.text import Text

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

LARGEST = 150_000_000
"""How many bytes a workbook may unpack to."""

MOST_CELLS = 1_000_000
"""How many cells that say anything, merged ones counted each, a sheet may have."""

HINTS = "_duty"
"""The name of the hidden sheet in which the program itself leaves ids: two columns, key and value."""

_STUMBLES = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    ParseError,
    SyntaxError,
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    IndexError,
    OSError,
    EOFError,
    OverflowError,
    RuntimeError,
    NotImplementedError,
    AssertionError,
    MemoryError,
    ImportError,
)
"""What the parser trips over when a file is damaged; which one says nothing to a person."""


def xlsx_sheets(name: str, data: bytes) -> tuple[Sheet, ...]:
    """The visible sheets of a workbook.

    Raises:
        InputError: it is damaged, or unpacks to more than could be meant.
    """
    _expect_sane(name, data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return tuple(_sheets(name, data))
    except _STUMBLES + _zlib_errors() as wrong:
        raise InputError([_damaged(name)]) from wrong


def _zlib_errors() -> tuple[type[Exception], ...]:
    import zlib

    return (zlib.error,)


def _expect_sane(name: str, data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except _STUMBLES as wrong:
        raise InputError([_damaged(name)]) from wrong
    size = sum(part.file_size for part in parts)
    if size > LARGEST or len(parts) > 5_000:
        text = Text("unpacked, the file is far too large", "文件解压后过大")
        hint = Text("copy the table into a new workbook", "请将表格复制到新的工作簿")
        raise InputError([Fault(name, text, hint)])
    if any(part.flag_bits & 1 for part in parts):
        text = Text("the file is protected with a password", "文件设有打开密码")
        raise InputError([Fault(name, text, Text("save it without a password", "请取消密码后另存"))])
    names = {part.filename for part in parts}
    if not any(part.endswith("workbook.xml") for part in names):
        kind = Text("a document, not a workbook", "文档，不是工作簿")
        raise InputError([Fault(name, Text(f"this is {kind.en}", f"这是{kind.zh}"), _SAVE_AS)])


_SAVE_AS = Text("save it as .xlsx", "请另存为 .xlsx")


def _sheets(name: str, data: bytes) -> Iterator[Sheet]:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(data), data_only=True)
    typed = load_workbook(io.BytesIO(data)) if b"<f" in _all_sheets(data) else book
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


def _all_sheets(data: bytes) -> bytes:
    """The XML of all sheets, to see whether there are formulas at all."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return b"".join(
            archive.read(part)
            for part in archive.namelist()
            if "worksheets/" in part and part.endswith(".xml")
        )


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
    values = _values(label, sheet, typed)
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


def _values(
    label: str, sheet: Worksheet, typed: Worksheet
) -> dict[tuple[int, int], tuple[str, Doubt | None]]:
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
        if len(values) > MOST_CELLS:
            break
    if len(values) > MOST_CELLS:
        text_wrong = Text(f"more than {MOST_CELLS} filled cells", f"有内容的单元格超过 {MOST_CELLS} 个")
        raise InputError([Fault(label, text_wrong)])
    return values


def _hidden_sheets(name: str, hidden: list[str]) -> Text:
    return Text(
        f"{name}: hidden sheets were left out: {', '.join(hidden)}",
        f"{name}：跳过隐藏的工作表：{'、'.join(hidden)}",
    )


def _damaged(name: str) -> Fault:
    text = Text("the workbook is damaged and cannot be read", "工作簿已损坏，无法读取")
    hint = Text("open it in a spreadsheet program and save it again", "请用表格软件打开后重新保存")
    return Fault(name, text, hint)
