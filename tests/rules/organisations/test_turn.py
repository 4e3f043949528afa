from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from pydantic import ValidationError

from scheduler.domain.calendar import DaySelector
from scheduler.domain.instance import Instance
from scheduler.rules.organisations.turn import Turn
from scheduler.score import Scorer, violations
from scheduler.text import day_text
from tests.agreement import disagreement
from tests.builders import MONDAY, SHIFT_TYPES, day, problem, roster, world

ORGANISATIONS = [{"id": "p"}, *({"id": name, "within": "p"} for name in ("a", "b", "c"))]
PEOPLE = [*({"id": name, "organisation": name} for name in ("a", "b", "c", "p")), "x"]


def small(**more: Any) -> Instance:
    """Saturday 9 to Tuesday 12 March: two weeks."""
    horizon = more.pop("horizon", {"first": day(5), "last": day(8)})
    return world(PEOPLE, horizon=horizon, organisations=ORGANISATIONS, shift_types=SHIFT_TYPES[1:3], **more)


def amount(rule: Turn, instance: Instance | None = None, **served: str) -> int:
    return sum(found.amount for found in violations(roster(instance or small(), **served), [rule]))


@pytest.mark.parametrize(
    ("who", "days"), [("a", [0, 1, 1, 0]), ("b", [1, 0, 1, 1]), ("c", [1, 1, 0, 1]), ("x", [0, 0, 0, 0])]
)
def test_days_go_round_in_the_order_listed(who: str, days: list[int]) -> None:
    rule = Turn(branches_of="p", per="day")
    assert [amount(rule, **{who: f"{n} noon"}) for n in range(5, 9)] == days


@pytest.mark.parametrize(("who", "days"), [("a", [0, 0, 1, 1]), ("b", [1, 1, 0, 0]), ("c", [1, 1, 1, 1])])
def test_weeks_are_calendar_weeks(who: str, days: list[int]) -> None:
    rule = Turn(branches_of="p")
    assert [amount(rule, **{who: f"{n} noon"}) for n in range(5, 9)] == days


def test_first_and_the_order_of_the_list() -> None:
    assert amount(Turn(branches_of="p", first="b"), b="5 noon", c="7 noon") == 0
    assert amount(Turn(branches_of="p", first="c"), c="5 noon", a="8 noon") == 0
    listed = Turn(organisations=("c", "a"), per="day")
    assert amount(listed, c="5 noon, 7 noon", a="6 noon, 8 noon", b="5 noon") == 0
    assert amount(listed, a="5 noon") == 1
    assert amount(listed.model_copy(update={"first": "a"}), a="5 noon", c="6 noon") == 0


def test_every_head_counts() -> None:
    assert amount(Turn(branches_of="p"), b="5 noon, 5 evening, 6 noon", c="5 noon") == 4


def test_days_without_shifts_of_the_rule_take_no_turn() -> None:
    instance = small(horizon={"first": day(0), "last": day(13)})
    sundays = Turn(branches_of="p", per="day", days=DaySelector(weekdays=("sun",)))
    assert amount(sundays, instance, a="6 noon", b="13 noon") == 0
    assert amount(sundays, instance, a="13 noon", b="6 noon") == 2


@pytest.mark.parametrize(
    ("served", "by_day", "by_week"),
    [
        ({"b": "5 noon", "a": "6 noon"}, 0, 1),
        ({"b": "5 noon", "a": "5 evening"}, 1, 1),
        ({"b": "5 noon", "a": "5 noon, 5 evening", "c": "5 noon"}, 2, 2),
        ({"b": "6 noon", "c": "7 noon"}, 0, 0),
        ({"b": "8 noon", "p": "8 noon", "x": "8 noon"}, 0, 0),
        ({}, 0, 0),
    ],
)
def test_in_a_free_order_only_one_serves(served: dict[str, str], by_day: int, by_week: int) -> None:
    assert amount(Turn(branches_of="p", order="free", per="day"), **served) == by_day
    assert amount(Turn(branches_of="p", order="free"), **served) == by_week


def test_who_is_in_two_organisations_may_serve_on_either_turn() -> None:
    rule = Turn(organisations=("p", "a"), per="day")
    assert amount(rule, a="5 noon, 6 noon", p="5 noon") == 0
    assert amount(rule, p="6 noon") == 1


def test_without_organisations_there_are_no_turns() -> None:
    instance = world()
    for order in ("given", "free"):
        served = roster(instance, anna="0 noon", bo="0 noon")
        assert not violations(served, [Turn(order=order)])
        assert not disagreement(Turn(order=order), served)


def test_a_change_is_checked_in_its_own_turn_only() -> None:
    rule = Turn(branches_of="p", per="day")
    instance = small()
    scorer = Scorer(roster(instance, b="5 noon, 6 noon", c="6 noon"), [rule])
    moved = scorer.moved(add=roster(instance, a="7 noon").pairs, remove=roster(instance, b="5 noon").pairs)
    assert moved.score == Scorer(moved.roster, [rule]).score
    assert rule.subject_label(instance, 1).en == "on Sun 10 Mar 2024"


def test_first_must_be_listed() -> None:
    with pytest.raises(ValidationError):
        Turn(organisations=("a", "b"), first="c")
    assert Turn(organisations=("a", "b"), first="b").first == "b"
    assert Turn(organisations=("a",), branches_of="p", first="c").first == "c"


def test_the_sentences_say_whose_turn_it_is() -> None:
    served = roster(small(), b="5 noon, 6 noon", c="5 noon")
    (found,) = violations(served, [Turn(branches_of="p")])
    assert found.text.en == "3 heads of b, c on the turn of a in the week of Mon 4 Mar 2024"
    assert found.text.zh == f"{day_text(day(0)).zh}起的一周轮到a，却有b、c的3人次"
    assert (found.volunteers, len(found.shifts)) == (("b", "c"), 2)
    (found,) = violations(served, [Turn(branches_of="p", order="free", per="day")])
    assert found.text.en == "b, c serve on Sat 9 Mar 2024, only one of them is to"
    assert found.text.zh.endswith("b、c均有人值守，应只有其一")


@pytest.mark.parametrize(
    ("order", "day", "next_first"), [("given", 7, "b"), ("given", 5, "a"), ("free", 7, None)]
)
def test_the_round_goes_on_after_the_horizon(order: str, day: int, next_first: str | None) -> None:
    from scheduler.rules.organisations.turn import Turn

    people = [{"id": "p", "organisation": "a"}, {"id": "q", "organisation": "b"}]
    plan = problem(people, days=5, organisations=[{"id": "a"}, {"id": "b"}])
    rule = Turn(organisations=("a", "b"), order=order)
    assert rule.follows(plan.instance(), MONDAY + dt.timedelta(days=day)) == next_first
