"""The next duties of a calendar file, for a page: read from the very bytes that programs get."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from icalendar import Calendar, Event

from scheduler.text import Text, day_text

_MOST = 5


@dataclass(frozen=True, slots=True)
class Duty:
    """A duty that is not over: start and end (aware), title, place, whether it may still change."""

    start: dt.datetime
    end: dt.datetime
    title: str
    place: str
    tentative: bool = False

    @property
    def when(self) -> Text:
        """Day and times as people write them."""
        day, start, end = day_text(self.start.date()), f"{self.start:%H:%M}", f"{self.end:%H:%M}"
        later = (self.end.date() - self.start.date()).days
        if not later:
            return Text(f"{day.en}, {start}–{end}", f"{day.zh}{start}–{end}")
        return Text(f"{day.en}, {start}–{end} (+{later} d)", f"{day.zh}{start}–{_later_zh(later)}{end}")


def next_duties(data: bytes, now: dt.datetime, most: int = _MOST) -> tuple[Duty, ...]:
    """The first duties that are not over and not cancelled; none if the file cannot be read."""
    if not data:
        return ()
    try:
        calendar = Calendar.from_ical(data)
        found = tuple(_duties(calendar, _zone(str(calendar.get("X-WR-TIMEZONE", "UTC")))))
    except ValueError:
        return ()
    ahead = sorted(found, key=lambda duty: (duty.start, duty.title))
    return tuple(duty for duty in ahead if duty.end > now)[:most]


def _duties(calendar: Calendar, zone: dt.tzinfo) -> Iterator[Duty]:
    for event in calendar.walk("VEVENT"):
        assert isinstance(event, Event)
        start, end = event.start, event.end
        status = str(event.get("STATUS", ""))
        if status == "CANCELLED":
            continue
        if isinstance(start, dt.datetime) and isinstance(end, dt.datetime) and start.tzinfo and end.tzinfo:
            title, place = str(event.get("SUMMARY", "")), str(event.get("LOCATION", ""))
            times = start.astimezone(zone), end.astimezone(zone)
            yield Duty(*times, title, place, tentative=status == "TENTATIVE")


def _zone(name: str) -> dt.tzinfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return dt.UTC


def _later_zh(days: int) -> str:
    return "次日" if days == 1 else f"{days}天后"
