"""What people write about their time means one thing, or is refused."""

from __future__ import annotations

import datetime as dt

import pytest

from scheduler.domain.calendar import Horizon
from scheduler.domain.shift import ShiftType
from scheduler.domain.volunteer import Contract
from scheduler.io.phrases.grammar import read_phrase
from scheduler.io.phrases.reading import Reading, Setting, Unclear
from tests.io.phrases.settings import HORIZON, MARCH, PLAIN, windows


def only(text: str, setting: Setting = MARCH) -> Reading:
    reading = read_phrase(text, setting)
    assert isinstance(reading, Reading), reading
    return reading


def unclear(text: str, setting: Setting = MARCH) -> Unclear:
    found = read_phrase(text, setting)
    assert isinstance(found, Unclear), found
    return found


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("工作日", "workday"),
        ("周末全天", "weekend"),
        ("每周末", "weekend"),
        ("周一至周五", "mon-fri"),
        ("周一到五", "mon-fri"),
        ("星期1-5", "mon-fri"),
        ("周六日", "sat sun"),
        ("礼拜六、礼拜天", "sat sun"),
        ("周一、三、五", "mon wed fri"),
        ("周一三五", "mon wed fri"),
        ("每周三", "wed"),
        ("周五至周一", "fri-mon"),
        ("3月5日-8日", "2020-03-05..2020-03-08"),
        ("3月5-8日", "2020-03-05..2020-03-08"),
        ("5日到8日", "2020-03-05..2020-03-08"),
        ("三月五日至三月八日", "2020-03-05..2020-03-08"),
        ("3/5~3/8", "2020-03-05..2020-03-08"),
        ("3.5—3.8", "2020-03-05..2020-03-08"),
        ("2020年3月5日", "2020-03-05"),
        ("2020-3-5", "2020-03-05"),
        ("１５号", "2020-03-15"),
        ("十五日", "2020-03-15"),
        ("15日、16日", "2020-03-15 2020-03-16"),
        ("下旬", "2020-03-21..2020-03-31"),
        ("3月上旬", "2020-03-01..2020-03-10"),
        ("3月10日起", "2020-03-10.."),
        ("至3月10日", "..2020-03-10"),
        ("下旬周末", "2020-03-21..2020-03-31 weekend"),
        ("3月7日（周六）", "2020-03-07"),
        ("休息日", "weekend holiday"),
        ("weekends", "weekend"),
        ("Mon-Fri", "mon-fri"),
        ("Saturday and Sunday", "sat sun"),
        ("March 5-8", "2020-03-05..2020-03-08"),
        ("5-8 March", "2020-03-05..2020-03-08"),
        ("15th of March", "2020-03-15"),
        ("节假日", "holiday"),
        ("from 10 March", "2020-03-10.."),
        ("从3月10日起", "2020-03-10.."),
        ("从周一到周五", "mon-fri"),
        ("all day on weekends", "weekend"),
    ],
)
def test_days(text: str, short: str) -> None:
    assert only(text).only == windows(short)


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("周一至周五晚7点后", "mon-fri 19:00-24:00"),
        ("周一至周五晚五点半以后", "mon-fri 17:30-01:00"),
        ("晚6点以后", "18:00-24:00"),
        ("每天下午2点到6点", "14:00-18:00"),
        ("下午两点半至五点", "14:30-17:00"),
        ("晚7-9点", "19:00-21:00"),
        ("上午9点到下午5点", "09:00-17:00"),
        ("14:00-18:00", "14:00-18:00"),
        ("9:00-17:00", "09:00-17:00"),
        ("周六8:00-12:00", "sat 08:00-12:00"),
        ("早8点到11点", "08:00-11:00"),
        ("上午9点前", "06:30-09:00"),
        ("22:00-次日06:00", "22:00-06:00"),
        ("晚10点到早6点", "22:00-06:00"),
        ("次日1:00-6:30".replace("1:", "01:"), "01:00-06:30"),
        ("周一、周三晚上7点到9点", "mon wed 19:00-21:00"),
        ("weekday evenings after 7pm", "workday 19:00-24:00"),
        ("Mon-Fri after 19:00", "mon-fri 19:00-24:00"),
        ("every day 2-6pm", "14:00-18:00"),
        ("Mon, Wed and Fri 19:00-21:00", "mon wed fri 19:00-21:00"),
        ("Saturdays from 9am to noon", "sat 09:00-12:00"),
    ],
)
def test_hours(text: str, short: str) -> None:
    assert only(text).only == windows(short)


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("上午", "06:30-11:30"),
        ("工作日晚上", "workday 17:30-01:00"),
        ("晚班", "17:30-01:00"),
        ("下午", "11:30-17:30"),
        ("夜班", "01:00-06:30"),
        ("凌晨班", "01:00-06:30"),
        ("周日午班", "sun 11:30-17:30"),
        ("mornings", "06:30-11:30"),
        ("周三上午、下午", "wed 06:30-11:30 11:30-17:30"),
    ],
)
def test_parts_of_the_day_are_the_plans_shifts(text: str, short: str) -> None:
    assert only(text).only == windows(short)


@pytest.mark.parametrize(
    ("text", "short"), [("上午", "06:30-12:00"), ("晚上", "18:00-24:00"), ("夜班", "22:00-06:00")]
)
def test_parts_of_the_day_without_such_shifts(text: str, short: str) -> None:
    assert only(text, PLAIN).only == windows(short)


@pytest.mark.parametrize(
    ("text", "short", "always"),
    [
        ("节假日除外", "holiday", False),
        ("除15日外", "2020-03-15", False),
        ("除15日外都可以", "2020-03-15", True),
        ("15号没空，其余时间都可以", "2020-03-15", True),
        ("周一晚上不行", "mon 17:30-01:00", False),
        ("not on 15 March", "2020-03-15", False),
        ("any time except holidays", "holiday", True),
        ("can't do Mondays", "mon", False),
        ("没空", "mon-sun", False),
        ("周三以外都可以", "wed", True),
        ("不参加", "mon-sun", False),
    ],
)
def test_exclusions(text: str, short: str, always: bool) -> None:
    assert only(text) == Reading(always=always, unavailable=windows(short))


@pytest.mark.parametrize("text", ["随时", "都可以", "时间不限", "any time", "全天", "Always."])
def test_always(text: str) -> None:
    assert only(text) == Reading(always=True)


@pytest.mark.parametrize(
    ("text", "limits"),
    [
        ("每周三次", {"per_week": 3}),
        ("每周三次以内", {"per_week": 3}),
        ("一周最多两班", {"per_week": 2}),
        ("每周1-2次", {"per_week": 2}),
        ("每天一班", {"per_day": 1}),
        ("总共不超过5次", {"per_horizon": 5}),
        ("at most 3 shifts a week", {"per_week": 3}),
        ("twice a week", {"per_week": 2}),
        ("每天最多一班，每周不超过３次", {"per_day": 1, "per_week": 3}),
    ],
)
def test_limits(text: str, limits: dict[str, int]) -> None:
    assert only(text) == Reading(limits=Contract(**limits))


def test_an_exception_in_brackets() -> None:
    assert only("周一至周五上午（除周三）") == Reading(
        only=windows("mon-fri 06:30-11:30"), unavailable=windows("wed")
    )


def test_a_whole_answer() -> None:
    assert only("工作日晚7点后、周末全天，15日除外；每周三次以内") == Reading(
        only=windows("workday 19:00-24:00", "weekend"),
        unavailable=windows("2020-03-15"),
        limits=Contract(per_week=3),
    )


def test_hours_after_enumerated_days_hold_for_all_of_them() -> None:
    assert only("周六、周日下午").only == windows("sat sun 11:30-17:30")
    assert only("周六下午、周日上午").only == windows("sat 11:30-17:30", "sun 06:30-11:30")
    assert only("工作日晚上，周末").only == windows("workday 17:30-01:00", "weekend")


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("周三次", "周"),
        ("最多三次", "最多"),
        ("每周三天", "天"),
        ("每周10小时以内", "小时"),
        ("每月四次", "每月"),
        ("隔天", "隔天"),
        ("本周六", "本周"),
        ("明天下午", "明天"),
        ("月底", "月底"),
        ("2点到6点", "2点"),
        ("8点以后", "8点"),
        ("2:00-6:00", "2:00"),
        ("下午9点", "9点"),
        ("周一，周三晚上", "晚上"),
        ("周一晚上、周三", "周三"),
        ("周末、工作日晚上", "晚上"),
        ("周末上午，晚上", "晚上"),
        ("周六或周日", "或"),
        ("周一凌晨2点到5点", "5点"),
        ("3月10日前", "前"),
        ("3月7日（周日）", "周日"),
        ("30日", "30日"),
        ("2月30日", "2月30日"),
        ("13/5", "13/5"),
        ("8日-5日", "8日"),
        ("4月20日", "4月20日"),
        ("晚上8点到6点", "6点"),
        ("25:00-26:00", "25:00"),
        ("除15日", "15日"),
        ("随时，周末上午", "上午"),
        ("周一没空，周二没空，都没空", "都没空"),
        ("看情况", "看情况"),
        ("尽量周末", "尽量"),
        ("周末，听老王的", "听"),
        ("weekends maybe", "maybe"),
        ("except", "except"),
        ("3月5日晚至3月8日早", "至"),
        ("周五晚上到周日晚上", "到"),
        ("从周一", "周一"),
        ("every day but Sunday", "but"),
        ("下班后", "下班后"),
        ("下旬周末、工作日", "工作日"),
        ("随时，没空", "没空"),
        ("", ""),
        ("，。", "，。"),
    ],
)
def test_what_is_ambiguous_or_unknown_is_refused_with_its_part(text: str, part: str) -> None:
    assert unclear(text).part == part


def test_a_shift_the_plan_does_not_have_means_nothing() -> None:
    three = Setting(MARCH.horizon, MARCH.shift_types[2:])
    assert unclear("早班", three).part == "早"


def test_a_day_that_two_months_of_the_plan_have_needs_its_month() -> None:
    long = Setting(Horizon(first=dt.date(2020, 3, 2), last=dt.date(2020, 4, 29)))
    assert unclear("15日", long).part == "15日"
    assert only("4月15日", long).only == windows("2020-04-15")


def test_a_date_without_a_year_is_the_one_nearest_to_the_plan() -> None:
    turn = Setting(Horizon(first=dt.date(2020, 12, 28), last=dt.date(2021, 1, 10)))
    assert only("1月3日", turn).only == windows("2021-01-03")
    assert only("12月30日-1月2日", turn).only == windows("2020-12-30..2021-01-02")


CLOCKS = Setting(
    HORIZON,
    tuple(
        ShiftType.model_validate({"id": id_, "name": name, "start": start, "end": end})
        for id_, name, start, end in (
            ("8", "08:00班", "08:00", "12:30"),
            ("2", "14:00", "14:00", "18:30"),
            ("late", "晚8点班", "20:00", "23:30"),
        )
    ),
)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("周一08:00-12:00", "mon 08:00-12:00"),
        ("周一08:00班", "mon 08:00-12:30"),
        ("周一08:00", "mon 08:00-12:30"),
        ("周一 08：00班", "mon 08:00-12:30"),
        ("周一14:00", "mon 14:00-18:30"),
        ("周一14:00班", "mon 14:00-18:30"),
        ("周一08:00、14:00", "mon 08:00-12:30 14:00-18:30"),
        ("周一08:00至14:00", "mon 08:00-14:00"),
        ("周一从10:00到14:00", "mon 10:00-14:00"),
        ("周一14:00-16:00", "mon 14:00-16:00"),
        ("周一12:00 - 14:00", "mon 12:00-14:00"),
        ("周一08:00后", "mon 08:00-24:00"),
        ("周一晚8点班", "mon 20:00-23:30"),
        ("周一晚8点到10点", "mon 20:00-22:00"),
        ("mon after 14:00", "mon 14:00-24:00"),
    ],
)
def test_shift_types_named_by_a_time_do_not_hide_times(text: str, meant: str) -> None:
    reading = read_phrase(text, CLOCKS)
    assert isinstance(reading, Reading)
    assert reading.only == windows(meant)


@pytest.mark.parametrize("text", ["随时，每周2次", "随时，每周8次"])
def test_an_id_that_is_a_number_does_not_hide_numbers(text: str) -> None:
    reading = read_phrase(text, CLOCKS)
    assert isinstance(reading, Reading)
    assert str(reading.limits.per_week) in text
