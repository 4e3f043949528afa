"""Tick grids: rows people, columns days and parts of the day, cells marks."""

from __future__ import annotations

import re
from dataclasses import dataclass

from scheduler.domain.request import TimeWindow
from scheduler.errors import Fault
from scheduler.io.phrases.grammar import read_phrase
from scheduler.io.phrases.reading import Reading, Setting
from scheduler.io.phrases.symbols import Mark, Symbols
from scheduler.io.sheets.sheet import Cell
from scheduler.io.sheets.table import HeadColumn, Record, SheetTable
from scheduler.text import Text


@dataclass(frozen=True, slots=True)
class GridColumn:
    """A column of a grid: its title and the times a tick in it stands for."""

    number: int
    title: str
    windows: tuple[TimeWindow, ...]


def grid_columns(table: SheetTable, setting: Setting) -> tuple[GridColumn, ...]:
    """The columns of a sheet whose titles name times; none if there are fewer than two of them."""
    found = [
        GridColumn(column.number, column.title, reading.only)
        for column in table.columns
        if column.meaning is None and isinstance(reading := _title(column, setting), Reading) and reading.only
    ]
    return tuple(found) if len(found) > 1 else ()


def _title(column: HeadColumn, setting: Setting) -> Reading | None:
    words = " ".join(column.titles)
    for text in (words, re.sub(r"^(\d{1,2})(?=\D|$)", r"\1日", words)):
        reading = read_phrase(text, setting)
        if isinstance(reading, Reading) and not reading.unavailable:
            return reading
    return None


@dataclass(frozen=True, slots=True)
class Ticks:
    """What the marks of a row say: times ticked, marks in words, cells left open, and marks nobody knows."""

    only: tuple[TimeWindow, ...]
    shown: tuple[str, ...]
    open: tuple[Fault, ...]
    unclear: tuple[Fault, ...]

    @property
    def empty(self) -> bool:
        """Whether the row has no mark that says anything."""
        return not self.shown

    @property
    def faults(self) -> tuple[Fault, ...]:
        """What a person must settle."""
        return (*self.open, *self.unclear)


def read_ticks(record: Record, columns: tuple[GridColumn, ...], symbols: Symbols, setting: Setting) -> Ticks:
    """The marks of a row; a blank, and a cell left open (待定), is not known and so not available."""
    only: list[TimeWindow] = []
    shown: list[str] = []
    undecided: list[Fault] = []
    unclear: list[Fault] = []
    for column in columns:
        cell = record.row.cells.get(column.number)
        if cell is None or not cell.text:
            continue
        if symbols.meaning(cell.text) is Mark.MAYBE:
            undecided.append(_undecided(cell))
            continue
        said = _windows(cell, column, symbols, setting)
        if said is None:
            unclear.append(_unknown(cell))
            continue
        shown.append(f"{column.title} {cell.text}")
        only += said
    return Ticks(merged(only), tuple(shown), tuple(undecided), tuple(unclear))


def _windows(
    cell: Cell, column: GridColumn, symbols: Symbols, setting: Setting
) -> tuple[TimeWindow, ...] | None:
    meaning = symbols.meaning(cell.text)
    if meaning is Mark.YES:
        return column.windows
    if meaning is Mark.NO:
        return ()
    reading = read_phrase(meaning or cell.text, setting)
    if not isinstance(reading, Reading):
        return None
    if reading == Reading(always=True):
        return column.windows
    return _within(column.windows, reading)


def _within(windows: tuple[TimeWindow, ...], reading: Reading) -> tuple[TimeWindow, ...] | None:
    """The hours a cell names on the days of its column; None if either names more than that."""
    plain = Reading(only=reading.only)
    hours = tuple(times for one in reading.only for times in one.hours or ())
    days_too = any(one.dates or one.weekdays or one.classes or not one.hours for one in reading.only)
    if reading != plain or days_too or not hours or any(one.hours for one in windows):
        return None
    return tuple(one.model_copy(update={"hours": hours}) for one in windows)


def _undecided(cell: Cell) -> Fault:
    text = Text(f'the mark "{cell.text}" leaves it open', f"符号“{cell.text}”表示待定")
    return cell.fault(text, _meaning_hint(cell))


def _unknown(cell: Cell) -> Fault:
    return cell.fault(
        Text(f'the mark "{cell.text}" is not known', f"不认识符号“{cell.text}”"), _meaning_hint(cell)
    )


def _meaning_hint(cell: Cell) -> Text:
    return Text(
        f'settle it, or say what it means wherever it stands: --symbols "{cell.text}=no" (or =yes)',
        f'请逐格确认，或统一说明其含义：--symbols "{cell.text}=no"（不可用；可用则写 =yes）',
    )


def merged(windows: list[TimeWindow]) -> tuple[TimeWindow, ...]:
    """Windows of single dates joined where their hours are the same: one window for all mornings ticked."""
    by_hours: dict[object, TimeWindow] = {}
    others: list[TimeWindow] = []
    for one in windows:
        if one.dates is None or one.weekdays or one.classes:
            others.append(one)
            continue
        key = one.hours
        held = by_hours.get(key)
        dates = tuple(dict.fromkeys((*(held.dates or () if held else ()), *one.dates)))
        by_hours[key] = one.model_copy(update={"dates": dates})
    return (*_same_days(list(by_hours.values())), *dict.fromkeys(others))


def _same_days(windows: list[TimeWindow]) -> list[TimeWindow]:
    """Windows of the same dates joined: all their hours."""
    found: dict[object, list[TimeWindow]] = {}
    for one in windows:
        found.setdefault((one.dates, one.hours is None), []).append(one)
    return [
        same[0].model_copy(
            update={"hours": tuple(times for one in same for times in one.hours or ()) or None}
        )
        for same in found.values()
    ]
