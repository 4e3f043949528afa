"""Volunteers' calendars, revised, and a mailbox that remembers in memory."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

from scheduler.domain.publishing import Organiser
from scheduler.mail.invitation import Channel, Due, Handed, Invitation, due
from scheduler.problem import Problem
from scheduler.publish.edition import edition
from scheduler.publish.event import Audience, Calendar, Event, Status
from tests.builders import day, problem, roster

BEFORE = dt.datetime.combine(day(0), dt.time(0), dt.UTC) - dt.timedelta(days=3)
ORGANISER = Organiser.model_validate(
    {"name": {"en": "Duty office", "zh": "值守办公室"}, "email": "duty@example.org"}
)
PEOPLE = (
    {"id": "anna", "name": {"en": "Lin An", "zh": "林安"}, "email": "anna@example.org"},
    {"id": "bo", "name": "王波"},
)


def plan(*people: dict[str, object]) -> Problem:
    posts = [{"id": "gate", "name": {"en": "West gate", "zh": "福光路西口"}}]
    return problem(people or PEOPLE, days=3, posts=posts)


def calendars(
    anna: str = "0 morning, 1 night", bo: str = "2 noon", given: Problem | None = None
) -> list[Calendar]:
    given = given or plan()
    made = roster(given.instance(), anna=anna, bo=bo)
    return [one for one in edition(given, made) if one.audience is Audience.VOLUNTEER]


def revised(
    found: list[Calendar], number: int, status: Status = Status.CONFIRMED, hours: int = 1
) -> list[Calendar]:
    """The calendars with anna's event of that number as its next revision, so many hours later."""
    anna, *others = found
    events = list(anna.events)
    events[number] = _revised(events[number], status, dt.timedelta(hours=hours))
    return [replace(anna, events=tuple(events)), *others]


def _revised(event: Event, status: Status, later: dt.timedelta) -> Event:
    entry, old = event.entry, event.revision
    revision = replace(old, sequence=old.sequence + 1, stamp=old.stamp + dt.timedelta(days=1), status=status)
    return Event(replace(entry, start=entry.start + later, end=entry.end + later), revision)


def asked(
    found: list[Calendar],
    handed: Iterable[Handed] = (),
    channel: Channel = Channel.FILE,
    now: dt.datetime = BEFORE,
    given: Problem | None = None,
) -> Due:
    return due(found, (given or plan()).volunteers, handed, channel, now)


def remembered(invitations: Iterable[Invitation], channel: Channel = Channel.FILE) -> list[Handed]:
    return [one.handed(channel) for one in invitations]
