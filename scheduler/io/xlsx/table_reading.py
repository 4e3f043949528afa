"""The table of a workbook read back: who stands in each cell, known by the hidden keys of its row and column."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from scheduler.domain.instance import Instance
from scheduler.errors import Fault
from scheduler.io.xlsx.people import People
from scheduler.io.xlsx.reading import Leaf
from scheduler.io.xlsx.table_page import DAYS_ACROSS, DAYS_DOWN
from scheduler.text import Text

_CORNER = 12
"""How far from the first cell the hidden mark may have been moved, in rows and columns."""


@dataclass(frozen=True, slots=True)
class Crew:
    """Who serves on a shift by a sheet, and where it says so; faults are of names that are not clear."""

    place: str
    people: frozenset[str]
    faults: tuple[Fault, ...] = ()


def table_crews(leaf: Leaf, instance: Instance, people: People) -> Mapping[str, Crew] | None:
    """The crews by shift; None if the sheet is no such table. A fault stands at the shift it is of."""
    corner = next(
        (at for at, text in leaf.cells.items() if text in (DAYS_ACROSS, DAYS_DOWN) and max(at) < _CORNER),
        None,
    )
    if corner is None:
        return None
    across = leaf.cells[corner] == DAYS_ACROSS
    return {
        shift: _crew(leaf, at, shift, instance, people) for shift, at in _cells(leaf, corner, across=across)
    }


def _cells(leaf: Leaf, corner: tuple[int, int], *, across: bool) -> Iterator[tuple[str, tuple[int, int]]]:
    """The id of the shift of every cell; keys are ``post/type`` and days."""
    top, left = corner
    rows = [(row, key) for row in range(top + 1, leaf.rows) if (key := leaf.text(row, left))]
    columns = [(column, key) for column in range(left + 1, leaf.columns) if (key := leaf.text(top, column))]
    for row, row_key in rows:
        for column, column_key in columns:
            kind, day = (row_key, column_key) if across else (column_key, row_key)
            post, _, shift_type = kind.partition("/")
            yield f"{post}/{day}/{shift_type}", (row, column)


def _crew(leaf: Leaf, at: tuple[int, int], shift: str, instance: Instance, people: People) -> Crew:
    text, place = leaf.text(*at), leaf.place(*at)
    found = people.crew(text, place)
    named = [one for one in found if isinstance(one, str)]
    faults = [one for one in found if isinstance(one, Fault)]
    faults += [_twice(people.shown[one], place) for one in dict.fromkeys(named) if named.count(one) > 1]
    if text and shift not in instance.shift_index:
        none = Text("the post has no such shift on that day", "该岗位当天没有此班次")
        faults = [Fault(place, none, Text("leave the cell empty", "请清空该单元格"))]
    return Crew(place, frozenset(named), tuple(faults))


def _twice(name: str, place: str) -> Fault:
    return Fault(place, Text(f"{name} stands here twice", f"“{name}”在此重复出现"))
