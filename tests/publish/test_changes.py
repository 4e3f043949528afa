import datetime as dt
from typing import Any

import pytest

from scheduler.publish.changes import (
    Change,
    Duty,
    Kind,
    beginning,
    between,
    change,
    duties_of_pages,
    duties_of_roster,
    first_sentence,
    sentences,
)
from scheduler.publish.edition import pages
from scheduler.publish.event import Status
from scheduler.text import Text, same
from tests.builders import problem, roster

NOW = dt.datetime(2024, 3, 1, tzinfo=dt.UTC)


def duty(
    hour: int = 18, day: int = 5, place: str = "西口", status: Status = Status.CONFIRMED, words: str = ""
) -> Duty:
    start = dt.datetime(2024, 3, day, hour, tzinfo=dt.UTC)
    return Duty(start, start + dt.timedelta(hours=4), same(place), same(f"{place}（城）"), status, words)


@pytest.mark.parametrize(
    ("before", "after", "zh", "en"),
    [
        (None, duty(), "新增 3月5日 周二 18:00–22:00 西口", "new Tue 5 Mar 18:00–22:00, 西口"),
        (duty(), None, "取消 3月5日 周二 18:00–22:00 西口", "cancelled Tue 5 Mar 18:00–22:00, 西口"),
        (
            duty(),
            duty(19),
            "改时间 3月5日 周二 18:00–22:00 → 19:00–23:00 西口",
            "new time Tue 5 Mar 18:00–22:00 → 19:00–23:00, 西口",
        ),
        (
            duty(),
            duty(day=6),
            "改时间 3月5日 周二 18:00–22:00 → 3月6日 周三 18:00–22:00 西口",
            "new time Tue 5 Mar 18:00–22:00 → Wed 6 Mar 18:00–22:00, 西口",
        ),
        (
            duty(),
            duty(place="东口"),
            "改地点 3月5日 周二 18:00–22:00：西口（城） → 东口（城）",
            "new place Tue 5 Mar 18:00–22:00: 西口（城） → 东口（城）",
        ),
        (
            duty(status=Status.TENTATIVE),
            duty(),
            "确认 3月5日 周二 18:00–22:00 西口",
            "confirmed Tue 5 Mar 18:00–22:00, 西口",
        ),
        (
            duty(),
            duty(words="x"),
            "说明有更新 3月5日 周二 18:00–22:00 西口",
            "details changed Tue 5 Mar 18:00–22:00, 西口",
        ),
    ],
)
def test_a_change_is_said_in_a_sentence(before: Duty | None, after: Duty | None, zh: str, en: str) -> None:
    made = change("anna", before, after)
    assert made is not None
    assert made.sentence == Text(en=en, zh=zh)


@pytest.mark.parametrize(("before", "after"), [(None, None), (duty(), duty())])
def test_the_same_is_no_change(before: Duty | None, after: Duty | None) -> None:
    assert change("anna", before, after) is None


@pytest.mark.parametrize(("count", "end"), [(6, "西口"), (7, "；另有1处")])
def test_a_sentence_names_up_to_six_changes(count: int, end: str) -> None:
    made = [Change(Kind.ADDED, "anna", None, duty(day=n + 1)) for n in range(count)]
    ((who, sentence),) = sentences(reversed(made), {"anna": same("林安")})
    assert who == "anna"
    assert sentence.zh.startswith("林安：新增 3月1日 周五 18:00–22:00 西口；新增 3月2日")
    assert sentence.zh.endswith(end)


@pytest.mark.parametrize(
    ("duties", "en"),
    [
        (1, "1 duty, the first on Tue 5 Mar 18:00–22:00, 西口"),
        (2, "2 duties, the first on Tue 5 Mar 18:00–22:00, 西口"),
    ],
)
def test_a_newcomer_reads_how_many_duties_and_the_first(duties: int, en: str) -> None:
    assert first_sentence(same("林安"), duties, duty()).en == f"林安: new calendar, {en}"
    assert first_sentence(same("林安"), 0, None).zh == "林安：新日历，暂无值班"


def compared(old: dict[str, str], new: dict[str, str], **more: Any) -> list[tuple[str, str]]:
    before, after = problem(), problem(**more)
    made = between(
        duties_of_pages(pages(before, roster(before.instance(), **old), NOW)),
        duties_of_pages(pages(after, roster(after.instance(), **new), NOW)),
        beginning(after),
    )
    return [(one.kind.sign, one.volunteer) for one in made]


def test_two_rosters_are_compared_by_person_and_shift() -> None:
    old = {"anna": "0 morning, 1 noon", "bo": "2 noon"}
    assert compared(old, old) == []
    assert compared(old, {"anna": "0 morning", "bo": "2 noon, 1 noon"}) == [("-", "anna"), ("+", "bo")]
    assert compared(old, old, posts=[{"id": "gate", "name": "North"}]) == [
        ("~", "anna"),
        ("~", "anna"),
        ("~", "bo"),
    ]


@pytest.mark.parametrize(("first", "signs"), [(5, "-"), (6, "")])
def test_a_plan_that_begins_later_leaves_the_days_before_as_they_are(first: int, signs: str) -> None:
    horizon = {"first": f"2024-03-{first:02}", "last": "2024-03-12"}
    made = compared({"anna": "1 morning"}, {"bo": "3 noon"}, horizon=horizon)
    assert "".join(sign for sign, who in made if who == "anna") == signs
    assert ("+", "bo") in made


def test_a_new_partner_is_a_change_of_details() -> None:
    assert compared({"anna": "0 morning"}, {"anna": "0 morning", "bo": "0 morning"}) == [
        ("~", "anna"),
        ("+", "bo"),
    ]


def test_rosters_are_compared_without_what_their_events_say() -> None:
    plan = problem()
    alone, together = (
        roster(plan.instance(), **served)
        for served in ({"anna": "0 morning"}, {"anna": "0 morning", "bo": "0 morning"})
    )
    found = between(duties_of_roster(alone), duties_of_roster(together), beginning(plan))
    assert [(one.kind, one.volunteer) for one in found] == [(Kind.ADDED, "bo")]
