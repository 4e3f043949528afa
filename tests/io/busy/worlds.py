"""Calendars written in a few lines, and what they say of somebody's time."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from zoneinfo import ZoneInfo

from scheduler.io.busy.policy import Counts, Policy
from scheduler.io.busy.reading import Busy, read_busy
from scheduler.io.busy.trouble import Budget
from scheduler.io.busy.windows import merged

ZONE = ZoneInfo("Asia/Shanghai")
FIRST = dt.datetime(2026, 9, 1, tzinfo=ZONE).astimezone(dt.UTC)
LAST = dt.datetime(2026, 12, 1, tzinfo=ZONE).astimezone(dt.UTC)
BUSY = Policy(transparent_timed=Counts.BUSY)


def event(*lines: str) -> str:
    return "\n".join(("BEGIN:VEVENT", *lines, "END:VEVENT"))


def calendar(*parts: str) -> str:
    return "\n".join(("BEGIN:VCALENDAR", "VERSION:2.0", *parts, "END:VCALENDAR", ""))


def read(
    folder: Path,
    content: str | bytes,
    policy: Policy | None = None,
    zone: ZoneInfo = ZONE,
    budget: Budget | None = None,
) -> Busy:
    """A calendar read for September to November 2026."""
    path = folder / "calendar.ics"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_busy(path, (FIRST, LAST), zone, policy or Policy(), budget)


def times(busy: Busy, zone: ZoneInfo = ZONE) -> list[str]:
    """Every stretch in local time, short: ``0907 0800-0935``; an end on another day has its date."""
    return [_short(start.astimezone(zone), end.astimezone(zone)) for start, end in busy.stretches]


def whole(busy: Busy) -> list[str]:
    """The stretches merged and cut to the window."""
    joined = merged(busy.stretches, (FIRST, LAST))
    return [_short(start.astimezone(ZONE), end.astimezone(ZONE)) for start, end in joined]


def ignored(busy: Busy) -> dict[str, int]:
    return {str(why): number for why, number in busy.ignored}


def unread(busy: Busy) -> list[str]:
    """The row and the English text of all that could not be read."""
    return [f"{fault.place.rpartition(':')[2]} {fault.text.en}" for fault in busy.unreadable]


def _short(start: dt.datetime, end: dt.datetime) -> str:
    last = f"{end:%H%M}" if end.date() == start.date() else f"{end:%m%d %H%M}"
    return f"{start:%m%d %H%M}-{last}"
