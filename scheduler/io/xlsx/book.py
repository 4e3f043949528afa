"""Pages as a workbook's bytes: the same pages, the same bytes; no text is ever a formula.

XlsxWriter writes 13,000 rows three times as fast as openpyxl, which reads them.
"""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from scheduler.io.xlsx.measure import AIR, LINE, MARGIN_SIDE, MARGIN_TOP, Paper
from scheduler.io.xlsx.page import Align, Laid, Look, Page, Run

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

_FONT = "Microsoft YaHei"
_PLAIN = {"font_name": "Arial", "font_size": 10}
"""The font that column widths are measured in; its widths are the same on every computer."""
_LINE = "#8C8C8C"
_ZERO = dt.date(1899, 12, 30).toordinal()
_CREATED = dt.datetime(2000, 1, 1)  # noqa: DTZ001  (the format has no time zone)
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_LONGEST = 32_000
"""Characters a cell can hold, with some to spare."""


def book_bytes(pages: Sequence[Page], title: str, subject: str = "") -> bytes:
    """The pages as a workbook."""
    from xlsxwriter import Workbook

    packed = io.BytesIO()
    book = Workbook(packed, {"in_memory": True, "default_format_properties": _PLAIN})
    book.set_properties({"title": title[:250], "subject": subject, "created": _CREATED})
    looks = _Looks(book)
    for page in pages:
        _write(book.add_worksheet(page.name), page, looks)
    book.close()
    return packed.getvalue()


def clean(text: str) -> str:
    """A text without signs a workbook cannot hold."""
    return _NOT_IN_XML.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))[:_LONGEST]


class _Looks:
    """The formats of a workbook, each made once; the pages keep their looks, so that a look's id is its own."""

    def __init__(self, book: Workbook) -> None:
        self.book = book
        self.cells: dict[tuple[Look, bool], Format] = {}
        self.seen: dict[tuple[int, bool], Format] = {}
        self.runs: dict[tuple[str | None, bool, int], Format] = {}

    def cell(self, look: Look, quoted: bool) -> Format:
        """The format of a cell; quoted, it begins like a formula and is none."""
        if (found := self.seen.get((id(look), quoted))) is None:
            if (look, quoted) not in self.cells:
                self.cells[look, quoted] = self.book.add_format(_properties(look, quoted=quoted))
            found = self.seen[id(look), quoted] = self.cells[look, quoted]
        return found

    def run(self, run: Run) -> Format:
        """The format of a part of a text."""
        key = (run.ink, run.bold, run.size)
        if key not in self.runs:
            self.runs[key] = self.book.add_format(_font(*key))
        return self.runs[key]


def _font(ink: str | None, bold: bool, size: int) -> dict[str, object]:
    return {"font_name": _FONT, "font_size": size, "bold": bold} | ({"font_color": f"#{ink}"} if ink else {})


def _properties(look: Look, *, quoted: bool) -> dict[str, object]:
    found = _font(look.ink, look.bold, look.size)
    found |= {"text_wrap": True, "align": look.align.value, "valign": "top" if look.top else "vcenter"}
    if look.border:
        found |= {"border": 1, "border_color": _LINE}
    if look.first:
        found |= {"top": 2, "top_color": "#404040"}
    if look.fill:
        found["bg_color"] = f"#{look.fill}"
    if look.number:
        found["num_format"] = look.number
    if quoted:
        found["quote_prefix"] = True
    if look.align is Align.LEFT and look.border:
        found["indent"] = 1
    return found


def _write(sheet: Worksheet, page: Page, looks: _Looks) -> None:
    for column, width in enumerate(page.widths):
        sheet.set_column(column, column, width, None, {"hidden": column in page.hidden_columns})
    sheet.set_default_row(LINE + AIR)
    for row, height in enumerate(page.heights):
        if height != LINE + AIR or row in page.hidden_rows:
            sheet.set_row(row, min(height, 409.0), None, {"hidden": row in page.hidden_rows})
    for laid in page.cells:
        _put(sheet, laid, looks)
    if page.filtered:
        sheet.autofilter(*page.filtered)
    if any(page.frozen):
        sheet.freeze_panes(*page.frozen)
    if not page.visible:
        sheet.very_hidden()
    else:
        _printed(sheet, page)


def _put(sheet: Worksheet, laid: Laid, looks: _Looks) -> None:
    """Write one cell; the commonest first, there may be hundreds of thousands."""
    value, row, column = laid.value, laid.row, laid.column
    if laid.rows > 1 or laid.columns > 1:
        last = (row + laid.rows - 1, column + laid.columns - 1)
        sheet.merge_range(row, column, *last, "", looks.cell(laid.look, False))
    if isinstance(value, str) and value:
        text, quoted = _text(value)
        sheet.write_string(row, column, text, looks.cell(laid.look, quoted))
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value, looks.cell(laid.look, False))
    elif isinstance(value, dt.date):
        sheet.write_number(row, column, _serial(value), looks.cell(laid.look, False))
    elif isinstance(value, tuple) and value:
        _put_runs(sheet, laid, value, looks)
    else:
        sheet.write_blank(row, column, None, looks.cell(laid.look, False))


def _put_runs(sheet: Worksheet, laid: Laid, runs: Sequence[Run], looks: _Looks) -> None:
    """Write a text of several looks; the library takes no empty part, and no text of one part only."""
    kept = [(run, text) for run in runs if (text := clean(run.text))]
    whole, quoted = _text("".join(text for _, text in kept))
    look = looks.cell(laid.look, quoted)
    if len(kept) > 1:
        parts = [part for run, text in kept for part in (looks.run(run), text)]
        sheet.write_rich_string(laid.row, laid.column, *parts, look)
    else:
        sheet.write_string(laid.row, laid.column, whole, look)


@lru_cache(maxsize=50_000)
def _text(text: str) -> tuple[str, bool]:
    """A text as it can be written, and whether it begins like a formula."""
    plain = clean(text)
    return plain, plain.startswith(_FORMULA)


def _serial(value: dt.date) -> float:
    """A date or wall time as spreadsheets count: days since 30 December 1899."""
    days = value.toordinal() - _ZERO
    return days + (value.hour * 60 + value.minute) / 1440 if isinstance(value, dt.datetime) else days


def _printed(sheet: Worksheet, page: Page) -> None:
    """Paper, margins, scale, what is repeated on every page, and what stands above and below it."""
    fit = page.fit
    landscape = page.landscape
    (sheet.set_landscape if landscape else sheet.set_portrait)()
    sheet.set_paper((fit.paper if fit else Paper.A4).number)
    side, top = MARGIN_SIDE / 25.4, MARGIN_TOP / 25.4
    sheet.set_margins(left=side, right=side, top=top, bottom=top)
    sheet.center_horizontally()
    if fit:
        sheet.set_print_scale(fit.scale)
        sheet.set_h_pagebreaks(list(fit.row_breaks))
        sheet.set_v_pagebreaks(list(fit.column_breaks))
    else:
        sheet.fit_to_pages(1, 0)
    if page.repeated_rows:
        sheet.repeat_rows(*page.repeated_rows)
    if page.repeated_columns:
        sheet.repeat_columns(*page.repeated_columns)
    if page.cells:
        sheet.print_area(0, 0, len(page.heights) - 1, len(page.widths) - 1)
    sheet.set_header(page.head, {"margin": 0.3})
    sheet.set_footer(page.foot, {"margin": 0.3})
