"""The short form of days and hours: ``mon-fri 18:00-22:00``, ``weekend``, ``2020-03-01..2020-03-05``."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping

from pydantic_core import PydanticCustomError

from scheduler.domain.moment import as_clock, as_day, as_moment
from scheduler.domain.refusal import did_you_mean, refused
from scheduler.text import Text

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
CLASSES = ("workday", "weekend", "holiday", "makeup-workday")

HINT = Text(
    "write weekdays (mon, mon-fri), day classes (workday weekend holiday makeup-workday), "
    "dates (2020-03-01, 2020-03-01..2020-03-05) and hours (18:00-22:00), separated by blanks; "
    "or one stretch (2020-03-01 18:00..2020-03-03 09:00)",
    "可写星期（mon、mon-fri）、日类（workday weekend holiday makeup-workday）、"
    "日期（2020-03-01、2020-03-01..2020-03-05）和钟点（18:00-22:00），用空格隔开；"
    "或一段连续时间（2020-03-01 18:00..2020-03-03 09:00）",
)
"""What may stand in a window."""

JSON_SCHEMA: dict[str, object] = {
    "type": "string",
    "minLength": 1,
    "description": HINT.en,
    "examples": ["mon-fri 18:00-22:00", "weekend", "2020-03-01..2020-03-05"],
}
"""The short form in a JSON Schema."""

SOURCE = r"^[^\s;,]+$"
"""What the name of a window's source is made of."""

_DASH = re.compile(r"[-–—~]")
_STRETCH = re.compile(r"\s*(\S+\s+\d{1,2}:\d{2})\s*\.\.\s*(\S+\s+\d{1,2}:\d{2})\s*", re.ASCII)


def split(words: str) -> list[str]:
    """The windows of a text: ``workday 17:30-01:00; weekend`` has two."""
    return [part.strip() for part in re.split("[;\\uff1b]", words) if part.strip()]


def expand(words: str) -> dict[str, object]:
    """A window's long form from its short one; equal sorts of words are joined, different ones restrict.

    Behind all of it may stand which import wrote it: ``2020-03-01 from anna-calendar``.
    """
    plain = unicodedata.normalize("NFKC", words)
    window, word, source = plain.rstrip().rpartition(" from ")
    if word and re.fullmatch(SOURCE, source):
        return _expanded(window) | {"source": source}
    return _expanded(plain)


def _expanded(plain: str) -> dict[str, object]:
    if stretch := _STRETCH.fullmatch(plain):
        return {"start": as_moment(stretch[1]), "end": as_moment(stretch[2])}
    tokens = plain.casefold().replace(",", " ").replace("、", " ").split()
    if not tokens:
        raise refused(Text("a window without a word", "时段为空"), HINT)
    long: dict[str, list[object]] = {}
    for token in tokens:
        key, values = _meaning(token)
        long.setdefault(key, []).extend(values)
    return dict(long)


def contract(long: Mapping[str, object]) -> str:
    """A window's short form from its long one, so that ``expand`` gives it back; empty if it chooses nothing."""
    short = _contracted(long)
    return f"{short} from {long['source']}" if short and long.get("source") else short


def _contracted(long: Mapping[str, object]) -> str:
    if "start" in long and "end" in long:
        return f"{as_moment(long['start']):%Y-%m-%d %H:%M}..{as_moment(long['end']):%Y-%m-%d %H:%M}"
    tokens = [str(one) for one in _listed(long, "classes")]
    tokens += _runs([WEEKDAYS.index(str(one)) for one in _listed(long, "weekdays")])
    tokens += [_short_dates(one) for one in _listed(long, "dates")]
    tokens += [_short_hours(one) for one in _listed(long, "hours")]
    return " ".join(tokens)


def date_range(words: str) -> dict[str, object]:
    """``2020-03-01..2020-03-05``; an end left out is open."""
    first, _, last = unicodedata.normalize("NFKC", words).partition("..")
    if not (first.strip() or last.strip()):
        raise refused(Text("a range of dates without a date", "日期范围中没有日期"))
    ends = {"first": first.strip(), "last": last.strip()}
    return {key: as_day(end) for key, end in ends.items() if end}


def _meaning(token: str) -> tuple[str, list[object]]:
    if token in CLASSES:
        return "classes", [token]
    if (weekdays := _weekdays(token)) is not None:
        return "weekdays", weekdays
    if ".." in token:
        return "dates", [date_range(token)]
    if ":" in token:
        return "hours", [token]
    if token[0].isdigit():
        return "dates", [as_day(token)]
    raise _unknown(token)


def _weekdays(token: str) -> list[object] | None:
    ends = _DASH.split(token)
    if len(ends) > 2 or any(end not in WEEKDAYS for end in ends):
        return None
    first, last = WEEKDAYS.index(ends[0]), WEEKDAYS.index(ends[-1])
    return [WEEKDAYS[(first + n) % 7] for n in range((last - first) % 7 + 1)]


def _listed(long: Mapping[str, object], key: str) -> list[object]:
    value = long.get(key)
    return list(value) if isinstance(value, list | tuple) else []


def _runs(weekdays: list[int]) -> list[str]:
    """Weekdays by number as words, those in a row joined."""
    runs: list[list[int]] = []
    for one in weekdays:
        if runs and one == runs[-1][-1] + 1:
            runs[-1].append(one)
        else:
            runs.append([one])
    return ["-".join(WEEKDAYS[end] for end in dict.fromkeys((run[0], run[-1]))) for run in runs]


def _short_dates(value: object) -> str:
    if isinstance(value, Mapping):
        ends = [value.get("first"), value.get("last")]
        return "..".join("" if end is None else as_day(end).isoformat() for end in ends)
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def _short_hours(value: object) -> str:
    if isinstance(value, Mapping):
        return "-".join(f"{as_clock(value.get(end)):%H:%M}" for end in ("start", "end"))
    return str(value)


def _unknown(token: str) -> PydanticCustomError:
    nearest = did_you_mean(token, (*WEEKDAYS, *CLASSES))
    return refused(Text(f'a window cannot hold "{token}"', f"时段中不能写“{token}”"), nearest or HINT)
