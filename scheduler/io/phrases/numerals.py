"""Numbers as people write them: 15, １５, 十五, 二十一, 两."""

from __future__ import annotations

import re

_DIGITS = {
    **{character: n for n, character in enumerate("零一二三四五六七八九")},
    "〇": 0,
    "两": 2,
}
_TENS = re.compile(r"([一二两三四五六七八九]?)十([一二三四五六七八九]?)")

NUMERAL = r"(?:\d+|[零〇一二两三四五六七八九十]+)"
"""A regular expression for what ``number`` may read."""


def number(word: str) -> int | None:
    """The number a word means, 0 to 99 in Chinese numerals; None if it means none."""
    if word.isascii() and word.isdigit():
        return int(word)
    if word in _DIGITS:
        return _DIGITS[word]
    match = _TENS.fullmatch(word)
    if match is None:
        return None
    return 10 * _DIGITS.get(match[1], 1) + _DIGITS.get(match[2], 0)
