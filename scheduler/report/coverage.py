"""Coverage: heads demanded and filled, by post and by day, and the shifts that are open."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from scheduler.domain.roster import Roster
from scheduler.domain.shift import Shift
from scheduler.report.grid import Grid
from scheduler.text import Text, day_text, joined


@dataclass(frozen=True, slots=True)
class Heads:
    """Heads over some shifts: ``demanded`` is the least number, ``filled`` what of it is there."""

    shifts: int
    open_shifts: int
    demanded: int
    filled: int
    wanted: int
    serving: int

    @property
    def missing(self) -> int:
        """Heads under the least number."""
        return self.demanded - self.filled


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """The heads of one post or day; ``key`` is its id or date."""

    key: str
    label: Text
    heads: Heads


@dataclass(frozen=True, slots=True)
class OpenShift:
    """A shift with fewer heads than the least number, and who is there."""

    shift: str
    day: dt.date
    label: Text
    demanded: int
    missing: int
    priority: int
    crew: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """How well a roster covers the demand."""

    total: Heads
    by_post: tuple[CoverageRow, ...]
    by_day: tuple[CoverageRow, ...]
    open_shifts: tuple[OpenShift, ...]


def coverage(roster: Roster) -> Coverage:
    """The coverage of a roster; open shifts by time."""
    instance = roster.instance
    at_post: dict[str, list[Shift]] = {post: [] for post in instance.posts}
    on_day: dict[dt.date, list[Shift]] = {day: [] for day in instance.days}
    for shift in instance.shifts:
        at_post[shift.post.id].append(shift)
        on_day[shift.day].append(shift)
    posts = instance.posts
    return Coverage(
        total=_heads(roster, instance.shifts),
        by_post=tuple(CoverageRow(p, posts[p].label, _heads(roster, at)) for p, at in at_post.items()),
        by_day=tuple(CoverageRow(f"{d}", day_text(d), _heads(roster, on)) for d, on in on_day.items()),
        open_shifts=tuple(_open(roster, shift) for shift in instance.shifts if _missing(roster, shift)),
    )


def open_grid(coverage: Coverage) -> Grid:
    """The open shifts, one a row."""
    columns = (
        Text("Open shift", "缺员班次"),
        Text("Missing", "缺员"),
        Text("Demanded", "应到"),
        Text("There", "已安排"),
    )
    rows = tuple((one.label, one.missing, one.demanded, joined([*one.crew])) for one in coverage.open_shifts)
    return Grid(Text("Open shifts", "缺员班次"), columns, rows)


def post_grid(coverage: Coverage) -> Grid:
    """The heads of every post."""
    return _grid(Text("Coverage by post", "各岗位到岗情况"), Text("Post", "岗位"), coverage.by_post)


def day_grid(coverage: Coverage) -> Grid:
    """The heads of every duty day."""
    return _grid(Text("Coverage by day", "各日到岗情况"), Text("Duty day", "值守日"), coverage.by_day)


def _grid(title: Text, first: Text, rows: Iterable[CoverageRow]) -> Grid:
    columns = (
        first,
        Text("Shifts", "班次"),
        Text("Demanded", "应到"),
        Text("Filled", "已到位"),
        Text("Missing", "缺员"),
        Text("Open shifts", "缺员班次"),
        Text("Serving", "安排人次"),
    )
    cells = ((row.label, row.heads) for row in rows)
    return Grid(
        title,
        columns,
        tuple(
            (
                label,
                heads.shifts,
                heads.demanded,
                heads.filled,
                heads.missing,
                heads.open_shifts,
                heads.serving,
            )
            for label, heads in cells
        ),
    )


def _heads(roster: Roster, shifts: Iterable[Shift]) -> Heads:
    listed = [(shift, len(roster.crew_of(shift))) for shift in shifts]
    return Heads(
        shifts=len(listed),
        open_shifts=sum(heads < shift.least for shift, heads in listed),
        demanded=sum(shift.least for shift, _ in listed),
        filled=sum(min(heads, shift.least) for shift, heads in listed),
        wanted=sum(shift.wanted for shift, _ in listed),
        serving=sum(heads for _, heads in listed),
    )


def _missing(roster: Roster, shift: Shift) -> int:
    return max(0, shift.least - len(roster.crew_of(shift)))


def _open(roster: Roster, shift: Shift) -> OpenShift:
    return OpenShift(
        shift=shift.id,
        day=shift.day,
        label=shift.label,
        demanded=shift.least,
        missing=_missing(roster, shift),
        priority=shift.priority,
        crew=tuple(volunteer.label for volunteer in roster.crew_of(shift)),
    )
