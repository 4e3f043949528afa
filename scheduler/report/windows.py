"""Days and times of day in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from scheduler.domain.calendar import DateRange, DayClass, DaySelector, Weekday
from scheduler.domain.request import TimesOfDay, TimeWindow
from scheduler.text import WEEKDAYS, Text, joined, same

_CLASSES = {
    DayClass.WORKDAY: Text("workdays", "工作日"),
    DayClass.WEEKEND: Text("weekends", "周末"),
    DayClass.HOLIDAY: Text("public holidays", "法定节假日"),
    DayClass.MAKEUP_WORKDAY: Text("make-up workdays", "调休上班日"),
}
_DAYS_OFF_ARE = (DayClass.WEEKEND, DayClass.HOLIDAY)
_DAYS_OFF = Text("days off", "休息日")
_EVERY_DAY = Text("every day", "每天")
_ALL_DAY = Text("all day", "全天")
_NEXT_DAY = Text("next day ", "次日")


def window_text(window: TimeWindow, day_starts: dt.time) -> Text:
    """Days and hours: 工作日 18:00-22:00; every day all day. A duty day begins at ``day_starts``."""
    if window.start and window.end:
        return same(f"{window.start:%Y-%m-%d %H:%M} - {window.end:%Y-%m-%d %H:%M}")
    hours = [_hours(times, day_starts) for times in window.hours or ()]
    days, times = days_text(window), _listed(hours) if hours else _ALL_DAY
    return Text(f"{days.en} {times.en}", f"{days.zh}{'' if times is _ALL_DAY else ' '}{times.zh}")


def days_text(window: DaySelector) -> Text:
    """Which days: 周末, 2020年3月5日至2020年3月8日的周一; every day."""
    dates = [_dates(one) for one in window.dates or ()]
    narrower = [_CLASSES[one] for one in window.classes or ()]
    if window.classes == _DAYS_OFF_ARE:
        narrower = [_DAYS_OFF]
    if window.weekdays:
        narrower = [_weekdays(window.weekdays)]
    if not dates:
        return _listed(narrower) if narrower else _EVERY_DAY
    first = _listed(dates)
    if not narrower:
        return first
    last = _listed(narrower)
    return Text(f"{first.en} {last.en}", f"{first.zh}的{last.zh}")


def _dates(dates: dt.date | DateRange) -> Text:
    if isinstance(dates, dt.date):
        return _date(dates)
    if dates.first is None:
        assert dates.last is not None
        last = _date(dates.last)
        return Text(f"until {last.en}", f"至{last.zh}")
    first = _date(dates.first)
    if dates.last is None:
        return Text(f"{first.en} onwards", f"{first.zh}起")
    last = _date(dates.last)
    return Text(f"{first.en} to {last.en}", f"{first.zh}至{last.zh}")


def _date(day: dt.date) -> Text:
    return Text(day.isoformat(), f"{day.year}年{day.month}月{day.day}日")


def _weekdays(weekdays: Sequence[Weekday]) -> Text:
    numbers = [tuple(Weekday).index(one) for one in weekdays]
    first, last = WEEKDAYS[numbers[0]], WEEKDAYS[numbers[-1]]
    run = [(numbers[0] + n) % 7 for n in range(len(numbers))]
    if len(numbers) > 2 and numbers == run:
        return Text(f"{first.en} to {last.en}", f"{first.zh}至{last.zh}")
    return _listed([WEEKDAYS[n] for n in numbers])


def _hours(times: TimesOfDay, day_starts: dt.time) -> Text:
    """Hours of 24; 次日 before what is on the day after."""
    end = "24:00" if times.end == dt.time(0, 0) else f"{times.end:%H:%M}"
    if times.start < day_starts:
        return _prefixed(f"{times.start:%H:%M}-{end}")
    if times.end > times.start or end == "24:00":
        return same(f"{times.start:%H:%M}-{end}")
    last = _prefixed(end)
    return Text(f"{times.start:%H:%M}-{last.en}", f"{times.start:%H:%M}-{last.zh}")


def _prefixed(clock: str) -> Text:
    return Text(_NEXT_DAY.en + clock, _NEXT_DAY.zh + clock)


def _listed(parts: list[Text]) -> Text:
    return joined(parts, en=" and ")
