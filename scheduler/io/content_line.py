"""Content lines of a calendar file: texts cleaned, escaped and folded here, other values by the icalendar library."""

from __future__ import annotations

import datetime as dt
import unicodedata
from functools import lru_cache

from icalendar import vDDDTypes, vDuration, vInt
from icalendar.parser import Contentline, Parameters
from icalendar.prop import vInline, vUTCOffset

_LONGEST = 75
_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})
_remembered = lru_cache(maxsize=1 << 15)
"""Calendars of one roster say the same again and again."""


def text_line(name: str, text: str) -> bytes:
    """A text in one line, whatever it held."""
    return _texts(name, (text,), " ")


def lines_line(name: str, text: str) -> bytes:
    """A text that keeps its line breaks (escaped)."""
    return _texts(name, (text,), "\n")


def list_line(name: str, *texts: str) -> bytes:
    """Several texts with commas between them."""
    return _texts(name, texts, " ")


def plain_line(name: str, value: str) -> bytes:
    """A value of ours in ASCII that needs no escaping: a keyword, a UID."""
    return _folded(f"{name}:{value}".encode("ascii")) + b"\r\n"


@_remembered
def number_line(name: str, value: int) -> bytes:
    """A whole number."""
    return _line(name, vInt(value))


def time_line(name: str, moment: dt.datetime) -> bytes:
    """A moment: UTC with Z, another zone with TZID, naive as local."""
    return _time(name, moment.replace(tzinfo=None), moment.tzinfo)


@_remembered
def duration_line(name: str, duration: dt.timedelta, *, typed: bool = False) -> bytes:
    """A duration; ``typed`` says so in a parameter, where the property has no default type."""
    parameters = Parameters({"VALUE": "DURATION"}) if typed else None
    return _line(name, vDuration(duration), parameters)


def offset_line(name: str, offset: dt.timedelta) -> bytes:
    """An offset from UTC."""
    return _line(name, vUTCOffset(offset))


def geo_line(latitude: float, longitude: float) -> bytes:
    """A position in degrees with six decimals, the semicolon not escaped."""
    return _line("GEO", vInline(f"{latitude:.6f};{longitude:.6f}"))


@_remembered
def _time(name: str, wall: dt.datetime, zone: dt.tzinfo | None) -> bytes:
    value = vDDDTypes(wall.replace(tzinfo=zone))  # moments that are equal in two zones are two lines
    return _line(name, value, value.params)


@_remembered
def _texts(name: str, texts: tuple[str, ...], line_break: str) -> bytes:
    values = ",".join(_escaped(clean_text(text, line_break)) for text in texts)
    return _folded(f"{name}:{values}".encode()) + b"\r\n"


def _escaped(text: str) -> str:
    """A text as RFC 5545, 3.3.11, wants it."""
    return text.translate(_ESCAPES)


def _folded(line: bytes) -> bytes:
    """A line cut after at most 75 octets, never within a character (RFC 5545, 3.1)."""
    if len(line) <= _LONGEST:
        return line
    parts, start, room = [], 0, _LONGEST
    while len(line) - start > room:
        end = start + room
        while line[end] & 0xC0 == 0x80:  # inside a character
            end -= 1
        parts.append(line[start:end])
        start, room = end, _LONGEST - 1
    return b"\r\n ".join([*parts, line[start:]])


def clean_text(text: str, line_break: str) -> str:
    """A text as files may hold it: composed (NFC), no control characters, lines trimmed and never empty."""
    if not text.isprintable():
        lines = ("".join(filter(_printable, line)).strip() for line in text.replace("\t", " ").splitlines())
        text = line_break.join(line for line in lines if line)
    return unicodedata.normalize("NFC", text.strip())


def _printable(character: str) -> bool:
    return unicodedata.category(character) not in {"Cc", "Cs"}


def _line(name: str, value: object, parameters: Parameters | None = None) -> bytes:
    line: bytes = Contentline.from_parts(name, parameters or Parameters(), value).to_ical()
    return line + b"\r\n"
