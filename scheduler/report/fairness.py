"""Fairness: how the load is spread over people, tiers and organisations."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from scheduler.domain.organisation import Organisation
from scheduler.domain.roster import Roster
from scheduler.domain.volunteer import Tier, Volunteer
from scheduler.report.grid import Grid
from scheduler.text import Text

TIERS = {
    Tier.VOLUNTEER: Text("Volunteers", "志愿者"),
    Tier.RESERVE: Text("Reserves", "后备人员"),
    Tier.STAFF: Text("Community staff", "社区工作者"),
}


@dataclass(frozen=True, slots=True)
class Load:
    """What one volunteer serves in this roster; burden in tenths of a point."""

    volunteer: str
    label: Text
    organisation: str | None
    tier: Tier
    shifts: int
    minutes: int
    tenths: int

    @property
    def hours(self) -> float:
        """Hours on duty."""
        return self.minutes / 60


@dataclass(frozen=True, slots=True)
class Spread:
    """Shifts per person over some people; ``histogram`` counts the persons of each number of shifts."""

    persons: int
    least: int
    median: float
    most: int
    mean: float
    histogram: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class OrganisationLoad:
    """What an organisation's members serve, its branches' included; two shifts are two person-times."""

    organisation: str
    label: Text
    members: int
    persons: int
    person_times: int
    minutes: int

    @property
    def hours(self) -> float:
        """Hours on duty."""
        return self.minutes / 60


@dataclass(frozen=True, slots=True)
class Fairness:
    """Who bears how much. Spreads count the people who said when they can serve, and all who serve."""

    total: Spread
    by_tier: tuple[tuple[Tier, Spread], ...]
    organisations: tuple[OrganisationLoad, ...]
    volunteers: tuple[Load, ...]


def fairness(roster: Roster) -> Fairness:
    """The load of a roster; only tiers that somebody is in."""
    instance = roster.instance
    loads = [_load(roster, volunteer) for volunteer in instance.volunteers]
    answered = {volunteer.id for volunteer in instance.volunteers if volunteer.availability.answered}
    counted = [load for load in loads if load.shifts or load.volunteer in answered]
    tiers = [(tier, [load for load in counted if load.tier is tier]) for tier in Tier]
    return Fairness(
        total=_spread(counted),
        by_tier=tuple((tier, _spread(found)) for tier, found in tiers if found),
        organisations=tuple(_organisation(roster, one, loads) for one in instance.organisations.values()),
        volunteers=tuple(loads),
    )


def spread_grid(fairness: Fairness) -> Grid:
    """The spread of shifts per person, for all and by tier."""
    columns = (
        Text("Who", "人员"),
        Text("Persons", "人数"),
        Text("Least", "最少"),
        Text("Median", "中位数"),
        Text("Most", "最多"),
        Text("Mean", "平均"),
    )
    rows = [
        (Text("All", "全体"), fairness.total),
        *((TIERS[tier], spread) for tier, spread in fairness.by_tier),
    ]
    return Grid(
        Text("Shifts per person", "人均班次"),
        columns,
        tuple((who, s.persons, s.least, s.median, s.most, round(s.mean, 2)) for who, s in rows),
    )


def histogram_grid(fairness: Fairness) -> Grid:
    """How many persons serve how many shifts."""
    columns = (Text("Shifts", "班次数"), Text("Persons", "人数"))
    return Grid(Text("Persons by number of shifts", "按班次数统计人数"), columns, fairness.total.histogram)


def organisation_grid(fairness: Fairness) -> Grid:
    """Members, persons, person-times and hours of every organisation."""
    columns = (
        Text("Organisation", "组织"),
        Text("Members", "成员数"),
        Text("Persons", "参与人数"),
        Text("Person-times", "人次"),
        Text("Hours", "时长（小时）"),
    )
    rows = tuple(
        (one.label, one.members, one.persons, one.person_times, round(one.hours, 1))
        for one in fairness.organisations
    )
    return Grid(Text("Organisations", "各组织参与情况"), columns, rows)


def volunteer_grid(fairness: Fairness) -> Grid:
    """Shifts, hours and burden points of every volunteer."""
    columns = (
        Text("Volunteer", "志愿者"),
        Text("Shifts", "班次数"),
        Text("Hours", "时长（小时）"),
        Text("Burden", "负担分"),
    )
    rows = tuple((one.label, one.shifts, round(one.hours, 1), one.tenths / 10) for one in fairness.volunteers)
    return Grid(Text("Load by volunteer", "各志愿者负担"), columns, rows)


def _load(roster: Roster, volunteer: Volunteer) -> Load:
    shifts = roster.shifts_of(volunteer)
    return Load(
        volunteer=volunteer.id,
        label=volunteer.label,
        organisation=volunteer.organisation,
        tier=volunteer.tier,
        shifts=len(shifts),
        minutes=sum(shift.minutes for shift in shifts),
        tenths=sum(shift.tenths for shift in shifts),
    )


def _spread(loads: Iterable[Load]) -> Spread:
    counts = sorted(load.shifts for load in loads)
    if not counts:
        return Spread(persons=0, least=0, median=0.0, most=0, mean=0.0, histogram=())
    return Spread(
        persons=len(counts),
        least=counts[0],
        median=float(statistics.median(counts)),
        most=counts[-1],
        mean=sum(counts) / len(counts),
        histogram=tuple(sorted(Counter(counts).items())),
    )


def _organisation(roster: Roster, organisation: Organisation, loads: Sequence[Load]) -> OrganisationLoad:
    members = [loads[v] for v in roster.instance.members(organisation.id)]
    return OrganisationLoad(
        organisation=organisation.id,
        label=organisation.label,
        members=len(members),
        persons=sum(load.shifts > 0 for load in members),
        person_times=sum(load.shifts for load in members),
        minutes=sum(load.minutes for load in members),
    )
