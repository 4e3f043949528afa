"""Rows of the ledger and what they stand for."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from zoneinfo import ZoneInfo

from scheduler.publish.changes import Duty
from scheduler.publish.event import Audience, Event, Page, Revision, Status
from scheduler.publish.packed import packed, pair, rings, unpacked, unpaired
from scheduler.publish.revise import Known

KNOWN = "uid, starts, ends, digest, rings, sequence, created, stamp, status, live"
"""The columns of ``known``."""

EVENT = "uid, starts, ends, entry, sequence, created, stamp, status"
"""The columns of ``event``."""

EVENTS_ROW = "INSERT OR REPLACE INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?, ?)"
"""Writes what ``row`` gives."""


def known(row: tuple[object, ...]) -> Known:
    """An event as the ledger knows it."""
    uid, starts, ends, digest, rung, sequence, created, stamp, status, live = row
    revision = _revision(sequence, created, stamp, status)
    return Known(str(uid), _int(starts), _int(ends), str(digest), str(rung), revision, bool(live))


def event(row: tuple[object, ...], zone: ZoneInfo) -> Event:
    """An event with all it says, its times in a zone."""
    uid, starts, ends, entry, sequence, created, stamp, status = row
    revision = _revision(sequence, created, stamp, status)
    times = (moment(starts, zone), moment(ends, zone))
    return Event(unpacked(str(entry), str(uid), *times, revision.status), revision)


def row(page: Page, made: Event, digest: str, edition: int, before: str | None) -> tuple[object, ...]:
    """The row of an event of a page."""
    entry, revision = made.entry, made.revision
    return (
        entry.uid,
        page.audience,
        page.owner,
        entry.shift,
        entry.volunteer,
        seconds(entry.start),
        seconds(entry.end),
        digest,
        rings(entry),
        revision.status,
        revision.sequence,
        seconds(revision.created),
        seconds(revision.stamp),
        packed(entry),
        edition,
        before,
    )


def duty(made: Event, digest: str) -> Duty | None:
    """The duty an event tells of; None if it is called off."""
    if made.revision.status is Status.CANCELLED:
        return None
    return Duty.of(made.entry, digest)


def kept(one: Duty | None) -> str | None:
    """A duty as the ledger keeps it beside what came after."""
    if one is None:
        return None
    times = (seconds(one.start), seconds(one.end))
    return json.dumps([*times, pair(one.post), pair(one.location), one.status, one.words], ensure_ascii=False)


def unkept(text: str | None, zone: ZoneInfo) -> Duty | None:
    """The duty again."""
    if text is None:
        return None
    starts, ends, post, location, status, words = json.loads(text)
    times = (moment(starts, zone), moment(ends, zone))
    return Duty(*times, unpaired(post), unpaired(location), Status(status), words)


def moment(epoch: object, zone: dt.tzinfo = dt.UTC) -> dt.datetime:
    """A moment from seconds since 1970."""
    return dt.datetime.fromtimestamp(_int(epoch), zone)


def seconds(when: dt.datetime) -> int:
    """Seconds since 1970."""
    return round(when.timestamp())


def key(page: Page | Audience, owner: str = "") -> tuple[str, str]:
    """What finds a calendar's rows."""
    return (str(page.audience), page.owner) if isinstance(page, Page) else (str(page), owner)


def one(database: sqlite3.Connection, query: str, *values: object) -> object:
    """The first value of the first row; None if there is no row."""
    found = database.execute(query, values).fetchone()
    return None if found is None else found[0]


def _revision(sequence: object, created: object, stamp: object, status: object) -> Revision:
    return Revision(_int(sequence), moment(created), moment(stamp), Status(str(status)))


def _int(value: object) -> int:
    assert isinstance(value, int), "a column that is no number"
    return value
