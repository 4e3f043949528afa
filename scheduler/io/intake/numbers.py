"""Phone and identity numbers as sheets hold them: mended where nothing is lost, refused where they cannot be."""

from __future__ import annotations

import datetime as dt
import re

from scheduler.domain.contact import plain
from scheduler.text import Text

_MOBILE = re.compile(r"(?:\+?86|0086)?(1[3-9]\d{9})", re.ASCII)
_LANDLINE = re.compile(r"(?:\+?86)?0\d{2,3}[2-9]\d{6,7}|\+86\d{2,3}[2-9]\d{6,7}|[2-9]\d{6,7}", re.ASCII)
_ABROAD = re.compile(r"(?:\+|00)(?!86)\d{8,15}", re.ASCII)
_TWO = re.compile(r"\d{7,}\D+(?:0\d{2,3}-)?\d{7,}", re.ASCII)

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"


def read_phone(text: str) -> str | Text:
    """A phone number as digits, or what is wrong with it; the prefix 86 of mobile numbers is left out."""
    number = plain(text).rstrip(".")
    if mobile := _MOBILE.fullmatch(number):
        return mobile[1]
    if _ABROAD.fullmatch(number) or _LANDLINE.fullmatch(number):
        return number
    if _TWO.search(text):
        return Text("there are two numbers in this cell", "该单元格有两个号码")
    digits = re.sub(r"\D", "", number)
    if digits.startswith("1") and len(digits) != 11:
        return Text(
            f"a mobile number has 11 digits, this one {len(digits)}",
            f"手机号应为 11 位，此处为 {len(digits)} 位",
        )
    return Text("this is no phone number", "这不是电话号码")


def read_id_number(text: str) -> tuple[str, dt.date] | Text:
    """An identity number and the date of birth in it, or what is wrong (GB 11643-1999: weights, modulo 11)."""
    number = plain(text).upper()
    if re.fullmatch(r"\d{15}", number, re.ASCII):
        return Text("an identity number of the old form, with 15 digits", "这是旧式 15 位身份证号")
    if not re.fullmatch(r"\d{17}[\dX]", number, re.ASCII):
        return Text(
            f"an identity number has 18 characters, this one {len(number)}",
            f"身份证号应为 18 位，此处为 {len(number)} 位",
        )
    try:
        born = dt.date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return Text("the date of birth in the identity number does not exist", "身份证号中的出生日期不存在")
    if check_digit(number[:17]) != number[17]:
        return Text(
            "the identity number has a typing error: its check digit does not fit", "身份证号有误：校验位不符"
        )
    return number, born


def check_digit(digits: str) -> str:
    """The last character of an identity number, from the 17 before it (GB 11643-1999)."""
    return _CHECKS[sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, digits)) % 11]


def _length(en: str, zh: str, length: int) -> Text:
    return Text(f"{en}, this one {length}", f"{zh}，此处为 {length} 位")
