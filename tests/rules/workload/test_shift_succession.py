from __future__ import annotations

import pytest
from pydantic import ValidationError

from scheduler.rules.workload.shift_succession import ShiftSuccession
from scheduler.text import day_text
from tests.builders import day, roster, world
from tests.rules.workload.amounts import amount, before, words

NIGHT_MORNING = ShiftSuccession(forbid=(("night", "morning"),))


@pytest.mark.parametrize(
    ("served", "broken"),
    [
        ("0 night, 1 morning", 1),
        ("0 night, 1 noon", 0),
        ("0 morning, 1 night", 0),
        ("0 night, 0 morning", 0),
        ("0 night, 2 morning", 0),
        ("5 night, 6 morning", 1),
        ("0 night, 1 morning, 1 night, 2 morning", 2),
    ],
)
def test_the_forbidden_type_on_the_next_duty_day_counts(served: str, broken: int) -> None:
    assert amount(NIGHT_MORNING, roster(world(), anna=served)) == broken


def test_each_entry_counts_once_a_day_however_many_shifts() -> None:
    instance = world(posts=["one", "two"])
    served = roster(instance, anna="0 night@one, 0 night@two, 0 evening, 1 morning@one, 1 morning@two")
    assert amount(NIGHT_MORNING, served) == 1
    both = (("night", "morning"), ("evening", "morning"), ("night", "morning"))
    assert amount(ShiftSuccession(forbid=both), served) == 2


def test_a_type_may_be_forbidden_after_itself() -> None:
    served = roster(world(), anna="0 night, 1 night, 2 night", bo="3 night")
    assert amount(ShiftSuccession(forbid=(("night", "night"),)), served) == 2


@pytest.mark.parametrize(("day", "broken"), [(1, 0), (2, 1), (3, 0)])
def test_it_may_be_some_days_later(day: int, broken: int) -> None:
    rule = ShiftSuccession(forbid=(("night", "morning"),), after_days=2)
    assert amount(rule, roster(world(), anna=f"0 night, {day} morning")) == broken


@pytest.mark.parametrize(
    ("past", "after_days", "broken"),
    [
        ("-1 night", 1, 1),
        ("-2 night", 1, 0),
        ("-2 night", 2, 1),
        ("-1 evening", 1, 0),
        ("-1 night, -1 night", 1, 1),
    ],
)
def test_recent_shifts_come_before_the_first_days(past: str, after_days: int, broken: int) -> None:
    instance = world([before("anna", past), "bo"])
    rule = ShiftSuccession(forbid=(("night", "morning"),), after_days=after_days)
    assert amount(rule, roster(instance, anna="0 morning", bo="0 morning")) == broken


def test_a_rule_on_some_posts_takes_no_history() -> None:
    served = roster(world([before("anna", "-1 night")]), anna="0 morning")
    assert amount(NIGHT_MORNING.model_copy(update={"posts": ("gate",)}), served) == 0


def test_the_list_is_not_empty() -> None:
    with pytest.raises(ValidationError):
        ShiftSuccession(forbid=())


def test_it_says_both_types_and_days() -> None:
    assert words(NIGHT_MORNING, roster(world(), anna="0 night, 1 morning")) == [
        (
            "anna: morning on Tue 5 Mar 2024 after night on Mon 4 Mar 2024",
            f"anna：{day_text(day(0)).zh}night之后，{day_text(day(1)).zh}又排morning",
        )
    ]
