"""VTIMEZONE: a short block that is right for the years of a calendar, read off zoneinfo.

The block that the icalendar library makes carries China's summer time of 1986-91 and starts summer time an
hour late. Of the forms tried, most programs read this one right: rules from 1970 on where a rule holds, else
single changes.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from zoneinfo import ZoneInfo

from scheduler.domain.calendar import Weekday
from scheduler.io.content_line import offset_line, plain_line, text_line, time_line

_BEGINNING = dt.datetime(1970, 1, 1)  # noqa: DTZ001 - a VTIMEZONE's start is local time
_STEP = dt.timedelta(hours=12)
_YEARS_OF_A_RULE = 7
"""So many years show whether a change is on the fourth or on the last Sunday."""


@dataclass(frozen=True, slots=True)
class Observance:
    """From a naive local time (in the offset before it) on, an offset holds; with a rule every year again."""

    start: dt.datetime
    before: dt.timedelta
    after: dt.timedelta
    name: str
    daylight: bool
    rule: str = ""


def vtimezone(zone: ZoneInfo, first: dt.datetime, last: dt.datetime) -> bytes:
    """The VTIMEZONE of a zone that holds from the year of one moment to the year of another."""
    name = zone.key
    lines = [plain_line("BEGIN", "VTIMEZONE"), text_line("TZID", name), text_line("X-LIC-LOCATION", name)]
    for observance in observances(zone, first.year, last.year):
        kind = "DAYLIGHT" if observance.daylight else "STANDARD"
        lines += [plain_line("BEGIN", kind), time_line("DTSTART", observance.start)]
        if observance.rule:
            lines.append(plain_line("RRULE", observance.rule))
        lines += [
            text_line("TZNAME", observance.name),
            offset_line("TZOFFSETFROM", observance.before),
            offset_line("TZOFFSETTO", observance.after),
            plain_line("END", kind),
        ]
    return b"".join([*lines, plain_line("END", "VTIMEZONE")])


@lru_cache(maxsize=64)
def observances(zone: ZoneInfo, first: int, last: int) -> tuple[Observance, ...]:
    """What holds in all years from first to last: one offset, two yearly rules, or single changes."""
    years = range(first, max(last + 1, first + _YEARS_OF_A_RULE))
    changes = [change for change in _changes(zone, years[0], years[-1]) if change.start.year in years]
    if rules := _yearly(changes, years):
        return rules
    listed = tuple(change for change in changes if change.start.year <= last)
    local = dt.datetime(first, 1, 1, tzinfo=zone)
    daylight = bool(listed) and bool(local.dst())
    begin = Observance(_BEGINNING, _offset(local), _offset(local), local.tzname() or "", daylight)
    return (begin, *listed)


def _yearly(changes: Sequence[Observance], years: range) -> tuple[Observance, ...]:
    """Two rules that give exactly these changes, or nothing."""
    standard = _rule([change for change in changes if not change.daylight], years)
    daylight = _rule([change for change in changes if change.daylight], years)
    return (standard, daylight) if standard and daylight else ()


def _rule(changes: Sequence[Observance], years: range) -> Observance | None:
    """The rule that gives these changes, one in every year, on the same weekday of a month."""
    if [change.start.year for change in changes] != [*years] or len(set(map(_habit, changes))) > 1:
        return None
    start = changes[0].start
    weeks = {(change.start.day - 1) // 7 for change in changes}
    last = all(_days_in_month(change.start) - change.start.day < 7 for change in changes)
    if len(weeks) > 1 and not last:
        return None
    week = -1 if last else weeks.pop()
    weekday = Weekday.of(start.date()).upper()[:2]
    rule = f"FREQ=YEARLY;BYMONTH={start.month};BYDAY={-1 if last else week + 1}{weekday}"
    return replace(changes[0], start=_in_1970(start, week), rule=rule)


def _habit(change: Observance) -> tuple[object, ...]:
    start = change.start
    return change.before, change.after, change.name, start.month, start.weekday(), start.time()


def _in_1970(start: dt.datetime, week: int) -> dt.datetime:
    days = calendar.Calendar().itermonthdates(1970, start.month)
    matching = [day for day in days if day.month == start.month and day.weekday() == start.weekday()]
    return dt.datetime.combine(matching[week], start.time())


def _days_in_month(moment: dt.datetime) -> int:
    return calendar.monthrange(moment.year, moment.month)[1]


def _changes(zone: ZoneInfo, first: int, last: int) -> Iterator[Observance]:
    """Every change of the offset, from a day before the first year to a day after the last."""
    moment = dt.datetime(first, 1, 1, tzinfo=dt.UTC) - dt.timedelta(days=1)
    end = dt.datetime(last + 1, 1, 2, tzinfo=dt.UTC)
    while moment < end:
        following = moment + _STEP
        if _offset(moment.astimezone(zone)) != _offset(following.astimezone(zone)):
            yield _change_between(zone, moment, following)
        moment = following


def _change_between(zone: ZoneInfo, early: dt.datetime, late: dt.datetime) -> Observance:
    before = _offset(early.astimezone(zone))
    while late - early > dt.timedelta(seconds=1):
        middle = early + dt.timedelta(seconds=(late - early) // dt.timedelta(seconds=2))
        if _offset(middle.astimezone(zone)) == before:
            early = middle
        else:
            late = middle
    local = late.astimezone(zone)
    start = (late + before).replace(tzinfo=None)
    return Observance(start, before, _offset(local), local.tzname() or "", bool(local.dst()))


def _offset(local: dt.datetime) -> dt.timedelta:
    offset = local.utcoffset()
    assert offset is not None, "a time without a zone"
    return offset
