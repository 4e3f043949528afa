"""What a reader of a calendar must see, worked out from the roster: never from the file."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from scheduler.domain.roster import Roster
from scheduler.domain.shift import Shift
from scheduler.domain.volunteer import Volunteer
from scheduler.problem import Problem
from scheduler.publish.edition import edition
from scheduler.publish.event import Audience, Entry, event_uid
from scheduler.text import Language, Text

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
    status: str


def expected(problem: Problem, roster: Roster, *languages: Language) -> dict[Key, tuple[Fact, ...]]:
    """The facts of every calendar of a first edition, by start and then end."""
    entries = {
        event.entry.uid: event.entry for calendar in edition(problem, roster) for event in calendar.events
    }
    return {
        key: tuple(sorted(_fact(problem, key, duty, entries, languages) for duty in duties))
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
    heads = Counter(s for _, s in roster.pairs)
    lacking = [shift for s, shift in enumerate(instance.shifts) if heads[s] < shift.least]
    return found | {(Audience.OPEN, ""): [(shift, None) for shift in lacking]}


def _upwards(roster: Roster, volunteer: Volunteer) -> Iterator[str]:
    here = volunteer.organisation
    while here is not None:
        yield here
        here = roster.instance.organisations[here].within


def _fact(
    problem: Problem, key: Key, duty: Duty, entries: Mapping[str, Entry], languages: Sequence[Language]
) -> Fact:
    (audience, owner), (shift, volunteer) = key, duty
    uid = event_uid(problem.id, audience, owner, shift.id, volunteer.id if volunteer else "")
    entry = entries[uid]
    for language in languages:
        post = shift.post.label.say(language)
        assert post in entry.summary.say(language), "a title without the post"
        assert post in entry.location.say(language), "a place without the post"
        if volunteer and audience is not Audience.VOLUNTEER:
            who = volunteer.label.say(language)
            assert who in entry.summary.say(language), "a title without who serves"
    start, end = (moment.astimezone(dt.UTC) for moment in (shift.start, shift.end))
    draft = problem.publish.draft or audience is Audience.OPEN
    status = "TENTATIVE" if draft else "CONFIRMED"
    return Fact(start, end, uid, said(entry.summary, languages), said(entry.location, languages), status)


def said(text: Text, languages: Sequence[Language]) -> str:
    """A text as a calendar in some languages may show it, once if it reads the same in all."""
    return one_line(" / ".join(dict.fromkeys(text.say(language) for language in languages)))


def one_line(text: str) -> str:
    """A text as a calendar may show it: composed, in one line, without control characters."""
    lines = (
        "".join(c for c in line if unicodedata.category(c) not in {"Cc", "Cs"}).strip()
        for line in text.replace("\t", " ").splitlines()
    )
    return unicodedata.normalize("NFC", " ".join(line for line in lines if line))
