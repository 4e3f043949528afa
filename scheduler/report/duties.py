"""The rows person-times are counted from: one person at one shift, planned or attended, over one or more rosters."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from scheduler.domain.attendance import Attendance, Attended
from scheduler.domain.roster import Roster
from scheduler.domain.shift import Shift
from scheduler.domain.volunteer import Tier, Volunteer
from scheduler.errors import Fault, InputError
from scheduler.text import Text, same


@dataclass(frozen=True, slots=True, eq=False)
class Period:
    """A roster, how it is named in messages, and who came; None if attendance was not taken."""

    name: str
    roster: Roster
    attendance: Attendance | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who serves; a walk-in has no tier, and is the same person under the same name and organisation."""

    key: str
    label: Text
    organisation: str | None
    tier: Tier | None


@dataclass(frozen=True, slots=True, eq=False)
class Duty:
    """One person at one shift, with the minutes served there; ``record`` is the attendance behind it, if any."""

    person: Person
    shift: Shift
    minutes: int
    record: Attended | None = None


@dataclass(frozen=True, slots=True)
class Node:
    """An organisation or place in its tree."""

    key: str
    label: Text
    within: str | None
    short: str | None = None


@dataclass(frozen=True, eq=False)
class Book:
    """All duties up to a day, by start; ``attended`` is None where no attendance was given at all.

    Organisations and places are those of all rosters together; where rosters differ the last one counts.
    """

    as_of: dt.date
    periods: tuple[Period, ...]
    planned: tuple[Duty, ...]
    attended: tuple[Duty, ...] | None
    organisations: Mapping[str, Node]
    places: Mapping[str, Node]
    notes: tuple[Text, ...] = ()

    @cached_property
    def posts(self) -> Mapping[str, Text]:
        """Posts in the order of the plans."""
        return {post.id: post.label for one in self.periods for post in one.roster.instance.posts.values()}


def line(tree: Mapping[str, Node], key: str | None) -> tuple[str, ...]:
    """A node's key and those above it; empty for none."""
    found: list[str] = []
    while key is not None and key not in found:
        found.append(key)
        key = tree[key].within
    return tuple(found)


def book(periods: Sequence[Period], as_of: dt.date | None = None) -> Book:
    """The duties of some rosters up to a duty day, by default the last there is.

    Raises:
        InputError: two rosters hold the same shift, whose person-times would count twice.
    """
    _expect_apart(periods)
    day = as_of or max(one.roster.instance.horizon.last for one in periods)
    planned = [duty for one in periods for duty in planned_duties(one.roster)]
    taken = [one for one in periods if one.attendance is not None]
    attended = [duty for one in taken for duty in attended_duties(one)]
    return Book(
        as_of=day,
        periods=tuple(periods),
        planned=_until(planned, day),
        attended=_until(attended, day) if taken else None,
        organisations=_organisations(periods),
        places=_places(periods),
        notes=tuple(_renamed(planned)),
    )


def planned_duties(roster: Roster) -> Iterator[Duty]:
    """Every assignment, for the whole length of its shift."""
    for v, s in roster.pairs:
        shift = roster.instance.shifts[s]
        yield Duty(_person(roster.instance.volunteers[v]), shift, shift.minutes)


def attended_duties(period: Period) -> Iterator[Duty]:
    """Everybody who came, for the minutes recorded; for the whole shift where none are."""
    instance = period.roster.instance
    for record in period.attendance.records if period.attendance else ():
        if record.served:
            shift = instance.shifts[instance.shift_index[record.shift]]
            minutes = shift.minutes if record.minutes is None else record.minutes
            if record.volunteer is not None:
                person = _person(instance.volunteers[instance.volunteer_index[record.volunteer]])
            else:
                person = _walk_in(record)
            yield Duty(person, shift, minutes, record)


def _person(volunteer: Volunteer) -> Person:
    return Person(volunteer.id, volunteer.label, volunteer.organisation, volunteer.tier)


def _walk_in(record: Attended) -> Person:
    assert record.walk_in is not None, "a record is of a volunteer or of a walk-in"
    return Person(
        f"+{record.walk_in}/{record.organisation or ''}", same(record.walk_in), record.organisation, None
    )


def _until(duties: Iterable[Duty], day: dt.date) -> tuple[Duty, ...]:
    kept = [duty for duty in duties if duty.shift.day <= day]
    return tuple(sorted(kept, key=lambda one: (one.shift.start.timestamp(), one.shift.id, one.person.key)))


def _organisations(periods: Iterable[Period]) -> dict[str, Node]:
    return {
        key: Node(key, one.label, one.within, one.short)
        for period in periods
        for key, one in period.roster.instance.organisations.items()
    }


def _places(periods: Iterable[Period]) -> dict[str, Node]:
    return {
        key: Node(key, one.label, one.within)
        for period in periods
        for key, one in period.roster.instance.places.items()
    }


def _expect_apart(periods: Sequence[Period]) -> None:
    seen: dict[str, str] = {}
    faults = []
    for period in periods:
        shared = [shift.id for shift in period.roster.instance.shifts if shift.id in seen]
        if shared:
            text = Text(
                "it holds shifts that {other} holds too: {first}", "其中有 {other} 已有的班次：{first}"
            )
            hint = Text("name each period once", "每个时段只列一次")
            faults.append(Fault(period.name, text.format(other=seen[shared[0]], first=shared[0]), hint))
        seen |= {shift.id: period.name for shift in period.roster.instance.shifts}
    if faults:
        raise InputError(faults)


def _renamed(duties: Iterable[Duty]) -> Iterator[Text]:
    """Ids that stand for people of different names: they may be two people counted as one."""
    names: dict[str, Text] = {}
    told: set[str] = set()
    for person in (duty.person for duty in duties):
        known = names.setdefault(person.key, person.label)
        if known != person.label and person.key not in told:
            told.add(person.key)
            yield Text(
                f'"{person.key}" is {known.en} in one roster and {person.label.en} in another: counted as one person',
                f"编号“{person.key}”在不同排班中分别为{known.zh}和{person.label.zh}：按同一人计",
            )
