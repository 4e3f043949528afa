from __future__ import annotations

import datetime as dt

import pytest
from pydantic import ValidationError

from scheduler.domain.instance import Instance
from scheduler.rules.base import Violation
from scheduler.rules.eligibility.age_limit import AgeLimit, age
from tests.builders import SHIFT_TYPES, day, roster, world


def people(**births: str | None) -> Instance:
    return world([{"id": person, "born": born} for person, born in births.items()], days=3)


def found(rule: AgeLimit, instance: Instance, **served: str) -> list[Violation]:
    return [*rule.check_all(roster(instance, **served))]


@pytest.mark.parametrize(("number", "broken"), [(0, 1), (1, 0), (2, 0)])
def test_least_is_reached_on_the_birthday(number: int, broken: int) -> None:
    turns_18_on_day_1 = people(anna="2006-03-05")
    assert len(found(AgeLimit(least=18), turns_18_on_day_1, anna=f"{number} night")) == broken


@pytest.mark.parametrize(("number", "broken"), [(0, 0), (1, 1), (2, 1)])
def test_most_lasts_until_the_next_birthday(number: int, broken: int) -> None:
    turns_71_on_day_1 = people(anna="1953-03-05")
    assert len(found(AgeLimit(most=70), turns_71_on_day_1, anna=f"{number} night")) == broken


def test_both_limits_at_once() -> None:
    instance = people(child="2010-01-01", adult="1990-01-01", elder="1940-01-01")
    everyone = dict.fromkeys(("child", "adult", "elder"), "0 morning")
    broken = found(AgeLimit(least=18, most=70), instance, **everyone)
    assert [violation.volunteers for violation in broken] == [("child",), ("elder",)]


@pytest.mark.parametrize(
    ("born", "on", "years"),
    [
        ("2006-03-05", "2024-03-04", 17),
        ("2006-03-05", "2024-03-05", 18),
        ("2004-02-29", "2023-02-28", 18),
        ("2004-02-29", "2023-03-01", 19),
        ("2004-02-29", "2024-02-28", 19),
        ("2004-02-29", "2024-02-29", 20),
    ],
)
def test_age_is_in_completed_years(born: str, on: str, years: int) -> None:
    assert age(dt.date.fromisoformat(born), dt.date.fromisoformat(on)) == years


@pytest.mark.parametrize(
    ("start", "end", "broken"),
    [
        ("18:00", "22:00", 0),
        ("18:00", "22:01", 1),
        ("05:59", "09:00", 1),
        ("06:00", "09:00", 0),
        ("23:00", "01:00", 1),
        ("20:00", "07:00", 1),
        ("02:00", "03:00", 1),
    ],
)
def test_a_shift_must_not_touch_the_hours(start: str, end: str, broken: int) -> None:
    types = [{"id": "duty", "start": start, "end": end}]
    instance = world([{"id": "anna", "born": "2010-01-01"}], days=1, shift_types=types)
    assert len(found(AgeLimit(least=18, hours=("22:00-06:00",)), instance, anna="0 duty")) == broken


@pytest.mark.parametrize(("hours", "broken"), [("07:00-07:59", 1), ("08:00-09:00", 0), ("03:00-04:00", 0)])
def test_hours_of_the_day_after_count_for_a_shift_that_reaches_it(hours: str, broken: int) -> None:
    """The dawn shift belongs to the day before and ends at 08:00, past the boundary of 06:00."""
    types = [{"id": "dawn", "start": "04:00", "end": "08:00"}]
    instance = world([{"id": "anna", "born": "2010-01-01"}], days=1, shift_types=types)
    assert len(found(AgeLimit(least=18, hours=(hours,)), instance, anna="0 dawn")) == broken


@pytest.mark.parametrize(("hours", "broken"), [("05:00-08:00", 0), ("05:00-08:01", 1)])
def test_hours_of_the_day_before_count_where_they_reach_the_shift(hours: str, broken: int) -> None:
    """The window that starts at 05:00 belongs to the duty day before."""
    instance = people(anna="2010-01-01")
    assert len(found(AgeLimit(least=18, hours=(hours,)), instance, anna="1 morning")) == broken


@pytest.mark.parametrize(("longest", "broken"), [(3.9, 1), (4, 0), (4.1, 0)])
def test_a_shift_must_not_be_longer(longest: float, broken: int) -> None:
    instance = people(anna="2010-01-01")
    assert len(found(AgeLimit(least=18, longest=longest), instance, anna="0 morning")) == broken


def test_a_length_in_tenths_of_an_hour_is_exact() -> None:
    types = [{"id": "duty", "start": "08:00", "end": "12:06"}]
    instance = world([{"id": "anna", "born": "2010-01-01"}], days=1, shift_types=types)
    assert not found(AgeLimit(least=18, longest=4.1), instance, anna="0 duty")


def test_hours_and_longest_count_one_each() -> None:
    rule = AgeLimit(least=18, hours=("22:00-06:00", "16:00-17:00"), longest=4)
    instance = people(anna="2010-01-01", adult="1990-01-01")
    served = {shift["id"]: f"0 {shift['id']}" for shift in SHIFT_TYPES}
    amounts = {
        name: sum(violation.amount for violation in found(rule, instance, anna=shift, adult=shift))
        for name, shift in served.items()
    }
    assert amounts == {"morning": 0, "noon": 0, "evening": 2, "night": 2}


@pytest.mark.parametrize(("unknown", "broken"), [("allow", 0), ("limit", 1)])
def test_without_a_date_of_birth(unknown: str, broken: int) -> None:
    instance = people(anna=None)
    assert len(found(AgeLimit(least=18, unknown=unknown), instance, anna="0 morning")) == broken
    rule = AgeLimit(most=70, hours=("22:00-06:00",), unknown=unknown)
    assert len(found(rule, instance, anna="0 night")) == broken
    assert not found(rule, instance, anna="0 morning")


def test_the_sentence_says_age_and_reason() -> None:
    instance = people(anna="2010-01-01", bo=None)
    night = f"gate, {day(0)} night 22:00–06:00"
    rule = AgeLimit(least=18, hours=("22:00-06:00",), longest=4.5, unknown="limit")
    anna, bo = found(rule, instance, anna="0 night", bo="0 night")
    assert anna.text.en == f"anna (14): {night} touches 22:00–06:00 and is longer than 4.5 h"
    assert anna.text.zh == "anna（14岁）：gate 3月4日night 22:00–06:00 触及 22:00–06:00，且超过4.5小时"
    assert bo.text.en.startswith("bo (age unknown): ")
    [plain] = found(AgeLimit(least=18), instance, anna="0 morning")
    assert plain.text.zh.endswith("不在年龄范围内")


def test_it_needs_a_limit_and_limits_in_order() -> None:
    with pytest.raises(ValidationError, match="least or most"):
        AgeLimit(hours=("22:00-06:00",))
    with pytest.raises(ValidationError, match="least 19 is more than most 18"):
        AgeLimit(least=19, most=18)
    assert AgeLimit(least=18, most=18).most == 18
