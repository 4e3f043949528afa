"""Person-times: persons, person-times and hours by organisation, place, week and more, planned and attended."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from scheduler.domain.volunteer import Tier
from scheduler.report.by import By
from scheduler.report.counting import Count, Figures, Line, counted, figures
from scheduler.report.duties import Book, Node, line
from scheduler.text import WEEKDAYS, Text

NONE = ""
"""The key of a row for what belongs to nothing: people without an organisation, walk-ins without a tier."""


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """One row with the lines behind it; in a tree, those of the rows within it too. ``depth`` 0 is the top."""

    key: str
    label: Text
    depth: int
    planned: tuple[Line, ...]
    attended: tuple[Line, ...] | None
    short: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """The rows of one dimension; those of depth 0 add up to the total, save persons, who are distinct."""

    by: By
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, eq=False)
class PersonTimes:
    """A whole report: its tables, and the total they must all come to."""

    book: Book
    count: Count
    tables: tuple[Table, ...]
    total: Row


@dataclass(frozen=True, slots=True)
class Footing:
    """The sum of person-times and minutes over one dimension, and whether it is the total."""

    by: By
    planned: tuple[int, int]
    attended: tuple[int, int] | None
    holds: bool


def person_times(book: Book, by: Sequence[By], count: Count = Count.PER_SHIFT) -> PersonTimes:
    """The report of some duties, a table for each dimension in the order given."""
    planned = counted(book.planned, count)
    attended = None if book.attended is None else counted(book.attended, count)
    tables = tuple(_table(book, one, planned, attended) for one in dict.fromkeys(by))
    total = Row("total", Text("Total", "合计"), 0, planned, attended)
    return PersonTimes(book, count, tables, total)


def footings(report: PersonTimes) -> tuple[Footing, ...]:
    """The cross-foot: organisations, places, posts, days and persons each summed for themselves from their rows."""
    found = []
    for by in (By.ORGANISATION, By.PLACE, By.POST, By.DAY, By.PERSON):
        table = _table(report.book, by, report.total.planned, report.total.attended)
        top = [row for row in table.rows if row.depth == 0]
        planned = _summed([figures(row.planned) for row in top])
        attended = None
        if report.total.attended is not None:
            attended = _summed([figures(row.attended or ()) for row in top])
        holds = planned == _summed([figures(report.total.planned)]) and (
            attended is None or attended == _summed([figures(report.total.attended or ())])
        )
        found.append(Footing(by, planned, attended, holds))
    return tuple(found)


def _summed(rows: Sequence[Figures]) -> tuple[int, int]:
    return sum(row.times for row in rows), sum(row.minutes for row in rows)


def _table(book: Book, by: By, planned: Sequence[Line], attended: Sequence[Line] | None) -> Table:
    keys = _KEYS[by]
    plan, came = _behind(book, planned, keys), _behind(book, attended or (), keys)
    rows = tuple(
        Row(key, label, depth, plan.get(key, ()), None if attended is None else came.get(key, ()), short)
        for key, label, depth, short in _labels(book, by, {**plan, **came})
    )
    return Table(by, rows)


Keys = Callable[[Book, Line], tuple[str, ...]]


def _behind(book: Book, lines: Sequence[Line], keys: Keys) -> dict[str, tuple[Line, ...]]:
    found: dict[str, list[Line]] = {}
    for one in lines:
        for key in keys(book, one):
            found.setdefault(key, []).append(one)
    return {key: tuple(behind) for key, behind in found.items()}


_KEYS: dict[By, Keys] = {
    By.ORGANISATION: lambda book, one: line(book.organisations, one.duty.person.organisation) or (NONE,),
    By.PLACE: lambda book, one: line(book.places, one.duty.shift.post.place) or (NONE,),
    By.POST: lambda _, one: (one.duty.shift.post.id,),
    By.PERSON: lambda _, one: (one.duty.person.key,),
    By.TIER: lambda _, one: (one.duty.person.tier or NONE,),
    By.DAY: lambda _, one: (one.duty.shift.day.isoformat(),),
    By.WEEK: lambda _, one: (week_key(one.duty.shift.day),),
    By.MONTH: lambda _, one: (f"{one.duty.shift.day:%Y-%m}",),
}
"""The rows a line belongs to: in a tree all from its own to the top."""


def week_key(day: dt.date) -> str:
    """The week of a day as ISO 8601 writes it, Monday to Sunday: ``2020-W08``."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


Label = tuple[str, Text, int, str | None]


def _labels(book: Book, by: By, present: Mapping[str, Sequence[Line]]) -> Iterator[Label]:
    """Key, label, depth and short name of every row: trees whole, anything else where there is a duty."""
    if by is By.ORGANISATION:
        yield from _tree(book.organisations, None, 0)
        if NONE in present:
            yield NONE, Text("Without organisation", "无所属组织"), 0, None
    elif by is By.PLACE:
        yield from _tree(book.places, None, 0)
    elif by is By.POST:
        yield from ((key, label, 0, None) for key, label in book.posts.items() if key in present)
    elif by is By.TIER:
        yield from ((tier, tier.label, 0, None) for tier in Tier if tier in present)
        if NONE in present:
            yield NONE, Text("Walk-ins", "临时参加"), 0, None
    else:
        for key in sorted(present):
            yield key, _label(by, key, present[key]), 0, None


def _tree(tree: Mapping[str, Node], within: str | None, depth: int) -> Iterator[Label]:
    for node in tree.values():
        if node.within == within:
            yield node.key, node.label, depth, node.short
            yield from _tree(tree, node.key, depth + 1)


def _label(by: By, key: str, lines: Sequence[Line]) -> Text:
    if by is By.PERSON:
        return lines[-1].duty.person.label
    if by is By.DAY:
        weekday = WEEKDAYS[dt.date.fromisoformat(key).weekday()]
        return Text(f"{key} {weekday.en}", f"{key} {weekday.zh}")
    if by is By.MONTH:
        return Text(key, f"{key[:4]}年{int(key[5:])}月")
    year, week = key.split("-W")
    monday = dt.date.fromisocalendar(int(year), int(week), 1)
    sunday = monday + dt.timedelta(days=6)
    return Text(
        f"{key} ({monday:%Y-%m-%d} to {sunday:%m-%d})",
        f"{year}年第{int(week)}周（{monday.month}月{monday.day}日至{sunday.month}月{sunday.day}日）",
    )
