from __future__ import annotations

from typing import Any

import pytest

from scheduler.domain.instance import Instance
from scheduler.rules.teamwork.together import Together
from scheduler.score import violations
from tests.builders import day, roster, world

HOME: dict[str, Any] = {"teams": ["home"]}


def home(*people: dict[str, Any], **more: Any) -> Instance:
    three = [{"id": name} | HOME for name in ("anna", "bo", "cleo")]
    by_id = {one["id"]: one | HOME for one in people}
    members = [by_id.get(one["id"], one) for one in three]
    teams = [{"id": "home", "name": {"en": "the Zhangs", "zh": "张家"}}, {"id": "firm", "kind": "company"}]
    return world([*members, {"id": "dan", "teams": ["firm"]}], teams=teams, posts=["gate", "tent"], **more)


def missing(instance: Instance, rule: Together, **served: str) -> int:
    return sum(found.amount for found in violations(roster(instance, **served), [rule]))


@pytest.mark.parametrize(
    ("bo", "shift", "time", "on_day"),
    [
        ("0 noon", 1, 1, 1),  # only cleo is missing
        ("0 noon@tent", 4, 1, 1),  # two crews with one of three each
        ("0 morning", 4, 4, 1),
        ("6 noon", 4, 4, 4),  # the last day
        ("", 2, 2, 2),
    ],
)
def test_members_missing_from_the_shift_the_time_or_the_day(
    bo: str, shift: int, time: int, on_day: int
) -> None:
    counts = [missing(home(), Together(same=same), anna="0 noon", bo=bo) for same in ("shift", "time", "day")]
    assert counts == [shift, time, on_day]


def test_all_or_none_is_fine_and_strangers_do_not_matter() -> None:
    assert not missing(home(), Together(), anna="0 noon", bo="0 noon", cleo="0 noon", dan="1 noon")
    assert not missing(home(), Together(), dan="1 noon")


@pytest.mark.parametrize(("least", "amounts"), [(2, [0, 1, 0, 0]), (3, [0, 2, 1, 0]), (4, [0, 2, 1, 0])])
def test_least_is_content_with_some(least: int, amounts: list[int]) -> None:
    crews = [(), ("anna",), ("anna", "bo"), ("anna", "bo", "cleo")]
    found = [missing(home(), Together(least=least), **dict.fromkeys(crew, "0 noon")) for crew in crews]
    assert found == amounts


@pytest.mark.parametrize(
    ("bo", "shift", "time", "on_day"),
    [
        ({"availability": {"only": [{"dates": [day(0)]}]}}, 2, 2, 2),
        ({"availability": {"only": [{"dates": [day(1)]}]}}, 1, 1, 1),
        ({"availability": {"only": [{"hours": ["08:00-12:00"]}]}}, 1, 1, 2),  # that day, not that time
        ({"availability": {"unavailable": [{"hours": ["15:59-16:00"]}]}}, 1, 1, 2),
        ({"availability": {}}, 1, 1, 1),
        ({"joined": day(0)}, 2, 2, 2),
        ({"joined": day(1)}, 1, 1, 1),
    ],
)
def test_who_cannot_serve_there_is_missed_only_if_strict(
    bo: dict[str, Any], shift: int, time: int, on_day: int
) -> None:
    instance = home({"id": "bo"} | bo)
    for same, amount in (("shift", shift), ("time", time), ("day", on_day)):
        assert missing(instance, Together(same=same), anna="0 noon") == amount
        assert missing(instance, Together(same=same, strict=True), anna="0 noon") == 2


@pytest.mark.parametrize(("until", "amount"), [(1, 2), (0, 1)])
def test_skills_of_the_post_count_up_to_their_last_day(until: int, amount: int) -> None:
    skill = [{"skill": "medical", "until": day(until)}]
    people = [{"id": name, "skills": skill} | HOME for name in ("anna", "bo")]
    people += [{"id": "cleo", "skills": [{"skill": "medical"}]} | HOME]
    posts = [{"id": "gate", "skills": ["medical"]}]
    instance = world(people, teams=[{"id": "home"}], skills=[{"id": "medical"}], posts=posts)
    # cleo on day 1: anna and bo are missed if their skill lasts, else cleo is alone and nobody is
    assert missing(instance, Together(), cleo="1 noon") == (amount if until else 0)
    assert missing(instance, Together(), cleo="0 noon") == 2


def test_who_serves_without_being_able_is_not_counted() -> None:
    instance = home({"id": "bo", "availability": {}})
    assert not missing(instance, Together(), bo="0 noon")
    assert missing(instance, Together(), bo="0 noon", anna="0 noon") == 1  # cleo
    assert missing(instance, Together(strict=True), bo="0 noon", anna="0 noon") == 1


def test_laid_on_a_kind_on_teams_or_on_people() -> None:
    instance = home()
    assert [group.id for group in Together().bodies(instance)] == ["home"]
    assert not Together(kind="company").bodies(instance)  # a team of one is nobody's company
    assert [group.members.tolist() for group in Together(teams=("home",)).bodies(instance)] == [[0, 1, 2]]
    assert missing(instance, Together(members=("dan", "anna", "anna")), anna="0 noon") == 1
    assert missing(instance, Together(volunteers=("anna", "bo")), anna="0 noon") == 1
    assert not missing(instance, Together(posts=("tent",)), anna="0 noon")


def test_the_sentence_names_who_is_missing() -> None:
    served = roster(home(), anna="0 noon", dan="0 noon")
    (found,) = violations(served, [Together()])
    assert found.text.en == ("the Zhangs, gate, 2024-03-04 noon 12:00–16:00: 1 of 3 serve, without bo, cleo")
    assert found.text.zh == "张家，gate 3月4日noon 12:00–16:00：应到3人，实到1人，未到：bo、cleo"
    assert found.volunteers == ("anna", "bo", "cleo")
    (found,) = violations(served, [Together(same="time")])
    assert "Mon 4 Mar 2024 12:00–16:00:" in found.text.en
    (found,) = violations(served, [Together(same="day", least=2, members=("anna", "bo"))])
    assert found.text.en == "the people listed, Mon 4 Mar 2024: 1 of 2 serve, without bo"
