"""What the cells of a sign-in line say: ticks, times, signatures, 迟到, 缺勤, 替 张三."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from scheduler.text import Text

SIGNS = ("arrived", "left", "signature", "presence", "minutes")
"""The meanings of the columns that say whether somebody came."""

_TICK = re.compile(
    r"[√✓✔☑✅vV○●yY]|是|有|到|已到|签到|已签|已签到|已签退|到岗|出勤|准时|正常|在岗|yes|ok|here|present|attended|signed|in|out|true|1",
    re.IGNORECASE,
)
_CROSS = re.compile(
    r"[×✗✘✕xX╳nN/\-—–]+|否|无|缺|未|未签|未签到|no|false|0"
    r"|(?:缺勤|缺席|缺岗|旷工|旷岗|未到|没到|没来|未来|不到|未到岗|absent|no[- ]?show)",
    re.IGNORECASE,
)
_ABSENT = re.compile(
    r"缺勤|缺席|缺岗|旷工|旷岗|未到|没到|没来|未来|未能到|请假|事假|病假|公假|\babsent\b|\bno[- ]?show\b|did not come"
    r"|\bon leave\b|\bill\b|\bsick\b",
    re.IGNORECASE,
)
_LATE = re.compile(r"(?<![未没无不])(?<!没有)(?:迟到|晚到)|\blate\b", re.IGNORECASE)
_EARLY = re.compile(r"早退|提前(?:离岗|离开|走|下班)|\bleft\b.*\bearly\b|\bearly leave\b", re.IGNORECASE)
_WALK_IN = re.compile(r"临时|编外|计划外|\bwalk[- ]?in\b", re.IGNORECASE)
_LENGTH = re.compile(
    r"(?:(\d+(?:\.\d+)?|半)\s*个?\s*(半)?\s*(?:小时|钟头|h(?:ours?)?\b))?(半)?\s*(?:(\d+)\s*(?:分钟?|min(?:ute)?s?\b))?"
)
_CLOCK = re.compile(
    r"(?:\d{4}-\d{2}-\d{2}\s+)?(凌晨|早上?|上午|中午|下午|晚上?)?\s*(\d{1,2})\s*(?:[:.]\s*(\d{2})|[点时]\s*(半|\d{1,2})?\s*分?)(?::\d{2})?"
    r"\s*(am|pm)?",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"(\d{2})(\d{2})", re.ASCII)
_FRACTION = re.compile(r"0?\.\d{3,}", re.ASCII)
_VERB = r"(?:替班|代班|顶班|顶替|代替|替换|替岗|代岗|代值|替|(?P<unsure>代|顶))"
_INSTEAD = re.compile(
    rf"(?:由|请)?(?P<by>[^:]*?)(?:来)?{_VERB}了?:?\s*(?P<of>.*?)(?:的班|的|值班|值守|上岗|班)?"
)
_FOR = re.compile(
    r"(?:(?P<by>.*?)\s+)?"
    r"(?:instead of|in place of|sub(?:stitut(?:e|es|ing|ed))? for|stood in for|stands in for|(?P<unsure>for))"
    r"\s+(?P<of>.+)",
    re.IGNORECASE,
)
_BY = re.compile(r"(?:replaced|substituted) by\s+(?P<by>.+)|(?P<who>.+?)\s+(?:came )?instead", re.IGNORECASE)
_CLAUSES = re.compile(r"[,，;；。\n]+")

Said = dict[str, Any] | None
"""Fields of a mark that a cell gives; None if it is not clear."""

_UNCLEAR = Text("what this says is not clear", "内容无法识别")
_WRITE = Text(
    "write a tick (√), a time like 08:05, 迟到 (late), 缺勤 (absent), or leave it empty",
    "请填 √、形如 08:05 的时间、迟到、缺勤，或留空",
)
_NO_NAME = Text("for whom is not said", "没有写明替谁")
_WRITE_NAME = Text("write the name: 替 张三 (for Zhang San)", "请写明姓名，例如：替 张三")


@dataclass(frozen=True, slots=True)
class Mark:
    """How a duty was kept, as a line says it; ``came`` is None if the line says nothing.

    ``missed`` are minutes said to be missed at the start, ``early`` at the end; None: not said. ``instead_of``
    names whom this person stood in for, ``by`` who came instead of this person;
    ``sure`` is whether that can mean nothing else.
    """

    came: bool | None = None
    late: bool = False
    arrived: dt.time | None = None
    left: dt.time | None = None
    missed: int | None = None
    early: int | None = None
    minutes: int | None = None
    instead_of: str = ""
    by: str = ""
    sure: bool = True
    walk_in: bool = False


Wrong = tuple[str, Text, Text]
"""The meaning of a column whose cell cannot be understood, why, and what to do."""

CONTRADICTION = (
    Text("one cell says that they came, another that they did not", "同一行既写到岗又写缺勤"),
    Text("keep one of them", "请只保留一种"),
)


def read_mark(cells: Mapping[str, str], name: str) -> Mark | Wrong:
    """What the cells of a line, by meaning, say of the person of that name; or which of them is not clear."""
    said: dict[str, Any] = {}
    came: dict[bool, str] = {}
    for meaning in (*SIGNS, "note"):
        text = _plain(cells.get(meaning, ""))
        sign = _READERS[meaning](text, meaning, name) if text else {}
        if sign is None:
            wrong = (_NO_NAME, _WRITE_NAME) if meaning == "note" else (_UNCLEAR, _WRITE)
            return (meaning, *wrong)
        if "came" in sign:
            came[sign.pop("came")] = meaning
        said |= sign
    if len(came) > 1:
        return (came[False], *CONTRADICTION)
    return Mark(came=next(iter(came), None), **said)


def _sign(plain: str, meaning: str, name: str) -> Said:
    """What one of the columns of signs says; None if it is not clear."""
    if _CROSS.fullmatch(plain):
        return {"came": False}
    if _TICK.fullmatch(plain):
        return {"came": True}
    if (time := read_clock(plain)) is not None and meaning in ("arrived", "left"):
        return {"came": True, meaning: time}
    worded = _worded(plain)
    if "came" in worded:
        return worded
    own = "".join(plain.split()).casefold()
    signed = "".join(_plain(name).split()).casefold()
    if meaning == "signature" or (own and (own in signed or signed in own)):
        return {"came": True}
    return None


def _worded(plain: str) -> dict[str, Any]:
    """What words like 迟到10分钟 say."""
    found: dict[str, Any] = {}
    if late := _LATE.search(plain):
        found |= {"came": True, "late": True, "missed": _near(plain, late)}
    if early := _EARLY.search(plain):
        found |= {"came": True, "early": _near(plain, early)}
    if _ABSENT.search(plain) and not found:
        found["came"] = False
    return found


def _note(plain: str, _: str, name: str) -> Said:
    """What a remark says of attendance; None if a substitution lacks its name. Other remarks say nothing."""
    found = {key: value for key, value in _worded(plain).items() if value is not None}
    if _WALK_IN.search(plain):
        found["walk_in"] = True
    for clause in filter(None, (part.strip() for part in _CLAUSES.split(plain))):
        match = _INSTEAD.fullmatch(clause) or _FOR.fullmatch(clause) or _BY.fullmatch(clause)
        if match is None:
            continue
        named = {key: (value or "").strip() for key, value in match.groupdict().items()}
        by, of = named.get("by", "") or named.get("who", ""), named.get("of", "")
        if not by and not of:
            return None
        if of and (not by or _same(by, name)):
            found |= {"instead_of": of, "sure": not named.get("unsure")}
        elif not of or _same(of, name):
            found |= {"by": by, "sure": not named.get("unsure")}
    return found


def read_clock(text: str) -> dt.time | None:
    """A time of day: 08:05, 8点5分, 下午2点半, 0805, the fraction of a day of spreadsheets; None if it is none."""
    plain = _plain(text)
    if _FRACTION.fullmatch(plain):
        minutes = round(float(plain) * 24 * 60)
        return _time(minutes // 60, minutes % 60)
    if match := _DIGITS.fullmatch(plain):
        return _time(int(match[1]), int(match[2]))
    if match := _CLOCK.fullmatch(plain):
        said = match[3] or match[4] or "0"
        hour, minute = int(match[2]), 30 if said == "半" else int(said)
        afternoon = (match[1] or "") in ("下午", "晚", "晚上") or (match[5] or "").lower() == "pm"
        return _time(hour + 12 if afternoon and hour < 12 else hour, minute)
    return None


def _time(hour: int, minute: int) -> dt.time | None:
    if (hour, minute) == (24, 0):
        hour = 0
    return dt.time(hour, minute) if hour < 24 and minute < 60 else None


def _near(plain: str, match: re.Match[str]) -> int | None:
    """The minutes said right after a word, or else right before it."""
    after = _LENGTH.match(plain[match.end() :].lstrip(" 了约:"))
    before = re.search(r"(\d+)\s*(?:分钟?|min(?:ute)?s?)\s*$", plain[: match.start()])
    if after and after[0].strip():
        hours = 0.5 if after[1] == "半" else float(after[1] or 0)
        return round((hours + 0.5 * bool(after[2] or after[3])) * 60) + int(after[4] or 0)
    return int(before[1]) if before else None


def _minutes(plain: str, _: str, __: str) -> Said:
    if not plain.isdigit() or int(plain) > 7 * 24 * 60:
        return None
    return {"came": int(plain) > 0, "minutes": int(plain) or None}


_READERS = dict.fromkeys(SIGNS, _sign) | {"minutes": _minutes, "note": _note}


def _same(one: str, other: str) -> bool:
    return "".join(one.split()).casefold() == "".join(_plain(other).split()).casefold()


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).split())
