"""The package of a workbook: looked at before it is read, so that no file can take all memory or all day."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from xml.etree.ElementTree import ParseError

from scheduler.errors import Fault, InputError
from scheduler.text import Text

LARGEST = 80_000_000
"""How many bytes a workbook may unpack to."""

MOST_CELLS = 500_000
"""How many cells a workbook may have, those of merged areas counted each."""

STUMBLES: tuple[type[Exception], ...] = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
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
    ImportError,
)
"""What the parser trips over when a file is damaged; which one says nothing to a person."""

_CELL = re.compile(rb"<(?:\w+:)?c[\s>/]")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
_MERGED = re.compile(rb"mergeCell\s[^>]*?ref\s*=\s*[\"']\$?([A-Za-z]*)\$?(\d*):\$?([A-Za-z]*)\$?(\d*)")
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384


def expect_sane(name: str, data: bytes) -> bool:
    """See that a file is a workbook of a size that could be meant; whether there are formulas in it.

    Raises:
        InputError: it is damaged, protected, something else, or too large.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _expect_workbook(name, archive.infolist())
            sheets = [archive.read(part) for part in archive.namelist() if _is_sheet(part)]
    except STUMBLES as wrong:
        raise InputError([damaged(name)]) from wrong
    cells = sum(_cells(xml) for xml in sheets)
    if cells > MOST_CELLS:
        raise InputError([_too_large(name)])
    return any(_FORMULA.search(xml) for xml in sheets)


def damaged(name: str) -> Fault:
    """The fault of a workbook that cannot be read."""
    text = Text("the workbook is damaged and cannot be read", "工作簿已损坏，无法读取")
    hint = Text("open it in a spreadsheet program and save it again", "请用表格软件打开后重新保存")
    return Fault(name, text, hint)


def _expect_workbook(name: str, parts: list[zipfile.ZipInfo]) -> None:
    if sum(part.file_size for part in parts) > LARGEST or len(parts) > 5_000:
        raise InputError([_too_large(name)])
    if any(part.flag_bits & 1 for part in parts):
        text = Text("the file is protected with a password", "文件设有打开密码")
        raise InputError([Fault(name, text, Text("save it without a password", "请取消密码后另存"))])
    if not any(part.filename.endswith("workbook.xml") for part in parts):
        text = Text("this is a document, not a workbook", "这是文档，不是工作簿")
        raise InputError([Fault(name, text, Text("save it as .xlsx", "请另存为 .xlsx"))])


def _is_sheet(part: str) -> bool:
    return "worksheets/" in part and part.endswith(".xml")


def _cells(xml: bytes) -> int:
    """How many cells a sheet has, and its merged areas cover."""
    return len(_CELL.findall(xml)) + sum(_area(*match.groups()) for match in _MERGED.finditer(xml))


def _area(first: bytes, top: bytes, last: bytes, bottom: bytes) -> int:
    columns = _column(last, _LAST_COLUMN) - _column(first, 1) + 1
    rows = int(bottom or _LAST_ROW) - int(top or 1) + 1
    return max(columns, 1) * max(rows, 1)


def _column(letters: bytes, missing: int) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number or missing


def _too_large(name: str) -> Fault:
    text = Text("the workbook is far too large", "工作簿过大")
    hint = Text("copy the table alone into a new workbook", "请只将表格复制到新的工作簿")
    return Fault(name, text, hint)
