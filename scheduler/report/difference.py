"""Two rosters side by side: duties added and taken away, by person and by shift; plans may differ too."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from scheduler.domain.roster import Roster
from scheduler.report.grid import Grid
from scheduler.text import Text, joined


@dataclass(frozen=True, slots=True)
class PersonChange:
    """What one volunteer gains and loses, by shift id, and how many duties stay."""

    volunteer: str
    label: Text
    gained: tuple[str, ...]
    lost: tuple[str, ...]
    kept: int


@dataclass(frozen=True, slots=True)
class ShiftChange:
    """Who joins and who leaves the crew of one shift, by volunteer id."""

    shift: str
    label: Text
    joined: tuple[str, ...]
    left: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RosterDifference:
    """Who is concerned by a change from one roster to another, by id and by time; labels of all that is named."""

    people: tuple[PersonChange, ...]
    shifts: tuple[ShiftChange, ...]
    labels: Mapping[str, Text]

    @property
    def added(self) -> int:
        """Duties that are new."""
        return sum(len(one.gained) for one in self.people)

    @property
    def removed(self) -> int:
        """Duties that are gone."""
        return sum(len(one.lost) for one in self.people)

    @property
    def moved(self) -> int:
        """Duties that a person has on the same day at another post or hour: each is among added and removed."""
        return sum(
            min(gained, Counter(map(_day, one.lost))[day])
            for one in self.people
            for day, gained in Counter(map(_day, one.gained)).items()
        )


def difference(before: Roster, after: Roster) -> RosterDifference:
    """What changes from one roster to another; they may be of two versions of a plan, ids say what is the same."""
    old, new = _named(before), _named(after)
    labels = _labels(before) | _labels(after)
    people = sorted({v for v, _ in old ^ new})
    shifts = {s for _, s in old ^ new}
    order = {shift.id: shift.start for roster in (before, after) for shift in roster.instance.shifts}
    return RosterDifference(
        people=tuple(_person(v, old, new, labels, order) for v in people),
        shifts=tuple(_shift(s, old, new, labels) for s in sorted(shifts, key=lambda s: (order[s], s))),
        labels=labels,
    )


def change_grid(found: RosterDifference) -> Grid:
    """The change in figures."""
    rows = (
        (Text("Duties added", "新增班次（人次）"), found.added),
        (Text("Duties removed", "取消班次（人次）"), found.removed),
        (Text("  of these moved: same person, same day", "  其中调换：同一人、同一日"), found.moved),
        (Text("People concerned", "涉及人数"), len(found.people)),
        (Text("Shifts concerned", "涉及班次"), len(found.shifts)),
    )
    return Grid(Text("Changes", "变更概况"), (Text("What", "项目"), Text("Count", "数量")), rows)


def person_grid(found: RosterDifference) -> Grid:
    """One row a person: what is new, what is gone, how much stays."""
    columns = (
        Text("Volunteer", "志愿者"),
        Text("New duties", "新增班次"),
        Text("Dropped duties", "取消班次"),
        Text("Kept", "不变"),
    )
    rows = tuple(
        (one.label, _names(one.gained, found), _names(one.lost, found), one.kept) for one in found.people
    )
    return Grid(Text("Changes by person", "按人员列出的变更"), columns, rows)


def shift_grid(found: RosterDifference) -> Grid:
    """One row a shift: who joins, who leaves."""
    columns = (Text("Shift", "班次"), Text("Joins", "新到"), Text("Leaves", "离开"))
    rows = tuple((one.label, _names(one.joined, found), _names(one.left, found)) for one in found.shifts)
    return Grid(Text("Changes by shift", "按班次列出的变更"), columns, rows)


def _day(shift: str) -> str:
    """The duty day in a shift's id."""
    return shift.split("/")[1]


def _named(roster: Roster) -> frozenset[tuple[str, str]]:
    instance = roster.instance
    return frozenset((instance.volunteers[v].id, instance.shifts[s].id) for v, s in roster.pairs)


def _labels(roster: Roster) -> dict[str, Text]:
    """Names of people and shifts; a shift's id holds a slash, a person's never."""
    people = {volunteer.id: volunteer.label for volunteer in roster.instance.volunteers}
    return people | {shift.id: shift.label for shift in roster.instance.shifts}


def _person(
    volunteer: str,
    old: frozenset[tuple[str, str]],
    new: frozenset[tuple[str, str]],
    labels: Mapping[str, Text],
    order: Mapping[str, object],
) -> PersonChange:
    had, has = ({s for v, s in some if v == volunteer} for some in (old, new))

    def by_time(shifts: Iterable[str]) -> tuple[str, ...]:
        return tuple(sorted(shifts, key=lambda s: (str(order[s]), s)))

    return PersonChange(volunteer, labels[volunteer], by_time(has - had), by_time(had - has), len(had & has))


def _shift(
    shift: str,
    old: frozenset[tuple[str, str]],
    new: frozenset[tuple[str, str]],
    labels: Mapping[str, Text],
) -> ShiftChange:
    had, has = ({v for v, s in some if s == shift} for some in (old, new))
    return ShiftChange(shift, labels[shift], tuple(sorted(has - had)), tuple(sorted(had - has)))


def _names(ids: Iterable[str], found: RosterDifference) -> Text:
    return joined([found.labels[one] for one in ids], en="; ", zh="；")
