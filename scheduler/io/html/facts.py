"""What a page tells of a roster: everything as its readers see it, each name once."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from scheduler.domain.calendar import DayClass
from scheduler.domain.instance import Instance
from scheduler.domain.organisation import Organisation
from scheduler.domain.post import Post
from scheduler.domain.profile import Profile
from scheduler.domain.publishing import Detail
from scheduler.domain.roster import Roster
from scheduler.domain.shift import Shift
from scheduler.domain.volunteer import Volunteer
from scheduler.problem import Problem
from scheduler.publish import wording
from scheduler.publish.privacy import View, view
from scheduler.text import Text, same

COLOURS = 8
"""So many organisations are told apart by colour; more share them in turn."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody as the reader sees them; ``organisation`` is a number of ``Facts.organisations``."""

    name: Text
    organisation: int | None
    phone: str


@dataclass(frozen=True, slots=True)
class Body:
    """An organisation: its colour (0 to 7) and the number of the one it is part of."""

    id: str
    label: Text
    within: int | None
    colour: int


@dataclass(frozen=True, slots=True)
class Place:
    """A post as people find it; tasks and leader are empty where there are none to show."""

    id: str
    label: Text
    location: Text
    tasks: Text
    leader: Text


@dataclass(frozen=True, slots=True)
class Duty:
    """One shift: day, post and type by number, its times, and who serves, by number of the person."""

    day: int
    post: int
    type: int
    start: dt.datetime
    end: dt.datetime
    least: int
    heads: int
    crew: tuple[int, ...]

    @property
    def missing(self) -> int:
        """Heads under the least number."""
        return max(0, self.least - self.heads)


@dataclass(frozen=True, slots=True)
class Facts:
    """A roster as a sort of reader sees it.

    ``days`` are the duty days with their class, ``types`` the shift types with their hours. Without ``named``
    only numbers of heads are shown and crews are empty; ``masked`` names are family names.
    """

    plan: Text
    digest: str
    time_zone: str
    days: tuple[tuple[dt.date, DayClass], ...]
    begins: tuple[dt.datetime, ...]
    types: tuple[tuple[Text, str], ...]
    posts: tuple[Place, ...]
    organisations: tuple[Body, ...]
    people: tuple[Person, ...]
    duties: tuple[Duty, ...]
    named: bool
    masked: bool


def page_facts(problem: Problem, roster: Roster, profile: Profile, plan_digest: str = "") -> Facts:
    """The facts of a page; what the profile hides is not in them at all."""
    instance, seen = roster.instance, view(profile, problem.publish.show)
    named = seen.partners and seen.names is not Detail.HIDDEN
    bodies = _bodies(instance)
    number = {body.id: n for n, body in enumerate(bodies)}
    serving = [volunteer for volunteer in instance.volunteers if roster.shifts_of(volunteer)]
    shown = {one.id: _person(one, seen, number) for one in serving} if named else {}
    people = tuple(sorted(set(shown.values()), key=_by_name))
    place = {person: n for n, person in enumerate(people)}
    return Facts(
        plan=problem.name,
        digest=_digest(roster, plan_digest),
        time_zone=problem.time_zone,
        days=tuple((day, instance.day_classes[day]) for day in instance.days),
        begins=tuple(_begins(instance, day) for day in instance.days),
        types=tuple(
            (one.label, f"{one.start:%H:%M}–{one.end:%H:%M}") for one in instance.shift_types.values()
        ),
        posts=tuple(_place(instance, post, seen) for post in instance.posts.values()),
        organisations=bodies,
        people=people,
        duties=_duties(roster, {one: place[person] for one, person in shown.items()}),
        named=named,
        masked=seen.names is not Detail.FULL,
    )


def _duties(roster: Roster, number: Mapping[str, int]) -> tuple[Duty, ...]:
    instance = roster.instance
    posts = {post: n for n, post in enumerate(instance.posts)}
    types = {one: n for n, one in enumerate(instance.shift_types)}
    return tuple(_duty(roster, shift, posts, types, number) for shift in instance.shifts)


def _duty(
    roster: Roster,
    shift: Shift,
    posts: Mapping[str, int],
    types: Mapping[str, int],
    number: Mapping[str, int],
) -> Duty:
    crew = roster.crew_of(shift)
    return Duty(
        day=(shift.day - roster.instance.horizon.first).days,
        post=posts[shift.post.id],
        type=types[shift.type.id],
        start=shift.start,
        end=shift.end,
        least=shift.least,
        heads=len(crew),
        crew=tuple(sorted(number[one.id] for one in crew)) if number else (),
    )


def _person(volunteer: Volunteer, seen: View, number: Mapping[str, int]) -> Person:
    """People that this reader cannot tell apart are equal."""
    organisation = None if volunteer.organisation is None else number[volunteer.organisation]
    return Person(seen.name(volunteer.label), organisation, seen.phone(volunteer.phone))


def _by_name(person: Person) -> tuple[object, ...]:
    return (
        person.name.zh,
        person.name.en,
        -1 if person.organisation is None else person.organisation,
        person.phone,
    )


def _place(instance: Instance, post: Post, seen: View) -> Place:
    tasks = wording.as_seen(post.tasks, seen) if post.tasks else same("")
    return Place(
        id=post.id,
        label=post.label,
        location=wording.location(instance, post),
        tasks=tasks,
        leader=wording.leader_text(post, seen) or same(""),
    )


def _bodies(instance: Instance) -> tuple[Body, ...]:
    numbers = {one: n for n, one in enumerate(instance.organisations)}
    colours = _colours(instance)
    return tuple(
        Body(one.id, _short(one), None if one.within is None else numbers[one.within], colours[one.id])
        for one in instance.organisations.values()
    )


def _short(one: Organisation) -> Text:
    return same(one.short) if one.short and one.name is None else one.label


def _colours(instance: Instance) -> dict[str, int]:
    """A colour for each organisation: that of the first rank from the top with more than one of them."""
    lines = {one: tuple(reversed(instance.organisation_line(one))) for one in instance.organisations}
    deepest = max((len(line) for line in lines.values()), default=1)
    for depth in range(deepest):
        heads = list(dict.fromkeys(_at(line, depth) for line in lines.values() if len(line) > depth))
        if len(heads) > 1:
            break
    return {
        one: heads.index(_at(line, depth)) % COLOURS if _at(line, depth) in heads else 0
        for one, line in lines.items()
    }


def _at(line: Sequence[str], depth: int) -> str:
    return line[min(depth, len(line) - 1)]


def _begins(instance: Instance, day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, instance.horizon.day_starts, instance.zone)


def _digest(roster: Roster, plan: str) -> str:
    """What two pages of the same roster have in common: twelve hexadecimal digits."""
    instance = roster.instance
    pairs = sorted((instance.shifts[s].id, instance.volunteers[v].id) for v, s in roster.pairs)
    text = "\n".join([plan, *(f"{shift} {volunteer}" for shift, volunteer in pairs)])
    return hashlib.sha256(text.encode()).hexdigest()[:12]
