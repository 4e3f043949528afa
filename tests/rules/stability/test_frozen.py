from __future__ import annotations

from typing import Any

import pytest

from scheduler.model.build import build
from scheduler.rules.base import Violation
from scheduler.rules.eligibility.availability import Availability
from scheduler.rules.stability.frozen import Frozen
from tests.builders import day, roster, world

INSTANCE = world(["anna", "bo"], days=2)


def listed(**shifts: str) -> list[dict[str, Any]]:
    """Assignments by volunteer: ``listed(anna="0 morning, 1 night")``."""
    return [
        {"volunteer": person, "shift": f"gate/{day(int(one.split()[0]))}/{one.split()[1]}"}
        for person, served in shifts.items()
        for one in served.split(", ")
    ]


def found(rule: Frozen, **served: str) -> list[Violation]:
    scope = rule.scope(INSTANCE)
    return [*rule.check_all(roster(INSTANCE, **served).within(scope.volunteers, scope.shifts))]


def frozen(until: str, **shifts: str) -> Frozen:
    return Frozen(until=f"{day(0)} {until}", assignments=listed(**shifts))


@pytest.mark.parametrize(
    ("served", "broken"),
    [
        ({"anna": "0 morning", "bo": "0 noon"}, 0),
        ({"anna": "0 morning"}, 1),
        ({}, 2),
        ({"anna": "0 morning, 0 noon", "bo": "0 noon"}, 1),
        ({"anna": "0 noon", "bo": "0 morning"}, 4),
    ],
)
def test_missing_and_new_count_one_each(served: dict[str, str], broken: int) -> None:
    violations = found(frozen("20:00", anna="0 morning", bo="0 noon"), **served)
    assert [violation.amount for violation in violations] == [1] * broken


@pytest.mark.parametrize(("until", "broken"), [("11:59", 0), ("12:00", 0), ("12:01", 1)])
def test_what_starts_at_the_moment_is_free(until: str, broken: int) -> None:
    assert len(found(frozen(until), anna="0 noon")) == broken
    assert len(found(frozen(until, anna="0 noon"))) == broken


def test_the_last_shift_before_the_moment_is_frozen() -> None:
    rule = Frozen(until=f"{day(1)} 22:01", assignments=[])
    assert len(found(rule, anna="1 night, 0 morning", bo="1 evening")) == 3


def test_a_night_is_frozen_by_its_start() -> None:
    rule = Frozen(until=f"{day(1)} 01:00", assignments=listed(bo="0 night"))
    assert len(found(rule, anna="0 night, 1 morning")) == 2
    assert not found(rule, bo="0 night", anna="1 morning")


def test_what_is_listed_twice_or_from_the_moment_on_counts_nothing_more() -> None:
    rule = Frozen(until=f"{day(0)} 12:00", assignments=listed(anna="0 morning, 0 morning, 0 night, 1 noon"))
    assert len(found(rule)) == 1
    assert not found(rule, anna="0 morning")


def test_a_listed_shift_that_does_not_exist_is_broken_if_it_was_early() -> None:
    gone = [{"volunteer": "anna", "shift": f"closed/{day(0)}/{name}"} for name in ("morning", "noon")]
    [violation] = found(Frozen(until=f"{day(0)} 12:00", assignments=gone * 2))
    assert (
        violation.text.en
        == f"anna is frozen on closed/{day(0)}/morning, but the plan's demand has no such shift"
    )
    assert violation.text.zh == f"anna已冻结于 closed/{day(0)}/morning，但计划需求中没有该班次"
    assert violation.shifts == ()


def test_ids_that_do_not_exist_raise_nothing() -> None:
    odd = [{"volunteer": person, "shift": f"gate/{day(0)}/never"} for person in ("nobody", "anna")]
    assert len(found(Frozen(until=f"{day(0)} 12:00", assignments=odd))) == 1


def test_only_people_and_shifts_the_filters_leave_count() -> None:
    facts = {"until": f"{day(1)} 00:00", "assignments": listed(anna="0 morning", bo="0 night")}
    assert len(found(Frozen(**facts, volunteers=("bo",)), anna="0 noon", bo="0 noon")) == 2
    assert len(found(Frozen(**facts, shift_types=("night",)), anna="0 noon", bo="0 noon")) == 1


def test_listed_pairs_have_a_column_even_if_another_rule_says_no() -> None:
    instance = world([{"id": "anna", "availability": {}}, {"id": "bo", "availability": {}}], days=1)
    rule = frozen("14:00", anna="0 morning, 0 night", bo="0 noon")
    assert build(instance, [Availability(), rule]).pairs == 2
    only = rule.model_copy(update={"volunteers": ("bo",), "shift_types": ("noon", "night")})
    assert build(instance, [Availability(), only]).pairs == 1


def test_a_copy_with_another_list_has_its_own() -> None:
    rule = frozen("20:00", anna="0 morning")
    assert not found(rule, anna="0 morning")
    other = rule.model_copy(update={"assignments": frozen("20:00", bo="0 noon").assignments})
    assert not found(other, bo="0 noon")
    assert not found(rule, anna="0 morning")


def test_the_sentences() -> None:
    missing, new = found(frozen("12:00", anna="0 morning"), bo="0 morning")
    assert (
        missing.text.en
        == "anna no longer serves, frozen until 2024-03-04 12:00: gate, 2024-03-04 morning 08:00–12:00"
    )
    assert missing.text.zh == "anna不再值守（2024-03-04 12:00前已冻结）：gate 3月4日morning 08:00–12:00"
    assert new.text.en.startswith("bo is new, frozen until 2024-03-04 12:00: gate")
    assert new.text.zh == "bo为新增（2024-03-04 12:00前已冻结）：gate 3月4日morning 08:00–12:00"
