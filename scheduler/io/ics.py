"""Calendar files (RFC 5545): a calendar as bytes, the same bytes for the same calendar."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from zoneinfo import ZoneInfo

from scheduler.io.content_line import (
    duration_line,
    geo_line,
    lines_line,
    list_line,
    number_line,
    plain_line,
    text_line,
    time_line,
)
from scheduler.io.time_zone import vtimezone
from scheduler.publish.event import Alarm, Calendar, Entry, Event, Status
from scheduler.text import Language, Text
from scheduler.version import VERSION

REFRESH = dt.timedelta(hours=6)
"""How often a program that subscribed should look for news."""

_LONGEST_NAME = 255
_Clock = Callable[[dt.datetime], dt.datetime]


def to_ics(calendar: Calendar, *languages: Language, utc: bool = False) -> bytes:
    """The file of a calendar in one language, or in several one after the other.

    Times are in the plan's zone with its definition, or all in UTC; GEO is in WGS-84. An event that begins or
    ends in an hour that comes twice, as clocks go back, is in UTC: programs disagree on which of the two is meant.
    """
    local = [] if utc else [event.entry for event in calendar.events if not _unclear(event.entry)]
    lines = [*_header(calendar, languages)]
    if local:
        lines.append(_zone(calendar.time_zone, local))
    for event in calendar.events:
        lines += _event(event, languages, _in_utc if utc or _unclear(event.entry) else _as_it_is)
    return b"".join([*lines, plain_line("END", "VCALENDAR")])


def _header(calendar: Calendar, languages: Sequence[Language]) -> Iterator[bytes]:
    name = _inline(calendar.name, languages)[:_LONGEST_NAME]
    yield plain_line("BEGIN", "VCALENDAR")
    yield plain_line("VERSION", "2.0")
    yield plain_line("PRODID", f"-//duty-scheduler//{VERSION.split('.')[0]}//{languages[0].upper()}")
    yield plain_line("CALSCALE", "GREGORIAN")
    yield plain_line("METHOD", "PUBLISH")
    yield text_line("NAME", name)
    yield text_line("X-WR-CALNAME", name)
    yield text_line("X-WR-TIMEZONE", calendar.time_zone)
    yield duration_line("REFRESH-INTERVAL", REFRESH, typed=True)
    yield duration_line("X-PUBLISHED-TTL", REFRESH)
    if calendar.events:
        yield time_line("LAST-MODIFIED", max(event.revision.stamp for event in calendar.events))


def _in_utc(moment: dt.datetime) -> dt.datetime:
    return moment.astimezone(dt.UTC)


def _as_it_is(moment: dt.datetime) -> dt.datetime:
    return moment


def _unclear(entry: Entry) -> bool:
    """Whether local time would not say when it is, or is UTC anyway."""
    return entry.start.tzname() == "UTC" or _twice(entry.start) or _twice(entry.end)


def _twice(moment: dt.datetime) -> bool:
    return moment.utcoffset() != moment.replace(fold=1 - moment.fold).utcoffset()


def _zone(time_zone: str, entries: Sequence[Entry]) -> bytes:
    first, last = min(entry.start for entry in entries), max(entry.end for entry in entries)
    return vtimezone(ZoneInfo(time_zone), first, last)


def _event(event: Event, languages: Sequence[Language], clock: _Clock) -> Iterator[bytes]:
    entry, revision = event.entry, event.revision
    cancelled = revision.status is Status.CANCELLED
    yield plain_line("BEGIN", "VEVENT")
    yield plain_line("UID", entry.uid)
    yield time_line("DTSTAMP", revision.stamp)
    yield time_line("CREATED", revision.created)
    yield time_line("LAST-MODIFIED", revision.stamp)
    yield number_line("SEQUENCE", revision.sequence)
    yield plain_line("STATUS", revision.status)
    yield time_line("DTSTART", clock(entry.start))
    yield time_line("DTEND", clock(entry.end))
    yield text_line("SUMMARY", _inline(entry.summary, languages))
    yield text_line("LOCATION", _inline(entry.location, languages))
    if entry.geo:
        yield geo_line(*entry.geo)
    yield lines_line("DESCRIPTION", _said(entry.description, languages, "\n\n"))
    if entry.categories:
        yield list_line("CATEGORIES", *_categories(entry.categories, languages))
    if entry.private:
        yield plain_line("CLASS", "PRIVATE")
    yield plain_line("TRANSP", "OPAQUE" if entry.busy and not cancelled else "TRANSPARENT")
    for alarm in () if cancelled else entry.alarms:
        yield from _alarm(alarm, languages)
    yield plain_line("END", "VEVENT")


def _alarm(alarm: Alarm, languages: Sequence[Language]) -> Iterator[bytes]:
    yield plain_line("BEGIN", "VALARM")
    yield plain_line("ACTION", "DISPLAY")
    yield text_line("DESCRIPTION", _inline(alarm.text, languages))
    yield duration_line("TRIGGER", -alarm.before)
    yield plain_line("END", "VALARM")


def _inline(text: Text, languages: Sequence[Language]) -> str:
    return _said(text, languages, " / ")


def _said(text: Text, languages: Sequence[Language], between: str) -> str:
    """A text in all languages; once if it reads the same."""
    if len(languages) == 1:
        return text.say(languages[0])
    return between.join(dict.fromkeys(text.say(language) for language in languages))


def _categories(categories: Sequence[Text], languages: Sequence[Language]) -> list[str]:
    return list(dict.fromkeys(text.say(language) for language in languages for text in categories))
