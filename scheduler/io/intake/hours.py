"""When a post is staffed, as sheets say it: shift types by name, hours, 每天8:00-20:00分4班."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

from scheduler.domain.shift import ShiftType
from scheduler.io.sheets.words import key_of
from scheduler.text import Text

Span = tuple[dt.time, dt.time]
"""The hours of a shift; an end not after the start is on the next day."""

_PARTS = re.compile(r"[、,;/\n和及]+")
_TIME = r"(?:次日|第二天)?(\d{1,2})(?:[:.点时](\d{2})?分?)?"
_SPAN = re.compile(rf"(?:每[天日]|全天)?{_TIME}[-~—–－至到]+{_TIME}", re.ASCII)
_SPLIT = re.compile(r"(?:,|、)?(?:共)?分?(\d{1,2}|[一二两三四五六])个?班")
_NUMERALS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6}


def read_hours(text: str, shift_types: tuple[ShiftType, ...]) -> list[str | Span] | Text:
    """The shift types and hours of a cell, in order; hours that are those of one shift type are given as it.

    Gives what is wrong if a part is neither.
    """
    plain = unicodedata.normalize("NFKC", text).replace(" ", "").replace(":", ":")
    named = {key_of(word): one.id for one in shift_types for word in (one.id, one.label.zh, one.label.en)}
    named = {word.removesuffix("班"): one for word, one in named.items() if word != "班"} | named
    if key_of(text) in named:
        return [named[key_of(text)]]
    if split := _SPLIT.search(plain):
        spans = list(_spans(plain[: split.start()] + plain[split.end() :])) or []
        shares = _shared(spans, int(_NUMERALS.get(split[1], 0) or split[1]))
        return _unreadable(text) if shares is None else [_typed(one, shift_types) for one in shares]
    found: list[str | Span] = []
    for part in _PARTS.split(plain):
        if not part:
            continue
        if key_of(part) in named:
            found.append(named[key_of(part)])
        elif (span := _span(part)) is not None:
            found.append(_typed(span, shift_types))
        else:
            return _unreadable(part)
    return found or _unreadable(text)


def _typed(span: Span, shift_types: tuple[ShiftType, ...]) -> str | Span:
    return next((one.id for one in shift_types if (one.start, one.end) == span), span)


def _spans(plain: str) -> Iterator[Span]:
    for part in _PARTS.split(plain):
        if (span := _span(part)) is not None:
            yield span


def _span(part: str) -> Span | None:
    match = _SPAN.fullmatch(part.replace("(", "").replace(")", ""))
    if match is None:
        return None
    start, end = _clock(match[1], match[2]), _clock(match[3], match[4])
    return None if start is None or end is None else (start, end)


def _clock(hour: str, minute: str | None) -> dt.time | None:
    hours, minutes = int(hour), int(minute or 0)
    return dt.time(hours % 24, minutes) if hours <= 24 and minutes < 60 else None


def _shared(spans: list[Span], count: int) -> list[Span] | None:
    """One stretch of hours in equal shares of whole minutes; None if it cannot be shared so."""
    if len(spans) != 1 or not count:
        return None
    start, end = (time.hour * 60 + time.minute for time in spans[0])
    length = (end - start) % 1440 or 1440
    if length % count:
        return None
    ends = [(start + n * length // count) % 1440 for n in range(count + 1)]
    times = [dt.time(*divmod(minute, 60)) for minute in ends]
    return list(pairwise(times))


def _unreadable(part: str) -> Text:
    return Text(f'"{part}" is neither a shift type nor hours', f"“{part}”既不是班型，也不是时段")
