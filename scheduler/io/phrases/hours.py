"""Times of day: 晚7点后, 下午2点到6点, 夜班, after 7pm, 22:00-次日06:00."""

from __future__ import annotations

import datetime as dt

from scheduler.domain.calendar import Horizon
from scheduler.domain.request import TimesOfDay
from scheduler.domain.shift import ShiftType
from scheduler.io.phrases.reading import MIDNIGHT, Setting
from scheduler.io.phrases.stream import Stream
from scheduler.io.phrases.vocabulary import Kind, Part
from scheduler.text import Text

_SPANS = {
    Part.DAWN: (0, 6),
    Part.EARLY: (6, 9),
    Part.MORNING: (6, 12),
    Part.NOON: (11, 14),
    Part.AFTERNOON: (12, 18),
    Part.DUSK: (17, 19),
    Part.EVENING: (18, 24),
    Part.NIGHT: (22, 30),
    Part.DAYTIME: (6, 18),
}
_STEMS = {
    Part.DAWN: ("凌晨", "dawn"),
    Part.EARLY: ("早", "early"),
    Part.MORNING: ("上午", "morning"),
    Part.NOON: ("中午", "noon"),
    Part.AFTERNOON: ("下午", "afternoon"),
    Part.DUSK: ("傍晚", "dusk"),
    Part.EVENING: ("晚", "evening"),
    Part.NIGHT: ("夜", "night"),
    Part.DAYTIME: ("白", "daytime"),
}
_STARTS = (Kind.PART, Kind.TYPE, Kind.CLOCK, Kind.HOUR, Kind.NEXT_DAY, Kind.AFTER, Kind.BEFORE, Kind.FROM)

EITHER_HALF = Text(
    "morning or afternoon is not said; write 上午8点 or 20:00", "未说明上午还是下午，请写成“晚上8点”或“20:00”"
)
NOT_THEN = Text("the hour does not go with the part of the day", "钟点与时段不符")
BACKWARDS = Text(
    "the hours do not run forwards; write 次日 before an end on the next day", "钟点先后颠倒；跨夜请写“次日”"
)
WHICH_NIGHT = Text(
    "it is before the plan's duty day begins; write 次日 (next day) or the name of the shift",
    "早于值守日的起始时刻，请写“次日”或写班次名称",
)
NO_SHIFT = Text("the plan has no such shift", "计划中没有这个班次")
NO_CLOCK = Text("there is no such time of day", "没有这个钟点")


Hours = tuple[TimesOfDay, ...]
"""Hours of a duty day."""


def begins_hours(stream: Stream) -> bool:
    """Whether a time of day may begin here."""
    return stream.next_is(*_STARTS) or stream.sequence(Kind.NUMBER, Kind.TO, Kind.CLOCK)


def read_hours(stream: Stream, setting: Setting) -> Hours:
    """One time of day, taken from the stream."""
    if word := stream.take(Kind.TYPE):
        return _named([setting.shift_type(str(word.value))])
    if stream.take(Kind.AFTER):
        return _after(_minute(stream, None), setting)
    if stream.take(Kind.BEFORE):
        return _before(stream, _minute(stream, None), setting)
    opened = stream.take(Kind.FROM) is not None
    if _part_alone(stream):
        return _part(stream, setting)
    return _stretch(stream, setting, opened=opened)


def _part_alone(stream: Stream) -> bool:
    after = stream.peek(1).kind
    clocked = after in (Kind.CLOCK, Kind.HOUR) or (
        after is Kind.NUMBER and stream.peek(2).kind is Kind.TO and stream.peek(3).kind is Kind.HOUR
    )
    return stream.next_is(Kind.PART) and not clocked


def _part(stream: Stream, setting: Setting) -> Hours:
    word = stream.take(Kind.PART)
    assert word is not None
    part = Part(str(word.value))
    as_shift = stream.peek().text == "班"
    if as_shift:
        stream.take(Kind.TIMES)
    if stream.next_is(Kind.AFTER, Kind.BEFORE):
        bound = stream.peek()
        if bound.text in ("after", "before") and stream.peek(1).kind in (Kind.CLOCK, Kind.HOUR):
            stream.take(bound.kind)
            minute = _minute(stream, part)
            return _after(minute, setting) if bound.kind is Kind.AFTER else _before(stream, minute, setting)
        raise stream.misread(Text("write the hour", "请写明钟点"))
    return _of_part(stream, part, setting, as_shift=as_shift)


def _of_part(stream: Stream, part: Part, setting: Setting, *, as_shift: bool) -> Hours:
    """The shift types called so, else those that lie mostly in it, else the plain hours of it.

    ``as_shift`` says that it was named as a shift (早班): if the plan has none such, it means nothing.
    """
    named = [one for one in setting.shift_types if any(stem in _label(one) for stem in _STEMS[part])]
    if named:
        return _named(named)
    start, end = (60 * hour for hour in _SPANS[part])
    within = [one for one in setting.shift_types if 3 * _shared(one, start, end) >= 2 * one.minutes]
    if within:
        return _named(within)
    if as_shift and setting.shift_types:
        raise stream.misread(NO_SHIFT, back=2)
    begins = _minutes(setting.horizon.day_starts)
    if start < begins < end:
        start = begins
    if end <= begins:
        raise stream.misread(WHICH_NIGHT, back=1)
    return (TimesOfDay(start=_time(start), end=_time(end)),)


def _label(shift_type: ShiftType) -> str:
    return f"{shift_type.label.zh} {shift_type.label.en}".casefold()


def _named(types: list[ShiftType]) -> Hours:
    return tuple(dict.fromkeys(TimesOfDay(start=one.start, end=one.end) for one in types))


def _shared(shift_type: ShiftType, start: int, end: int) -> int:
    """Minutes of a shift type inside a span of minutes that may pass midnight."""
    begins = _minutes(shift_type.start)
    return sum(
        max(0, min(begins + shift_type.minutes, end + day) - max(begins, start + day))
        for day in (-1440, 0, 1440)
    )


def _stretch(stream: Stream, setting: Setting, *, opened: bool) -> Hours:
    """From one clock time to another, or from or until one."""
    next_day = stream.take(Kind.NEXT_DAY) is not None
    part = _taken_part(stream)
    at = stream.at
    if stream.next_is(Kind.NUMBER):
        first, part = _shared_half(stream, part)
    else:
        first = _minute(stream, part)
    if stream.take(Kind.TO):
        last_next = stream.take(Kind.NEXT_DAY) is not None
        if stream.next_is(Kind.AFTER, Kind.BEFORE):
            raise stream.misread()
        last_part = _taken_part(stream) or (_inherited(part) if stream.next_is(Kind.HOUR) else None)
        last = _minute(stream, last_part)
        return _between(
            stream, first, last, setting.horizon, (next_day, last_next or (next_day and last > first))
        )
    if next_day:
        raise stream.misread(BACKWARDS, back=stream.at - at)
    if stream.take(Kind.AFTER, Kind.SINCE) or opened:
        return _after(first, setting)
    if stream.take(Kind.BEFORE):
        return _before(stream, first, setting)
    raise stream.misread(
        Text(
            "from or until this hour? Write 7点以后 or 7点以前", "是此后还是此前？请写“几点以后”或“几点以前”"
        ),
        back=1,
    )


def _inherited(part: Part | None) -> Part | None:
    """早8点到11点: the second hour is in the morning as well."""
    return Part.MORNING if part is Part.EARLY else part


def _taken_part(stream: Stream) -> Part | None:
    if stream.next_is(Kind.PART) and stream.peek(1).kind in (Kind.CLOCK, Kind.HOUR, Kind.NUMBER):
        word = stream.take(Kind.PART)
        assert word is not None
        return Part(str(word.value))
    return None


def _shared_half(stream: Stream, part: Part | None) -> tuple[int, Part | None]:
    """The first hour of 晚7-9点 or 2-6pm, whose unit stands with the second."""
    word = stream.take(Kind.NUMBER)
    assert word is not None
    assert isinstance(word.value, int)
    then = stream.peek(1)
    if not stream.next_is(Kind.TO) or then.kind not in (Kind.CLOCK, Kind.HOUR):
        raise stream.misread(back=1)
    if then.kind is Kind.CLOCK and isinstance(then.value, tuple) and then.text.endswith(("m", "m.")):
        later = int(then.value[0]) >= 12 and word.value < 12 and word.value + 12 < int(then.value[0])
        return 60 * (word.value + 12 * later), part
    return _resolved(stream, (word.value, 0), part, sure=False), part


def _minute(stream: Stream, part: Part | None) -> int:
    """A clock time in minutes of the day, 24:00 is 1440."""
    part = _taken_part(stream) or part
    word = stream.take(Kind.CLOCK, Kind.HOUR)
    if word is None:
        if stream.next_is(Kind.PART) and stream.peek().value is Part.NOON:
            stream.take(Kind.PART)
            return 12 * 60
        raise stream.misread()
    assert isinstance(word.value, tuple)
    hour, minute = int(word.value[0]), int(word.value[1])
    return _resolved(stream, (hour, minute), part, sure=word.kind is Kind.CLOCK)


def _resolved(stream: Stream, clock: tuple[int, int], part: Part | None, *, sure: bool) -> int:
    hour, minute = clock
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        raise stream.misread(NO_CLOCK, back=1)
    if part is None:
        if not sure and hour <= 12:
            raise stream.misread(EITHER_HALF, back=1)
        return 60 * hour + minute
    fitting = [one for one in ((hour,) if hour > 12 else (hour, hour + 12)) if _goes(one, part)]
    if len(fitting) != 1:
        raise stream.misread(NOT_THEN, back=1)
    return 60 * fitting[0] + minute


_GOES = {
    Part.DAWN: range(7),
    Part.EARLY: range(5, 11),
    Part.MORNING: range(5, 13),
    Part.NOON: range(11, 15),
    Part.AFTERNOON: range(12, 20),
    Part.DUSK: range(16, 21),
    Part.EVENING: range(17, 25),
    Part.NIGHT: range(20, 25),
    Part.DAYTIME: range(6, 19),
}


def _goes(hour: int, part: Part) -> bool:
    return hour in _GOES[part]


def _between(stream: Stream, first: int, last: int, horizon: Horizon, next_day: tuple[bool, bool]) -> Hours:
    """Hours that begin on the duty day, perhaps after midnight (次日), and end within it or soon after."""
    begins = _minutes(horizon.day_starts)
    starts_next, ends_next = next_day
    if starts_next != (first < begins):
        raise stream.misread(BACKWARDS if starts_next else WHICH_NIGHT, back=1)
    forwards = last > first
    midnight = last in (0, 1440)
    over_night = not forwards and (ends_next or last + 1440 - first <= 12 * 60)
    sound = forwards and ends_next if starts_next else (forwards and not ends_next) or over_night or midnight
    if not sound:
        raise stream.misread(BACKWARDS, back=1)
    return (TimesOfDay(start=_time(first), end=_time(last)),)


def _after(first: int, setting: Setting) -> Hours:
    """From an hour to midnight, or to the end of a shift that begins by then and lies mostly before it."""
    ends = [
        start + one.minutes
        for one in setting.shift_types
        if (start := _minutes(one.start)) >= first and 2 * (1440 - start) >= one.minutes
    ]
    return (TimesOfDay(start=_time(first), end=_time(max([1440, *ends]))),)


def _before(stream: Stream, last: int, setting: Setting) -> Hours:
    begins = _minutes(setting.horizon.day_starts)
    if last <= begins:
        raise stream.misread(WHICH_NIGHT, back=1)
    return (TimesOfDay(start=setting.horizon.day_starts, end=_time(last)),)


def _minutes(time: dt.time) -> int:
    return 60 * time.hour + time.minute


def _time(minutes: int) -> dt.time:
    return dt.time(minutes // 60 % 24, minutes % 60) if minutes % 1440 else MIDNIGHT
