from __future__ import annotations

from typing import Any

import pytest

from scheduler.domain.entity import Level
from scheduler.rules import STANDARD
from scheduler.rules.eligibility.availability import Availability
from tests.builders import day, roster, world

TYPES = [
    {"id": "morning", "start": "08:00", "end": "12:00"},
    {"id": "night", "start": "22:00", "end": "06:00"},
    {"id": "dawn", "start": "04:00", "end": "08:00"},
]


def broken(availability: dict[str, Any], served: str) -> int:
    """How often anna serves against her word, on shifts of the second, third and fourth of four days."""
    instance = world([{"id": "anna", "availability": availability}], days=4, shift_types=TYPES)
    return len([*Availability().check_all(roster(instance, anna=served))])


@pytest.mark.parametrize(
    ("hours", "times"),
    [("08:00-12:00", 0), ("07:59-12:01", 0), ("08:01-12:00", 1), ("08:00-11:59", 1), ("12:00-08:00", 1)],
)
def test_the_whole_shift_lies_inside_only(hours: str, times: int) -> None:
    assert broken({"only": [{"hours": [hours]}]}, "1 morning") == times


@pytest.mark.parametrize(
    ("hours", "times"),
    [("07:00-08:00", 0), ("12:00-13:00", 0), ("07:00-08:01", 1), ("11:59-13:00", 1), ("09:00-10:00", 1)],
)
def test_no_part_of_the_shift_touches_unavailable(hours: str, times: int) -> None:
    assert broken({"unavailable": [{"hours": [hours]}]}, "1 morning") == times


@pytest.mark.parametrize(("number", "times"), [(0, 1), (1, 0), (2, 1)])
def test_a_day_is_the_duty_day(number: int, times: int) -> None:
    only = {"only": [{"dates": [day(number)]}]}
    never = {"unavailable": [{"dates": [day(number)]}]}
    for shift in ("1 morning", "1 night", "1 dawn"):
        assert broken(only, shift) == times
        assert broken(never, shift) == 1 - times


@pytest.mark.parametrize(
    ("hours", "times"), [("22:00-06:00", 0), ("22:00-05:59", 1), ("22:01-06:00", 1), ("20:00-08:00", 0)]
)
def test_hours_past_midnight_belong_to_the_day_they_start_on(hours: str, times: int) -> None:
    assert broken({"only": [{"dates": [day(1)], "hours": [hours]}]}, "1 night") == times
    assert broken({"only": [{"dates": [day(2)], "hours": [hours]}]}, "1 night") == 1


@pytest.mark.parametrize(("number", "times"), [(0, 0), (1, 1), (2, 0)])
def test_hours_before_the_boundary_belong_to_the_duty_day_before(number: int, times: int) -> None:
    assert broken({"unavailable": [{"dates": [day(number)], "hours": ["04:30-05:30"]}]}, "1 dawn") == times


@pytest.mark.parametrize(("number", "times"), [(1, 0), (2, 1), (3, 0)])
def test_hours_reach_into_shifts_of_the_day_before(number: int, times: int) -> None:
    """The dawn shift of day 1 ends at 08:00 on the calendar day of day 2."""
    assert broken({"unavailable": [{"dates": [day(number)], "hours": ["07:00-09:00"]}]}, "1 dawn") == times


@pytest.mark.parametrize(("second", "times"), [("10:00-12:00", 0), ("09:59-12:00", 0), ("10:01-12:00", 1)])
def test_only_windows_that_touch_are_one(second: str, times: int) -> None:
    only = [{"hours": ["08:00-10:00"]}, {"weekdays": ["tue"], "hours": [second]}]
    assert broken({"only": only}, "1 morning") == times
    assert broken({"only": only}, "2 morning") == 1


@pytest.mark.parametrize(("hours", "times"), [("06:00-08:00", 0), ("06:01-08:00", 1), ("06:00-07:59", 1)])
def test_a_whole_day_touches_the_hours_that_follow_it(hours: str, times: int) -> None:
    """Day 1 ends at 06:00; its hours 04:00-06:00 and the morning hours of day 2 hold a shift together."""
    only = [{"dates": [day(1)], "hours": ["04:00-06:00"]}, {"dates": [day(2)], "hours": [hours]}]
    assert broken({"only": only}, "1 dawn") == times


@pytest.mark.parametrize(("start", "times"), [("12:00", 0), ("11:59", 1)])
def test_a_stretch_from_start_to_end(start: str, times: int) -> None:
    away = {"unavailable": [{"start": f"{day(1)} {start}", "end": f"{day(3)} 08:00"}]}
    assert broken(away, "1 morning") == times
    assert broken(away, "2 morning") == 1
    assert broken(away, "3 morning") == 0


def test_both_must_hold() -> None:
    both = {"only": [{"weekdays": ["tue", "wed"]}], "unavailable": [{"dates": [day(2)]}]}
    assert [broken(both, f"{n} morning") for n in range(4)] == [1, 0, 1, 1]


def test_no_answer_is_unavailable_and_always_is_not() -> None:
    assert broken({}, "1 morning, 2 night") == 2
    assert broken({"always": True}, "1 morning, 2 night") == 0
    assert broken({"always": True, "unavailable": [{"dates": [day(2)]}]}, "1 morning, 2 night") == 1


def test_the_sentence_names_person_and_shift() -> None:
    instance = world([{"id": "anna", "availability": {}}], days=1)
    [violation] = Availability().check_all(roster(instance, anna="0 night"))
    assert violation.text.en == f"anna is not available: gate, {day(0)} night 22:00–06:00"
    assert violation.text.zh == "anna在该时段不可服务：gate 3月4日night 22:00–06:00"
    assert violation.shifts == (f"gate/{day(0)}/night",)


def test_it_holds_in_every_plan() -> None:
    assert [rule.level for rule in STANDARD if isinstance(rule, Availability)] == [Level.HARD]


@pytest.mark.parametrize(("joined", "times"), [(0, 0), (1, 0), (2, 1)])
def test_nobody_serves_before_they_joined(joined: int, times: int) -> None:
    anna = {"id": "anna", "availability": {"always": True}, "joined": day(joined)}
    instance = world([anna], days=4, shift_types=TYPES)
    assert len([*Availability().check_all(roster(instance, anna="1 morning"))]) == times
