from __future__ import annotations

from typing import Any

import pytest

from scheduler.domain.entity import Level
from scheduler.rules import STANDARD
from scheduler.rules.base import Violation
from scheduler.rules.eligibility.request import Request
from tests.builders import day, roster, world

PLACES = [{"id": "town"}, {"id": "lake", "within": "town"}, {"id": "hill", "within": "town"}]
POSTS = [{"id": "gate", "place": "lake"}, {"id": "tower", "place": "hill"}]


def found(wish: dict[str, Any], served: str) -> list[Violation]:
    instance = world([{"id": "anna", "requests": [wish]}, "bo"], days=4, posts=POSTS, places=PLACES)
    return [*Request().check_all(roster(instance, anna=served, bo="0 morning, 1 night"))]


def amount(wish: dict[str, Any], served: str) -> int:
    return sum(violation.amount for violation in found(wish, served))


def avoid(**more: Any) -> dict[str, Any]:
    return {"kind": "avoid"} | more


def want(**more: Any) -> dict[str, Any]:
    return {"kind": "want"} | more


@pytest.mark.parametrize(
    ("served", "broken"), [("", 0), ("0 morning", 0), ("1 morning", 3), ("1 noon, 1 night, 2 noon", 6)]
)
def test_avoid_costs_its_weight_for_every_shift(served: str, broken: int) -> None:
    assert amount(avoid(when={"dates": [day(1)]}, weight=3), served) == broken


@pytest.mark.parametrize(
    ("served", "broken"),
    [("", 6), ("0 morning", 6), ("1 noon", 3), ("1 noon, 2 night", 0), ("1 noon, 2 noon, 2 night", 0)],
)
def test_want_costs_its_weight_for_every_shift_missing(served: str, broken: int) -> None:
    assert amount(want(when={"dates": [day(1), day(2)]}, times=2, weight=3), served) == broken


@pytest.mark.parametrize(
    ("hours", "touched", "inside"),
    [
        ("08:00-12:00", 1, True),
        ("07:59-12:01", 1, True),
        ("08:01-12:00", 1, False),
        ("08:00-11:59", 1, False),
        ("11:59-14:00", 1, False),
        ("12:00-14:00", 0, False),
        ("06:00-08:00", 0, False),
    ],
)
def test_avoid_means_any_overlap_and_want_the_whole_shift(hours: str, touched: int, inside: bool) -> None:
    assert amount(avoid(when={"hours": [hours]}), "1 morning") == touched
    assert amount(want(when={"hours": [hours]}), "1 morning") == (0 if inside else 1)


@pytest.mark.parametrize(("number", "same"), [(0, 0), (1, 1), (2, 0)])
def test_days_without_hours_are_duty_days(number: int, same: int) -> None:
    """The night of day 1 ends on the calendar day of day 2."""
    assert amount(avoid(when={"dates": [day(number)]}), "1 night") == same
    assert amount(want(when={"dates": [day(number)]}), "1 night") == 1 - same


@pytest.mark.parametrize(("hours", "touched"), [("22:00-06:00", 1), ("05:59-06:00", 1), ("06:00-22:00", 0)])
def test_hours_are_real_hours_also_past_midnight(hours: str, touched: int) -> None:
    assert amount(avoid(when={"dates": [day(1)], "hours": [hours]}), "1 night") == touched


@pytest.mark.parametrize(("end", "inside"), [("05:59", False), ("06:00", True)])
def test_a_stretch_from_start_to_end(end: str, inside: bool) -> None:
    stretch = {"start": f"{day(1)} 12:00", "end": f"{day(2)} {end}"}
    assert amount(want(when=stretch), "1 night") == (0 if inside else 1)
    assert amount(avoid(when=stretch), "1 night, 1 noon, 1 morning, 2 morning") == 2


def test_a_request_without_time_means_any_day() -> None:
    assert amount(avoid(shift_types=["night"]), "0 night, 3 night, 3 noon") == 2
    assert amount(want(shift_types=["night"]), "3 night") == 0
    assert amount(want(shift_types=["night"]), "3 noon") == 1


@pytest.mark.parametrize(
    ("posts", "touched"), [(["gate"], 1), (["lake"], 1), (["town"], 2), (["tower"], 1), (["gate", "hill"], 2)]
)
def test_posts_and_places_below_count(posts: list[str], touched: int) -> None:
    assert amount(avoid(posts=posts), "0 morning@gate, 1 noon@tower") == touched


def test_each_request_counts_of_its_own() -> None:
    wishes = [avoid(shift_types=["night"], weight=2), avoid(), want(times=3, weight=5)]
    instance = world([{"id": "anna", "requests": wishes}], days=2)
    assert sum(v.amount for v in Request().check_all(roster(instance, anna="0 night, 1 noon"))) == 2 + 2 + 5


def test_only_shifts_the_filters_leave_count() -> None:
    rule = Request(shift_types=("night",))
    instance = world([{"id": "anna", "requests": [avoid(), want()]}], days=2)
    scope = rule.scope(instance)
    served = roster(instance, anna="0 noon").within(scope.volunteers, scope.shifts)
    assert [violation.shifts for violation in rule.check_all(served)] == [()]


def test_the_sentences() -> None:
    [unwanted] = found(avoid(), "0 night")
    assert unwanted.text.en == f"anna would rather not serve: gate, {day(0)} night 22:00–06:00"
    assert unwanted.text.zh == "anna不希望值守：gate 3月4日night 22:00–06:00"
    [missed] = found(want(times=3), "0 night")
    assert missed.text.en == "anna asked for 3 shifts and got 1 (request 1)"
    assert missed.text.zh == "anna希望值守3班，实得1班（第1项意愿）"


def test_it_is_a_wish_in_every_plan() -> None:
    assert [rule.level for rule in STANDARD if isinstance(rule, Request)] == [Level.WISH]
