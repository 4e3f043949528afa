from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from scheduler.domain.calendar import DaySelector
from scheduler.domain.instance import Instance
from scheduler.rules.organisations.quota import Quota
from scheduler.score import violations
from scheduler.text import day_text
from tests.builders import SHIFT_TYPES, day, roster, world

ORGANISATIONS = [
    {"id": "party", "name": {"en": "the Party", "zh": "某党"}, "promised": 7},
    {"id": "one", "within": "party"},
    {"id": "two", "within": "party", "promised": 0},
    {"id": "firm"},
]
PEOPLE = [
    {"id": "anna", "organisation": "one"},
    {"id": "bo", "organisation": "two"},
    {"id": "cleo", "organisation": "party"},
    {"id": "dan", "organisation": "firm"},
    "eva",
]


def small(**more: Any) -> Instance:
    """Monday 4 to Wednesday 13 March: a whole week and three days of the next."""
    return world(PEOPLE, days=10, organisations=ORGANISATIONS, shift_types=SHIFT_TYPES[1:2], **more)


def amount(rule: Quota, instance: Instance | None = None, **served: str) -> int:
    found = violations(roster(instance or small(), **served), [rule])
    assert all(one.amount > 0 for one in found)
    return sum(one.amount for one in found)


def noons(*days: int) -> str:
    return ", ".join(f"{n} noon" for n in days)


@pytest.mark.parametrize(("days", "over"), [((0, 6), 0), ((0, 6, 7), 0), ((0, 3, 6), 1), ((0, 1, 3, 6), 2)])
def test_most_by_calendar_week(days: tuple[int, ...], over: int) -> None:
    assert amount(Quota(organisations=("one",), most=2), anna=noons(*days)) == over


@pytest.mark.parametrize(
    ("days", "under"), [((), 4), ((0,), 3), ((0, 6), 2), ((0, 6, 7), 1), ((0, 6, 7, 9), 0), ((0, 1, 6, 7), 1)]
)
def test_least_holds_in_a_week_the_horizon_cuts_too(days: tuple[int, ...], under: int) -> None:
    assert amount(Quota(organisations=("one",), least=2), anna=noons(*days)) == under


@pytest.mark.parametrize(("per", "over"), [("day", 1), ("week", 2), ("month", 3), ("horizon", 3)])
def test_periods(per: str, over: int) -> None:
    rule = Quota(organisations=("party",), per=per, most=1)
    assert amount(rule, anna=noons(0, 6), bo=noons(6, 7)) == over


def test_months_are_calendar_months() -> None:
    instance = small(horizon={"first": day(26), "last": day(29)})  # 30 March to 2 April
    rule = Quota(organisations=("one",), per="month", most=1)
    assert amount(rule, instance, anna=noons(26, 27)) == 1
    assert amount(rule, instance, anna=noons(27, 28)) == 0


def test_members_of_branches_count_above_and_each_head_once() -> None:
    rule = Quota(organisations=("party",), most=0)
    assert amount(rule, anna=noons(0), bo=noons(0), cleo=noons(0), dan=noons(0), eva=noons(0)) == 3


@pytest.mark.parametrize(("heads", "broken"), [(0, 2), (1, 1), (2, 0), (3, 0)])
def test_percent_of_demand_is_rounded_to_keep_the_limit(heads: int, broken: int) -> None:
    # three days of one head: 34 % are 1.02, so two; 99 % are 2.97, so two
    days = DaySelector(dates=(day(0), day(1), day(2)))
    rule = Quota(organisations=("one",), of="demand", least=34, most=99, days=days)
    assert amount(rule, anna=noons(*range(heads))) == (1 if heads == 3 else broken)
    exact = Quota(organisations=("one",), of="demand", least=33, most=100, days=days)
    assert amount(exact, anna=noons(*range(heads))) == (1 if heads == 0 else 0)


def test_demand_is_what_the_filters_leave_by_period_and_wanted() -> None:
    demand = [{"shifts": ["noon"], "least": 1, "wanted": 4, "most": 5}]
    instance = small(posts=[{"id": "gate", "demand": demand}, "tent"])
    rule = Quota(organisations=("one",), of="demand", least=50, posts=("gate",))
    assert amount(rule, instance) == 14 + 6  # half of 7 × 4 and of 3 × 4
    assert amount(rule, instance, anna=noons(0), bo=noons(1)) == 19
    assert amount(Quota(organisations=("one",), of="demand", least=20, per="day"), instance) == 10


@pytest.mark.parametrize(("heads", "broken"), [(4, 1), (5, 0), (7, 0), (8, 1)])
def test_percent_of_the_promise(heads: int, broken: int) -> None:
    # 7 promised: 60 % are 4.2, so five; 110 % are 7.7, so seven
    rule = Quota(per="horizon", of="promise", least=60, most=110)
    assert amount(rule, anna=noons(*range(heads))) == broken
    assert [group.id for group in rule.bodies(small())] == ["party"]  # the firm promised nothing at all


def test_a_promise_of_nothing_is_a_quota_of_nothing() -> None:
    rule = Quota(branches_of="party", per="horizon", of="promise", least=100, most=100)
    assert [group.id for group in rule.bodies(small())] == ["two"]
    assert amount(rule, bo=noons(1)) == 1


def test_laid_on_branches_or_on_what_belongs_to_no_other() -> None:
    assert [group.id for group in Quota(least=1, branches_of="party").bodies(small())] == ["one", "two"]
    assert [group.id for group in Quota(least=1).bodies(small())] == ["party", "firm"]
    assert [group.id for group in Quota(least=1, organisations=("two", "one")).bodies(small())] == [
        "two",
        "one",
    ]


def test_periods_without_a_shift_of_the_rule_are_left_out() -> None:
    saturday = DaySelector(weekdays=("sat",))
    assert amount(Quota(organisations=("one",), least=1)) == 2
    assert amount(Quota(organisations=("one",), least=1, days=saturday)) == 1
    assert amount(Quota(organisations=("one",), least=1, shift_types=("night",))) == 0


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"least": 3, "most": 2},
        {"least": 1, "of": "promise"},
        {"least": 1, "of": "promise", "per": "month"},
    ],
)
def test_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Quota(**wrong)


def test_least_may_equal_most() -> None:
    assert amount(Quota(organisations=("one",), per="horizon", least=2, most=2), anna=noons(0, 1)) == 0


def test_the_sentence_says_who_when_how_many() -> None:
    rule = Quota(organisations=("party",), least=1, most=2)
    served = roster(small(), anna=noons(0, 1), bo=noons(1))
    over, under = violations(served, [rule])
    assert over.text.en == "the Party: 3 person-times in the week of Mon 4 Mar 2024, at most 2"
    assert under.text.en == "the Party: 0 person-times in the week of Mon 11 Mar 2024, at least 1"
    assert over.text.zh == f"某党：{day_text(day(0)).zh}起的一周3人次，应至多2人次"
    assert (over.volunteers, len(over.shifts)) == (("anna", "bo"), 2)
