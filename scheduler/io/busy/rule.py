"""RRULE: what a recurrence rule says, checked before anything is done with it."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from enum import StrEnum

from scheduler.io.busy.trouble import UnreadableError
from scheduler.io.busy.wall import Wall, wall_time
from scheduler.text import Text

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
TIMES_A_DAY = 24
"""A rule may name so many times of one day."""

_BY_DAY = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)", re.ASCII)
_NUMBER = re.compile(r"[+-]?\d{1,6}", re.ASCII)


class Frequency(StrEnum):
    """What a rule counts in; anything below a day is refused."""

    YEARLY = "YEARLY"
    MONTHLY = "MONTHLY"
    WEEKLY = "WEEKLY"
    DAILY = "DAILY"


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule; weekdays count from 0 for Monday, ``by_day`` has them with their ordinal or None."""

    frequency: Frequency
    interval: int = 1
    count: int | None = None
    until: Wall | None = None
    week_start: int = 0
    by_month: tuple[int, ...] = ()
    by_week: tuple[int, ...] = ()
    by_year_day: tuple[int, ...] = ()
    by_month_day: tuple[int, ...] = ()
    by_day: tuple[tuple[int | None, int], ...] = ()
    by_hour: tuple[int, ...] = ()
    by_minute: tuple[int, ...] = ()
    by_second: tuple[int, ...] = ()
    by_position: tuple[int, ...] = ()


_LISTS = {
    "BYMONTH": ("by_month", 1, 12),
    "BYWEEKNO": ("by_week", -53, 53),
    "BYYEARDAY": ("by_year_day", -366, 366),
    "BYMONTHDAY": ("by_month_day", -31, 31),
    "BYHOUR": ("by_hour", 0, 23),
    "BYMINUTE": ("by_minute", 0, 59),
    "BYSECOND": ("by_second", 0, 60),
    "BYSETPOS": ("by_position", -366, 366),
}
_KNOWN = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYDAY", *_LISTS}


def parse(words: str) -> Rule:
    """The rule of a text like ``FREQ=WEEKLY;BYDAY=MO,WE;COUNT=6``.

    Raises:
        UnreadableError: it is none, or would repeat more often than daily.
    """
    parts = _parts(words)
    numbers = {field: _numbers(parts.get(key, ""), low, high) for key, (field, low, high) in _LISTS.items()}
    times = [len(numbers[field]) or 1 for field in ("by_hour", "by_minute", "by_second")]
    if times[0] * times[1] * times[2] > TIMES_A_DAY:
        raise _refused("it repeats too often within a day", "一天内重复次数过多")
    return Rule(
        _frequency(parts.get("FREQ", "")),
        _interval(parts.get("INTERVAL", "1")),
        _count(parts.get("COUNT")),
        _until(parts.get("UNTIL")),
        DAYS.index(_one_of(parts.get("WKST", "MO"))),
        by_day=_by_day(parts.get("BYDAY", "")),
        **numbers,
    )


def _parts(words: str) -> dict[str, str]:
    parts: dict[str, str] = {}
    for word in filter(None, words.upper().replace(" ", "").split(";")):
        key, equals, value = word.partition("=")
        if not equals or key in parts or key not in _KNOWN:
            raise _refused(
                "its repetition is written in a way that is not understood", "重复规则的写法无法识别"
            )
        parts[key] = value
    return parts


def _frequency(word: str) -> Frequency:
    if word in {"SECONDLY", "MINUTELY", "HOURLY"}:
        raise _refused("it repeats more often than daily", "重复频率高于每天一次")
    if word not in set(Frequency):
        raise _refused("its repetition has no known frequency", "重复规则没有可识别的频率")
    return Frequency(word)


def _interval(word: str) -> int:
    if not _NUMBER.fullmatch(word) or int(word) < 1:
        raise _refused("its repetition has an interval that is no number", "重复间隔不是有效数字")
    return int(word)


def _count(word: str | None) -> int | None:
    """A negative count is an old program's way to say that there is none."""
    if word is None:
        return None
    if not re.fullmatch(r"[+-]?\d{1,18}", word, re.ASCII) or int(word) == 0:
        raise _refused("its repetition has a count that is no number", "重复次数不是有效数字")
    return int(word) if int(word) > 0 else None


def _until(word: str | None) -> Wall | None:
    if not word:
        return None
    if (found := wall_time(word)) is None:
        raise _refused("its repetition ends on no valid date", "重复规则的截止日期无效")
    return found


def _numbers(word: str, low: int, high: int) -> tuple[int, ...]:
    if not word:
        return ()
    numbers = set()
    for one in word.split(","):
        if not _NUMBER.fullmatch(one) or not low <= int(one) <= high or (int(one) == 0 and low != 0):
            raise _refused("its repetition names a number that is out of range", "重复规则中的数字超出范围")
        numbers.add(int(one))
    return tuple(sorted(numbers))


def _by_day(word: str) -> tuple[tuple[int | None, int], ...]:
    found: list[tuple[int | None, int]] = []
    for one in filter(None, word.split(",")):
        match = _BY_DAY.fullmatch(one)
        if match is None or (match[1] and int(match[1]) == 0):
            raise _refused("its repetition names a weekday that is none", "重复规则中的星期无效")
        found.append((int(match[1]) if match[1] else None, DAYS.index(match[2])))
    return tuple(dict.fromkeys(found))


def _one_of(word: str) -> str:
    if word not in DAYS:
        raise _refused("its repetition names a weekday that is none", "重复规则中的星期无效")
    return word


def _refused(en: str, zh: str) -> UnreadableError:
    return UnreadableError(Text(en, zh))


def last_moment(until: Wall, zone: dt.tzinfo) -> dt.datetime:
    """The end of a rule as a naive wall time in the zone of what repeats; a date ends with its day."""
    if until.day:
        return dt.datetime.combine(until.wall.date(), dt.time.max)
    if not until.utc:
        return until.wall
    try:
        return until.wall.replace(tzinfo=dt.UTC).astimezone(zone).replace(tzinfo=None)
    except (OverflowError, ValueError):
        return until.wall
