"""Tables of the command line: a grid drawn on the screen, or as CSV or JSON for machines."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Iterable

from scheduler.cli.speech import speaker
from scheduler.report.grid import Cell, Grid
from scheduler.text import Text, said


def show(grid: Grid) -> None:
    """Draw a grid on standard output in the person's language."""
    from rich.table import Table
    from rich.text import Text as Plain

    table = Table(title=Plain(speaker.say(grid.title)), title_justify="left", header_style="bold")
    for column, cells in zip(grid.columns, zip(*grid.rows) if grid.rows else [()] * len(grid.columns)):
        number = bool(cells) and all(isinstance(cell, int | float) or cell is None for cell in cells)
        table.add_column(Plain(speaker.say(column)), justify="right" if number else "left", overflow="fold")
    for row in grid.rows:
        table.add_row(*(Plain(_words(cell)) for cell in row))
    speaker.out.print(table)


def as_csv(grid: Grid) -> str:
    """A grid as CSV: the titles of the columns, then a line a row; a cell that could be a formula is quoted."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([speaker.say(column) for column in grid.columns])
    writer.writerows([_harmless(_words(cell)) for cell in row] for row in grid.rows)
    return text.getvalue()


def as_json(grids: Iterable[Grid]) -> str:
    """Grids as JSON: titles and columns in both languages, rows as plain values."""
    data = [
        {
            "title": _both(grid.title),
            "columns": [_both(column) for column in grid.columns],
            "rows": [[_plain(cell) for cell in row] for row in grid.rows],
        }
        for grid in grids
    ]
    return json.dumps(data, ensure_ascii=False, indent=2)


def _words(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float):
        return f"{cell:g}"
    return str(said(cell, speaker.language))


def _harmless(word: str) -> str:
    """A text that no spreadsheet takes for a formula; numbers stay numbers."""
    number = word.lstrip("+-").replace(".", "", 1).isdigit()
    return f"'{word}" if word[:1] in ("=", "+", "-", "@", "\t", "\r") and not number else word


def _plain(cell: Cell) -> object:
    if isinstance(cell, Text):
        return _both(cell)
    return cell.isoformat() if isinstance(cell, dt.date) else cell


def _both(text: Text) -> dict[str, str]:
    return {"en": text.en, "zh": text.zh}
