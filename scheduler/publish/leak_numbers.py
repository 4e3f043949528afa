"""Mobile and identity numbers in any text, however they are written; digits that are something else are let be."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from scheduler.io.intake.numbers import check_digit
from scheduler.text import Text


class Secret(StrEnum):
    """What sort of number it is."""

    MOBILE = "mobile"
    ID = "id"
    LIKELY_ID = "likely id"

    @property
    def label(self) -> Text:
        """What people read."""
        return _LABELS[self]


_LABELS = {
    Secret.MOBILE: Text("mobile number", "手机号"),
    Secret.ID: Text("identity number", "身份证号"),
    Secret.LIKELY_ID: Text(
        "most likely an identity number (its check digit does not fit)", "疑似身份证号（校验位不符）"
    ),
}


@dataclass(frozen=True, slots=True)
class Number:
    """A number that is not masked: where it begins and ends in its text, what it is, its bare digits."""

    at: int
    end: int
    secret: Secret
    digits: str


_BETWEEN = r" \t\u00a0\u2000-\u200d\u202f\u2060\u3000\ufeff\-‐-―−－·•_()（）"
_MOBILE = re.compile(rf"1(?=([{_BETWEEN}]?[3-9](?:[{_BETWEEN}.]{{0,3}}[0-9]){{9}}))")
_ID = re.compile(
    rf"[1-8](?=([0-9]{{5}}[{_BETWEEN}]{{0,2}}[0-9]{{4}}[{_BETWEEN}]?[0-9]{{4}}[{_BETWEEN}]{{0,2}}[0-9]{{3}}[0-9Xx]))"
)
_USUAL = re.compile(r"1\d\d\D*\d{4}\D*\d{4}|1\d{6}\D*\d{4}|1\d{4}\D*\d{6}", re.ASCII)
_DOTTED = re.compile(r"1\d\d\.\d{4}\.\d{4}", re.ASCII)
_UNUSUAL = re.compile(
    r"1\d{3}([^\d.])\d{3}\1\d{4}|1\d{3}([^\d.])\d{4}\2\d{3}|1\d\d([^\d.])\d{3}\3\d{5}|1([^\d.\t])(?:\d\4){9}\d",
    re.ASCII,
)
_FLOAT = re.compile(r"1\.([3-9][0-9]{1,9})[eE]\+?10(?![0-9])")
_WIDE = str.maketrans("０１２３４５６７８９＋．Ｘｘ", "0123456789+.Xx")
_FULL_WIDTH = re.compile("[０-９]")
_HEXADECIMAL = frozenset("0123456789abcdefABCDEF")
_WORD_BEFORE = re.compile(r"[0-9A-Za-z]+\Z")
_WORD_AFTER = re.compile(r"[0-9A-Za-z]+")
_WHOLE = re.compile(r"\.0+(?![0-9])")
_DIGITLESS = re.compile(r"[^0-9]+")
_SEPARATORS = re.compile(r"[^0-9Xx]+")


def numbers(text: str) -> Iterator[Number]:
    """Every mobile number (11 digits, 13… to 19…) and identity number (18 characters) of a text, unmasked.

    Found with or without 86 before it, in full-width digits, with blanks, dashes, dots or nothing between its groups,
    and as a spreadsheet's ``1.3812341234E+10``. Not taken for one: a part of a longer number or of a decimal
    fraction, digits with a hexadecimal letter beside them (UIDs, digests), and eighteen digits without a region
    and a date of birth (GB 11643-1999).
    """
    if _FULL_WIDTH.search(text):
        text = text.translate(_WIDE)
    for match in _MOBILE.finditer(text):
        if _is_mobile(text, match.start(), match.end(1), written := "1" + match[1]):
            yield Number(match.start(), match.end(1), Secret.MOBILE, _DIGITLESS.sub("", written))
    for match in _FLOAT.finditer(text):
        if _free(text, match.start(), match.end()):
            yield Number(match.start(), match.end(), Secret.MOBILE, "1" + match[1].ljust(10, "0"))
    for match in _ID.finditer(text):
        digits = _SEPARATORS.sub("", match[0] + match[1]).upper()
        secret = _identity(digits)
        if secret and _free(text, match.start(), match.end(1)):
            yield Number(match.start(), match.end(1), secret, digits)


def _is_mobile(text: str, start: int, end: int, written: str) -> bool:
    if not (_free(text, start, end) or _after_country(text, start, end)):
        return False
    if "." in written:
        return _DOTTED.fullmatch(written) is not None
    if _USUAL.fullmatch(written):
        return True
    return _UNUSUAL.fullmatch(written) is not None and not _in_chain(text, start, end)


def _free(text: str, start: int, end: int) -> bool:
    """Whether digits stand for themselves: no part of a longer number, of a fraction, of a hexadecimal word."""
    before, after = text[max(0, start - 40) : start], text[end : end + 40]
    left, right = _WORD_BEFORE.search(before), _WORD_AFTER.match(after)
    word = (left[0] if left else "") + (right[0] if right else "")
    if before[-1:].isdecimal() or after[:1].isdecimal() or (word and _HEXADECIMAL.issuperset(word)):
        return False
    in_fraction = before[-1:] == "." and before[-2:-1].isdecimal()
    with_fraction = after[:1] == "." and after[1:2].isdecimal() and not _WHOLE.match(after)
    return not (in_fraction or with_fraction)


def _after_country(text: str, start: int, end: int) -> bool:
    """Whether the digits before are the country's: 86, +86, 0086."""
    country = re.search(r"(?:\+|00)?86$", text[max(0, start - 4) : start])
    return country is not None and _free(text, start - len(country[0]), end)


def _in_chain(text: str, start: int, end: int) -> bool:
    """Whether more groups of digits follow or go before, as in the number of a bank card."""
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    return re.search(r"\d[ \-]$", before) is not None or re.match(r"[ \-]\d", after) is not None


def _identity(digits: str) -> Secret | None:
    """What 18 characters are: region and date of birth must be possible; a check digit that fits makes it certain."""
    try:
        born = dt.date(int(digits[6:10]), int(digits[10:12]), int(digits[12:14]))
    except ValueError:
        return None
    if int(digits[:2]) not in _REGIONS or not 1900 <= born.year < 2100:
        return None
    return Secret.ID if check_digit(digits[:17]) == digits[17] else Secret.LIKELY_ID


_REGIONS = frozenset(
    [
        *range(11, 16),
        *range(21, 24),
        *range(31, 38),
        *range(41, 47),
        *range(50, 55),
        *range(61, 66),
        71,
        81,
        82,
        83,
    ]
)
"""The first two digits in use (GB/T 2260; 83 is of residence permits of people from Taiwan)."""
