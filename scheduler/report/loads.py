"""Fairness in full: the spread of each measure of load by tier and organisation, and everybody's own load."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from scheduler.domain.calendar import DayClass
from scheduler.domain.instance import Instance
from scheduler.domain.roster import Roster
from scheduler.domain.volunteer import Tier, Volunteer
from scheduler.report.counting import hours
from scheduler.report.grid import Cell, Grid
from scheduler.text import Text

_OFF = (DayClass.WEEKEND, DayClass.HOLIDAY)


@dataclass(frozen=True, slots=True)
class FullLoad:
    """What one volunteer bears here: ``tenths`` of a burden point, ``past_tenths`` those carried in from before."""

    volunteer: Volunteer
    shifts: int
    minutes: int
    tenths: int
    past_tenths: int
    nights: int
    off: int

    @property
    def counts(self) -> bool:
        """Whether a spread counts the person: they said when they can serve, or do serve."""
        return self.shifts > 0 or self.volunteer.availability.answered


@dataclass(frozen=True, slots=True)
class Measure:
    """A way to say how much somebody bears."""

    label: Text
    of: Callable[[FullLoad], float]


MEASURES = (
    Measure(Text("Shifts", "班次数"), lambda load: load.shifts),
    Measure(Text("Hours", "时数"), lambda load: load.minutes / 60),
    Measure(Text("Burden", "负担分"), lambda load: load.tenths / 10),
    Measure(
        Text("Burden with history", "负担分（含历史）"), lambda load: (load.tenths + load.past_tenths) / 10
    ),
    Measure(Text("Nights", "夜班数"), lambda load: load.nights),
    Measure(Text("Weekends and holidays", "周末与节假日班次"), lambda load: load.off),
)
"""All measures of load, in the order of the tables."""


def loads(roster: Roster) -> tuple[FullLoad, ...]:
    """The load of every volunteer."""
    return tuple(_load(roster, volunteer) for volunteer in roster.instance.volunteers)


def fairness_grids(roster: Roster, *, people: bool = True) -> tuple[Grid, ...]:
    """Spreads of all and by tier, spreads by organisation, shares of organisations, and everybody's load if asked."""
    found = loads(roster)
    instance = roster.instance
    grids = (
        _spreads(Text("Spread by tier", "按类别的离散程度"), Text("Tier", "类别"), _tiers(found)),
        _spreads(
            Text("Spread by organisation", "按组织的离散程度"), _ORGANISATION, _organisations(instance, found)
        ),
        _shares(instance, found),
    )
    return (*grids, _people(instance, found)) if people else grids


_ORGANISATION = Text("Organisation", "组织")
Group = tuple[Text, Sequence[FullLoad]]


def _load(roster: Roster, volunteer: Volunteer) -> FullLoad:
    shifts = roster.shifts_of(volunteer)
    classes = roster.instance.day_classes
    return FullLoad(
        volunteer=volunteer,
        shifts=len(shifts),
        minutes=sum(shift.minutes for shift in shifts),
        tenths=sum(shift.tenths for shift in shifts),
        past_tenths=round(volunteer.history.burden * 10),
        nights=sum(shift.type.night for shift in shifts),
        off=sum(classes[shift.day] in _OFF for shift in shifts),
    )


def _tiers(found: Sequence[FullLoad]) -> Iterator[Group]:
    yield Text("All", "全体"), found
    for tier in Tier:
        mine = [load for load in found if load.volunteer.tier is tier]
        if mine:
            yield tier.label, mine


def _organisations(instance: Instance, found: Sequence[FullLoad]) -> Iterator[Group]:
    for key, organisation in instance.organisations.items():
        yield organisation.label, [found[v] for v in instance.members(key)]
    none = [load for load in found if load.volunteer.organisation is None]
    if none:
        yield Text("Without organisation", "无所属组织"), none


def _spreads(title: Text, first: Text, groups: Iterable[Group]) -> Grid:
    columns = (
        first,
        Text("Measure", "指标"),
        Text("Persons", "人数"),
        Text("Least", "最少"),
        Text("Median", "中位数"),
        Text("Most", "最多"),
        Text("Most − least", "极差"),
        Text("Mean", "平均"),
        Text("Standard deviation", "标准差"),
    )
    rows = [row for label, group in groups for row in _spread(label, [load for load in group if load.counts])]
    return Grid(title, columns, tuple(rows))


def _spread(label: Text, group: Sequence[FullLoad]) -> Iterator[tuple[Cell, ...]]:
    """A row for each measure; the standard deviation is that of the whole group, not of a sample."""
    for measure in MEASURES if group else ():
        values = [measure.of(load) for load in group]
        least, most = min(values), max(values)
        figures = (least, statistics.median(values), most, most - least, statistics.fmean(values))
        deviation = statistics.pstdev(values)
        yield label, measure.label, len(group), *(round(float(one), 2) for one in (*figures, deviation))


def _shares(instance: Instance, found: Sequence[FullLoad]) -> Grid:
    """What organisations bear, branches included, as a sum and for each member."""
    columns = (
        _ORGANISATION,
        Text("Members", "成员数"),
        Text("Persons", "参与人数"),
        Text("Person-times", "人次"),
        Text("Hours", "时数"),
        Text("Nights", "夜班人次"),
        Text("Weekends and holidays", "周末与节假日人次"),
        Text("Person-times a member", "人均人次"),
        Text("Burden a member", "人均负担分"),
    )
    rows = tuple(_share(label, group) for label, group in _organisations(instance, found))
    return Grid(Text("Share of organisations", "各组织分担情况"), columns, rows)


def _share(label: Text, group: Sequence[FullLoad]) -> tuple[Cell, ...]:
    times, members = sum(load.shifts for load in group), len(group)
    return (
        label,
        members,
        sum(load.shifts > 0 for load in group),
        times,
        hours(sum(load.minutes for load in group)),
        sum(load.nights for load in group),
        sum(load.off for load in group),
        round(times / members, 2) if members else 0,
        round(sum(load.tenths for load in group) / 10 / members, 2) if members else 0,
    )


def _people(instance: Instance, found: Sequence[FullLoad]) -> Grid:
    columns = (
        Text("Volunteer", "志愿者"),
        _ORGANISATION,
        Text("Tier", "类别"),
        *(measure.label for measure in MEASURES),
    )
    rows = tuple(
        (
            load.volunteer.label,
            instance.organisations[load.volunteer.organisation].label
            if load.volunteer.organisation
            else None,
            load.volunteer.tier.label,
            *(round(measure.of(load), 2) for measure in MEASURES),
        )
        for load in found
    )
    return Grid(Text("Load by volunteer", "各志愿者负担"), columns, rows)
