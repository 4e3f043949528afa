from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from scheduler.domain.instance import Instance
from scheduler.rules.workload.weekends import Weekends
from scheduler.text import day_text
from tests.builders import day, roster, world
from tests.rules.workload.amounts import amount, words

SATURDAYS = [5, 12, 19, 26, 33]


def weeks(first: int = 0, last: int = 34, people: Any = ("anna",)) -> Instance:
    """Five weeks from Monday 4 March to Sunday 7 April, unless other days are given."""
    return world(people, horizon={"first": day(first), "last": day(last)})


@pytest.mark.parametrize(
    ("served", "broken"),
    [
        ("5 noon, 12 noon", 0),
        ("5 noon, 6 noon, 5 night, 13 night", 0),
        ("5 noon, 13 noon, 19 noon", 1),
        ("5 noon, 13 noon, 19 noon, 26 noon, 34 noon", 3),
        ("4 night, 7 morning, 11 noon, 14 noon, 18 night", 0),
    ],
)
def test_every_weekend_over_most_counts(served: str, broken: int) -> None:
    assert amount(Weekends(most=2), roster(weeks(), anna=served)) == broken


def test_people_count_apart_and_none_may_be_allowed() -> None:
    served = roster(weeks(people=["anna", "bo"]), anna="5 noon", bo="12 noon, 20 noon")
    assert [amount(Weekends(most=most), served) for most in (0, 1, 2)] == [3, 1, 0]


@pytest.mark.parametrize(
    ("served", "broken"),
    [
        ("19 noon, 33 noon", 0),
        ("19 noon, 26 noon", 1),
        ("27 noon, 33 noon", 0),
        ("5 noon, 12 noon, 26 noon", 2),
    ],
)
def test_a_weekend_belongs_to_the_month_it_begins_in(served: str, broken: int) -> None:
    assert day(26).day == 30
    assert day(28).day == 1
    assert amount(Weekends(most=1, per="month"), roster(weeks(), anna=served)) == broken


def test_a_weekend_over_the_end_of_a_month_is_of_the_earlier_one() -> None:
    rule = Weekends(most=1, per="month", weekend=("sat", "sun", "mon"))
    assert amount(rule, roster(weeks(), anna="20 noon, 28 noon")) == 1
    assert amount(rule, roster(weeks(first=27), anna="28 noon, 33 noon")) == 0


@pytest.mark.parametrize(
    ("served", "weeks_in_a_row", "broken"),
    [
        ("5 noon, 12 noon", 1, 0),
        ("5 noon, 12 noon", 2, 1),
        ("5 noon, 12 noon", 4, 1),
        ("12 noon, 19 noon", 4, 2),
        ("5 noon, 33 noon", 4, 0),
        ("5 noon, 33 noon", 5, 1),
        ("5 noon, 33 noon", 9, 1),
        ("26 noon, 33 noon", 2, 1),
    ],
)
def test_any_weeks_in_a_row_may_be_limited(served: str, weeks_in_a_row: int, broken: int) -> None:
    rule = Weekends(most=1, per="weeks", weeks=weeks_in_a_row)
    assert amount(rule, roster(weeks(), anna=served)) == broken


@pytest.mark.parametrize(
    ("served", "broken"),
    [
        ("5 noon, 6 noon", 0),
        ("5 noon", 1),
        ("6 noon, 13 noon", 2),
        ("4 noon, 7 noon", 0),
        ("5 noon, 5 night", 1),
    ],
)
def test_half_a_weekend_counts_one(served: str, broken: int) -> None:
    assert amount(Weekends(complete=True), roster(weeks(), anna=served)) == broken


def test_every_missing_day_of_a_long_weekend_counts() -> None:
    rule = Weekends(complete=True, weekend=("fri", "sat", "sun"))
    served = ["4 noon", "4 noon, 6 noon", "4 noon, 5 noon, 6 noon", "5 noon, 12 noon, 13 noon"]
    assert [amount(rule, roster(weeks(), anna=one)) for one in served] == [2, 1, 0, 3]


def test_a_weekend_the_horizon_cuts_is_never_half_but_counts() -> None:
    sunday_to_saturday = weeks(first=6, last=12)
    assert amount(Weekends(complete=True), roster(sunday_to_saturday, anna="6 noon")) == 0
    assert amount(Weekends(complete=True), roster(sunday_to_saturday, anna="12 noon")) == 0
    assert amount(Weekends(most=1), roster(sunday_to_saturday, anna="6 noon, 12 noon")) == 1


def test_a_weekend_the_days_of_the_rule_cut_is_never_half() -> None:
    served = roster(weeks(), anna="5 noon, 12 noon")
    assert amount(Weekends(complete=True, days={"dates": [f"{day(5)}..{day(12)}"]}), served) == 1
    assert amount(Weekends(complete=True, most=0, days={"weekdays": ["sat"]}), served) == 2


def test_a_weekend_may_pass_from_sunday_to_monday() -> None:
    rule = Weekends(complete=True, most=1, weekend=("sun", "mon"))
    assert amount(rule, roster(weeks(), anna="6 noon, 7 noon, 0 noon")) == 1
    assert amount(rule, roster(weeks(), anna="7 noon, 13 noon")) == 3
    assert amount(rule, roster(weeks(), anna="0 noon, 34 noon")) == 1


def test_a_horizon_without_a_weekend_has_nothing_to_count() -> None:
    assert amount(Weekends(most=0, complete=True, per="weeks"), roster(weeks(0, 4), anna="4 night")) == 0


@pytest.mark.parametrize(
    ("given", "message"),
    [({}, "needs most or complete"), ({"most": 1, "weekend": ["fri", "sun"]}, "do not follow each other")],
)
def test_parameters_that_make_no_sense_are_refused(given: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        Weekends(**given)


def test_it_says_which_weekends() -> None:
    saturday = day_text(day(5))
    served = roster(weeks(last=20), anna="5 noon, 13 noon")
    assert words(Weekends(most=1), served) == [
        ("anna: 2 weekends of duty in all, at most 1", "anna：整个排班期值守2个周末，至多1个")
    ]
    assert words(Weekends(most=1, per="month"), served) == [
        ("anna: 2 weekends of duty in March 2024, at most 1", "anna：2024年3月值守2个周末，至多1个")
    ]
    assert words(Weekends(most=1, per="weeks", weeks=2), served) == [
        (
            f"anna: 2 weekends of duty in 2 weeks from {saturday.en}, at most 1",
            f"anna：自{saturday.zh}起2周内值守2个周末，至多1个",
        )
    ]
    assert words(Weekends(complete=True), roster(weeks(last=6), anna="6 noon")) == [
        (
            f"anna: serves only part of the weekend of {saturday.en}",
            f"anna：{saturday.zh}起的周末只值守了一部分",
        )
    ]
