import datetime as dt
from typing import Any

import pytest

from scheduler.domain.instance import Instance
from scheduler.publish import wording
from tests.builders import problem, world

PLACES = (
    {"id": "east", "name": {"en": "Dongcheng", "zh": "东城区"}, "kind": "district"},
    {"id": "lane", "name": {"en": "Heyan", "zh": "河沿社区"}, "within": "east"},
)


def one(people: tuple[Any, ...] = (), **post: Any) -> Instance:
    return world(people, days=1, heads=2, places=PLACES, posts=[{"id": "gate", "place": "lane"} | post])


def names(count: int) -> tuple[dict[str, Any], ...]:
    return tuple({"id": f"v{n}", "name": f"{{名}}{n}"} for n in range(count))


@pytest.mark.parametrize(
    ("post", "zh", "en"),
    [
        ({"name": "西口"}, "西口（东城区河沿社区）", "西口, Heyan, Dongcheng"),
        (
            {"name": "西口", "address": "河沿12号"},
            "西口（河沿12号，东城区河沿社区）",
            "西口, 河沿12号, Heyan, Dongcheng",
        ),
        (
            {"name": "西口", "address": "东城区河沿社区12号"},
            "西口（东城区河沿社区12号）",
            "西口, 东城区河沿社区12号, Heyan, Dongcheng",
        ),
        ({"name": "东城区河沿社区"}, "东城区河沿社区", "东城区河沿社区, Heyan, Dongcheng"),
    ],
)
def test_a_location_is_one_line_that_says_nothing_twice(post: dict[str, Any], zh: str, en: str) -> None:
    instance = one(**post)
    found = wording.location(instance, instance.posts["gate"])
    assert (found.zh, found.en) == (zh, en)


@pytest.mark.parametrize(
    ("count", "zh", "en"),
    [
        (0, "缺2人", "2 missing"),
        (1, "{名}0,缺1人", "{名}0, 1 missing"),
        (2, "{名}0、{名}1", "{名}0, {名}1"),
        (4, "{名}0、{名}1、{名}2、{名}3", "{名}0, {名}1, {名}2, {名}3"),
        (5, "{名}0、{名}1、{名}2、{名}3等5人", "{名}0, {名}1, {名}2, {名}3 and 1 more"),
    ],
)
def test_a_crew_title_names_up_to_four_and_what_is_missing(count: int, zh: str, en: str) -> None:
    instance = one(names(count))
    title = wording.crew_title(instance.shifts[0], instance.volunteers)
    assert (title.zh, title.en) == (f"gate(morning):{zh}", f"gate (morning): {en}")


def test_a_shift_that_needs_nobody_and_has_nobody_is_just_named() -> None:
    instance = problem(
        posts=[{"id": "gate", "demand": [{"shifts": ["noon"], "least": 0, "most": 1}]}]
    ).instance()
    assert wording.crew_title(instance.shifts[0], ()).zh == "gate(noon)"


def test_a_description_says_who_what_and_who_is_in_charge() -> None:
    instance = one(names(2), tasks="测温、登记", leader="陈主管")
    me = instance.volunteers[0]
    plan = problem(name="计划一").name
    lines = wording.description(instance, plan, instance.shifts[0], (me,), me).zh.splitlines()
    assert lines == ["本班次仅您一人", "尚缺：1人", "任务：测温、登记", "负责人：陈主管", "计划：计划一"]
    others = wording.description(instance, plan, instance.shifts[0], ()).en.splitlines()
    assert others[:2] == ["Crew: nobody yet", "Still missing: 2"]


@pytest.mark.parametrize(
    ("before", "zh"),
    [
        (dt.timedelta(days=2), "2天后"),
        (dt.timedelta(days=1), "明天"),
        (dt.timedelta(hours=23), "23小时后"),
        (dt.timedelta(hours=1), "1小时后"),
        (dt.timedelta(minutes=90), "90分钟后"),
    ],
)
def test_an_alarm_says_how_long_in_the_largest_exact_unit(before: dt.timedelta, zh: str) -> None:
    assert wording.alarm_text(one().shifts[0], before).zh == f"{zh}值班:gate(morning)"


def test_a_short_name_of_an_organisation_is_preferred() -> None:
    people = [{"id": "a", "name": "安", "organisation": "long"}]
    instance = world(people, organisations=[{"id": "long", "name": "九三学社北京市委员会", "short": "九三"}])
    said = wording.description(instance, problem().name, instance.shifts[0], instance.volunteers)
    assert said.zh.splitlines()[0] == "人员：安（九三）"
