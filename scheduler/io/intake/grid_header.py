"""Headers of several rows made one: days above weekdays above parts of the day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from scheduler.io.phrases.grammar import read_phrase
from scheduler.io.phrases.reading import Reading, Setting
from scheduler.io.sheets.sheet import Cell, Row, Sheet
from scheduler.io.sheets.words import Words

DEPTH = 40
"""How far down a header is looked for, in rows that say anything."""

HIGHEST = 3
"""How many rows a header has at most above or below the row with the names' title."""


def collapsed(sheet: Sheet, words: Words, setting: Setting, meaning: str = "name") -> Sheet:
    """The sheet with the rows of its header joined into one, if they name times; else the sheet itself.

    ``meaning`` is that of the column whose title stands in the header: names of people, or days.
    """
    for n, row in enumerate(sheet.rows[:DEPTH]):
        titled = [column for column, cell in row.cells.items() if words.column(cell.text) == meaning]
        if not titled:
            continue
        first, last = _block(sheet.rows, n, titled[0], words, setting)
        if first < last:
            joined = _joined(sheet.rows[first : last + 1], n - first, words)
            return replace(sheet, rows=(*sheet.rows[:first], joined, *sheet.rows[last + 1 :]))
    return sheet


def _block(rows: Sequence[Row], n: int, named: int, words: Words, setting: Setting) -> tuple[int, int]:
    """The first and last row of the header around the row with the title."""
    first = last = n
    while n - first < HIGHEST and first > 0 and _names_times(rows[first - 1], rows[n], named, words, setting):
        first -= 1
    while last - n < HIGHEST and last + 1 < len(rows):
        if not _names_times(rows[last + 1], rows[n], named, words, setting):
            break
        last += 1
    return first, last


def _names_times(row: Row, titles: Row, named: int, words: Words, setting: Setting) -> bool:
    """Whether a row says nothing but times, and known titles again where cells are merged."""
    if row.text(named) not in ("", titles.text(named)):
        return False
    own = [cell.text for n, cell in row.cells.items() if cell.text != titles.text(n)]
    times = [text for text in own if is_time(text, setting)]
    others = [text for text in own if text not in times and words.column(text) is None]
    return bool(times) and not others


def is_time(text: str, setting: Setting) -> bool:
    """Whether a title names days or times of day; a bare number is a day of the month."""
    plain = f"{text}日" if text.isdigit() and 1 <= int(text) <= 31 else text
    reading = read_phrase(plain, setting)
    return isinstance(reading, Reading) and (bool(reading.only) or reading.always)


def _joined(rows: Sequence[Row], main: int, words: Words) -> Row:
    columns = sorted({n for row in rows for n in row.cells})
    spread = [_spread(row, columns, words) for row in rows]
    cells = {}
    for n in columns:
        here = [row[n] for row in spread if n in row]
        texts = list(dict.fromkeys(cell.text for cell in here))
        known = [text for text in texts if words.column(text)]
        if here:
            cells[n] = replace(here[-1], text=" ".join(known or texts))
    return Row(rows[main].number, cells)


def _spread(row: Row, columns: Sequence[int], words: Words) -> dict[int, Cell]:
    """A row with titles carried over the empty cells to their right, as merged cells stand in CSV."""
    cells: dict[int, Cell] = {}
    carried: Cell | None = None
    for n in columns:
        cell = row.cells.get(n)
        if cell is not None:
            carried = cell if words.column(cell.text) is None else None
            cells[n] = cell
        elif carried is not None:
            cells[n] = carried
    return cells
