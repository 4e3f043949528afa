"""The table in a sheet: its header found by the words in it, its rows; titles, footers and examples put aside."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from scheduler.errors import Fault, InputError
from scheduler.io.sheets.sheet import DOUBTS, Cell, Row, Sheet
from scheduler.io.sheets.words import Words, key_of
from scheduler.text import Text

DEPTH = 40
"""How far down a header is looked for, in rows that say anything."""


@dataclass(frozen=True, slots=True)
class HeadColumn:
    """A column: its titles from the top (one or two) and what it means, if that is known."""

    number: int
    titles: tuple[str, ...]
    meaning: str | None

    @property
    def title(self) -> str:
        """All titles as one."""
        return " ".join(self.titles)

    @property
    def keys(self) -> set[str]:
        """The titles for comparing, each and together."""
        return {key_of(title) for title in (*self.titles, self.title)}


@dataclass(frozen=True, slots=True)
class Record:
    """A row of the table: its cells by meaning, all of them by column, and the title of its group if any."""

    number: int
    cells: Mapping[str, Cell]
    row: Row
    group: Cell | None = None

    def text(self, meaning: str) -> str:
        """What the cell of a meaning says; empty if there is none or it is empty."""
        cell = self.cells.get(meaning)
        return cell.text if cell else ""


@dataclass(frozen=True, slots=True)
class SheetTable:
    """A table as it was found in a sheet; ``owner`` is the cell above the header that says whose table it is."""

    sheet: Sheet
    columns: tuple[HeadColumn, ...]
    records: tuple[Record, ...]
    owner: Cell | None
    notes: tuple[Text, ...]

    def unknown(self) -> tuple[HeadColumn, ...]:
        """The columns whose titles are not known."""
        return tuple(column for column in self.columns if column.meaning is None)

    def doubts(self, meanings: frozenset[str]) -> list[Fault]:
        """Faults of cells of these meanings whose content cannot be trusted."""
        cells = [cell for one in self.records for key, cell in one.cells.items() if key in meanings]
        return [cell.fault(*DOUBTS[cell.doubt]) for cell in cells if cell.doubt is not None]


@dataclass(frozen=True, slots=True)
class _Header:
    """Where a header was found: the positions of its first and last row, and its columns."""

    first: int
    last: int
    columns: tuple[HeadColumn, ...]

    @property
    def meanings(self) -> frozenset[str]:
        return frozenset(column.meaning for column in self.columns if column.meaning)


def find_table(
    sheet: Sheet,
    words: Words,
    wanted: Sequence[str],
    needed: str,
    ignored: Sequence[str] = (),
    groups: Callable[[str], bool] | None = None,
) -> SheetTable | None:
    """The table of a sheet; None if it has none.

    Args:
        sheet: the sheet.
        words: what column titles mean.
        wanted: the meanings that matter here.
        needed: the meaning without which there is no table.
        ignored: titles of columns to be left out.
        groups: says of a text that stands alone in a row whether it is the title of the rows under it.
    """
    header = _header(sheet, words, frozenset(wanted), needed)
    if header is None:
        return None
    out = {key_of(title) for title in ignored}
    meanings = {one.meaning: one.number for one in header.columns if one.meaning and not out & one.keys}
    found = _Rows(sheet, words, header, meanings, needed, groups)
    records = tuple(found.records())
    owner = _owner(sheet.rows[: header.first], words)
    return SheetTable(sheet, header.columns, records, owner, found.notes())


def no_table(sheet: Sheet, titles: Text) -> InputError:
    """The error of a sheet in which no table was found; ``titles`` are examples of what its header should hold."""
    text = Text("no header was found in this sheet", "该工作表中没有找到表头")
    hint = Text(f"one row should hold titles like {titles.en}", f"应有一行列标题，例如{titles.zh}")
    return InputError([Fault(sheet.label, text, hint)])


def _header(sheet: Sheet, words: Words, wanted: frozenset[str], needed: str) -> _Header | None:
    """The row, or two rows, whose titles mean most."""
    best: _Header | None = None
    for n, row in enumerate(sheet.rows[:DEPTH]):
        for header in _candidates(sheet.rows, n, row, words, wanted):
            if needed in header.meanings and (best is None or _better(header, best, wanted)):
                best = header
    return best


def _better(header: _Header, best: _Header, wanted: frozenset[str]) -> bool:
    """Whether a header means more; of equal ones two rows are better than their first, worse than their second."""
    count, most = len(wanted & header.meanings), len(wanted & best.meanings)
    both = (header.first, header.last), (best.first, best.last)
    grown = both[0][0] == both[1][0] and both[0][1] > both[1][1]
    shrunk = both[0][0] == both[0][1] == both[1][1] > both[1][0]
    return count > most or (count == most and (grown or shrunk))


def _candidates(
    rows: Sequence[Row], n: int, row: Row, words: Words, wanted: frozenset[str]
) -> Iterator[_Header]:
    """The row as a header, then the row with the one under it, if that only adds to it."""
    yield _Header(n, n, _columns([row], words, wanted))
    if n + 1 < len(rows) and rows[n + 1].number == row.number + 1 and _continues(row, rows[n + 1], words):
        yield _Header(n, n + 1, _columns([_spread(row, rows[n + 1]), rows[n + 1]], words, wanted))


def _continues(upper: Row, lower: Row, words: Words) -> bool:
    """Whether a row is the second half of a header: under known titles it is empty or says the same again."""
    added = [n for n, cell in lower.cells.items() if cell.text != upper.text(n)]
    known = [n for n, cell in upper.cells.items() if words.column(cell.text)]
    return bool(added) and bool(known) and not any(n in known and _is_alone(upper, n) for n in added)


def _is_alone(row: Row, n: int) -> bool:
    """Whether a title stands over one column only."""
    return row.text(n) not in (row.text(n - 1), row.text(n + 1)) and bool(
        row.text(n + 1) or n == max(row.cells)
    )


def _spread(upper: Row, lower: Row) -> Row:
    """The upper row with titles carried over the columns that only the lower one names (merged cells in CSV)."""
    cells = dict(upper.cells)
    for n in sorted(lower.cells):
        if n not in cells and n - 1 in cells and n - 1 in lower.cells:
            cells[n] = cells[n - 1]
    return Row(upper.number, cells)


def _columns(rows: Sequence[Row], words: Words, wanted: frozenset[str]) -> tuple[HeadColumn, ...]:
    """The columns; one that is named by a title over several columns alone has no meaning of its own."""
    columns = []
    taken: set[str] = set()
    for n in sorted({n for row in rows for n in row.cells}):
        titles = tuple(dict.fromkeys(text for row in rows if (text := row.text(n))))
        own = titles if len(titles) == 1 or _is_alone(rows[0], n) else titles[1:]
        meant = [words.column(title) for title in ("".join(titles), *reversed(own))]
        known = [one for one in meant if one and one not in taken]
        meaning = next((one for one in known if one in wanted), known[0] if known else None)
        taken |= {meaning} if meaning else set()
        columns.append(HeadColumn(n, titles, meaning))
    return tuple(columns)


def _owner(above: Sequence[Row], words: Words) -> Cell | None:
    """Whose table it is, from the rows above its header: 填报单位：民建一支部."""
    for row in above:
        for n, cell in sorted(row.cells.items()):
            name = words.owner_in(cell.text)
            if name:
                return Cell(name, cell.sheet, cell.row, cell.column)
            following = [row.cells[m] for m in sorted(row.cells) if m > n and row.text(m) != cell.text]
            if name == "" and following:
                return following[0]
    return None


class _Rows:
    """The rows under a header, sorted out."""

    def __init__(
        self,
        sheet: Sheet,
        words: Words,
        header: _Header,
        meanings: Mapping[str, int],
        needed: str,
        groups: Callable[[str], bool] | None,
    ) -> None:
        self.sheet, self.words, self.header, self.meanings = sheet, words, header, meanings
        self.name = meanings[needed]
        self.titles = {column.number: {key_of(title) for title in column.titles} for column in header.columns}
        self.groups = groups
        self.footers: list[int] = []
        self.examples: list[int] = []

    def records(self) -> Iterator[Record]:
        group: Cell | None = None
        idle: int | None = None
        for row in self.sheet.rows[self.header.last + 1 :]:
            texts = [cell.text for _, cell in sorted(row.cells.items())]
            if self._is_header(row) or self._is_blank(row):
                continue
            if self.words.is_footer(texts[0]) and not self._is_person(row):
                self.footers.append(row.number)
            elif any(self.words.is_example(text) for text in (texts[0], row.text(self.name))):
                self.examples.append(row.number)
            elif len(set(texts)) == 1 and self._is_group(row, texts):
                group, idle = next(iter(row.cells.values())), row.number
            else:
                cells = {meaning: row.cells[n] for meaning, n in self.meanings.items() if n in row.cells}
                idle = None
                yield Record(row.number, cells, row, group)
        self.footers += [idle] if idle is not None else []

    def _is_group(self, row: Row, texts: Sequence[str]) -> bool:
        """Whether a row with one text alone is a title: over merged cells, beside the names, or known as one."""
        return len(texts) > 1 or self.name not in row.cells or bool(self.groups and self.groups(texts[0]))

    def notes(self) -> tuple[Text, ...]:
        """What was put aside, said."""
        kinds = ((self.footers, Text("footers", "表尾")), (self.examples, Text("examples", "示例")))
        return tuple(
            Text(
                f"{self.sheet.label}: rows {_numbers(rows)} were left out as {kind.en}",
                f"{self.sheet.label}：第 {_numbers(rows)} 行作为{kind.zh}跳过",
            )
            for rows, kind in kinds
            if rows
        )

    def _is_header(self, row: Row) -> bool:
        """Whether the header stands here again, as on every printed page."""
        again = [n for n, cell in row.cells.items() if key_of(cell.text) in self.titles.get(n, ())]
        return len(again) >= 2 and 2 * len(again) > len(row.cells)

    def _is_blank(self, row: Row) -> bool:
        """Whether only the row's number or id is filled in; a note or a title may stand there as well."""
        serial = row.text(self.meanings.get("serial", -1))
        wordy = any(sign.isalpha() and not sign.isnumeric() for sign in serial)
        return set(row.cells) <= {self.meanings.get("serial"), self.meanings.get("id")} and not wordy

    def _is_person(self, row: Row) -> bool:
        name = row.text(self.name)
        return (
            bool(name)
            and len({cell.text for cell in row.cells.values()}) > 2
            and not self.words.is_footer(name)
        )


def _numbers(rows: Sequence[int]) -> str:
    return ", ".join(map(str, rows[:6])) + (" …" if len(rows) > 6 else "")


def unused(tables: Sequence[SheetTable], used: frozenset[str]) -> tuple[Text, ...]:
    """What is said about columns that are not taken over, once for all sheets."""
    titles = list(
        dict.fromkeys(
            " ".join(column.title.split())
            for table in tables
            for column in table.columns
            if column.meaning not in used and column.meaning != "serial" and column.title
        )
    )
    if not titles:
        return ()
    return (
        Text(f"columns that were not taken over: {', '.join(titles)}", f"以下列未导入：{'、'.join(titles)}"),
    )
