"""What stands in an old roster: the day of a row, the shift type of a title, the names in a cell."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator

from scheduler.domain.shift import ShiftType
from scheduler.io.intake.chat_words import ChatWords
from scheduler.io.intake.dates import read_date
from scheduler.io.intake.roll import Answer, Roll, Sought
from scheduler.io.phrases.grammar import read_phrase
from scheduler.io.phrases.reading import Reading
from scheduler.problem import Problem
from scheduler.text import WEEKDAYS, Text

_WEEKDAY = re.compile(
    r"[(（]?\s*(?:周|星期|礼拜)([一二三四五六日天])\s*[)）]?|[(（]?\b(mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?[)）]?",
    re.IGNORECASE,
)
_MONTH = re.compile(r"(?:(\d{4})\s*年)?\s*(\d{1,2})\s*月")
_DAY_ONLY = re.compile(r"(\d{1,2})\s*[日号]?")
_BRACKETS = re.compile(r"[(（\[【<][^()（）\[\]【】<>]*[)）\]】>]")
_APART = re.compile(r"[、,，;；/|+&\n]+")
_NOBODY = re.compile(r"[-—–/\\×xX空无缺休]*(?:缺?\d*人?|空缺|待定|暂缺|停岗)?")
_HAN = "一二三四五六日"
_ENGLISH = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

WRONG_WEEKDAY = Text("the date is not on that weekday", "日期与星期不符")


class HistoryWords:
    """How old rosters name a plan's shift types and people."""

    def __init__(self, problem: Problem) -> None:
        self._words = ChatWords(problem)
        self._types = problem.shift_types
        self._roll = Roll(problem.volunteers, problem.organisations)

    def names_post(self, title: str) -> bool:
        """Whether a title names a post of the plan."""
        return self._words.place(_plain(title))[0].post is not None

    def shift_type(self, title: str) -> ShiftType | None:
        """The shift type a title names, by its name or its hours; None if none or several could be meant."""
        found = self.shift_types(title)
        return found[0] if len(found) == 1 else None

    def shift_types(self, title: str) -> list[ShiftType]:
        """The shift types a title may name: 下午 is all that have hours of the afternoon."""
        left = self._words.place(_plain(title))[1] if self.names_post(title) else _plain(title)
        reading = read_phrase(left.strip(), self._words.setting)
        if not isinstance(reading, Reading) or len(reading.only) != 1:
            return []
        window = reading.only[0]
        if window.dates or window.weekdays or window.classes:
            return []
        times = {(one.start, one.end) for one in window.hours or ()}
        return [one for one in self._types if (one.start, one.end) in times]

    def people(self, cell: str) -> Iterator[str]:
        """The names in a cell, tidied: 张三、李四（组长）; 王　芳 is one name if somebody is called so."""
        for piece in _APART.split(_BRACKETS.sub(" ", cell)):
            name = " ".join(unicodedata.normalize("NFKC", piece).split()).strip("-·.: ")
            if not name or _NOBODY.fullmatch(name.replace(" ", "")):
                continue
            if self._known(name) or name.isascii():
                yield name
            else:
                yield from self._apart(name.split())

    def _apart(self, words: list[str]) -> Iterator[str]:
        """Words side by side: 张三 李四 are two, 王 芳 赵 磊 are two as well."""
        n = 0
        while n < len(words):
            two = " ".join(words[n : n + 2])
            if len(words[n]) == 1 and len(words) > n + 1 and (self._known(two) or len(words[n + 1]) == 1):
                yield two
                n += 2
            else:
                yield words[n]
                n += 1

    def _known(self, name: str) -> bool:
        return self._roll.find(Sought(name)).answer is not Answer.UNKNOWN


def dated(day: str, weekday: str) -> str:
    """What the two columns of a row say of its day: 2月17日 beside 周一, or beside a bare 一; empty if nothing."""
    plain = _plain(weekday)
    bare = len(plain) == 1 and plain in f"{_HAN}天"
    return f"{day} {'周' if bare else ''}{plain}".strip()


def read_day(text: str, around: dt.date, month: tuple[int, int] | None) -> dt.date | Text:
    """The day of a row: 3月1日（周日）, 2020-03-01, 1日 under a title that names the month.

    ``around`` is a day near which one without a year lies. Gives what is wrong with it otherwise.
    """
    weekday = _WEEKDAY.search(text)
    plain = _plain(_WEEKDAY.sub(" ", text))
    only = _DAY_ONLY.fullmatch(plain)
    if only and month:
        plain = f"{month[0]}-{month[1]}-{only[1]}"
    day = read_date(plain, around)
    if isinstance(day, dt.date) and weekday and _number(weekday) != day.weekday():
        return Text(
            f"{WRONG_WEEKDAY.en} ({WEEKDAYS[day.weekday()].en})",
            f"{WRONG_WEEKDAY.zh}（应为{WEEKDAYS[day.weekday()].zh}）",
        )
    return day


def _number(match: re.Match[str]) -> int:
    if match[1]:
        return _HAN.index(match[1].replace("天", "日"))
    return _ENGLISH.index(match[2].casefold())


def month_in(text: str, around: dt.date) -> tuple[int, int] | None:
    """The month a title names: 2020年2月值班表; one without a year is the nearest before a day."""
    match = _MONTH.search(_plain(text))
    if match is None or not 1 <= int(match[2]) <= 12:
        return None
    month = int(match[2])
    return (int(match[1]) if match[1] else around.year - (month > around.month)), month


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).split())
