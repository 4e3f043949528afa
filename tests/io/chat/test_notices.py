"""Notices of changes and calls for people."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from scheduler.domain.profile import Profile
from scheduler.io.chat.listing import Chosen
from scheduler.io.chat.notices import call_out, change_notice
from scheduler.text import Language
from tests.io.html.pages import SERVED, record

ZONE = ZoneInfo("Asia/Shanghai")


def test_a_change_names_those_concerned_and_says_what_is_new_for_each() -> None:
    before, after = (
        record(),
        record(served={**SERVED, "anna": "0 morning, 1 evening@hall", "cai": "1 morning"}),
    )
    assert change_notice(after.plan.problem, before.roster, after.roster, Language.ZH) == [
        (
            "【Small world】排班变更通知\n"
            "共2人、3处变更\n"
            "请以下人员留意：@林安然 @蔡青\n\n"
            "林安然\n"
            "取消 3月5日 周二 08:00–12:00 东门岗\n\n"
            "蔡青\n"
            "新增 3月5日 周二 08:00–12:00 东门岗\n"
            "取消 3月6日 周三 08:00–12:00 大厅"
        )
    ]


def test_a_new_time_of_a_shift_is_a_change_of_who_serves_on_it() -> None:
    later = [
        {"id": "morning", "start": "09:00", "end": "12:00"},
        {"id": "evening", "start": "18:00", "end": "22:00"},
    ]
    before, after = record(), record(shift_types=later)
    text = change_notice(after.plan.problem, before.roster, after.roster, Language.EN)[0]
    assert "Please note: @Lin An @Cai Qing" in text
    assert "new time Mon 4 Mar 08:00–12:00 → 09:00–12:00, East gate" in text


def test_an_unchanged_roster_has_no_notice() -> None:
    made = record()
    assert change_notice(made.plan.problem, made.roster, record().roster, Language.ZH) == []


@pytest.mark.parametrize(("first", "told"), [(5, True), (6, False)])
def test_days_before_the_plan_begins_are_no_changes(first: int, told: bool) -> None:
    before = record(served={"anna": "1 morning"})
    horizon = {"first": f"2024-03-{first:02}", "last": "2024-03-10"}
    after = record(served={}, horizon=horizon)
    notice = change_notice(after.plan.problem, before.roster, after.roster, Language.ZH)
    assert bool(notice) is told


def test_the_public_is_told_of_changes_by_family_name() -> None:
    before, after = record(), record(served={})
    text = "".join(
        change_notice(after.plan.problem, before.roster, after.roster, Language.ZH, Profile.PUBLIC)
    )
    assert "@林*" in text
    assert "林安然" not in text


def called(now: dt.datetime, contact: str = "", profile: Profile = Profile.VOLUNTEER) -> list[str]:
    made = record()
    return call_out(made.plan.problem, made.roster, now, Language.ZH, profile, Chosen(), contact=contact)


def test_a_call_lists_the_open_shifts_by_day_with_whom_to_contact() -> None:
    assert called(dt.datetime(2024, 3, 5, 18, 0, tzinfo=ZONE)) == [
        (
            "【Small world】招募值班人员：3个班次，缺3人\n"
            "■ 3月6日 周三\n"
            "缺1人：上午班 08:00–12:00 东门岗（联系赵站长 137****1111）\n"
            "缺1人：晚班 18:00–22:00 东门岗（联系赵站长 137****1111）\n"
            "缺1人：晚班 18:00–22:00 大厅\n\n"
            "能参加的请在群内接龙或回复。"
        )
    ]


@pytest.mark.parametrize(("clock", "shifts"), [((7, 59), 4), ((8, 0), 3)])
def test_shifts_that_have_begun_are_not_called_for(clock: tuple[int, int], shifts: int) -> None:
    now = dt.datetime(2024, 3, 5, *clock, tzinfo=ZONE)
    assert f"{shifts}个班次" in called(now)[0]


def test_a_contact_and_a_profile_replace_the_leader() -> None:
    text = called(dt.datetime(2024, 3, 6, 1, 0, tzinfo=ZONE), "办公室", Profile.PUBLIC)[0]
    assert text.endswith("能参加的请联系办公室。")
    assert "赵站长" not in text


def test_after_the_last_shift_has_begun_there_is_no_call() -> None:
    assert called(dt.datetime(2024, 3, 6, 18, 0, tzinfo=ZONE)) == []


@pytest.mark.parametrize(
    ("skilled", "said"), [("anna", None), ("cai", "缺1人（医务）：上午班 08:00–12:00 东门岗")]
)
def test_a_skill_that_nobody_of_the_crew_has_is_called_for(skilled: str, said: str | None) -> None:
    people = tuple({"id": one, "skills": ["medical"] if one == skilled else []} for one in ("anna", "cai"))
    demand = [{"shifts": ["morning"], "least": 1, "skills": [{"skill": "medical"}]}]
    posts = ({"id": "gate", "name": "东门岗", "demand": demand},)
    skills = [{"id": "medical", "name": {"en": "medical", "zh": "医务"}}]
    made = record(
        people=people, served={"anna": "0 morning"}, posts=posts, skills=skills, days=1, organisations=[]
    )
    now = dt.datetime(2024, 3, 4, 7, 0, tzinfo=ZONE)
    text = call_out(made.plan.problem, made.roster, now, Language.ZH)
    assert text == [] if said is None else said in text[0]
