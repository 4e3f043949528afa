"""One event, read: when it is, how it repeats, which series it belongs to, whether it counts."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from scheduler.io.busy.lines import Component, Line
from scheduler.io.busy.policy import Ignored, Policy, verdict
from scheduler.io.busy.rule import Rule, parse
from scheduler.io.busy.trouble import ENTRY_STEPS, VALUE_STEPS, Budget, UnreadableError
from scheduler.io.busy.values import When, length, moment, no_time, when, whens
from scheduler.io.busy.zones import Zones
from scheduler.text import Text

DAY = dt.timedelta(days=1)
LONGEST = 4000 * DAY
"""Nothing in a calendar is longer than about ten years."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What reading an event needs to know: the plan's zone, the file's words, the policy, the budget.

    ``floating`` is the zone of times without one; whole days always are days of the plan's zone.
    """

    zone: dt.tzinfo
    floating: dt.tzinfo
    zones: Zones
    method: str
    policy: Policy
    budget: Budget


@dataclass(frozen=True, slots=True)
class Event:
    """An event of a file. ``start`` always has a zone; ``long`` is wall time, from start to end.

    ``declined`` tells that somebody invited will not come, whoever that is.
    """

    row: int
    uid: str
    sequence: int
    start: When
    long: dt.timedelta
    ignored: Ignored | None
    rules: tuple[Rule, ...] = ()
    more: tuple[tuple[When, dt.timedelta], ...] = ()
    except_for: tuple[When, ...] = ()
    instead_of: When | None = None
    and_future: bool = False
    declined: bool = False

    @property
    def repeats(self) -> bool:
        """Whether it has more than its one time."""
        return bool(self.rules or self.more)


def read_event(event: Component, setting: Setting) -> Event:
    """An event of a component.

    Raises:
        UnreadableError: anything in it that matters cannot be read.
    """
    setting.budget.spend(ENTRY_STEPS)
    if event.wrong:
        raise event.wrong
    start = _start(event, setting)
    long = _long(event, start, setting)
    if event.one("EXRULE"):
        raise UnreadableError(Text("it has an old rule of exceptions (EXRULE)", "含有旧式例外规则（EXRULE）"))
    instead_of = event.one("RECURRENCE-ID")
    uid = event.one("UID")
    return Event(
        event.row,
        uid.value.strip() if uid else "",
        _sequence(event),
        start,
        long,
        verdict(event, all_day=start.day, method=setting.method, policy=setting.policy),
        tuple(_rule(line, setting) for line in event.all("RRULE")),
        tuple(one for line in event.all("RDATE") for one in _more(line, start, long, setting)),
        tuple(_beside(one, start, setting) for line in event.all("EXDATE") for one in _spent(line, setting)),
        _beside(when(instead_of.value, instead_of, setting.zones), start, setting) if instead_of else None,
        instead_of is not None and instead_of.parameter("RANGE").upper() == "THISANDFUTURE",
        bool(event.one("ATTENDEE")),
    )


def _start(event: Component, setting: Setting) -> When:
    line = event.one("DTSTART")
    if line is None:
        raise UnreadableError(Text("it has no start", "没有开始时间"))
    start = when(line.value, line, setting.zones)
    return start.within(setting.zone if start.day else setting.floating)


def _beside(one: When, start: When, setting: Setting) -> When:
    """A time beside a start: floating means in the start's zone."""
    return one.within(setting.zone if one.day or start.day else start.zone or setting.floating)


def _long(event: Component, start: When, setting: Setting) -> dt.timedelta:
    """How long it is: a date is at least its day; times in two zones are as far apart as the clock says."""
    line = event.one("DTEND")
    if line is None:
        long = _duration(event, start)
    else:
        end = when(line.value, line, setting.zones)
        if start.day:
            long = end.wall - start.wall if end.day or not end.zone else _till_day(end, start, setting)
        else:
            end = end.within(start.zone or setting.floating)
            long = end.wall - start.wall if end.zone == start.zone else end.utc - start.utc
    if start.day:
        long = max(-(-long // DAY), 1) * DAY if long >= dt.timedelta(0) else long
    if long < dt.timedelta(0):
        raise UnreadableError(Text("it ends before it begins", "结束早于开始"))
    return min(long, LONGEST)


def _till_day(end: When, start: When, setting: Setting) -> dt.timedelta:
    return end.utc - moment(start.wall, setting.zone)


def _duration(event: Component, start: When) -> dt.timedelta:
    line = event.one("DURATION")
    if line is not None:
        return length(line.value, line)
    return DAY if start.day else dt.timedelta(0)


def _rule(line: Line, setting: Setting) -> Rule:
    setting.budget.spend(VALUE_STEPS * (line.value.count(",") + 5))
    return parse(line.value)


def _sequence(event: Component) -> int:
    word = event.value("SEQUENCE")
    return int(word) if word.isascii() and word.isdigit() and len(word) < 10 else 0


def _spent(line: Line, setting: Setting) -> list[When]:
    setting.budget.spend(VALUE_STEPS * (line.value.count(",") + 1))
    return list(whens(line, setting.zones))


def _more(line: Line, start: When, long: dt.timedelta, setting: Setting) -> list[tuple[When, dt.timedelta]]:
    """Further starts, each with its length; a period has its own."""
    setting.budget.spend(VALUE_STEPS * (line.value.count(",") + 1))
    found = []
    for word in filter(str.strip, line.value.split(",")):
        first, slash, last = word.partition("/")
        begin = _beside(when(first, line, setting.zones), start, setting)
        found.append((begin, period_length(begin, last, line, setting.zones) if slash else long))
    return found


def period_length(begin: When, last: str, line: Line, zones: Zones) -> dt.timedelta:
    """How long a period ``begin/last`` is; the last part is an end or a length.

    Raises:
        UnreadableError: it is neither, or lies before the begin.
    """
    if "P" in last.upper():
        return min(length(last, line), LONGEST)
    long = when(last, line, zones).wall - begin.wall
    if long < dt.timedelta(0):
        raise no_time(line)
    return min(long, LONGEST)
