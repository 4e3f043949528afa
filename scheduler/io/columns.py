"""Sections of a plan as tables: which columns each may have, and what their cells mean."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from scheduler.domain import shorthand
from scheduler.errors import Fault, InputError
from scheduler.io import cells
from scheduler.io.marked import Keys, Marked, Marks
from scheduler.io.table import Row, Table
from scheduler.io.yaml_marked import parse_yaml
from scheduler.io.yaml_words import flow
from scheduler.text import Text

Parts = Iterable[tuple[Keys, object]]
"""What a cell says: values and where they belong in the entry."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, the part of an entry it concerns, how its cells read, and how they are written.

    ``write`` takes that part of an entry, and gives None for what this column cannot hold.
    """

    name: str
    keys: Keys
    read: Callable[[str], Parts]
    write: Callable[[object], str | None]


def _text(name: str, *keys: str) -> Column:
    at = keys or (name,)
    return Column(name, at, lambda cell: [(at, cell)], cells.word)


def _texts(*names: str) -> tuple[Column, ...]:
    return tuple(_text(name) for name in names)


def _list(name: str, *keys: str) -> Column:
    at = keys or (name,)
    return Column(name, at, lambda cell: [(at, shorthand.split(cell))], cells.words)


def _windows(name: str, *keys: str) -> Column:
    return Column(name, keys, lambda cell: [(keys, shorthand.split(cell))], cells.windows)


def _available(cell: str) -> Parts:
    if cell.casefold() == "always":
        return [(("availability", "always"), True)]
    return [(("availability", "only"), shorthand.split(cell))]


def _request(kind: str) -> Column:
    def wishes(cell: str) -> Parts:
        return [(("requests",), [{"kind": kind, "when": when} for when in shorthand.split(cell)])]

    return Column(kind, ("requests",), wishes, lambda requests: cells.plain_requests(requests, kind))


def _recent(cell: str) -> Parts:
    served = [past.split(maxsplit=1) for past in shorthand.split(cell)]
    return [(("history", "recent"), [dict(zip(("day", "shift_type"), past)) for past in served])]


def _flow(name: str, write: Callable[[object], str | None] = flow) -> Column:
    def values(cell: str) -> Parts:
        data = parse_yaml(cell, "").data
        return [((name,), [data] if isinstance(data, dict) else data)]

    return Column(name, (name,), values, write)


COLUMNS: dict[str, tuple[Column, ...]] = {
    "volunteers": (
        *_texts("id", "name", "organisation", "tier", "home"),
        _list("teams"),
        Column("skills", ("skills",), lambda cell: [(("skills",), shorthand.split(cell))], cells.skills),
        Column("availability", ("availability",), _available, cells.available),
        _windows("unavailable", "availability", "unavailable"),
        _request("want"),
        _request("avoid"),
        _flow("requests", cells.other_requests),
        *(_text(name, "contract", name) for name in ("per_day", "per_week", "per_horizon")),
        *_texts("born", "joined", "phone", "email", "id_number"),
        _text("history_shifts", "history", "shifts"),
        _text("history_burden", "history", "burden"),
        Column("history_recent", ("history", "recent"), _recent, cells.past_shifts),
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


def row_of(section: str, entry: Mapping[str, object]) -> dict[str, str]:
    """An entry as a table's row, cells by column without the empty; the way back from ``entries``.

    Raises:
        InputError: a table has no place for something it says.
    """
    row, lost = {}, [key for key in entry if not any(column.keys[0] == key for column in COLUMNS[section])]
    for column in COLUMNS[section]:
        cell = column.write(_at(entry, column.keys))
        if cell is None:
            lost.append(".".join(map(str, column.keys)))
        elif cell:
            row[column.name] = cell
    if lost:
        text = Text(
            f"a table cannot hold {', '.join(lost)} as given", f"表格无法容纳所给的 {'、'.join(lost)}"
        )
        hint = Text(f"list {section} in the plan file itself", f"请将 {section} 直接写在计划文件中")
        raise InputError([Fault(f"{section} {entry.get('id', '')}".strip(), text, hint)])
    return row


def _at(entry: Mapping[str, object], keys: Keys) -> object:
    value: object = entry
    for key in keys:
        value = value.get(str(key)) if isinstance(value, Mapping) else None
    return value


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
