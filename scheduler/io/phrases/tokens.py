"""Words of time: a text cut into the few sorts of words the grammar of availability knows."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache

from scheduler.io.phrases.numerals import NUMERAL, number
from scheduler.io.phrases.vocabulary import MONTHS, WEEKDAYS, WORDS, Kind, Value


@dataclass(frozen=True, slots=True)
class Token:
    """A word, what sort it is, what it means, and where it stands in the text."""

    kind: Kind
    text: str
    value: Value = None
    start: int = 0


_COUNTS = {"once": 1, "twice": 2, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_COUNTED = re.compile(r"\b(?:(once|twice)|(one|two|three|four|five|six)\s+(?:times?|shifts?))\b")
Found = tuple[Kind, Value] | None
_HALVES = {"半": 30, "一刻": 15, "三刻": 45}


def plain(text: str) -> str:
    """A text with full-width forms, capitals, sorts of dashes and of line ends made one."""
    folded = unicodedata.normalize("NFKC", text).casefold().replace("’", "'")
    folded = _COUNTED.sub(lambda match: f"{_COUNTS[match[1] or match[2]]} times", folded)
    return re.sub(r"[‐-―−~〜∼]+|--+", "-", folded.replace("\u200b", "").replace("\ufeff", ""))


def tokens(text: str, names: dict[str, str] | None = None) -> list[Token]:
    """The words of a text that was made ``plain``; a character no word holds is ``Kind.UNKNOWN``.

    Args:
        text: what somebody wrote.
        names: the plan's own words for shift types, and the ids they mean.
    """
    own = sorted(names or {}, key=lambda name: (-len(name), name))
    found: list[Token] = []
    at = 0
    while at < len(text):
        if text[at].isspace() and text[at] != "\n":
            at += 1
            continue
        spoken = _longer(_pattern(text, at), _word(text, at))
        token = _own(text, at, own, names or {})
        if token is None or (is_clock(token.text) and not _alone(text, token, spoken, found)):
            token = spoken or _unknown(text, at)
        found.append(token)
        at += len(token.text)
    return _enumerated(found)


def _enumerated(words: list[Token]) -> list[Token]:
    """The words, with commas between English weekdays as the 、 that they are: Mon, Wed and Fri."""
    return [
        replace(word, kind=Kind.TIGHT)
        if word.text == "," and 0 < n < len(words) - 1 and _english_weekdays(words[n - 1], words[n + 1])
        else word
        for n, word in enumerate(words)
    ]


def _english_weekdays(one: Token, other: Token) -> bool:
    return all(word.kind is Kind.WEEKDAY and word.text.isascii() for word in (one, other))


def _longer(one: Token | None, other: Token | None) -> Token | None:
    return max(filter(None, (one, other)), key=lambda token: len(token.text), default=None)


def _own(text: str, at: int, own: list[str], names: dict[str, str]) -> Token | None:
    for name in own:
        if text.startswith(name, at) and not _inside_word(text, at, at + len(name)):
            return Token(Kind.TYPE, name, names[name], at)
    return None


@cache
def is_clock(name: str) -> bool:
    """Whether a name could also be read as a time of day: 08:00, 8点, 晚8点; 08:00班 could not."""
    words = tokens(name)
    clock = any(word.kind in (Kind.CLOCK, Kind.HOUR) for word in words)
    return clock and all(word.kind in (Kind.CLOCK, Kind.HOUR, Kind.PART) for word in words)


def _alone(text: str, name: Token, spoken: Token | None, before: list[Token]) -> bool:
    """Whether a shift type called like a time of day is meant: nothing around it makes it the end of a stretch."""
    if spoken is not None and len(spoken.text) > len(name.text):
        return False
    if before and before[-1].kind in _BEFORE_A_CLOCK:
        return False
    at = name.start + len(name.text)
    at += len(text[at:]) - len(text[at:].lstrip())
    after = _longer(_pattern(text, at), _word(text, at)) if at < len(text) else None
    return after is None or after.kind not in _AFTER_A_CLOCK


_BEFORE_A_CLOCK = frozenset(
    {Kind.TO, Kind.FROM, Kind.AFTER, Kind.BEFORE, Kind.UNTIL, Kind.PART, Kind.NEXT_DAY}
)
_AFTER_A_CLOCK = frozenset({Kind.TO, Kind.AFTER, Kind.BEFORE, Kind.SINCE, Kind.UNTIL, Kind.END})


def _inside_word(text: str, start: int, end: int) -> bool:
    """Whether a stretch of a text begins or ends amid an English word."""
    before, after = text[max(0, start - 1) : start], text[end : end + 1]
    return _latin(before + text[start]) or _latin(text[end - 1] + after)


def _latin(pair: str) -> bool:
    return len(pair) == 2 and pair.isascii() and pair.isalpha()


def _pattern(text: str, at: int) -> Token | None:
    for pattern, meaning in _PATTERNS:
        match = pattern.match(text, at)
        if match and match.end() > at and (found := meaning(match)) is not None:
            return Token(found[0], match[0], found[1], at)
    return None


def _word(text: str, at: int) -> Token | None:
    for length in range(min(_LONGEST, len(text) - at), 0, -1):
        word = text[at : at + length]
        known = WORDS.get(word)
        if known and not _inside_word(text, at, at + length):
            return Token(known[0], word, known[1], at)
    return None


def _unknown(text: str, at: int) -> Token:
    """A whole English word, or one character."""
    match = re.compile(r"[a-z]+|.", re.DOTALL).match(text, at)
    assert match is not None
    return Token(Kind.UNKNOWN, match[0], None, at)


def _date(match: re.Match[str]) -> Found:
    year, month, day = match["year"], number(match["month"]), number(match["day"])
    if month is None or day is None:
        return None
    return Kind.DATE, (int(year) if year else 0, month, day)


def _english_date(match: re.Match[str]) -> Found:
    return Kind.DATE, (int(match["year"] or 0), MONTHS[match["month"][:3]], int(match["day"]))


def _month(match: re.Match[str]) -> Found:
    month = number(match["month"])
    return None if month is None else (Kind.MONTH, month)


def _day(match: re.Match[str]) -> Found:
    day = number(match["day"])
    return None if day is None else (Kind.DAY, day)


def _weekdays(match: re.Match[str]) -> Found:
    digits = [character for character in match["days"] if character in WEEKDAYS]
    return Kind.WEEKDAY, tuple(WEEKDAYS[character] for character in digits)


def _hour(match: re.Match[str]) -> Found:
    hour = number(match["hour"])
    minute = _HALVES.get(match["half"] or "", number(match["minute"] or "0"))
    return None if hour is None or minute is None else (Kind.HOUR, (hour, minute))


def _clock(match: re.Match[str]) -> Found:
    hour = int(match["hour"])
    sure = hour >= 6 or len(match["hour"]) == 2
    return (Kind.CLOCK if sure else Kind.HOUR), (hour, int(match["minute"]))


def _half_day(match: re.Match[str]) -> Found:
    hour = int(match["hour"])
    if not 1 <= hour <= 12:
        return None
    return Kind.CLOCK, (hour % 12 + 12 * (match["half"] == "p"), int(match["minute"] or 0))


def _number(match: re.Match[str]) -> Found:
    value = number(match[0])
    return None if value is None else (Kind.NUMBER, value)


_SMALL = r"(?:\d{1,2}|[一二三四五六七八九]?十[一二三四五六七八九]?|[一二两三四五六七八九])"
_NOT_COUNTED = r"(?!\s*(?:次|班|回|点|时|小时|个|人|:|\d))"
_MINUTES = rf"(?P<half>半|一刻|三刻)|(?P<minute>{_SMALL})(?:分|(?![日号点]))"
_WEEK = r"(?:周|星期|礼拜)"
_NO_UNIT = r"(?![次班点时月号回个天日小])(?!\s*[-至到]\s*[\d一二两三四五六七八九十]+\s*[次班回个])"
_FIRST_DAYS = r"(?:[一二三四五六]*六日|[一二三四五六]+|[日天]|[1-7](?!\d))"
_MORE_DAYS = rf"(?:[、,/](?:[一二三四五六日天]|[1-7](?!\d)){_NO_UNIT})*"
_MONTHS = "(?P<month>" + "|".join(f"{name}[a-z]*" for name in MONTHS) + r")\.?"
_PATTERNS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Found]], ...] = tuple(
    (re.compile(pattern), meaning)
    for pattern, meaning in (
        (r"(?P<year>\d{4})(?:[-/.]|年)(?P<month>\d{1,2})(?:[-/.]|月)(?P<day>\d{1,2})(?!\d)[日号]?", _date),
        (
            rf"(?:(?P<year>\d{{4}})年)?(?P<month>{_SMALL})月(?:份)?(?P<day>{_SMALL})(?:日|号|{_NOT_COUNTED})",
            _date,
        ),
        (r"(?P<year>)(?P<month>\d{1,2})[/.](?P<day>\d{1,2})(?![\d/.])[日号]?", _date),
        (
            rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s*(?:of\s+)?{_MONTHS}(?![a-z])(?:\s+(?P<year>\d{{4}}))?",
            _english_date,
        ),
        (
            rf"{_MONTHS}(?![a-z])\s*(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?![\d:])(?:,?\s+(?P<year>\d{{4}}))?",
            _english_date,
        ),
        (rf"(?P<month>{_SMALL})月份?", _month),
        (r"(?P<hour>\d{1,2})(?:[:.](?P<minute>[0-5]\d))?\s*(?P<half>[ap])\.?m(?![a-z])\.?", _half_day),
        (r"(?P<hour>\d{1,2}):(?P<minute>[0-5]\d)", _clock),
        (rf"(?P<hour>{_SMALL})(?:点|时)(?:钟|整|{_MINUTES}|(?!\d))", _hour),
        (
            rf"(?:每逢|每个|每|逢)?{_WEEK}(?P<days>{_FIRST_DAYS}{_MORE_DAYS}){_NO_UNIT}",
            _weekdays,
        ),
        (rf"(?P<day>{_SMALL})(?:日|号|st|nd|rd|th)(?![a-z])", _day),
        (NUMERAL, _number),
    )
)
_LONGEST = max(map(len, WORDS))
