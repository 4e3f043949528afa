"""CSV as offices save it: UTF-8, GB18030 or UTF-16; comma, semicolon or tab, whichever makes a table of it."""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter

from scheduler.errors import Fault, InputError
from scheduler.io.sheets.sheet import Cell, Row, Sheet, letter
from scheduler.io.sheets.values import read_text
from scheduler.io.source import chinese_text
from scheduler.text import Text

MOST_ROWS = 100_000
"""How many rows a table may have."""

DELIMITERS = (",", ";", "\t", "，", "|")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def csv_sheet(name: str, data: bytes) -> Sheet:
    """The one sheet of a CSV file.

    Raises:
        InputError: it is no text, or its quotation marks do not fit.
    """
    text, encoding = decoded(name, data)
    delimiter = _delimiter(text)
    rows = []
    for number, cells in _records(name, text, delimiter):
        found = {n: _cell(cell, name, number, n) for n, cell in enumerate(cells) if cell.strip()}
        kept = {n: cell for n, cell in found.items() if cell.text}
        if kept:
            rows.append(Row(number, kept))
    notes = () if encoding == "UTF-8" else (_note(name, encoding),)
    return Sheet(name, "", tuple(rows), notes)


def decoded(name: str, data: bytes) -> tuple[str, str]:
    """The text of a file and its encoding's name.

    Raises:
        InputError: it is no text in an encoding in use.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strict(name, data, encoding), "UTF-8" if encoding == "utf-8-sig" else "UTF-16"
    if (wide := _wide(data)) is not None:
        return _strict(name, data, wide), "UTF-16"
    if b"\x00" in data:
        raise InputError([_no_text(name)])
    try:
        return data.decode(), "UTF-8"
    except UnicodeDecodeError as wrong:
        if (text := chinese_text(data)) is None:
            raise InputError([_no_text(name)]) from wrong
        return text, "GB18030"


def _strict(name: str, data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as wrong:
        raise InputError([_no_text(name)]) from wrong


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: line ends and commas have a zero byte beside them."""
    if len(data) % 2:
        return None
    for encoding in ("utf-16-le", "utf-16-be"):
        if "\n".encode(encoding) in data and data.count("\n".encode(encoding)) >= data.count(b"\n") // 2:
            return encoding
    return None


def _no_text(name: str) -> Fault:
    text = Text("this is neither a workbook nor a text table", "既不是工作簿，也不是文本表格")
    return Fault(name, text, Text("save it as .xlsx or CSV (UTF-8)", "请另存为 .xlsx 或 CSV（UTF-8）"))


def _note(name: str, encoding: str) -> Text:
    return Text(f"{name} was read as {encoding}", f"{name} 按 {encoding} 编码读取")


def _delimiter(text: str) -> str:
    """The delimiter that most rows have, as often as each other."""
    lines = [line for line in text.splitlines()[:60] if line.strip()]

    def fit(delimiter: str) -> tuple[int, int]:
        counts = Counter(line.count(delimiter) for line in lines if delimiter in line)
        return (counts.most_common(1)[0][1], sum(counts)) if counts else (0, 0)

    return max(DELIMITERS, key=fit)


def _records(name: str, text: str, delimiter: str) -> list[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    records, begins = [], 1
    try:
        for cells in reader:
            records.append((begins, cells))
            begins = reader.line_num + 1
            if len(records) > MOST_ROWS:
                text_wrong = Text(f"more than {MOST_ROWS} rows", f"超过 {MOST_ROWS} 行")
                raise InputError([Fault(name, text_wrong, Text("split the file", "请拆分文件"))])
    except csv.Error as wrong:
        text_wrong = Text("the quotation marks of this row do not fit", "本行的引号不匹配")
        raise InputError([Fault(f"{name}:{begins}", text_wrong)]) from wrong
    return records


def _cell(cell: str, name: str, row: int, column: int) -> Cell:
    text, doubt = read_text(cell)
    return Cell(text, name, row, letter(column), doubt)
