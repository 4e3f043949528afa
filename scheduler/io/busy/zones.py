"""Time zones of calendar files: by a known name first, else by what the file itself says of them; never guessed.

A file's own definition of a known zone is not read: those of real programs hold offsets that do not exist,
or only the rules of today.
"""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from scheduler.io.busy.expand import repetitions
from scheduler.io.busy.lines import Component
from scheduler.io.busy.rule import Frequency, last_moment, parse
from scheduler.io.busy.trouble import Budget, UnreadableError
from scheduler.io.busy.wall import wall_time
from scheduler.text import Text

_OFFSET = re.compile(r"([+-]?)(\d\d):?(\d\d)(\d\d)?", re.ASCII)
_MARGIN = dt.timedelta(days=800)


class Zones:
    """The zones one VCALENDAR may name."""

    def __init__(
        self, defined: Iterable[Component], window: tuple[dt.datetime, dt.datetime], budget: Budget
    ) -> None:
        self._defined: dict[str, Component] = {}
        for component in defined:
            if name := component.one("TZID"):
                self._defined.setdefault(_plain(name.value), component)
        self._window = window
        self._budget = budget
        self._made: dict[str, dt.tzinfo | UnreadableError | None] = {}

    def zone(self, name: str) -> dt.tzinfo | None:
        """The zone of a name; None for an empty one, which means floating time.

        Raises:
            UnreadableError: the name is not known and the file does not define it.
        """
        plain = _plain(name)
        if plain not in self._made:
            try:
                self._made[plain] = self._make(plain)
            except UnreadableError as wrong:
                self._made[plain] = wrong
        made = self._made[plain]
        if isinstance(made, UnreadableError):
            raise made
        return made

    def _make(self, plain: str) -> dt.tzinfo | None:
        if not plain:
            return None
        if known := known_zone(plain):
            return known
        if component := self._defined.get(plain):
            location = component.one("X-LIC-LOCATION")
            return (location and known_zone(location.value)) or _file_zone(
                component, self._window, self._budget
            )
        shown = plain[:40]
        raise UnreadableError(
            Text(f'its time zone "{shown}" is not known', f"时区“{shown}”无法识别"),
            Text("export the calendar again with a named time zone", "请以标准时区名称重新导出日历"),
        )


def known_zone(name: str) -> ZoneInfo | None:
    """The zone of an IANA name, also behind a path, or of a Windows name; None if it is neither."""
    plain = _plain(name)
    parts = [part for part in plain.split("/") if part]
    for length in range(min(3, len(parts)), 0, -1):
        if key := _iana().get("/".join(parts[-length:]).casefold()):
            return ZoneInfo(key)
    key = _windows().get(plain.casefold())
    return ZoneInfo(key) if key else None


def _plain(name: str) -> str:
    return " ".join(name.strip().strip('"').replace("\\", "").split())


@cache
def _iana() -> dict[str, str]:
    return {name.casefold(): name for name in sorted(available_timezones())}


@cache
def _windows() -> dict[str, str]:
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

    return {name.casefold(): olson for name, olson in WINDOWS_TO_OLSON.items()}


@dataclass(frozen=True, slots=True)
class _Change:
    """From a naive wall time on, an offset holds."""

    wall: dt.datetime
    offset: dt.timedelta


class FileZone(dt.tzinfo):
    """A zone as a file defines it; right for the years around the days that matter."""

    def __init__(self, before: dt.timedelta, changes: list[_Change]) -> None:
        self._offsets = [before, *(change.offset for change in changes)]
        self._walls = [change.wall for change in changes]

    def utcoffset(self, moment: dt.datetime | None) -> dt.timedelta:
        """The offset at a wall time."""
        assert moment is not None
        return self._offsets[bisect_right(self._walls, moment.replace(tzinfo=None))]

    def fromutc(self, moment: dt.datetime) -> dt.datetime:
        """The wall time of a moment: that which is as far from UTC as its own offset says."""
        for offset in dict.fromkeys(reversed(self._offsets)):
            local = moment + offset
            if self.utcoffset(local) == offset:
                return local
        return moment + self._offsets[-1]

    def dst(self, moment: dt.datetime | None) -> None:
        """Not known."""
        del moment

    def tzname(self, moment: dt.datetime | None) -> str:
        """Nothing is known but the offset."""
        del moment
        return "file"


def _file_zone(component: Component, window: tuple[dt.datetime, dt.datetime], budget: Budget) -> FileZone:
    changes: list[_Change] = []
    before: list[tuple[dt.datetime, dt.timedelta]] = []
    for part in component.parts:
        walls, offset, earlier = _observance(part, window, budget)
        changes += [_Change(wall, offset) for wall in walls]
        before += [(wall, earlier) for wall in walls[:1]]
    if not changes:
        raise _broken()
    changes.sort(key=lambda change: change.wall)
    return FileZone(min(before, key=lambda one: one[0])[1], changes)


def _observance(
    part: Component, window: tuple[dt.datetime, dt.datetime], budget: Budget
) -> tuple[list[dt.datetime], dt.timedelta, dt.timedelta]:
    """The wall times it begins at around the window and before, its offset and that before it."""
    start_line = part.one("DTSTART")
    start = wall_time(start_line.value) if start_line else None
    if start is None or part.wrong:
        raise _broken()
    first, last = (end.replace(tzinfo=None) for end in window)
    walls = {start.wall}
    for line in part.all("RDATE"):
        budget.spend(line.value.count(",") + 1)
        walls |= {
            found.wall for word in line.value.split(",") if (found := wall_time(word.partition("/")[0]))
        }
    for line in part.all("RRULE"):
        rule = parse(line.value)
        if rule.frequency is not Frequency.YEARLY:
            raise _broken()
        offset = dt.timezone(_offset(part, "TZOFFSETFROM"))
        end = min(last + _MARGIN, last_moment(rule.until, offset)) if rule.until else last + _MARGIN
        begin = max(first - _MARGIN, start.wall) if not rule.until else start.wall
        walls.update(repetitions(rule, start.wall, begin, end, budget))
    return sorted(walls), _offset(part, "TZOFFSETTO"), _offset(part, "TZOFFSETFROM")


def _offset(part: Component, name: str) -> dt.timedelta:
    line = part.one(name)
    found = _OFFSET.fullmatch(line.value.strip()) if line else None
    if found is None:
        raise _broken()
    hours, minutes, seconds = (int(piece or 0) for piece in found.groups()[1:])
    length = dt.timedelta(hours=hours, minutes=minutes, seconds=seconds)
    if length >= dt.timedelta(hours=24) or minutes > 59 or seconds > 59:
        raise _broken()
    return -length if found[1] == "-" else length


def _broken() -> UnreadableError:
    return UnreadableError(
        Text("the file's own definition of its time zone cannot be read", "文件自带的时区定义无法读取")
    )
