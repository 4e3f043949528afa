"""What a cell says as text: numbers as they were typed, dates as 2020-03-05, blanks tidied."""

from __future__ import annotations

import datetime as dt
import math
import re

from scheduler.io.sheets.sheet import Doubt

EXACT_DIGITS = 15
"""How many digits a spreadsheet keeps of a number (IEEE 754 double)."""

_TIMES = (dt.date, dt.time, dt.timedelta)
_ERRORS = {"#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#N/A", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"}
_INVISIBLE = re.compile("[\u200b-\u200f\u2028-\u202e\u2060\ufeff\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_BLANKS = re.compile(r"[^\S\n]+")
_POWER = re.compile(r"[-+]?\d(?:\.\d+)?[eE]\+?\d{1,3}", re.ASCII)
_WHOLE = re.compile(r"(\d+)\.0+", re.ASCII)
_TEXT_FORMULA = re.compile(r'="([^"]*)"')


def tidy(text: str) -> str:
    """A text without invisible signs, outer blanks and the apostrophe that marks text in spreadsheets."""
    plain = _INVISIBLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    plain = _BLANKS.sub(" ", plain).strip()
    if formula := _TEXT_FORMULA.fullmatch(plain):
        plain = formula[1].strip()
    return plain[1:].strip() if plain[:1] in ("'", "\u2019") and len(plain) > 1 else plain


def read_value(value: object) -> tuple[str, Doubt | None]:
    """A value of a workbook as text, and whether it can be trusted."""
    if value is None:
        return "", None
    if isinstance(value, bool):
        return str(value).lower(), None
    if isinstance(value, int | float):
        return _number(value)
    return (_time(value), None) if isinstance(value, _TIMES) else read_text(str(value))


def read_text(text: str) -> tuple[str, Doubt | None]:
    """A text cell, also one of a CSV file, where numbers may have lost digits on the way: ``1.38E+10``."""
    plain = tidy(text)
    if plain.upper() in _ERRORS:
        return plain, Doubt.ERROR
    if _POWER.fullmatch(plain):
        return plain, Doubt.DIGITS
    if whole := _WHOLE.fullmatch(plain):
        return whole[1], None
    return plain, None


def _time(value: dt.date | dt.time | dt.timedelta) -> str:
    if isinstance(value, dt.datetime):
        midnight = (value.hour, value.minute) == (0, 0)
        return value.strftime("%Y-%m-%d" if midnight else "%Y-%m-%d %H:%M")
    if isinstance(value, dt.timedelta):
        minutes = round(value.total_seconds() / 60)
        return f"{minutes // 60:02}:{minutes % 60:02}"
    return value.isoformat() if isinstance(value, dt.date) else value.strftime("%H:%M")


def _number(value: int | float) -> tuple[str, Doubt | None]:
    if not math.isfinite(value):
        return str(value), Doubt.ERROR
    if isinstance(value, float) and not value.is_integer():
        return f"{value:.15g}", None
    digits = str(int(value))
    return digits, Doubt.DIGITS if len(digits.lstrip("-")) > EXACT_DIGITS else None
