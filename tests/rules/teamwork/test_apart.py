from __future__ import annotations

from typing import Any

import pytest

from scheduler.rules.teamwork.apart import Apart
from scheduler.score import violations
from tests.builders import roster, world
from tests.rules.teamwork.cases import TYPES

PEOPLE = ("anna", "bo", "cleo")


def amounts(people: tuple[str, ...] = PEOPLE, **served: str) -> list[int]:
    instance = world(PEOPLE, days=3, posts=["gate", "tent"], shift_types=TYPES)
    made = roster(instance, **served)
    return [
        sum(found.amount for found in violations(made, [Apart(members=people, same=same)]))
        for same in ("shift", "time", "day")
    ]


@pytest.mark.parametrize(
    ("bo", "found"),
    [
        ("0 early", [1, 1, 1]),
        ("0 early@tent", [0, 1, 1]),
        ("0 late", [0, 0, 1]),  # one comes back the minute the other leaves
        ("0 long", [0, 1, 1]),  # begins a minute too early
        ("1 early", [0, 0, 0]),
        ("", [0, 0, 0]),
    ],
)
def test_two_people_in_a_crew_at_a_time_on_a_day(bo: str, found: list[int]) -> None:
    assert amounts(anna="0 early", bo=bo) == found


def test_a_night_that_reaches_into_the_next_day_overlaps_there() -> None:
    # long: 11:59 to 08:01 of the next day
    assert amounts(anna="1 long", bo="2 early") == [0, 1, 0]
    assert amounts(anna="1 long", bo="2 late") == [0, 0, 0]


def test_three_people_count_two_beyond_the_first_and_three_pairs() -> None:
    assert amounts(anna="2 late", bo="2 late", cleo="2 late") == [2, 3, 2]
    assert amounts(("anna", "cleo"), anna="2 late", bo="2 late", cleo="2 late") == [1, 1, 1]


def test_one_person_is_never_together_with_themselves() -> None:
    assert amounts(anna="0 early, 0 early@tent, 0 long") == [0, 0, 0]
    # one time at two posts is one time away; the long one is another
    assert amounts(anna="0 early, 0 early@tent, 0 long", bo="0 early") == [1, 2, 1]


def test_every_household_without_teams_or_members() -> None:
    people: list[dict[str, Any]] = [{"id": "a", "teams": ["x"]}, {"id": "b", "teams": ["x", "y"]}]
    people += [{"id": "c", "teams": ["y"]}, {"id": "d", "teams": ["z"]}, {"id": "e", "teams": ["z"]}]
    teams = [{"id": "x"}, {"id": "y"}, {"id": "z", "kind": "other"}]
    served = roster(world(people, teams=teams), **dict.fromkeys("abcde", "0 noon"))
    assert [found.volunteers for found in violations(served, [Apart()])] == [("a", "b"), ("b", "c")]
    assert [found.volunteers for found in violations(served, [Apart(teams=("z",))])] == [("d", "e")]


def test_the_sentences_say_who_and_when() -> None:
    instance = world(PEOPLE, days=3, shift_types=TYPES)
    served = roster(instance, anna="0 early", bo="0 early")
    (crew,) = violations(served, [Apart(members=PEOPLE)])
    assert crew.text.en == "the people listed: anna, bo serve together, gate, 2024-03-04 early 08:00–12:00"
    assert crew.text.zh == "所列人员：anna、bo一同值守，gate 3月4日early 08:00–12:00"
    assert len(crew.shifts) == 1
    (away,) = violations(roster(instance, anna="0 late", bo="0 long"), [Apart(members=PEOPLE, same="time")])
    assert away.text.en == (
        "the people listed: anna (Mon 4 Mar 2024 12:00–16:00) and bo (Mon 4 Mar 2024 11:59–08:01)"
        " are away at once"
    )
    assert len(away.shifts) == 2
