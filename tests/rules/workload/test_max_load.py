from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from pydantic import ValidationError

from scheduler.domain.entity import Level
from scheduler.domain.instance import Instance
from scheduler.rules.workload.max_load import MaxLoad
from scheduler.text import day_text
from tests.agreement import matrix_score
from tests.builders import day, roster, world
from tests.rules.workload.amounts import amount, before, words


def middle(*people: Any, first: int = 2, last: int = 15) -> Instance:
    """From a Wednesday to the Wednesday two weeks later, unless other days are given."""
    return world(people or ["anna"], horizon={"first": day(first), "last": day(last)})


@pytest.mark.parametrize(
    ("per", "served", "broken"),
    [
        ("day", "2 morning, 2 noon, 3 morning", 0),
        ("day", "2 morning, 2 noon, 2 night, 15 morning, 15 noon, 15 night", 2),
        ("week", "2 morning, 6 morning, 7 morning, 13 morning, 14 morning, 15 morning", 0),
        ("week", "2 morning, 5 noon, 6 morning, 7 morning, 10 noon, 13 noon", 2),
        ("horizon", "2 morning, 15 night", 0),
        ("horizon", "2 morning, 8 noon, 15 night", 1),
    ],
)
def test_shifts_over_most_count_in_every_period(per: str, served: str, broken: int) -> None:
    assert amount(MaxLoad(per=per, most=2), roster(middle(), anna=served)) == broken


def test_months_end_with_the_month() -> None:
    instance = middle(first=26, last=30)
    assert day(27) == dt.date(2024, 3, 31)
    assert amount(MaxLoad(per="month", most=1), roster(instance, anna="27 night, 28 morning")) == 0
    assert amount(MaxLoad(per="month", most=1), roster(instance, anna="26 night, 27 morning")) == 1


@pytest.mark.parametrize(
    ("served", "broken"),
    [
        ("2 morning, 5 morning", 0),
        ("2 morning, 4 morning", 1),
        ("2 morning, 3 morning", 1),
        ("4 morning, 5 morning", 2),
        ("13 morning, 15 morning", 1),
        ("14 morning, 15 morning", 1),
        ("5 morning, 6 morning, 7 morning", 1 + 2 + 1),
    ],
)
def test_every_window_within_the_horizon_counts(served: str, broken: int) -> None:
    assert amount(MaxLoad(per="rolling", window=3, most=1), roster(middle(), anna=served)) == broken


def test_a_window_longer_than_the_horizon_is_the_horizon() -> None:
    served = roster(middle(last=4), anna="2 morning, 4 morning")
    assert [amount(MaxLoad(per="rolling", window=n, most=1), served) for n in (2, 3, 4, 30)] == [0, 1, 1, 1]
    assert [amount(MaxLoad(per="rolling", window=n, least=3), served) for n in (3, 30)] == [1, 1]


@pytest.mark.parametrize(("most", "broken"), [(12, 0), (8, 4 * 60), (7.5, 4.5 * 60), (0, 12 * 60)])
def test_hours_count_in_minutes(most: float, broken: int) -> None:
    served = roster(middle(), anna="3 morning, 4 night")
    assert amount(MaxLoad(measure="hours", most=most), served) == broken


@pytest.mark.parametrize(("least", "broken"), [(1, 1), (2, 3), (3, 6)])
def test_shifts_under_least_count_in_cut_weeks_too(least: int, broken: int) -> None:
    served = roster(middle(), anna="2 morning, 8 morning, 9 morning")
    assert amount(MaxLoad(least=least), served) == broken


def test_least_hours_and_people_who_cannot_serve_count() -> None:
    never = {"id": "bo", "availability": {}}
    assert amount(MaxLoad(measure="hours", per="horizon", least=4.5), roster(middle(never))) == 270
    rule = MaxLoad(per="horizon", least=1, posts=("gate",), shift_types=("noon",), level=Level.WISH)
    assert matrix_score([rule], roster(middle("a", "b"), a="3 morning")) is not None
    assert matrix_score([rule], roster(middle("a", "b"), a="3 morning"))[Level.WISH] == 2


def test_least_leaves_out_periods_without_a_chosen_day() -> None:
    tuesdays = MaxLoad(least=1, days={"weekdays": ["tue"]})
    assert amount(tuesdays, roster(middle())) == 2
    assert amount(tuesdays, roster(middle(), anna="8 morning, 2 noon")) == 1
    third = MaxLoad(per="rolling", window=2, least=1, days={"dates": [day(3)]})
    assert amount(third, roster(middle())) == 2


@pytest.mark.parametrize(("history", "broken"), [(True, 1), (False, 0)])
def test_recent_shifts_count_in_the_first_week(history: bool, broken: int) -> None:
    instance = middle(before("anna", "0 morning, -1 night"))
    assert amount(MaxLoad(most=1, history=history), roster(instance, anna="6 morning, 7 morning")) == broken
    least = roster(instance, anna="2 morning, 7 morning, 8 morning, 14 morning, 15 morning")
    assert amount(MaxLoad(least=2, history=history), least) == 1 - broken


def test_recent_shifts_count_in_the_first_month_but_not_in_the_horizon() -> None:
    served = roster(middle(before("anna", "0 morning, -5 night")), anna="2 morning")
    assert [amount(MaxLoad(per=per, most=1), served) for per in ("month", "horizon", "day")] == [1, 0, 0]


def test_what_was_over_before_is_not_counted_again() -> None:
    instance = middle(before("anna", "0 morning, 1 noon, 1 night"))
    assert amount(MaxLoad(most=1), roster(instance)) == 0
    assert amount(MaxLoad(most=1), roster(instance, anna="2 morning, 6 morning")) == 2
    assert amount(MaxLoad(measure="hours", most=10), roster(instance, anna="2 morning")) == 240


@pytest.mark.parametrize(
    ("past", "served", "broken"),
    [
        ("1 morning", "2 morning", 1),
        ("1 morning", "3 morning", 1),
        ("1 morning", "4 morning", 0),
        ("0 morning", "2 morning", 1),
        ("0 morning", "3 morning", 0),
        ("0 morning, 1 morning", "2 morning", 2),
        ("-1 morning", "2 morning", 0),
    ],
)
def test_windows_reach_back_to_the_earliest_recent_shift(past: str, served: str, broken: int) -> None:
    rule = MaxLoad(per="rolling", window=3, most=1)
    assert amount(rule, roster(middle(before("anna", past)), anna=served)) == broken
    assert (
        amount(rule.model_copy(update={"history": False}), roster(middle(before("anna", past)), anna=served))
        == 0
    )


def test_windows_of_known_days_need_the_least_too() -> None:
    rule = MaxLoad(per="rolling", window=3, least=1)
    assert amount(rule, roster(middle(last=4))) == 1
    assert amount(rule, roster(middle(before("anna", "1 night"), last=4))) == 1
    assert amount(rule, roster(middle(before("anna", "-9 night"), last=4))) == 3


def test_a_rule_on_some_posts_takes_no_history() -> None:
    served = roster(middle(before("anna", "1 morning")), anna="2 morning")
    assert [amount(MaxLoad(most=1, posts=posts), served) for posts in (None, ("gate",))] == [1, 0]
    rolling = {"per": "rolling", "window": 2, "most": 1}
    assert [amount(MaxLoad(posts=posts, **rolling), served) for posts in (None, ("gate",))] == [1, 0]


@pytest.mark.parametrize(
    ("given", "promise"),
    [
        ({"per": "day", "most": 1}, "day"),
        ({"per": "day", "most": 0}, "day"),
        ({"per": "day", "most": 2}, ""),
        ({"per": "day", "least": 1}, ""),
        ({"per": "week", "most": 1}, ""),
        ({"per": "day", "most": 1, "measure": "hours"}, ""),
    ],
)
def test_one_shift_a_day_is_a_promise_to_other_rules(given: dict[str, Any], promise: str) -> None:
    assert MaxLoad(**given).one_at_most() == promise


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({}, "needs least or most"),
        ({"most": 2, "least": 3}, "least 3 is more than most 2"),
        ({"most": 2.5}, "2.5 shifts is not a whole number"),
        ({"least": 0.5}, "0.5 shifts is not a whole number"),
        ({"most": 2, "window": 7}, "need each other"),
        ({"most": 2, "per": "rolling"}, "need each other"),
    ],
)
def test_parameters_that_make_no_sense_are_refused(given: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        MaxLoad(**given)
    assert MaxLoad(most=3, least=3, measure="hours").most == 3


def test_it_says_load_period_and_bound() -> None:
    served = roster(middle(last=6), anna="2 morning, 3 night")
    week = day_text(day(0))
    assert words(MaxLoad(most=1), served) == [
        (
            f"anna: 2 shifts in the week of {week.en}, at most 1 shift",
            f"anna：{week.zh}起的一周2班，应至多1班",
        )
    ]
    assert words(MaxLoad(measure="hours", per="horizon", least=12.5), served) == [
        ("anna: 12 h in all, at least 12.5 h", "anna：整个排班期12小时，应至少12.5小时")
    ]
