"""What a reader of a calendar must see, worked out from the roster: never from the file."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from scheduler.domain.roster import Roster
from scheduler.domain.shift import Shift
from scheduler.domain.volunteer import Volunteer
from scheduler.problem import Problem
from scheduler.publish.edition import edition
from scheduler.publish.event import Audience, Entry, event_uid
from scheduler.text import Language

Key = tuple[Audience, str]
"""A calendar: whom it is for, and of which owner."""

Duty = tuple[Shift, Volunteer | None]
"""A person's duty, or a shift with all its crew."""


@dataclass(frozen=True, slots=True, order=True)
class Fact:
    """An event as any program must read it; start and end in UTC."""

    start: dt.datetime
    end: dt.datetime
    uid: str
    title: str
    place: str


def expected(problem: Problem, roster: Roster, language: Language) -> dict[Key, tuple[Fact, ...]]:
    """The facts of every calendar, by start and then end."""
    entries = {
        event.entry.uid: event.entry for calendar in edition(problem, roster) for event in calendar.events
    }
    return {
        key: tuple(sorted(_fact(problem, key, duty, entries, language) for duty in duties))
        for key, duties in _duties(roster).items()
    }


def _duties(roster: Roster) -> dict[Key, list[Duty]]:
    """Who must find what: straight from the pairs of the roster."""
    instance = roster.instance
    found: dict[Key, list[Duty]] = {(Audience.VOLUNTEER, one.id): [] for one in instance.volunteers}
    found |= {(Audience.POST, post): [] for post in instance.posts}
    found |= {(Audience.ORGANISATION, one): [] for one in instance.organisations}
    found[Audience.ALL, ""] = []
    for v, s in roster.pairs:
        volunteer, shift = instance.volunteers[v], instance.shifts[s]
        found[Audience.VOLUNTEER, volunteer.id].append((shift, volunteer))
        found[Audience.ALL, ""].append((shift, volunteer))
        for organisation in _upwards(roster, volunteer):
            found[Audience.ORGANISATION, organisation].append((shift, volunteer))
    for shift in instance.shifts:
        found[Audience.POST, shift.post.id].append((shift, None))
    return found


def _upwards(roster: Roster, volunteer: Volunteer) -> Iterator[str]:
    here = volunteer.organisation
    while here is not None:
        yield here
        here = roster.instance.organisations[here].within


def _fact(problem: Problem, key: Key, duty: Duty, entries: Mapping[str, Entry], language: Language) -> Fact:
    (audience, owner), (shift, volunteer) = key, duty
    uid = event_uid(problem.id, audience, owner, shift.id, volunteer.id if volunteer else "")
    title, place = entries[uid].summary.say(language), entries[uid].location.say(language)
    assert shift.post.label.say(language) in title, "a title without the post"
    assert shift.post.label.say(language) in place, "a place without the post"
    if volunteer and audience is not Audience.VOLUNTEER:
        assert volunteer.label.say(language) in title, "a title without who serves"
    start, end = (moment.astimezone(dt.UTC) for moment in (shift.start, shift.end))
    return Fact(start, end, uid, one_line(title), one_line(place))


def one_line(text: str) -> str:
    """A text as a calendar may show it: composed, in one line, without control characters."""
    lines = (
        "".join(c for c in line if unicodedata.category(c) not in {"Cc", "Cs"}).strip()
        for line in text.replace("\t", " ").splitlines()
    )
    return unicodedata.normalize("NFC", " ".join(line for line in lines if line))
