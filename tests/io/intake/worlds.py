"""A small plan to import into, and ways to make files as offices do."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

PLAN = """\
# a plan to import into
id: gate-2020
name: 大门值守
horizon: {first: 2020-03-02, last: 2020-03-15}
places: [{id: east, name: 东河沿社区}, {id: west, name: 幸福社区}]
organisations:
  - {id: jiusan, name: 九三学社, short: 九三, promised: 40}
  - {id: first, name: 第一支社, within: jiusan}
  - {id: second, name: 第二支社, within: jiusan}
skills: [{id: medical, name: 医务}, {id: driving, name: 驾驶}]
shift_types:
  - {id: morning, name: 上午班, start: 08:00, end: 12:00}
  - {id: evening, name: 晚班, start: 18:00, end: 22:00}
demand: [{shifts: [morning, evening], least: 1}]
posts: [{id: gate, name: 福光路西口, place: east}]
volunteers:
  - {id: first-01, name: 林安, organisation: first, phone: "13811110001", availability: weekend}
  - {id: first-02, name: 王波, organisation: first, availability: always}   # no phone
rules:
  - {rule: quota, organisations: [jiusan], per: week, least: 5, most: 20}
"""
AGE = "  - {rule: age-limit, most: 70, shift_types: [evening]}\n"

Rows = Sequence[Sequence[object]]


def plan_in(folder: Path, more: str = "") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "plan.yaml"
    path.write_text(PLAN + more, encoding="utf-8")
    return path


def workbook(**sheets: Rows) -> Workbook:
    book = Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    return book


def saved(book: Workbook) -> bytes:
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def xlsx(rows: Rows, dress: Callable[[Worksheet], None] | None = None, title: str = "Sheet1") -> bytes:
    book = workbook(**{title: rows})
    if dress:
        dress(book.active)
    return saved(book)


def csv_text(rows: Rows, delimiter: str = ",") -> str:
    return "".join(delimiter.join("" if cell is None else str(cell) for cell in row) + "\r\n" for row in rows)


def with_parts(data: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    """A workbook with parts of its package changed."""
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as before,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for name in before.namelist():
            after.writestr(name, change(name, before.read(name)))
    return packed.getvalue()
