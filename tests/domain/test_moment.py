"""Dates and times as people write them."""

from __future__ import annotations

import datetime as dt

import pytest
from pydantic import TypeAdapter, ValidationError
from pydantic_core import PydanticCustomError

from scheduler.domain.moment import Clock, as_clock, as_day, as_moment


@pytest.mark.parametrize("written", ["2020-03-01", "2020/3/1", " 2020-3-01 ", dt.date(2020, 3, 1)])
def test_a_date_is_year_month_day(written: object) -> None:
    assert as_day(written) == dt.date(2020, 3, 1)


@pytest.mark.parametrize(
    "written", ["2020-02-30", "2020-13-01", "0000-01-01", "01.03.2020", "", 20200301, 0, None, True, 1.5, []]
)
def test_no_date_is_made_of_anything_else(written: object) -> None:
    with pytest.raises(PydanticCustomError):
        as_day(written)


def test_a_datetime_is_not_a_date() -> None:
    with pytest.raises(PydanticCustomError):
        as_day(dt.datetime(2020, 3, 1))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("written", "hour", "minute"),
    [
        ("20:00", 20, 0),
        ("8:05", 8, 5),
        ("08:05:00", 8, 5),
        ("00:00", 0, 0),
        ("23:59", 23, 59),
        ("20：30", 20, 30),
    ],
)
def test_a_time_is_hours_and_minutes(written: str, hour: int, minute: int) -> None:
    assert as_clock(written) == dt.time(hour, minute)


def test_twenty_four_hours_is_midnight() -> None:
    assert as_clock("24:00") == dt.time(0)


@pytest.mark.parametrize(
    "written", ["24:01", "23:60", "25:00", "20:00:30", "20:00Z", "8", 2000, 8.3, 0, None]
)
def test_no_time_is_made_of_anything_else(written: object) -> None:
    with pytest.raises(PydanticCustomError):
        as_clock(written)


@pytest.mark.parametrize("written", [2000, 8.30])
def test_a_number_for_a_time_says_how_to_write_it(written: object) -> None:
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(Clock).validate_python(written)
    (error,) = caught.value.errors()
    assert error["ctx"]["hint"].en == 'write it like "20:00"'
    assert "数字" in error["ctx"]["zh"]


@pytest.mark.parametrize("written", ["2020-03-01 18:00", "2020-03-01T18:00", "2020-03-01t18:00:00"])
def test_a_moment_is_date_and_time(written: str) -> None:
    assert as_moment(written) == dt.datetime(2020, 3, 1, 18, 0)  # noqa: DTZ001


def test_a_moment_at_twenty_four_hours_is_the_next_day() -> None:
    assert as_moment("2020-02-29 24:00") == dt.datetime(2020, 3, 1)  # noqa: DTZ001


@pytest.mark.parametrize(
    "written",
    [
        "2020-03-01",
        "18:00",
        "2020-03-01 18:00+08:00",
        "2020-03-01T18:00Z",
        "2020-03-01 25:00",
        1583085600,
        None,
    ],
)
def test_no_moment_is_made_of_anything_else(written: object) -> None:
    with pytest.raises(PydanticCustomError):
        as_moment(written)
