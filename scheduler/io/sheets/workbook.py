"""Sheets of a file, whatever it is: a workbook, or CSV in any encoding in use; what cannot be read is said."""

from __future__ import annotations

from pathlib import Path

from scheduler.errors import Fault, InputError
from scheduler.io.sheets.csv_text import csv_sheet
from scheduler.io.sheets.sheet import Sheet
from scheduler.io.sheets.xlsx import xlsx_sheets
from scheduler.io.source import read_bytes
from scheduler.text import Text

LARGEST = 30_000_000
"""How many bytes a file may have."""

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_SAVE_AS = Text("save it as .xlsx or CSV", "请另存为 .xlsx 或 CSV")


def read_sheets(path: Path) -> tuple[Sheet, ...]:
    """The visible sheets of a file (.xlsx, .xlsm, .csv, .txt), told by its content, not by its name.

    Raises:
        InputError: it is not there, or is nothing this program reads; the message says what it is instead.
    """
    data = read_bytes(path)
    name = path.name
    if not data.strip():
        raise InputError([Fault(name, Text("the file is empty", "文件为空"))])
    if len(data) > LARGEST:
        text = Text(f"the file has more than {LARGEST // 10**6} MB", f"文件超过 {LARGEST // 10**6} MB")
        raise InputError([Fault(name, text, Text("split it", "请拆分后再导入"))])
    if data.startswith(_OLE):
        raise InputError([_old(name, data)])
    if data.startswith(b"%PDF"):
        raise InputError([Fault(name, Text("this is a PDF, not a table", "这是 PDF，不是表格"), _SAVE_AS)])
    if data.startswith(b"PK"):
        return xlsx_sheets(name, data)
    if data[:200].lstrip().lower().startswith((b"<html", b"<!doctype", b"<table", b"<?xml")):
        text = Text("this is a web page saved under another name", "这是网页文件，只是扩展名改成了表格")
        raise InputError([Fault(name, text, _SAVE_AS)])
    return (csv_sheet(name, data),)


def _old(name: str, data: bytes) -> Fault:
    if "EncryptedPackage".encode("utf-16-le") in data:
        text = Text("the file is protected with a password", "文件设有打开密码")
        return Fault(name, text, Text("save it without a password", "请取消密码后另存"))
    text = Text("this is an old Excel or Word file (.xls, .doc)", "这是旧版 Excel 或 Word 文件（.xls、.doc）")
    return Fault(name, text, _SAVE_AS)
