"""What ticks, times and remarks of a sign-in line mean."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from scheduler.io.attendance_marks import Mark, read_clock, read_mark


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("08:05", (8, 5)),
        ("8：05", (8, 5)),
        ("08:05:30", (8, 5)),
        ("2020-02-15 08:05", (8, 5)),
        ("8点5分", (8, 5)),
        ("8点半", (8, 30)),
        ("下午2点", (14, 0)),
        ("晚上10点", (22, 0)),
        ("2:30 pm", (14, 30)),
        ("0805", (8, 5)),
        ("8.30", (8, 30)),
        ("0.336805556", (8, 5)),
        ("24:00", (0, 0)),
        ("24:01", None),
        ("8:60", None),
        ("8.5", None),
        ("8", None),
        ("abc", None),
    ],
)
def test_times_as_people_write_them(text: str, expected: tuple[int, int] | None) -> None:
    assert read_clock(text) == (None if expected is None else dt.time(*expected))


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({}, Mark()),
        ({"note": "带了口罩"}, Mark()),
        ({"arrived": "√"}, Mark(came=True)),
        ({"arrived": "已到"}, Mark(came=True)),
        ({"arrived": "×"}, Mark(came=False)),
        ({"arrived": "缺勤"}, Mark(came=False)),
        ({"arrived": "8:05", "left": "12:00"}, Mark(came=True, arrived=dt.time(8, 5), left=dt.time(12))),
        ({"arrived": "张 三"}, Mark(came=True)),
        ({"signature": "（潦草）"}, Mark(came=True)),
        ({"signature": "无"}, Mark(came=False)),
        ({"presence": "出勤"}, Mark(came=True)),
        ({"presence": "迟到"}, Mark(came=True, late=True)),
        ({"presence": "absent"}, Mark(came=False)),
        ({"minutes": "200"}, Mark(came=True, minutes=200)),
        ({"minutes": "0"}, Mark(came=False)),
        ({"note": "迟到15分钟"}, Mark(came=True, late=True, missed=15)),
        ({"note": "迟到半小时"}, Mark(came=True, late=True, missed=30)),
        ({"note": "迟到1个半小时"}, Mark(came=True, late=True, missed=90)),
        ({"note": "15 min late"}, Mark(came=True, late=True, missed=15)),
        ({"note": "没有迟到"}, Mark()),
        ({"note": "早退20分钟"}, Mark(came=True, early=20)),
        ({"note": "请假"}, Mark(came=False)),
        ({"note": "临时参加", "arrived": "√"}, Mark(came=True, walk_in=True)),
        ({"note": "替 李四"}, Mark(instead_of="李四")),
        ({"note": "替班：李四"}, Mark(instead_of="李四")),
        ({"note": "张三替李四"}, Mark(instead_of="李四")),
        ({"note": "由李四替班"}, Mark(by="李四")),
        ({"note": "请假，李四代"}, Mark(came=False, by="李四", sure=False)),
        ({"note": "代李四"}, Mark(instead_of="李四", sure=False)),
        ({"note": "instead of Li Si"}, Mark(instead_of="Li Si")),
        ({"note": "replaced by Li Si"}, Mark(by="Li Si")),
        ({"note": "王五替李四"}, Mark()),
    ],
)
def test_a_line_says_how_a_duty_was_kept(cells: dict[str, str], expected: Mark) -> None:
    assert read_mark(cells, "张三") == expected


@pytest.mark.parametrize(
    ("cells", "where"),
    [
        ({"arrived": "abc"}, "arrived"),
        ({"arrived": "王五"}, "arrived"),
        ({"presence": "8点"}, "presence"),
        ({"minutes": "很多"}, "minutes"),
        ({"note": "替班"}, "note"),
        ({"arrived": "√", "note": "缺勤"}, "note"),
        ({"arrived": "×", "left": "12:00"}, "arrived"),
    ],
)
def test_what_is_not_clear_is_said_with_its_cell(cells: dict[str, str], where: str) -> None:
    wrong: Any = read_mark(cells, "张三")
    assert wrong[0] == where
