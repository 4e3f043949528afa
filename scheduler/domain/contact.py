"""How somebody can be reached, and the number of an identity card: checked, and never quoted in a message."""

from __future__ import annotations

import re
import unicodedata
from typing import Annotated

from pydantic import BeforeValidator, WithJsonSchema

from scheduler.domain.refusal import refused
from scheduler.text import Text

_FILLERS = re.compile(r"[\s\-‐-―()]")
_PHONE = re.compile(r"\+?\d{3,20}", re.ASCII)
_EMAIL = re.compile(r"[^\s@,;<>\"]{1,64}@[^\s@,;<>\"]+\.[^\s@,;<>\".]{2,}")
_ID_NUMBER = re.compile(r"\d{17}[\dX]", re.ASCII)
_MOBILE = range(10**10, 2 * 10**10)


def as_phone(value: object) -> str:
    """A phone number as digits, perhaps after a plus; full-width digits, blanks and dashes are mended."""
    if isinstance(value, int) and value in _MOBILE:
        value = str(value)
    if isinstance(value, str) and _PHONE.fullmatch(number := plain(value)):
        return number
    raise refused(
        Text("this is no phone number", "这不是电话号码"),
        Text('write it in quotes, like "138 0000 0000"', "请加引号书写，例如 “138 0000 0000”"),
    )


def as_email(value: object) -> str:
    """An e-mail address."""
    if isinstance(value, str):
        address = unicodedata.normalize("NFKC", value).strip()
        if len(address) <= 254 and _EMAIL.fullmatch(address):
            return address
    raise refused(
        Text("this is no e-mail address", "这不是电子邮箱地址"),
        Text("write it like name@example.org", "请写成如 name@example.org"),
    )


def as_id_number(value: object) -> str:
    """The 18 characters of an identity card: 17 digits, then a digit or X (GB 11643-1999)."""
    if isinstance(value, int):
        value = str(value)
    if isinstance(value, str) and _ID_NUMBER.fullmatch(number := plain(value).upper()):
        return number
    raise refused(
        Text("an identity number has 18 characters", "身份证号应为 18 位"),
        Text("write it in quotes, or leave it out", "请加引号书写，或不填"),
    )


def plain(number: str) -> str:
    """A number without what people put in for reading: blanks, dashes, brackets, full-width forms."""
    return _FILLERS.sub("", unicodedata.normalize("NFKC", number))


Phone = Annotated[
    str, BeforeValidator(as_phone), WithJsonSchema({"type": "string", "examples": ["138 0000 0000"]})
]
Email = Annotated[str, BeforeValidator(as_email), WithJsonSchema({"type": "string", "format": "email"})]
IdNumber = Annotated[str, BeforeValidator(as_id_number), WithJsonSchema({"type": "string", "minLength": 18})]
