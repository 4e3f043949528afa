"""A CSV text made to hold other rows: only cells that differ are touched, columns are added when needed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from scheduler.io.table import delimiter_of


@dataclass(frozen=True, slots=True)
class _Record:
    """A record as it stands in the text: cells with their quotation marks, and its line end."""

    cells: tuple[str, ...]
    line_end: str

    @property
    def blank(self) -> bool:
        return not any(_value(cell).strip() for cell in self.cells)


class CsvEdit:
    """The records of a CSV text that ``read_table`` has accepted, rows counted from 0 without the header."""

    def __init__(self, text: str, columns: Sequence[str]) -> None:
        self._delimiter = delimiter_of(text, columns)
        self._records = list(_records(text, self._delimiter))
        self._filled = [n for n, record in enumerate(self._records) if not record.blank]
        self.header = [_value(cell).strip().casefold() for cell in self._records[self._filled[0]].cells]

    def result(
        self, changed: Mapping[int, Mapping[str, str]], gone: Sequence[int], new: Sequence[Mapping[str, str]]
    ) -> str:
        """The text with some cells changed (by row and column), some rows gone and new ones at the end."""
        used = [name for row in (*changed.values(), *new) for name, cell in row.items() if cell]
        added = [name for name in dict.fromkeys(used) if name not in self.header]
        header = [*self.header, *added]
        place = {n: row - 1 for row, n in enumerate(self._filled)}
        end = self._records[self._filled[0]].line_end or "\n"
        kept = []
        for n, record in enumerate(self._records):
            row = place.get(n)
            if row in gone and row is not None:
                continue
            cells = record.cells
            if row is not None:
                cells = (*cells, *(added if row < 0 else [""] * len(added)))
                cells = tuple(self._cells(cells, header, changed.get(row, {})))
            kept.append(_Record(cells, record.line_end))
        rows = [_Record(tuple(self._quoted(row.get(name, "")) for name in header), end) for row in new]
        return self._joined(kept, rows, end)

    def _cells(self, cells: Sequence[str], header: Sequence[str], now: Mapping[str, str]) -> Iterator[str]:
        for name, cell in zip(header, cells):
            yield self._quoted(now[name]) if name in now and _value(cell).strip() != now[name] else cell

    def _joined(self, kept: list[_Record], new: list[_Record], end: str) -> str:
        while new and kept and kept[-1].blank:
            kept.pop()
        if new and kept and not kept[-1].line_end:
            kept[-1] = _Record(kept[-1].cells, end)
        return "".join(self._delimiter.join(record.cells) + record.line_end for record in (*kept, *new))

    def _quoted(self, value: str) -> str:
        if re.search(f'["\r\n{re.escape(self._delimiter)}]', value):
            return '"' + value.replace('"', '""') + '"'
        return value


def _records(text: str, delimiter: str) -> Iterator[_Record]:
    """The records of a text; joined by the delimiter and their line ends they give it back."""
    cell = rf'"(?:[^"]|"")*"|[^{re.escape(delimiter)}\r\n]*'
    pattern = re.compile(rf"({cell})({re.escape(delimiter)}|\r\n|\r|\n|\Z)")
    cells: list[str] = []
    position = 0
    while position < len(text) or cells:
        match = pattern.match(text, position)
        assert match is not None, "a text that was read as CSV cannot be read again"
        cells.append(match[1])
        position = match.end()
        if match[2] != delimiter:
            yield _Record(tuple(cells), match[2])
            cells = []


def _value(cell: str) -> str:
    return cell[1:-1].replace('""', '"') if cell.startswith('"') else cell
