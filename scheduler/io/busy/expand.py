"""When a rule repeats: only the days that matter are looked at, so no rule can take long.

The libraries at hand walk from the first year a rule names and, where a rule never matches, to the year 9999.
Here a rule is asked about the periods around some days; only one with a count is followed from its start,
within its share of work. The tests compare with dateutil.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count, product

from scheduler.io.busy.rule import Frequency, Rule
from scheduler.io.busy.trouble import Budget

_DAY = dt.timedelta(days=1)


def repetitions(
    rule: Rule, start: dt.datetime, first: dt.datetime, last: dt.datetime, budget: Budget
) -> Iterator[dt.datetime]:
    """Naive wall times at which a rule repeats something that starts at ``start``, in order.

    Those between ``first`` and ``last`` (both included) are given, no others; ``until`` is not looked at.

    Raises:
        UnreadableError: the budget is spent.
    """
    days = _Days.of(rule, start)
    begin = 0 if rule.count else days.period_of(max(first, start).date())
    given = 0
    for number in count(begin):
        if (dates := days.dates(number, budget)) is None or days.opens(number) > last.date():
            return
        for wall in _positioned(_times(dates, rule, start, budget), rule.by_position):
            if wall < start:
                continue
            given += 1
            if wall > last or (rule.count and given > rule.count):
                return
            if wall >= first:
                yield wall


def _times(dates: list[dt.date], rule: Rule, start: dt.datetime, budget: Budget) -> list[dt.datetime]:
    clocks = [
        dt.time(hour, minute, min(second, 59))
        for hour, minute, second in product(
            rule.by_hour or (start.hour,),
            rule.by_minute or (start.minute,),
            rule.by_second or (start.second,),
        )
    ]
    budget.spend(len(dates) * len(clocks) * (2 if rule.by_position else 1))
    return [dt.datetime.combine(date, clock) for date in dates for clock in clocks]


def _positioned(walls: list[dt.datetime], positions: tuple[int, ...]) -> list[dt.datetime]:
    if not positions:
        return walls
    total = len(walls)
    places = {place - 1 if place > 0 else total + place for place in positions}
    return [walls[place] for place in sorted(places) if 0 <= place < total]


@dataclass(frozen=True, slots=True)
class _Days:
    """A rule's periods, numbered from that of the start, and the days it picks in each."""

    rule: Rule
    start: dt.date
    by_month: tuple[int, ...]
    by_month_day: tuple[int, ...]
    weekdays: frozenset[int]
    ordinals: tuple[tuple[int, int], ...]

    @classmethod
    def of(cls, rule: Rule, start: dt.datetime) -> _Days:
        """What a rule does not say follows from the start (RFC 5545, 3.3.10)."""
        months, month_days = rule.by_month, rule.by_month_day
        weekdays = {day for ordinal, day in rule.by_day if not _counts(rule, ordinal)}
        ordinals = tuple((ordinal, day) for ordinal, day in rule.by_day if ordinal and _counts(rule, ordinal))
        if not (rule.by_week or rule.by_year_day or rule.by_month_day or rule.by_day):
            if rule.frequency is Frequency.YEARLY:
                months, month_days = months or (start.month,), (start.day,)
            elif rule.frequency is Frequency.MONTHLY:
                month_days = (start.day,)
            elif rule.frequency is Frequency.WEEKLY:
                weekdays = {start.weekday()}
        return cls(rule, start.date(), months, month_days, frozenset(weekdays), ordinals)

    def period_of(self, day: dt.date) -> int:
        """The number of the last period that begins on or before a day, 0 at least."""
        passed = {
            Frequency.YEARLY: lambda: day.year - self.start.year,
            Frequency.MONTHLY: lambda: (day.year - self.start.year) * 12 + day.month - self.start.month,
            Frequency.WEEKLY: lambda: (day - self._week).days // 7,
            Frequency.DAILY: lambda: (day - self.start).days,
        }[self.rule.frequency]()
        return max(0, passed // self.rule.interval)

    def opens(self, number: int) -> dt.date:
        """The first day of a period; the last day there is if it lies beyond."""
        step = number * self.rule.interval
        try:
            match self.rule.frequency:
                case Frequency.YEARLY:
                    return dt.date(self.start.year + step, 1, 1)
                case Frequency.MONTHLY:
                    years, month = divmod(self.start.month - 1 + step, 12)
                    return dt.date(self.start.year + years, month + 1, 1)
                case Frequency.WEEKLY:
                    return self._week + dt.timedelta(weeks=step)
                case Frequency.DAILY:
                    return self.start + dt.timedelta(days=step)
        except (OverflowError, ValueError):
            return dt.date.max

    def dates(self, number: int, budget: Budget) -> list[dt.date] | None:
        """The days picked in a period, in order; None behind the end of time."""
        opens = self.opens(number)
        if opens > dt.date.max - 400 * _DAY:
            return None
        candidates = self._candidates(opens)
        budget.spend(len(candidates) * (3 if self.rule.by_week else 1) + 1)
        return [day for day in candidates if self._picks(day)]

    @property
    def _week(self) -> dt.date:
        back = (self.start.weekday() - self.rule.week_start) % 7
        return self.start - back * _DAY if self.start.toordinal() > back else self.start

    def _candidates(self, opens: dt.date) -> list[dt.date]:
        match self.rule.frequency:
            case Frequency.DAILY:
                return [opens]
            case Frequency.WEEKLY:
                return [opens + n * _DAY for n in range(7)]
            case Frequency.MONTHLY:
                return _month(opens.year, opens.month)
            case Frequency.YEARLY:
                months = self.by_month or range(1, 13)
                return [day for month in months for day in _month(opens.year, month)]

    def _picks(self, day: dt.date) -> bool:
        rule = self.rule
        return (
            (not self.by_month or day.month in self.by_month)
            and (not self.by_month_day or _numbered(day.day, _month_length(day), self.by_month_day))
            and (not (self.weekdays or self.ordinals) or self._on_weekday(day))
            and (not rule.by_year_day or _numbered(_year_day(day), _year_length(day), rule.by_year_day))
            and (not rule.by_week or _numbered(*_week_number(day, rule.week_start), rule.by_week))
        )

    def _on_weekday(self, day: dt.date) -> bool:
        if day.weekday() in self.weekdays:
            return True
        in_year = self.rule.frequency is Frequency.YEARLY and not self.rule.by_month
        number, length = (_year_day(day), _year_length(day)) if in_year else (day.day, _month_length(day))
        places = ((number - 1) // 7 + 1, -((length - number) // 7 + 1))
        return any(day.weekday() == weekday and ordinal in places for ordinal, weekday in self.ordinals)


def _counts(rule: Rule, ordinal: int | None) -> bool:
    """Whether an ordinal means something: the third Monday of a month, but not of a week."""
    return ordinal is not None and rule.frequency in {Frequency.YEARLY, Frequency.MONTHLY}


def _numbered(number: int, of: int, wanted: tuple[int, ...]) -> bool:
    """Whether a day is wanted by its number, or by that from the end: -1 is the last."""
    return number in wanted or number - of - 1 in wanted


def _month(year: int, month: int) -> list[dt.date]:
    return [dt.date(year, month, n) for n in range(1, calendar.monthrange(year, month)[1] + 1)]


def _month_length(day: dt.date) -> int:
    return calendar.monthrange(day.year, day.month)[1]


def _year_length(day: dt.date) -> int:
    return 366 if calendar.isleap(day.year) else 365


def _year_day(day: dt.date) -> int:
    return day.timetuple().tm_yday


def _week_number(day: dt.date, week_start: int) -> tuple[int, int]:
    """The number of a day's week and how many its year has; week 1 has four days in the year (RFC 5545)."""
    begins = day - ((day.weekday() - week_start) % 7) * _DAY
    year = (begins + 3 * _DAY).year
    first, following = _first_week(year, week_start), _first_week(year + 1, week_start)
    return (begins - first).days // 7 + 1, (following - first).days // 7


def _first_week(year: int, week_start: int) -> dt.date:
    fourth = dt.date(year, 1, 4)
    return fourth - ((fourth.weekday() - week_start) % 7) * _DAY
