"""Marks in tick grids: √ ● 上 休 ×, by the program's own map, the sheet's legend, and what the person says."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

from scheduler.errors import Fault, InputError
from scheduler.io.yaml_marked import parse_yaml
from scheduler.text import Text


class Mark(StrEnum):
    """What a mark says."""

    YES = "yes"
    NO = "no"
    MAYBE = "maybe"


Meaning = Mark | str
"""A mark, or words on the time of day as the grammar reads them: 上午."""

_LEGEND = re.compile(r"^(?:图例|符号|标记|填写说明|填表说明|说明|注|备注|legend|key)[\s:：]*", re.IGNORECASE)
_SIGN = re.compile(r"(?P<sign>[^\w\s,;:=()]|[a-z0-9](?![\w])|上|下|休|值|班|空|白|夜|早|中|晚)\s*")
_EQUALS = re.compile(r"^\s*(?:[:=]|-|表示|代表|为|是|means)?\s*")
_NO = re.compile(r"不|没|休|无|否|\bno\b|\bnot\b|cannot|can't|unavailable|off", re.IGNORECASE)
_MAYBE = re.compile(r"待定|备|可能|不确定|机动|maybe|perhaps|tentative", re.IGNORECASE)
_PART = re.compile(
    r"上午|下午|晚上|中午|早班|晚班|夜班|全天|白天|凌晨|morning|afternoon|evening|night|all day"
)
_YES = re.compile(r"可|能|有空|有时间|参加|值班|值守|上班|服务|yes|available|free|can", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Symbols:
    """What marks mean; later maps come first."""

    meanings: Mapping[str, Meaning]

    def meaning(self, mark: str) -> Meaning | None:
        """What a mark means; None if it is not known."""
        return self.meanings.get(_key(mark))

    def extended(self, more: Mapping[str, Meaning]) -> Symbols:
        """With further marks that come before these."""
        return Symbols({**self.meanings, **{_key(mark): meaning for mark, meaning in more.items()}})


def _key(mark: str) -> str:
    return "".join(unicodedata.normalize("NFKC", mark).casefold().split()).replace("\ufe0f", "")


@cache
def standard() -> Symbols:
    """The program's own map (symbols.yaml)."""
    name = "symbols.yaml"
    data = parse_yaml(files("scheduler.io.phrases").joinpath(name).read_text(encoding="utf-8"), name).data
    assert isinstance(data, dict)
    return Symbols({_key(str(mark)): Mark(meaning) for meaning, marks in data.items() for mark in marks})


def legend(texts: Iterable[str]) -> dict[str, Meaning]:
    """What the legends among a sheet's texts say: 图例：√可服务 ×不可 ○待定."""
    found: dict[str, Meaning] = {}
    for text in texts:
        plain = unicodedata.normalize("NFKC", text).strip()
        if match := _LEGEND.match(plain):
            found |= _entries(plain[match.end() :])
    return found


def _entries(text: str) -> dict[str, Meaning]:
    found: dict[str, Meaning] = {}
    for piece in re.split(r"[\s,;、。，；|/]+(?=[^\w\s(]|\w\s*[:=])|[,;、。，；|]|\s{2,}", text):
        sign = _SIGN.match(piece.strip())
        if sign is None:
            continue
        words = piece.strip()[sign.end() :]
        words = words[match.end() :] if (match := _EQUALS.match(words)) else words
        meaning = _said(words.strip(" ()"))
        if meaning is not None:
            found[sign["sign"]] = meaning
    return found


def _said(words: str) -> Meaning | None:
    """What the words beside a sign mean; None if they say nothing of time."""
    for pattern, mark in ((_NO, Mark.NO), (_MAYBE, Mark.MAYBE)):
        if pattern.search(words):
            return mark
    if part := _PART.search(words.casefold()):
        return part[0]
    return Mark.YES if _YES.search(words) else None


def given(words: str) -> dict[str, Meaning]:
    """What ``--symbols "上=yes,休=no,早=上午"`` says.

    Raises:
        InputError: a part of it is no mark, equals sign and meaning.
    """
    found: dict[str, Meaning] = {}
    for part in filter(str.strip, re.split("[,;，；]", words)):
        mark, equals, meaning = unicodedata.normalize("NFKC", part).partition("=")
        if not (mark.strip() and equals and meaning.strip()):
            text = Text(f'"{part.strip()}" is not understood', f"无法理解“{part.strip()}”")
            hint = Text('write --symbols "上=yes,休=no,○=maybe"', '请写成 --symbols "上=yes,休=no,○=maybe"')
            raise InputError([Fault("--symbols", text, hint)])
        known = standard().meaning(meaning)
        found[mark.strip()] = known if known is not None else meaning.strip()
    return found
