"""Dates and times as people write them: 2020-03-01, 20:00; numbers are never taken for either."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from typing import Annotated

from pydantic import BeforeValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from scheduler.domain.refusal import found, refused
from scheduler.text import Text

_DAY = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})", re.ASCII)
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::00)?", re.ASCII)
_MOMENT = re.compile(r"(\S+?)(?:[Tt]|\s+)(\S+)", re.ASCII)


def as_day(value: object) -> dt.date:
    """A date, or a text like ``2020-03-01`` (``2020/3/1`` too)."""
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return value
    match = _DAY.fullmatch(_plain(value))
    if match is None:
        raise _expected("a date like 2020-03-01", "形如 2020-03-01 的日期", value)
    try:
        return dt.date(*map(int, match.groups()))
    except ValueError as wrong:
        raise refused(
            Text(f"there is no date {match.group()}", f"不存在 {match.group()} 这个日期")
        ) from wrong


def as_clock(value: object) -> dt.time:
    """A time of day, or a text like ``20:00``; ``24:00`` is midnight."""
    if isinstance(value, dt.time) and value.tzinfo is None and not value.second and not value.microsecond:
        return value
    match = _CLOCK.fullmatch(_plain(value))
    if match is None:
        hint = Text('write it like "20:00"', '请写成 "20:00"') if isinstance(value, int | float) else None
        raise _expected("a time of day like 20:00", "形如 20:00 的时刻", value, hint)
    hour, minute = int(match[1]), int(match[2])
    if minute > 59 or hour > 24 or (hour == 24 and minute):
        raise refused(Text(f"there is no time {match.group()}", f"不存在 {match.group()} 这个时刻"))
    return dt.time(hour % 24, minute)


def as_moment(value: object) -> dt.datetime:
    """A local date and time without an offset, or a text like ``2020-03-01 18:00``."""
    if isinstance(value, dt.datetime) and value.tzinfo is None:
        return value
    match = _MOMENT.fullmatch(_plain(value))
    if match is None:
        raise _moment_expected(value)
    day, clock = as_day(match[1]), _local_clock(match[2], value)
    past_midnight = match[2].startswith("24")
    return dt.datetime.combine(day, clock) + dt.timedelta(days=int(past_midnight))


def _plain(value: object) -> str:
    return unicodedata.normalize("NFKC", value).strip() if isinstance(value, str) else ""


def _local_clock(word: str, value: object) -> dt.time:
    if _CLOCK.fullmatch(word):
        return as_clock(word)
    raise _moment_expected(value)


def _moment_expected(value: object) -> PydanticCustomError:
    hint = Text(
        "write local times without an offset; the plan has the time zone",
        "请写当地时间，不带时差；时区由计划给出",
    )
    return _expected(
        "a date and time like 2020-03-01 18:00", "形如 2020-03-01 18:00 的日期和时刻", value, hint
    )


def _expected(en: str, zh: str, value: object, hint: Text | None = None) -> PydanticCustomError:
    what = found(value)
    return refused(Text(f"expected {en}, found {what.en}", f"应为{zh}，实为{what.zh}"), hint)


Day = Annotated[
    dt.date,
    BeforeValidator(as_day),
    WithJsonSchema({"type": "string", "format": "date", "examples": ["2020-03-01"]}),
]
"""A date."""

Clock = Annotated[
    dt.time,
    BeforeValidator(as_clock),
    WithJsonSchema({"type": "string", "pattern": r"^\d{1,2}:\d{2}$", "examples": ["20:00"]}),
]
"""A time of day, in whole minutes."""

Moment = Annotated[
    dt.datetime,
    BeforeValidator(as_moment),
    WithJsonSchema(
        {
            "type": "string",
            "pattern": r"^\d{4}-\d{2}-\d{2}[T ]\d{1,2}:\d{2}$",
            "examples": ["2020-03-01 18:00"],
        }
    ),
]
"""A local date and time."""
