"""Dates as sheets hold them: 2020.3.5, 2020年3月5日, 20200305, 3月5日, the day numbers of spreadsheets."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata

from scheduler.text import Text

_FULL = re.compile(
    r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?(?:\s+0?0:00(?::00)?)?", re.ASCII
)
_MONTH = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*月?", re.ASCII)
_PACKED = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})", re.ASCII)
_YEARLESS = re.compile(r"(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?", re.ASCII)
_SERIAL = re.compile(r"[1-9]\d{4}", re.ASCII)
_EPOCH = dt.date(1899, 12, 30)
"""Day 0 of spreadsheets (the 1900 system, from March 1900 on)."""


def read_date(text: str, around: dt.date | None = None) -> dt.date | Text:
    """A date, or what is wrong with it.

    ``around`` is the day near which a date without a year lies; without it such a date is refused. A month alone
    is refused too: ``read_month`` takes it.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    if match := _FULL.fullmatch(plain) or _PACKED.fullmatch(plain):
        return _date(*map(int, match.groups()))
    if _SERIAL.fullmatch(plain):
        return _EPOCH + dt.timedelta(days=int(plain))
    if match := _YEARLESS.fullmatch(plain):
        if around is None:
            return Text("the year is missing", "缺少年份")
        return _nearest(int(match[1]), int(match[2]), around)
    return Text("this is no date like 2020-03-05", "不是形如 2020-03-05 的日期")


def read_month(text: str) -> dt.date | Text:
    """A date, or the first day of a month: 1960.5, 1960年5月."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if match := _MONTH.fullmatch(plain):
        return _date(int(match[1]), int(match[2]), 1)
    return read_date(text)


def _date(year: int, month: int, day: int) -> dt.date | Text:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return Text(f"there is no date {year}-{month}-{day}", f"不存在 {year}年{month}月{day}日")


def _nearest(month: int, day: int, around: dt.date) -> dt.date | Text:
    found = [_date(year, month, day) for year in (around.year - 1, around.year, around.year + 1)]
    dates = [one for one in found if isinstance(one, dt.date)]
    return min(dates, key=lambda one: abs(one - around)) if dates else found[1]
