"""When a sign-up line speaks of: the times it names, else those of the head of the chat."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

from scheduler.domain.calendar import DateRange, Horizon, Weekday
from scheduler.domain.request import TimeWindow
from scheduler.io.phrases.grammar import read_phrase
from scheduler.io.phrases.reading import Reading, Setting, Unclear
from scheduler.io.phrases.tokens import plain, tokens
from scheduler.io.phrases.vocabulary import Kind
from scheduler.text import Text, day_text, joined

NO_TIME = Text("which day is not said", "没有说明是哪一天")
NOT_A_SIGN_UP = Text("this is no day and time to sign up for", "不是可报名的日期和时间")
_DEADLINE = re.compile(r"截止|截至|前(?:报|接|填|完|回)|以前|之前|deadline|before", re.IGNORECASE)

WEEK = 7
"""Days that are signed up for one by one, at most."""

Times = tuple[TimeWindow, ...]


def read_times(text: str, head: Times, setting: Setting) -> Times | Text:
    """The times of a line, or why they are not certain."""
    if not text.strip():
        return head or NO_TIME
    reading = read_phrase(text, setting)
    if isinstance(reading, Unclear):
        part = f"“{reading.part}”"
        return Text(f"{part} – {reading.reason.en}", f"{part}：{reading.reason.zh}")
    if reading == Reading(always=True) and head:
        return tuple(one.model_copy(update={"hours": None}) for one in head)
    if reading != Reading(only=reading.only) or not reading.only:
        return NOT_A_SIGN_UP
    return _dated(reading.only, head, text, setting.horizon)


def _dated(windows: Times, head: Times, text: str, horizon: Horizon) -> Times | Text:
    """Times with their days: hours alone are on the days of the head; a weekday must be one day of the plan."""
    found: list[TimeWindow] = []
    for one in windows:
        if not (one.dates or one.weekdays or one.classes):
            if not any(day.dates for day in head):
                return NO_TIME
            days = {day.dates: day for day in head}
            found += [day.model_copy(update={"hours": one.hours}) for day in days.values()]
        elif one.weekdays and not one.dates and not re.search("每|逢|every|each", text):
            dates = _only_days(one.weekdays, horizon)
            if isinstance(dates, Text):
                return dates
            found.append(one.model_copy(update={"weekdays": None, "dates": dates}))
        else:
            found.append(one)
    return tuple(found)


def _only_days(weekdays: tuple[Weekday, ...], horizon: Horizon) -> tuple[dt.date, ...] | Text:
    found: list[dt.date] = []
    for weekday in weekdays:
        days = [day for day in horizon.days if Weekday.of(day) is weekday]
        if len(days) > 1:
            listed = joined([day_text(day) for day in days[:3]])
            return Text(f"which of {listed.en}?", f"是{listed.zh}中的哪一天？")
        if not days:
            return Text("the plan has no such day", "排班期内没有这一天")
        found += days
    return tuple(sorted(found))


def head_times(lines: Iterable[str], setting: Setting) -> Times:
    """The times the head of a chat names, if it names one set of days only."""
    found: list[Times] = []
    for line in lines:
        if not _DEADLINE.search(line):
            found += [times for run in _runs(plain(line), setting) if (times := _with_days(run, setting))]
    different = dict.fromkeys(found)
    return next(iter(different)) if len(different) == 1 else ()


def _with_days(text: str, setting: Setting) -> Times:
    reading = read_phrase(text, setting)
    if not isinstance(reading, Reading) or reading != Reading(only=reading.only):
        return ()
    return reading.only if all(one.dates for one in reading.only) else ()


def _runs(text: str, setting: Setting) -> Iterable[str]:
    """Stretches of words of time."""
    start, end = 0, 0
    for word in tokens(text, setting.names):
        if word.kind in (Kind.UNKNOWN, Kind.VAGUE):
            yield text[start:end]
            start = word.start + len(word.text)
        end = word.start + len(word.text)
    yield text[start:end]


def split_days(window: TimeWindow, horizon: Horizon) -> Times:
    """A window of several dates as one for each day of the plan; one of more than a week stays whole."""
    if not window.dates or window.weekdays or window.classes:
        return (window,)
    days = [day for day in horizon.days if any(_holds(one, day) for one in window.dates)]
    if not 1 <= len(days) <= WEEK:
        return (window,)
    return tuple(window.model_copy(update={"dates": (day,)}) for day in days)


def days_of(window: TimeWindow, horizon: Horizon) -> int:
    """How many days of the plan a window with dates names; 1 for one that recurs."""
    if not window.dates or window.weekdays or window.classes:
        return 1
    return max(1, sum(any(_holds(one, day) for one in window.dates) for day in horizon.days))


def _holds(dates: dt.date | DateRange, day: dt.date) -> bool:
    return dates.holds(day) if isinstance(dates, DateRange) else dates == day
