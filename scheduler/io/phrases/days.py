"""Days: 周一至周五, 工作日, 3月5日-8日, 下旬, 15日, every Saturday, 5-8 March."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass

from scheduler.domain.calendar import DateRange, DayClass, DaySelector, Horizon, Weekday
from scheduler.io.phrases.reading import Setting
from scheduler.io.phrases.stream import Stream
from scheduler.io.phrases.tokens import Token
from scheduler.io.phrases.vocabulary import Kind
from scheduler.text import Text

Dates = dt.date | DateRange

_STARTS = (
    Kind.EVERY_DAY,
    Kind.EVERY,
    Kind.CLASS,
    Kind.WEEKDAY,
    Kind.DATE,
    Kind.MONTH,
    Kind.THIRD,
    Kind.DAY,
    Kind.UNTIL,
)
_WEEKDAYS = tuple(Weekday)

NO_SUCH_DAY = Text("there is no such date", "没有这个日期")
OUTSIDE = Text("it is not one of the plan's days", "不在本计划的排班期内")
TWO_MONTHS = Text(
    "the plan has this day in two months; write the month", "排班期内有两个这样的日子，请写明月份"
)
WRONG_WEEKDAY = Text("the date is not on that weekday", "日期与星期不符")
BEFORE_OR_ON = Text(
    "with this day or without it? Write 3月5日起 or 至3月5日", "含不含当天？请写“3月5日起”或“至3月5日”"
)
THESE_TOO = Text(
    "only within those dates, or always? Repeat the dates", "仅限上述日期还是一直如此？请重复写明日期"
)
UNTIL_WHEN = Text("until when is not said", "没有说明到什么时候")
NOT_FORWARDS = Text("the days do not run forwards", "日期先后颠倒")


@dataclass(frozen=True, slots=True)
class Days:
    """Chosen days; a sort that is not given does not restrict, and ``everything`` chooses all."""

    dates: tuple[Dates, ...] = ()
    weekdays: tuple[Weekday, ...] = ()
    classes: tuple[DayClass, ...] = ()

    @property
    def sorts(self) -> tuple[bool, bool, bool]:
        """Which sorts restrict."""
        return bool(self.dates), bool(self.weekdays), bool(self.classes)

    def joined(self, other: Days) -> Days:
        """Both of two choices of one sort."""
        return Days(
            tuple(dict.fromkeys((*self.dates, *other.dates))),
            tuple(sorted({*self.weekdays, *other.weekdays}, key=_WEEKDAYS.index)),
            tuple(sorted({*self.classes, *other.classes}, key=tuple(DayClass).index)),
        )

    def selector(self) -> DaySelector:
        """The same as plans say it."""
        return DaySelector(
            dates=self.dates or None, weekdays=self.weekdays or None, classes=self.classes or None
        )


def begins_days(stream: Stream) -> bool:
    """Whether a choice of days may begin here."""
    if stream.next_is(Kind.NUMBER):
        return stream.peek(1).kind is Kind.TO and stream.peek(2).kind in (Kind.DAY, Kind.DATE)
    if stream.next_is(Kind.FROM):
        return stream.peek(1).kind in (*_STARTS, Kind.NUMBER)
    if stream.next_is(Kind.PER_WEEK):
        return stream.peek().text in ("每周", "每星期", "every week", "each week") and (
            stream.peek(1).kind is Kind.CLASS
        )
    if stream.next_is(Kind.TO):
        opens = not stream.at or stream.peek(-1).kind in (Kind.LOOSE, Kind.EXCEPT, Kind.NOT)
        return opens and stream.peek(1).kind is Kind.DATE
    return stream.next_is(*_STARTS)


def read_days(stream: Stream, setting: Setting) -> Days:
    """One choice of days, taken from the stream."""
    opened = stream.take(Kind.FROM) is not None
    stream.skip(Kind.PER_WEEK)
    if stream.take(Kind.EVERY_DAY):
        return Days()
    if stream.take(Kind.EVERY) and not stream.next_is(Kind.CLASS, Kind.WEEKDAY):
        raise stream.misread()
    if word := stream.take(Kind.CLASS):
        return Days(classes=_classes(word))
    if stream.next_is(Kind.WEEKDAY):
        weekdays = _weekdays(stream)
        if opened and len(weekdays) == 1:
            raise stream.misread(UNTIL_WHEN, back=1)
        return Days(weekdays=weekdays)
    chosen = _dates(stream, setting.horizon)
    if opened and isinstance(chosen[0], dt.date):
        chosen = (DateRange(first=chosen[0]),)
    return _narrowed(stream, chosen)


def _classes(word: Token) -> tuple[DayClass, ...]:
    assert isinstance(word.value, tuple)
    return tuple(one for one in word.value if isinstance(one, DayClass))


def _weekdays(stream: Stream) -> tuple[Weekday, ...]:
    word = stream.take(Kind.WEEKDAY)
    assert word is not None
    days = _numbers(word)
    if stream.next_is(Kind.TO) and len(days) == 1:
        then = stream.peek(1)
        last = _numbers(then)[0] if then.kind is Kind.WEEKDAY else _digit(then)
        if last is not None:
            stream.at += 2
            return tuple(_WEEKDAYS[(days[0] + n) % 7] for n in range((last - days[0]) % 7 + 1))
    if stream.sequence(Kind.TO):
        raise stream.misread()
    return tuple(_WEEKDAYS[n] for n in sorted(set(days)))


def _numbers(word: Token) -> tuple[int, ...]:
    assert isinstance(word.value, tuple)
    return tuple(n for n in word.value if isinstance(n, int))


def _digit(word: Token) -> int | None:
    if word.kind is Kind.NUMBER and isinstance(word.value, int) and 1 <= word.value <= 7:
        return word.value - 1
    return 6 if word.text in ("日", "天") else None


def _dates(stream: Stream, horizon: Horizon) -> tuple[Dates, ...]:
    if stream.take(Kind.UNTIL, Kind.TO):
        last = _date(stream, horizon, horizon.first)
        stream.take(Kind.END)
        return (DateRange(last=last),)
    if (whole := _whole_month(stream, horizon)) is not None:
        return (whole,)
    at = stream.at
    first = _first_date(stream, horizon)
    if stream.next_is(Kind.TO) and stream.peek(1).kind in (Kind.DATE, Kind.DAY, Kind.NUMBER):
        stream.take(Kind.TO)
        last = _date(stream, horizon, first)
        if last < first:
            raise stream.misread(NOT_FORWARDS, back=stream.at - at)
        return (_within(stream, DateRange(first=first, last=last), horizon),)
    if stream.take(Kind.SINCE):
        return (DateRange(first=first),)
    if stream.next_is(Kind.AFTER, Kind.BEFORE):
        raise stream.misread(BEFORE_OR_ON)
    if not horizon.first <= first <= horizon.last:
        raise stream.misread(OUTSIDE, back=1)
    return (first,)


def _within(stream: Stream, chosen: DateRange, horizon: Horizon) -> DateRange:
    if not any(chosen.holds(day) for day in horizon.days):
        raise stream.misread(OUTSIDE, back=1)
    return chosen


def _whole_month(stream: Stream, horizon: Horizon) -> DateRange | None:
    """A month, or the first, second or last part of one: 3月, 3月下旬, 下旬."""
    if stream.next_is(Kind.THIRD):
        months = {(day.year, day.month) for day in horizon.days if _third(day) == stream.peek().value}
        word = stream.take(Kind.THIRD)
        if word is None or len(months) != 1:
            raise stream.misread(TWO_MONTHS if months else OUTSIDE, back=1)
        return _part_of_month(months.pop(), word)
    if not stream.next_is(Kind.MONTH):
        return None
    word = stream.take(Kind.MONTH)
    assert word is not None
    assert isinstance(word.value, int)
    month = _nearest(stream, (0, word.value, 1), horizon)
    third = stream.take(Kind.THIRD)
    if third is None and stream.next_is(Kind.NUMBER, Kind.TO, Kind.AFTER, Kind.BEFORE, Kind.SINCE):
        raise stream.misread()
    return _within(stream, _part_of_month((month.year, month.month), third), horizon)


def _third(day: dt.date) -> int:
    return min((day.day - 1) // 10, 2)


def _part_of_month(month: tuple[int, int], third: Token | None) -> DateRange:
    length = calendar.monthrange(*month)[1]
    part = None if third is None else third.value
    first = 1 if part is None else 10 * int(str(part)) + 1
    last = length if part in (None, 2) else first + 9
    return DateRange(first=dt.date(*month, first), last=dt.date(*month, last))


def _first_date(stream: Stream, horizon: Horizon) -> dt.date:
    """A date; in 5-8日 and 5-8 March the month or unit stands with the second."""
    if stream.sequence(Kind.NUMBER, Kind.TO, Kind.DATE):
        then = stream.peek(2).value
        day = stream.peek().value
        assert isinstance(then, tuple)
        assert isinstance(day, int)
        if stream.peek(2).text[0].isdigit() and not stream.peek(2).text[-1].isalpha():
            raise stream.misread()
        stream.take(Kind.NUMBER)
        return _nearest(stream, (int(then[0]), int(then[1]), day), horizon)
    if stream.sequence(Kind.NUMBER, Kind.TO, Kind.DAY):
        word = stream.take(Kind.NUMBER)
        assert word is not None
        return _day_of_month(stream, word, horizon)
    return _date(stream, horizon, None)


def _date(stream: Stream, horizon: Horizon, after: dt.date | None) -> dt.date:
    """A date; one without a month is in the month of the one before it, else in the only one that has it."""
    word = stream.take(Kind.DATE, Kind.DAY, Kind.NUMBER)
    if word is None:
        raise stream.misread()
    if isinstance(word.value, tuple):
        year, month, day = (int(str(part)) for part in word.value)
        return _nearest(stream, (year, month, day), horizon)
    if after is None:
        return _day_of_month(stream, word, horizon)
    assert isinstance(word.value, int)
    return _real(stream, (after.year, after.month, word.value))


def _nearest(stream: Stream, date: tuple[int, int, int], horizon: Horizon) -> dt.date:
    """A date in the year given, else in the year that brings it nearest to the plan's days."""
    year, month, day = date
    if year:
        return _real(stream, date)
    middle = horizon.first + (horizon.last - horizon.first) / 2
    years = [one for one in range(middle.year - 1, middle.year + 2) if _exists(one, month, day)]
    if not years:
        raise stream.misread(NO_SUCH_DAY, back=1)
    return min((dt.date(one, month, day) for one in years), key=lambda one: abs(one - middle))


def _exists(year: int, month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]


def _real(stream: Stream, date: tuple[int, int, int]) -> dt.date:
    if not (1970 <= date[0] <= 2200 and _exists(*date)):
        raise stream.misread(NO_SUCH_DAY, back=1)
    return dt.date(*date)


def _day_of_month(stream: Stream, word: Token, horizon: Horizon) -> dt.date:
    days = [day for day in horizon.days if day.day == word.value]
    if len(days) != 1:
        raise stream.misread(TWO_MONTHS if days else OUTSIDE, back=1)
    return days[0]


def _all_weekdays(stream: Stream) -> tuple[Weekday, ...]:
    """Weekdays one after the other: 周一、周三."""
    found = set(_weekdays(stream))
    while stream.sequence(Kind.TIGHT, Kind.WEEKDAY):
        stream.take(Kind.TIGHT)
        found |= set(_weekdays(stream))
    return tuple(sorted(found, key=_WEEKDAYS.index))


def _narrowed(stream: Stream, dates: tuple[Dates, ...]) -> Days:
    """Dates, and a weekday or class right after them: 下旬周末 narrows, 3月7日(周六) must agree."""
    at = stream.at
    brackets = stream.peek().text == "(" and stream.peek(2).text == ")"
    if brackets:
        stream.take(Kind.LOOSE)
    if stream.next_is(Kind.WEEKDAY) and isinstance(dates[0], dt.date):
        weekdays = _numbers(stream.peek())
        if weekdays != (dates[0].weekday(),):
            raise stream.misread(WRONG_WEEKDAY)
        stream.at += 2 if brackets else 1
        return Days(dates)
    if stream.next_is(Kind.WEEKDAY) and not brackets:
        return Days(dates, weekdays=_all_weekdays(stream))
    if stream.next_is(Kind.CLASS) and isinstance(dates[0], DateRange) and not brackets:
        word = stream.take(Kind.CLASS)
        assert word is not None
        if stream.sequence(Kind.TIGHT, Kind.CLASS) or stream.sequence(Kind.TIGHT, Kind.WEEKDAY):
            raise stream.misread(THESE_TOO, back=-1)
        return Days(dates, classes=_classes(word))
    stream.at = at
    return Days(dates)
