"""What a plan means for its people, before anything is solved."""

from __future__ import annotations

from typing import Any

import pytest

from scheduler.report.people import people_notes
from scheduler.text import Language
from tests.builders import day, problem

SKILLS = [{"id": "medical"}]


def notes(*people: dict[str, Any]) -> list[str]:
    plan = problem(people, days=5, skills=SKILLS)
    return [note.say(Language.EN) for note in people_notes(plan.instance())]


def test_nothing_is_said_of_people_who_can_serve() -> None:
    assert notes({"id": "anna"}, {"id": "bo", "availability": "mon"}) == []


def test_who_gave_times_that_no_shift_meets_is_named() -> None:
    (said,) = notes({"id": "anna"}, {"id": "bo", "name": "Bo Wang", "availability": "weekend"})
    assert said.startswith("1 volunteers")
    assert "Bo Wang" in said


@pytest.mark.parametrize("holiday", [False, True])
def test_that_a_holiday_is_no_weekend_is_said_if_there_is_one(holiday: bool) -> None:
    calendar = {"overrides": {day(1): "holiday"}} if holiday else {}
    plan = problem([{"id": "bo", "availability": "weekend"}], days=5, calendar=calendar)
    (note,) = people_notes(plan.instance())
    assert ("weekend; holiday" in note.zh) is holiday


def test_who_gave_no_times_is_not_named_again() -> None:
    assert notes({"id": "anna", "availability": {}}) == []


def test_only_the_first_few_are_named() -> None:
    (said,) = notes(*({"id": f"p{n}", "availability": "weekend"} for n in range(7)))
    assert "p4" in said
    assert "p5" not in said


@pytest.mark.parametrize(("last", "named"), [(-1, False), (0, True), (3, True), (4, False)])
def test_a_skill_that_ends_within_the_horizon_is_said(last: int, named: bool) -> None:
    found = notes({"id": "anna", "skills": [{"skill": "medical", "until": day(last)}]})
    assert any("anna" in said for said in found) is named
