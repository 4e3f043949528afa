"""A workbook as bytes: the same content gives the same bytes, and no text is ever a formula."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell
    from openpyxl.workbook import Workbook

_DAY = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
_STAMPS = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(<)")


def put_text(cell: Cell, text: str) -> None:
    """Write a text into a cell, as a text whatever it begins with; signs a workbook cannot hold are left out."""
    cell.value = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f]", "", text)
    cell.data_type = "s"
    if text[:1] in ("=", "+", "-", "@"):
        cell.quotePrefix = True


def workbook_bytes(book: Workbook) -> bytes:
    """The workbook as a file, without the time at which it was written."""
    raw, packed = io.BytesIO(), io.BytesIO()
    book.save(raw)
    with zipfile.ZipFile(raw) as before, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as after:
        for name in sorted(before.namelist()):
            data = before.read(name)
            if name == "docProps/core.xml":
                data = _STAMPS.sub(rb"\g<1>" + f"{_DAY:%Y-%m-%dT%H:%M:%SZ}".encode() + rb"\g<2>", data)
            info = zipfile.ZipInfo(name, (2000, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            after.writestr(info, data)
    return packed.getvalue()
