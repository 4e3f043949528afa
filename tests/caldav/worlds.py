"""Calendars to push and pushes that do not wait."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from scheduler.caldav.address import collection_address
from scheduler.caldav.credentials import Credentials
from scheduler.caldav.push import NO_MEMORY, Memory, Pushed, push
from scheduler.caldav.transport import Transport
from scheduler.io.ics import to_ics
from scheduler.io.ics_pieces import pieces
from scheduler.publish.edition import edition
from scheduler.publish.event import Audience, Calendar, Event, Status
from scheduler.text import Language, Text
from tests.builders import day, problem, roster
from tests.caldav.servers import Proxy, Server

BEFORE = dt.datetime.combine(day(-3), dt.time(0), dt.UTC)
SOMETHING = Text("Something else", "别的")
Wanted = dict[str, bytes]
PEOPLE = ({"id": "anna", "name": '林安,"小安"; \\'}, {"id": "bo", "name": "𠮷田 😀"})


def calendar(anna: str = "0 morning, 1 night, 2 noon", bo: str = "3 evening") -> Calendar:
    plan = problem(PEOPLE, days=4, posts=[{"id": "gate", "name": {"en": "West gate", "zh": "福光路西口"}}])
    made = roster(plan.instance(), anna=anna, bo=bo)
    return next(one for one in edition(plan, made) if one.audience is Audience.ALL)


def wanted(given: Calendar | None = None, *, utc: bool = False) -> Wanted:
    file = to_ics(given or calendar(), Language.ZH, utc=utc)
    return {piece.uid: piece.alone() for piece in pieces(file)}


def revised(given: Calendar, number: int, *, status: Status = Status.CONFIRMED, later: int = 1) -> Calendar:
    """The calendar with one event an hour later, or cancelled, as a new revision."""
    events = list(given.events)
    events[number] = _revised(events[number], status, later)
    return replace(given, events=tuple(events))


def _revised(event: Event, status: Status, hours: int) -> Event:
    entry, revision = event.entry, event.revision
    moved = dt.timedelta(hours=hours)
    return Event(
        replace(entry, start=entry.start + moved, end=entry.end + moved),
        replace(revision, sequence=revision.sequence + 1, stamp=revision.stamp + moved, status=status),
    )


def transport(server: Server, name: str, proxy: Proxy | None = None) -> Transport:
    who = Credentials(server.user, server.password) if server.user else None
    base = proxy.base if proxy else server.base
    return Transport(collection_address(base + name), who, wait=lambda seconds: None)


def pushed(
    server: Server,
    name: str,
    events: Wanted,
    proxy: Proxy | None = None,
    known: tuple[str, ...] = (),
    memory: Memory = NO_MEMORY,
    *,
    now: dt.datetime = BEFORE,
    force: bool = False,
    dry_run: bool = False,
) -> Pushed:
    with transport(server, name, proxy) as way:
        return push(way, "值班", events, known.__contains__, memory, now=now, force=force, dry_run=dry_run)
