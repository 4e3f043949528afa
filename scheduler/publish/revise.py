"""What becomes of an event when a roster is published again: its number, its stamp, its status."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from scheduler.publish.event import Entry, Event, Revision, Status
from scheduler.text import Language

KEPT = dt.timedelta(days=30)
"""So long duties stay in people's calendars after the plan has moved on."""


class Fate(StrEnum):
    """What happens to an event that was published and is not in the roster any more."""

    STAYS = "stays"
    CANCELLED = "cancelled"
    GOES = "goes"


@dataclass(frozen=True, slots=True)
class Known:
    """An event as the ledger has it, without its words."""

    uid: str
    start: int
    end: int
    digest: str
    rings: str
    revision: Revision
    live: bool


def first(entry: Entry, now: dt.datetime) -> Event:
    """An event that nobody was told of before."""
    return Event(entry, Revision(sequence=0, created=now, stamp=now, status=entry.status))


def again(before: Event, entry: Entry, languages: Sequence[Language], now: dt.datetime) -> Event:
    """An event whose words, reminders, times or status have changed.

    The number goes up only if start, end, place or status differ (RFC 5546, 2.1.4), and never down. A duty
    that has begun keeps the reminders it had.
    """
    old = before.revision
    moved = old.status is not entry.status or _where_when(before.entry, languages) != _where_when(
        entry, languages
    )
    if entry.start <= now:
        entry = replace(entry, alarms=before.entry.alarms)
    return Event(entry, Revision(old.sequence + moved, old.created, later(old.stamp, now), entry.status))


def cancelled(before: Revision, now: dt.datetime) -> Revision:
    """The revision of an event that is called off."""
    return Revision(before.sequence + 1, before.created, later(before.stamp, now), Status.CANCELLED)


def later(before: dt.datetime, now: dt.datetime) -> dt.datetime:
    """The time of a change: now, but after the one before, even if somebody set the clock back."""
    return max(now, before + dt.timedelta(seconds=1))


def fate(known: Known, now: dt.datetime, begins: int, kept: dt.timedelta = KEPT) -> Fate:
    """What becomes of an event that is not in the roster any more; its plan now ``begins`` at that second.

    Who was called off reads so until the time has passed. A plan that moved on to later days says nothing of
    the days before: what is there stays as it is, and for so long (``kept``) after its end.
    """
    moment = int(now.timestamp())
    if known.revision.status is Status.CANCELLED:
        return Fate.STAYS if known.end > moment else Fate.GOES
    if known.start < begins:
        return Fate.STAYS if known.end + kept.total_seconds() > moment else Fate.GOES
    return Fate.CANCELLED if known.end > moment else Fate.GOES


def _where_when(entry: Entry, languages: Sequence[Language]) -> tuple[object, ...]:
    place = tuple(entry.location.say(language) for language in languages)
    return round(entry.start.timestamp()), round(entry.end.timestamp()), place
