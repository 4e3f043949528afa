"""Fairness: how the load is spread over people, tiers and organisations."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from scheduler.domain.organisation import Organisation
from scheduler.domain.roster import Roster
from scheduler.domain.volunteer import Tier, Volunteer
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
