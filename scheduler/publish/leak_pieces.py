"""Any file as texts to be searched: decoded, unfolded, without tags and escapes; what cannot be searched is said."""

from __future__ import annotations

import codecs
import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import accumulate

from scheduler.errors import Fault
from scheduler.text import Text


@dataclass(frozen=True, slots=True)
class Piece:
    """A text, and how a position in it is named to a person."""

    text: str
    where: Callable[[int], str]


@dataclass(frozen=True, slots=True)
class Unread:
    """Something that cannot be searched, and why."""

    fault: Fault


_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CALENDAR = re.compile(r"\s*BEGIN:V", re.IGNORECASE)
_KEY = re.compile(r"[A-Z-]*")
_FOLD = re.compile(r"\r?\n[ \t]")
_INLINE = re.compile(
    r"</?(?:\w+:)?(?:a|abbr|b|bdi|bdo|big|bookmarkEnd|bookmarkStart|code|em|font|hyperlink|i|ins|kbd|mark|proofErr|q|r"
    r"|s|small|smartTag|span|strong|sub|sup|t|tspan|tt|u|var|wbr)(?![\w:.-])[^<>\n]*>"
)
_STYLE = re.compile(r"<((?:\w+:)?rPr)(?:\s[^<>]*)?>.{0,2000}?</\1>", re.DOTALL)
_TAG = re.compile(r"<[^<>\n]*>|<!--|-->|\]\]>")
_LONG_TAG = re.compile(r"<[^<>]*>")
_GEOMETRY = re.compile(r"(?<![\w-])(?:d|points|transform|viewBox|values)=(?:\"[^\"]*\"|'[^']*')")
_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")
_PERCENT = re.compile(r"%([2-7][0-9A-Fa-f])")
_LONG_LINE = 400


def text_pieces(name: str, data: bytes) -> Iterator[Piece]:
    """The text of a file in every reading that may show a number; places are ``name:row``."""
    for text in _decoded(data):
        yield from readings(name, text)


def readings(name: str, text: str) -> Iterator[Piece]:
    """A text as it is, and without folds, tags, entities and escapes where it has any."""
    if _CALENDAR.match(text):
        yield _unfolded(name, text)
        return
    tagged = "</" in text or "/>" in text
    if tagged:
        text = _GEOMETRY.sub("", text)
    yield _lines(name, text)
    if tagged:
        yield _lines(name, _untagged(text))
    if _ESCAPED.search(text):
        yield _lines(name, _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text))
    if _PERCENT.search(text):
        yield _lines(name, _PERCENT.sub(lambda match: chr(int(match[1], 16)), text))


def fixed(place: str, text: str) -> Piece:
    """A text that is all at one place."""
    return Piece(text, lambda _: place)


def unread(name: str, en: str, zh: str) -> Unread:
    """A file that cannot be searched."""
    return Unread(Fault(name, Text(en, zh), Text("look at it yourself", "请人工查看")))


def _decoded(data: bytes) -> Iterator[str]:
    """The text of some bytes: by their mark, as UTF-8, else in every encoding it may be in."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            yield data.decode(encoding, "replace")
            return
    if b"\x00" in data:
        yield data.decode("latin-1")
        yield data.decode("utf-16-le", "replace")
        yield data[1:].decode("utf-16-le", "replace")
        return
    try:
        yield data.decode()
    except UnicodeDecodeError:
        yield data.decode("gb18030", "replace")
        yield data.decode("latin-1")


def _lines(name: str, text: str) -> Piece:
    def where(at: int) -> str:
        row, begins = text.count("\n", 0, at) + 1, text.rfind("\n", 0, at) + 1
        column = f" +{at - begins + 1}" if at - begins > _LONG_LINE else ""
        return f"{name}:{row}{column}"

    return Piece(text, where)


def _unfolded(name: str, text: str) -> Piece:
    """A calendar or address card with its long lines put together again (RFC 5545, 3.1)."""
    whole = _FOLD.sub("", text)

    def where(at: int) -> str:
        ends = accumulate(len(part) for part in _FOLD.split(text))
        folds = sum(end <= at for end in ends)
        row = whole.count("\n", 0, at) + folds + 1
        key = _KEY.match(whole, whole.rfind("\n", 0, at) + 1)
        return f"{name}:{row} {key[0] if key else ''}".rstrip()

    return Piece(whole, where)


def _untagged(text: str) -> str:
    """Nothing for a tag within a line of text, a mark that parts digits for any other; rows stay rows."""
    text = _TAG.sub("\x1f", _INLINE.sub("", _STYLE.sub("", text)))
    return html.unescape(_LONG_TAG.sub(lambda tag: "\x1f" + "\n" * tag[0].count("\n"), text))
