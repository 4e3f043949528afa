"""Sections of a plan as tables: which columns each may have, and what their cells mean."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from scheduler.domain import shorthand
from scheduler.errors import Fault, InputError
from scheduler.io.marked import Keys, Marked, Marks
from scheduler.io.table import Row, Table
from scheduler.io.yaml_marked import parse_yaml

Parts = Iterable[tuple[Keys, object]]
"""What a cell says: values and where they belong in the entry."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, the part of an entry that messages about it concern, and how its cells read."""

    name: str
    keys: Keys
    read: Callable[[str], Parts]


def _text(name: str, *keys: str) -> Column:
    at = keys or (name,)
    return Column(name, at, lambda cell: [(at, cell)])


def _texts(*names: str) -> tuple[Column, ...]:
    return tuple(_text(name) for name in names)


def _list(name: str, *keys: str) -> Column:
    at = keys or (name,)
    return Column(name, at, lambda cell: [(at, shorthand.split(cell))])


def _available(cell: str) -> Parts:
    if cell.casefold() == "always":
        return [(("availability", "always"), True)]
    return [(("availability", "only"), shorthand.split(cell))]


def _request(kind: str) -> Column:
    def wishes(cell: str) -> Parts:
        return [(("requests",), [{"kind": kind, "when": when} for when in shorthand.split(cell)])]

    return Column(kind, ("requests",), wishes)


def _flow(name: str) -> Column:
    def values(cell: str) -> Parts:
        data = parse_yaml(cell, "").data
        return [((name,), [data] if isinstance(data, dict) else data)]

    return Column(name, (name,), values)


COLUMNS: dict[str, tuple[Column, ...]] = {
    "volunteers": (
        *_texts("id", "name", "organisation", "tier", "home"),
        _list("teams"),
        _list("skills"),
        Column("availability", ("availability",), _available),
        _list("unavailable", "availability", "unavailable"),
        _request("want"),
        _request("avoid"),
        *(_text(name, "contract", name) for name in ("per_day", "per_week", "per_horizon")),
        *_texts("born", "joined", "phone", "email", "id_number"),
        _text("history_shifts", "history", "shifts"),
        _text("history_burden", "history", "burden"),
    ),
    "posts": (
        *_texts("id", "name", "place", "address", "tasks", "leader", "phone"),
        _list("skills"),
        *_texts("priority", "outdoor"),
        _text("latitude", "geo", "latitude"),
        _text("longitude", "geo", "longitude"),
        _flow("demand"),
    ),
    "organisations": _texts("id", "name", "kind", "within", "size", "promised", "short"),
    "places": _texts("id", "name", "kind", "within"),
    "teams": _texts("id", "name", "kind"),
    "skills": _texts("id", "name"),
    "shift_types": _texts("id", "name", "start", "end", "burden", "night"),
    "pairings": _texts("organisation", "place", "kind", "first", "last"),
}
"""The columns of each section that may stand in a CSV file."""

REQUIRED = {
    section: ("organisation", "place", "kind") if section == "pairings" else ("id",) for section in COLUMNS
}
"""The columns that must be there."""


def entries(section: str, table: Table) -> Marked:
    """A table's rows as entries of a section, marked by row and column under ``(section, n)``."""
    marks = Marks(table.file)
    faults = list(table.faults)
    data = []
    for n, row in enumerate(table.rows):
        marks.put((section, n), row.number, "")
        entry, wrong = _entry(COLUMNS[section], row, marks, (section, n))
        data.append(entry)
        faults += wrong
    return Marked(data, marks, tuple(faults))


def _entry(
    columns: tuple[Column, ...], row: Row, marks: Marks, at: Keys
) -> tuple[dict[str, object], list[Fault]]:
    entry: dict[str, object] = {}
    faults = []
    for column in columns:
        marks.put((*at, *column.keys), row.number, column.name)
        if not (cell := row.cells.get(column.name)):
            continue
        try:
            parts = column.read(cell)
        except InputError as wrong:
            place = f"{marks.file}:{row.number} {column.name}"
            faults += [Fault(place, fault.text, fault.hint) for fault in wrong.faults]
            continue
        for keys, value in parts:
            for n in _put(entry, keys, value):
                marks.put((*at, *keys, n), row.number, column.name)
    return entry, faults


def _put(entry: dict[str, object], keys: Keys, value: object) -> range:
    """Put a value where it belongs; a list is added to what is there. Gives the positions of its items."""
    *around, last = map(str, keys)
    for key in around:
        inner = entry.setdefault(key, {})
        assert isinstance(inner, dict)
        entry = inner
    if not isinstance(value, list):
        entry[last] = value
        return range(0)
    held = entry.setdefault(last, [])
    assert isinstance(held, list)
    held.extend(value)
    return range(len(held) - len(value), len(held))
