"""The parts of an import: numbers, dates, hours, and who somebody is."""

from __future__ import annotations

import datetime as dt

import pytest

from scheduler.domain.organisation import Organisation
from scheduler.domain.shift import ShiftType
from scheduler.domain.volunteer import Volunteer
from scheduler.io.intake.dates import read_date, read_month
from scheduler.io.intake.hours import read_hours
from scheduler.io.intake.numbers import check_digit, read_id_number, read_phone
from scheduler.io.intake.roll import Answer, Roll, Sought, tidy_name
from scheduler.text import Text

TYPES = (
    ShiftType(id="am", name="上午班", start="08:00", end="12:00"),
    ShiftType(id="night", name="夜班", start="22:00", end="06:00"),
)


@pytest.mark.parametrize(
    ("text", "phone"),
    [
        ("138 0000 0001", "13800000001"),
        ("１３８００００００００１", None),
        ("1２800000001", None),
        ("+86-13800000001", "13800000001"),
        ("010-67112233", "01067112233"),
        ("67112233", "67112233"),
        ("+44 20 7946 0958", "+442079460958"),
        ("1380000000", None),
        ("138000000012", None),
        ("13800000001 13800000002", None),
        ("没有", None),
    ],
)
def test_phones_are_mended_or_refused(text: str, phone: str | None) -> None:
    read = read_phone(text)
    assert isinstance(read, Text) if phone is None else read == phone


def test_a_shift_type_may_be_named_without_its_last_sign() -> None:
    assert read_hours("上午、夜", TYPES) == ["am", "night"]


@pytest.mark.parametrize("text", ["13800000001 13800000002", "13800000001/010-67112233"])
def test_two_phones_in_a_cell_are_called_so(text: str) -> None:
    read = read_phone(text)
    assert isinstance(read, Text)
    assert read.zh == "该单元格有两个号码"


def test_the_check_digit_is_that_of_the_standard() -> None:
    # GB 11643-1999, the two examples of its annex
    assert check_digit("11010519491231002") == "X"
    assert check_digit("44052418800101001") == "4"


def test_an_identity_number_tells_the_day_of_birth() -> None:
    assert read_id_number("11010519491231002x") == ("11010519491231002X", dt.date(1949, 12, 31))


@pytest.mark.parametrize("digit", "0123456789")
def test_every_single_wrong_digit_is_noticed(digit: str) -> None:
    right = "440524188001010014"
    for place in range(18):
        wrong = right[:place] + digit + right[place + 1 :]
        assert wrong == right or isinstance(read_id_number(wrong), Text)


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2020.3.5", "2020-03-05"),
        ("2020年3月5日", "2020-03-05"),
        ("２０２０／３／５", "2020-03-05"),
        ("20200305", "2020-03-05"),
        ("2020-03-05 00:00:00", "2020-03-05"),
        ("43895", "2020-03-05"),
        ("3月5日", "2020-03-05"),
        ("12月30日", "2019-12-30"),
        ("2020-02-30", None),
        ("2月30日", None),
        ("去年", None),
        ("5", None),
    ],
)
def test_dates_are_read_in_many_forms(text: str, date: str | None) -> None:
    read = read_date(text, around=dt.date(2020, 3, 1))
    assert isinstance(read, Text) if date is None else str(read) == date


def test_a_date_without_a_year_needs_a_day_near_it() -> None:
    assert isinstance(read_date("3月5日"), Text)
    assert read_month("1960年5月") == dt.date(1960, 5, 1)
    assert read_month("1960.5.2") == dt.date(1960, 5, 2)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("上午班、夜班", ["am", "night"]),
        ("8:00-12:00", ["am"]),
        ("８：００～１２：００", ["am"]),
        ("22点至次日6点", ["night"]),
        ("8:00-12:00，14:00—18:00", ["am", (dt.time(14), dt.time(18))]),
        ("每天8:00-16:00分2班", ["am", (dt.time(12), dt.time(16))]),
        ("20:00-8:00分三班", [(dt.time(20), dt.time(0)), (dt.time(0), dt.time(4)), (dt.time(4), dt.time(8))]),
        ("8:00-12:00分七班", None),
        ("8:00-25:00", None),
        ("24小时", None),
        ("半天", None),
        ("", None),
    ],
)
def test_hours_are_shift_types_or_spans(text: str, found: list[object] | None) -> None:
    read = read_hours(text, TYPES)
    assert isinstance(read, Text) if found is None else read == found


@pytest.mark.parametrize(
    ("text", "name"),
    [("王　芳", "王芳"), ("John  Li", "John Li"), ("阿依·古丽", "阿依·古丽"), ("李 Ann", "李 Ann")],
)
def test_names_lose_inner_blanks_only_between_chinese_signs(text: str, name: str) -> None:
    assert tidy_name(text) == name


def roll() -> Roll:
    organisations = [
        Organisation(id="party"),
        Organisation(id="first", within="party"),
        Organisation(id="second"),
    ]
    people = [
        Volunteer(id="a", name="王芳", organisation="first", phone="13800001234"),
        Volunteer(id="b", name="王芳", organisation="first"),
        Volunteer(id="c", name="王芳", organisation="second", phone="13800005678"),
    ]
    return Roll(people, organisations)


@pytest.mark.parametrize(
    ("sought", "answer", "ids"),
    [
        (Sought("王芳", "first", "13800001234"), Answer.FOUND, "a"),
        (Sought("王 芳", "party", "99991234"), Answer.FOUND, "a"),
        (Sought("王芳", "first", "13800009999"), Answer.FOUND, "b"),
        (Sought("王芳", "first"), Answer.SEVERAL, "ab"),
        (Sought("王芳", "second", "13800009999"), Answer.OTHER_PHONE, "c"),
        (Sought("王芳", "second"), Answer.FOUND, "c"),
        (Sought("王芳", phone="13800005678"), Answer.FOUND, "c"),
        (Sought("王芳"), Answer.SEVERAL, "abc"),
        (Sought("赵六", "first"), Answer.UNKNOWN, ""),
        (Sought("谁", id="b"), Answer.FOUND, "b"),
    ],
)
def test_somebody_is_found_by_what_is_known(sought: Sought, answer: Answer, ids: str) -> None:
    found = roll().find(sought)
    assert (found.answer, "".join(one.id for one in found.volunteers)) == (answer, ids)
