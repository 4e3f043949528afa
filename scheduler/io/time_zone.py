"""VTIMEZONE: a short block that is right for the years of a calendar, read off zoneinfo."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from zoneinfo import ZoneInfo

from scheduler.io.content_line import offset_line, plain_line, text_line, time_line

_BEGINNING = dt.datetime(1970, 1, 1)  # noqa: DTZ001 - a VTIMEZONE's start is local time
_STEP = dt.timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Observance:
    """From a naive local time (in the offset before it) on, an offset holds."""

    start: dt.datetime
    before: dt.timedelta
    after: dt.timedelta
    name: str
    daylight: bool


def vtimezone(zone: ZoneInfo, first: dt.datetime, last: dt.datetime) -> bytes:
    """The VTIMEZONE of a zone that holds from the year of one moment to the year of another.

    Every transition of those years is a block of its own: a zone without any has one block. (The block that
    the icalendar library makes carries China's summer time of 1986-91 and starts summer time an hour late.)
    """
    name = zone.key
    lines = [plain_line("BEGIN", "VTIMEZONE"), text_line("TZID", name), text_line("X-LIC-LOCATION", name)]
    for observance in observances(zone, first.year, last.year):
        kind = "DAYLIGHT" if observance.daylight else "STANDARD"
        lines += [
            plain_line("BEGIN", kind),
            time_line("DTSTART", observance.start),
            text_line("TZNAME", observance.name),
            offset_line("TZOFFSETFROM", observance.before),
            offset_line("TZOFFSETTO", observance.after),
            plain_line("END", kind),
        ]
    return b"".join([*lines, plain_line("END", "VTIMEZONE")])


@lru_cache(maxsize=64)
def observances(zone: ZoneInfo, first: int, last: int) -> tuple[Observance, ...]:
    """What holds at the first year's beginning, and each change until the last year's end."""
    begin = dt.datetime(first, 1, 1, tzinfo=dt.UTC) - dt.timedelta(days=1)
    changes = list(_changes(zone, begin, dt.datetime(last + 1, 1, 2, tzinfo=dt.UTC)))
    local = begin.astimezone(zone)
    daylight = bool(changes) and bool(local.dst())
    initial = Observance(_BEGINNING, _offset(local), _offset(local), local.tzname() or "", daylight)
    return (initial, *(_observance(zone, change) for change in changes))


def _changes(zone: ZoneInfo, begin: dt.datetime, end: dt.datetime) -> Iterator[dt.datetime]:
    """The first second (UTC) of each new offset."""
    while begin < end:
        following = begin + _STEP
        if _offset(begin.astimezone(zone)) != _offset(following.astimezone(zone)):
            yield _change_between(zone, begin, following)
        begin = following


def _change_between(zone: ZoneInfo, early: dt.datetime, late: dt.datetime) -> dt.datetime:
    before = _offset(early.astimezone(zone))
    while late - early > dt.timedelta(seconds=1):
        middle = early + dt.timedelta(seconds=(late - early) // dt.timedelta(seconds=2))
        if _offset(middle.astimezone(zone)) == before:
            early = middle
        else:
            late = middle
    return late


def _observance(zone: ZoneInfo, change: dt.datetime) -> Observance:
    local = change.astimezone(zone)
    before = _offset((change - dt.timedelta(seconds=1)).astimezone(zone))
    return Observance(
        start=(change + before).replace(tzinfo=None),
        before=before,
        after=_offset(local),
        name=local.tzname() or "",
        daylight=bool(local.dst()),
    )


def _offset(local: dt.datetime) -> dt.timedelta:
    offset = local.utcoffset()
    assert offset is not None, "a time without a zone"
    return offset
