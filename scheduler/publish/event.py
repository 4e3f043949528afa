"""Events: what a calendar says, as pure data; no file format, no language."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from enum import StrEnum

from scheduler.text import Text

UID_DOMAIN = "duty-scheduler"
"""Ends every UID this program gives out, so that its own events are recognised in a calendar with others."""

_NO_NAME = Text("", "")
_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "urn:duty-scheduler:event")


class Audience(StrEnum):
    """Whom a calendar is for; each has UIDs of its own, so that one calendar never overwrites another."""

    VOLUNTEER = "volunteer"
    POST = "post"
    ORGANISATION = "organisation"
    ALL = "all"
    OPEN = "open"


class Status(StrEnum):
    """Where an event stands."""

    CONFIRMED = "CONFIRMED"
    TENTATIVE = "TENTATIVE"
    CANCELLED = "CANCELLED"


@dataclass(frozen=True, slots=True)
class Alarm:
    """A reminder that long before the start."""

    before: dt.timedelta
    text: Text


@dataclass(frozen=True, slots=True)
class Entry:
    """What one event says; a change of it is a change people must see.

    ``shift`` and ``volunteer`` are the ids it is about and ``post`` the post's name; they are for the ledger
    and its messages, and no file shows them.
    """

    uid: str
    start: dt.datetime
    end: dt.datetime
    summary: Text
    location: Text
    description: Text
    categories: tuple[Text, ...] = ()
    geo: tuple[float, float] | None = None
    alarms: tuple[Alarm, ...] = ()
    busy: bool = True
    private: bool = False
    status: Status = Status.CONFIRMED
    shift: str = ""
    volunteer: str = ""
    post: Text = _NO_NAME


@dataclass(frozen=True, slots=True)
class Revision:
    """Which publication of an event this is: number, first and last change (UTC), status."""

    sequence: int
    created: dt.datetime
    stamp: dt.datetime
    status: Status


@dataclass(frozen=True, slots=True)
class Event:
    """An entry as it is published."""

    entry: Entry
    revision: Revision


@dataclass(frozen=True, slots=True)
class Page:
    """What one reader is to see now, by start and then UID; ``owner`` is an id, empty for all and open."""

    audience: Audience
    owner: str
    label: Text
    name: Text
    time_zone: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Calendar:
    """All events for one reader, by start and then UID; ``owner`` is an id, empty for all and open."""

    audience: Audience
    owner: str
    name: Text
    time_zone: str
    events: tuple[Event, ...]


def event_uid(plan: str, audience: Audience, owner: str, shift: str, volunteer: str = "") -> str:
    """The UID of a shift, or of a volunteer's duty on it, in one calendar; a hash, so it names nobody.

    It depends on ids alone: a new time, title or name keeps it, another volunteer does not.
    """
    key = "\n".join((plan, audience, owner, shift, volunteer))
    return f"{uuid.uuid5(_NAMESPACE, key)}@{UID_DOMAIN}"
