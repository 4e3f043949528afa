"""CSV (RFC 4180 with a header row) as rows of cells that know their row in the file."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

from scheduler.domain.refusal import did_you_mean, near
from scheduler.errors import Fault, InputError
from scheduler.io.source import Source
from scheduler.text import Text

DELIMITERS = (",", ";", "\t")


@dataclass(frozen=True, slots=True)
class Row:
    """One record: the row of the file at which it begins, and its cells by column without the empty."""

    number: int
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """A table's rows, and what was wrong with it."""

    file: str
    rows: tuple[Row, ...]
    faults: tuple[Fault, ...] = ()


def read_table(
    source: Source, columns: Sequence[str], required: Sequence[str], *, others: bool = False
) -> Table:
    """Read a CSV text whose delimiter is comma, semicolon or tab.

    Args:
        source: the file.
        columns: the columns that may stand in its header; capitals do not matter.
        required: those that must.
        others: whether further columns are allowed; they are ignored.

    Raises:
        InputError: it has no header, or its quotation marks do not fit.
    """
    records = _records(source, delimiter_of(source.text, columns))
    if not records:
        raise InputError([Fault(f"{source.name}:1", Text("the file is empty", "文件为空"))])
    (top, names), body = records[0], records[1:]
    header = [name.strip().casefold() for name in names]
    faults = _header_faults(f"{source.name}:{top}", header, columns, required, others=others)
    if not set(required) <= set(header):
        return Table(source.name, (), tuple(faults))
    rows = []
    for number, cells in body:
        if len(cells) != len(header):
            faults.append(_ragged(f"{source.name}:{number}", len(cells), len(header)))
        else:
            kept = {name: cell.strip() for name, cell in zip(header, cells) if cell.strip()}
            rows.append(Row(number, kept))
    return Table(source.name, tuple(rows), tuple(faults))


def _records(source: Source, delimiter: str) -> list[tuple[int, list[str]]]:
    """Records that are not blank, with the row at which each begins."""
    reader = csv.reader(io.StringIO(source.text, newline=""), delimiter=delimiter, strict=True)
    records, begins = [], 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                records.append((begins, cells))
            begins = reader.line_num + 1
    except csv.Error as wrong:
        text = Text("the quotation marks of this row do not fit", "本行的引号不匹配")
        hint = Text(
            'a cell with a comma, quotation mark or line break stands in quotes, "" inside it means "',
            '含逗号、引号或换行的单元格须加引号，其中的 " 写成 ""',
        )
        raise InputError([Fault(f"{source.name}:{begins}", text, hint)]) from wrong
    return records


def delimiter_of(text: str, columns: Sequence[str]) -> str:
    """The delimiter that finds most known columns in the first row that is not blank."""
    header = next((line for line in text.splitlines() if line.strip(" ,;\t")), "")

    def known(delimiter: str) -> int:
        return sum(name.strip(' "').casefold() in columns for name in header.split(delimiter))

    return max(DELIMITERS, key=lambda delimiter: (known(delimiter), header.count(delimiter)))


def _header_faults(
    place: str, header: Sequence[str], columns: Sequence[str], required: Sequence[str], *, others: bool
) -> list[Fault]:
    faults, meant = [], set()
    for n, name in enumerate(header):
        if name in header[:n] and (name in columns or not others):
            faults.append(Fault(place, Text(f'the column "{name}" is given twice', f"列“{name}”重复")))
        elif name not in columns and not others:
            missing = [column for column in columns if column not in header]
            meant.update(near(name, missing))
            faults.append(Fault(place, _unknown(name), did_you_mean(name, missing) or _known(columns)))
    faults += [
        Fault(place, Text(f'the column "{name}" is missing', f"缺少列“{name}”"), _known(columns))
        for name in required
        if name not in header and name not in meant
    ]
    return faults


def _unknown(name: str) -> Text:
    if not name:
        return Text("a column without a name", "有一列没有列名")
    return Text(f'there is no column "{name}"', f"没有列“{name}”")


def _known(columns: Sequence[str]) -> Text:
    return Text(f"columns: {', '.join(columns)}", f"可用的列：{'、'.join(columns)}")


def _ragged(place: str, cells: int, header: int) -> Fault:
    text = Text(f"the row has {cells} cells, the header {header}", f"本行有 {cells} 格，表头有 {header} 列")
    hint = Text("put a cell that holds the delimiter in quotes", "含有分隔符的单元格请加引号")
    return Fault(place, text, hint if cells > header else None)
