"""Lists for a chat group."""

from __future__ import annotations

import datetime as dt

import pytest

from scheduler.domain.profile import Profile
from scheduler.io.chat.listing import By, Chosen, listing
from scheduler.text import Language
from tests.io.html.pages import PEOPLE, record


def told(
    by: By,
    language: Language = Language.ZH,
    profile: Profile = Profile.VOLUNTEER,
    chosen: Chosen | None = None,
    **more: object,
) -> str:
    made = record(**more)  # type: ignore[arg-type]
    return "\n----\n".join(listing(made.plan.problem, made.roster, by, language, profile, chosen))


def test_a_day_lists_its_posts_and_shifts() -> None:
    assert told(By.DAY, chosen=Chosen(days=(dt.date(2024, 3, 4),))) == (
        "【Small world】值班安排\n"
        "■ 3月4日 周一\n"
        "· 东门岗\n"
        "上午班 08:00–12:00：林安然\n"
        "晚班 18:00–22:00：王博文\n"
        "· 大厅\n"
        "上午班 08:00–12:00：缺1人\n"
        "晚班 18:00–22:00：缺1人"
    )


def test_a_post_lists_its_days_in_english_too() -> None:
    text = told(By.POST, Language.EN, chosen=Chosen(posts=("hall",)))
    assert text.splitlines()[:3] == [
        "[Small world] Duty roster",
        "■ Hall",
        "Mon 4 Mar Morning 08:00–12:00: 1 missing",
    ]
    assert "Tue 5 Mar Evening 18:00–22:00: Lin An" in text


@pytest.mark.parametrize(
    ("profile", "charge"),
    [(Profile.PUBLIC, None), (Profile.VOLUNTEER, "负责人：赵站长 137****1111")],
)
def test_the_leader_of_a_post_is_told_as_the_profile_allows(profile: Profile, charge: str | None) -> None:
    text = told(By.POST, profile=profile)
    assert ("负责人" in text) == (charge is not None)
    assert charge is None or charge in text
    assert "13700001111" not in text


def test_a_branch_lists_only_its_own_people() -> None:
    text = told(By.BRANCH, chosen=Chosen(organisations=("second",)))
    assert text.splitlines()[1:] == [
        "■ 第二支部",
        "3月4日 周一 晚班 18:00–22:00 东门岗：王博文",
        "3月5日 周二 晚班 18:00–22:00 东门岗：王博文",
    ]


def test_people_without_an_organisation_are_listed_too() -> None:
    people = ({"id": "anna", "name": "林安然"},)
    assert "■ 未注明组织" in told(By.BRANCH, people=people, served={"anna": "0 morning"})


def test_the_public_reads_family_names() -> None:
    text = told(By.DAY, profile=Profile.PUBLIC)
    assert "林*" in text
    assert "林安然" not in text


def test_where_nobody_is_named_heads_are_told() -> None:
    text = told(By.DAY, publish={"show": {"volunteer": {"partners": False}}})
    assert "上午班 08:00–12:00：1人" in text
    assert "林安然" not in text


@pytest.mark.parametrize(("second", "said"), [("林安然", "林安然（第一支部）"), ("林安", "林安然")])
def test_people_of_the_same_name_are_told_apart_by_their_organisation(second: str, said: str) -> None:
    people = (PEOPLE[0], {**PEOPLE[1], "name": {"en": "Other", "zh": second}}, PEOPLE[2])
    lines = told(By.DAY, people=people).splitlines()
    assert lines[3] == f"上午班 08:00–12:00：{said}"


def test_nothing_to_tell_is_no_message() -> None:
    assert told(By.BRANCH, served={}) == ""
