"""Lines of a sign-up chain (接龙) as groups paste them: numbers in all shapes, emoji, +1, 退出; the rest is left."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

_CIRCLED = re.compile(r"[①-⑳⑴-⒇⒈-⒛❶-❿➀-➓⓪㉑-㉟㊱-㊿⓫-⓴]")
_KEYCAP = re.compile(r"([0-9]+)\ufe0f?\u20e3")
_EMOJI = re.compile(
    "[\U0001f000-\U0001faff\U0001f1e6-\U0001f1ff\u2600-\u27bf\u2b00-\u2bff\ufe0e\ufe0f\u200d\u20e3\u3030\u303d]+"
    "|\\[[\u4e00-\u9fff]{1,4}\\]"
)
_INVISIBLE = re.compile("[\u200b\u200c\u200e\u200f\u2005\u2060\ufeff\x00-\x08\x0b-\x1f]")
_NUMBERED = re.compile(
    r"^\s*[(\[【]?\s*(?P<number>\d{1,3}|[一二三四五六七八九十]{1,3}(?=\s*[、.)\]】]))\s*"
    r"(?:[)\]】]\s*[.、,:)]?|[.、:](?!\d)|(?=\s)|(?=[^\d\s日号点时月/年:.,\-人个\]]))\s*"
)
_HEAD = re.compile(r"^\s*(?:#|接龙|群接龙|例[:：\s如]|示例|eg\b|e\.g\.|-{3,}|={3,}|\*{3,})", re.IGNORECASE)
_PHONE = re.compile(r"(?<!\d)(?:\+?86[\s-]?)?(1[3-9]\d[\s-]?\d{4}[\s-]?\d{4})(?!\d)")
_LAST_DIGITS = re.compile(r"(?:尾号|手机尾号|电话尾号|后四位)\s*[:为是]?\s*(\d{4})(?!\d)")
_PLUS = re.compile(r"(?:\+|加)\s*([1-9一二两三四五])(?!\d)\s*(?:人|位|个)?")
_WITHDRAWN = re.compile(
    r"退出|退群|取消|撤回|撤销|不去了|去不了了?|来不了了?|不来了|不参加了?|不能去了?|参加不了了?|请假|"
    r"withdraw|cancel|drop(?:s|ped)? out",
    re.IGNORECASE,
)
_ADDED = re.compile(r"另加|再加|追加|补报|再报|另外|还有|加报|also|plus", re.IGNORECASE)
_SMALL = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5}


@dataclass(frozen=True, slots=True)
class ChatLine:
    """One line of a chat.

    ``body`` is what is left without number, phone, emoji, +1 and words of withdrawing; ``phone`` are the digits
    given, perhaps the last four only; ``more`` is how many come along without a name.
    """

    row: int
    raw: str
    body: str
    numbered: bool
    phone: str = ""
    more: int = 0
    withdrawn: bool = False
    added: bool = False


@dataclass(frozen=True, slots=True)
class Chat:
    """What stands above the first entry, and the entries; lines after it that are none are ``aside``."""

    head: tuple[ChatLine, ...]
    entries: tuple[ChatLine, ...]
    aside: tuple[ChatLine, ...]


def chat_lines(text: str, named: Callable[[str], bool]) -> Chat:
    """The lines of a chat.

    Args:
        text: as it was copied.
        named: whether a body begins with the name of somebody known, so that it is an entry without a number.
    """
    head: list[ChatLine] = []
    entries: list[ChatLine] = []
    aside: list[ChatLine] = []
    for row, raw in enumerate(text.splitlines(), start=1):
        line = _line(row, raw)
        if not line.body and not line.more and not line.withdrawn and not line.numbered:
            continue
        heading = _HEAD.match(line.body) is not None
        if not heading and (line.numbered or named(line.body) or (line.more and not line.body)):
            if line.body or line.more or line.withdrawn:
                entries.append(line)
        elif entries:
            aside.append(line)
        else:
            head.append(line)
    return Chat(tuple(head), tuple(entries), tuple(aside))


def _line(row: int, raw: str) -> ChatLine:
    text = _plain(raw)
    numbered = _NUMBERED.match(text)
    body = text[numbered.end() :] if numbered else text
    phone = _PHONE.search(body)
    last = _LAST_DIGITS.search(body)
    for found in (phone, last):
        body = body.replace(found[0], " ") if found else body
    plus = _PLUS.search(body)
    body = body.replace(plus[0], " ") if plus else body
    withdrawn = _WITHDRAWN.search(body) is not None
    added = _ADDED.search(body) is not None
    body = _ADDED.sub(" ", _WITHDRAWN.sub(" ", body))
    return ChatLine(
        row,
        raw.strip(),
        re.sub(r"^[\s、,.:;)]+|[\s、,.:;(]+$", "", " ".join(body.split())),
        numbered is not None,
        re.sub(r"\D", "", phone[1] if phone else last[1] if last else ""),
        (_SMALL.get(plus[1]) or int(plus[1])) if plus else 0,
        withdrawn,
        added,
    )


def _plain(raw: str) -> str:
    """A line without emoji and invisible signs; every sort of number made plain."""
    text = _KEYCAP.sub(r"\1. ", raw)
    text = _CIRCLED.sub(lambda match: f"{int(unicodedata.numeric(match[0]))}. ", text)
    text = _INVISIBLE.sub("", _EMOJI.sub(" ", text)).replace("\u3000", " ")
    return unicodedata.normalize("NFKC", text).strip()
