"""Dates, times and lengths as calendar files write them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from scheduler.io.busy.lines import Line
from scheduler.io.busy.trouble import UnreadableError
from scheduler.io.busy.wall import wall_time
from scheduler.io.busy.zones import Zones
from scheduler.text import Text

_LENGTH = re.compile(
    r"([+-])?P(?:(\d{1,6})W)?(?:(\d{1,6})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,7})M)?(?:(\d{1,8})S)?)?",
    re.ASCII | re.IGNORECASE,
)
_FIRST, _LAST = dt.datetime(1, 1, 1), dt.datetime(9999, 12, 31)  # noqa: DTZ001 - wall times


@dataclass(frozen=True, slots=True)
class When:
    """A date (``day``: naive midnight) or a time: naive wall time and its zone; floating times have none."""

    wall: dt.datetime
    zone: dt.tzinfo | None
    day: bool = False

    def within(self, zone: dt.tzinfo) -> When:
        """The same, a floating time or a date now in that zone."""
        return self if self.zone else When(self.wall, zone, self.day)

    @property
    def utc(self) -> dt.datetime:
        """The moment; only of a time that has a zone."""
        return moment(self.wall, self.zone)


def moment(wall: dt.datetime, zone: dt.tzinfo | None) -> dt.datetime:
    """A naive wall time of a zone as a moment in UTC; the ends of time stay within it."""
    assert zone is not None, "a floating time is no moment"
    try:
        return wall.replace(tzinfo=zone).astimezone(dt.UTC)
    except (OverflowError, ValueError):
        return wall.replace(tzinfo=dt.UTC)


def shifted(wall: dt.datetime, by: dt.timedelta) -> dt.datetime:
    """A wall time later (or earlier) by a length; the ends of time stay within it."""
    try:
        return wall + by
    except OverflowError:
        return _LAST if by > dt.timedelta(0) else _FIRST


def whens(line: Line, zones: Zones) -> Iterator[When]:
    """The dates or times of a line, separated by commas.

    Raises:
        UnreadableError: one is none, or its zone is not known.
    """
    for word in line.value.split(","):
        if word.strip():
            yield when(word, line, zones)


def when(word: str, line: Line, zones: Zones) -> When:
    """One date or time, read with its line's parameters.

    Raises:
        UnreadableError: it is none, or its zone is not known.
    """
    found = wall_time(word)
    if found is None:
        raise no_time(line)
    as_date = line.parameter("VALUE").upper() == "DATE" and found.wall.time() == dt.time()
    if found.day or as_date:
        return When(found.wall, None, day=True)
    return When(found.wall, dt.UTC if found.utc else zones.zone(line.parameter("TZID")))


def length(word: str, line: Line) -> dt.timedelta:
    """A length like ``PT3H`` or ``P1D``.

    Raises:
        UnreadableError: it is none, or is negative.
    """
    found = _LENGTH.fullmatch(word.strip())
    if found is None or found[1] == "-" or not any(found.groups()[1:]):
        raise no_time(line)
    weeks, days, hours, minutes, seconds = (int(part or 0) for part in found.groups()[1:])
    return dt.timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)


def no_time(line: Line) -> UnreadableError:
    """What is said of a date, time or length that is none; the value may be anything, so it is not shown."""
    return UnreadableError(
        Text(
            f"{line.name} in row {line.row} is no valid time", f"第 {line.row} 行的 {line.name} 不是有效时间"
        )
    )
