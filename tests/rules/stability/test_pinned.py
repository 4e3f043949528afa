from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from scheduler.model.build import build
from scheduler.rules.base import Violation
from scheduler.rules.eligibility.availability import Availability
from scheduler.rules.stability.pinned import Pin, Pinned
from tests.agreement import matrix_score
from tests.builders import day, roster, world

INSTANCE = world(["anna", "bo"], days=2)


def pin(volunteer: str, shift: str, **more: Any) -> dict[str, Any]:
    """A pin in its short form: ``pin("anna", "0 morning")``."""
    number, _, shift_type = shift.partition(" ")
    return {"volunteer": volunteer, "shift": f"gate/{day(int(number))}/{shift_type}"} | more


def found(*pins: dict[str, Any], rule: dict[str, Any] | None = None, **served: str) -> list[Violation]:
    return [*Pinned(assignments=pins, **(rule or {})).check_all(roster(INSTANCE, **served))]


@pytest.mark.parametrize(
    ("served", "missing"),
    [
        ({}, 2),
        ({"anna": "0 morning"}, 1),
        ({"anna": "0 morning", "bo": "1 night"}, 0),
        ({"anna": "0 morning, 1 night", "bo": "1 night, 0 morning"}, 0),
        ({"anna": "1 night", "bo": "0 morning"}, 2),
    ],
)
def test_every_missing_pin_counts(served: dict[str, str], missing: int) -> None:
    violations = found(pin("anna", "0 morning"), pin("bo", "1 night"), **served)
    assert [violation.amount for violation in violations] == [1] * missing


@pytest.mark.parametrize(("served", "broken"), [("", 0), ("0 noon", 0), ("1 morning", 0), ("0 morning", 1)])
def test_a_forbidden_pin_must_not_hold(served: str, broken: int) -> None:
    assert len(found(pin("anna", "0 morning", forbidden=True), anna=served, bo="0 morning")) == broken


def test_the_same_pin_twice_counts_once() -> None:
    long = {"volunteer": "anna", "post": "gate", "day": day(0), "shift_type": "morning"}
    assert len(found(pin("anna", "0 morning"), long)) == 1


@pytest.mark.parametrize("shift", ["2 morning", "-1 night"])
def test_a_pin_on_a_shift_that_does_not_exist_is_broken(shift: str) -> None:
    [violation] = found(pin("anna", shift), anna="0 morning")
    named = pin("anna", shift)["shift"]
    assert violation.text.en == f"anna is settled on {named}, but the plan's demand has no such shift"
    assert violation.text.zh == f"anna指定值守 {named}，但计划需求中没有该班次"
    assert violation.volunteers == ("anna",)
    assert violation.shifts == ()
    assert not found(pin("anna", shift, forbidden=True))


def test_ids_that_do_not_exist_raise_nothing() -> None:
    pins = [{"volunteer": "anna", "shift": f"nowhere/{day(0)}/never"}, pin("nobody", "0 morning")]
    assert len(found(*pins)) == 1
    assert Pinned(assignments=pins).pairs_needed(INSTANCE) == []


def test_only_pins_the_filters_leave_count() -> None:
    pins = [pin("anna", "0 morning"), pin("anna", "0 night"), pin("bo", "0 night")]
    assert len(found(*pins, rule={"shift_types": ("night",)})) == 2
    assert len(found(*pins, rule={"volunteers": ("bo",)})) == 1
    needed = Pinned(assignments=pins, volunteers=("anna",), shift_types=("night",)).pairs_needed(INSTANCE)
    assert needed == [(0, INSTANCE.shift_index[f"gate/{day(0)}/night"])]


def test_a_pin_has_a_column_even_if_another_rule_says_no() -> None:
    instance = world([{"id": "anna", "availability": {}}], days=1)
    rules = [
        Availability(),
        Pinned(assignments=[pin("anna", "0 morning"), pin("anna", "0 noon", forbidden=True)]),
    ]
    served = roster(instance, anna="0 morning")
    assert build(instance, rules).pairs == 1
    assert matrix_score(rules, served) is None
    kept = matrix_score([rules[0].model_copy(update={"level": "wish"}), rules[1]], served)
    assert kept is not None
    assert kept.values == (0, 0, 0, 0, 0, 0, 1)


def test_the_sentences() -> None:
    [missing] = found(pin("anna", "0 morning"))
    assert missing.text.en == f"anna does not serve as settled: gate, {day(0)} morning 08:00–12:00"
    assert missing.text.zh == "anna未按指定值守：gate 3月4日morning 08:00–12:00"
    [forbidden] = found(pin("anna", "0 morning", forbidden=True), anna="0 morning")
    assert forbidden.text.en == f"anna must not serve: gate, {day(0)} morning 08:00–12:00"
    assert forbidden.text.zh.startswith("anna不得值守：gate")
    assert forbidden.shifts == (f"gate/{day(0)}/morning",)


def test_a_pin_cannot_be_both_settled_and_forbidden() -> None:
    with pytest.raises(ValidationError, match=r"anna on gate/2024-03-04/morning is both"):
        Pinned(assignments=[pin("anna", "0 morning"), pin("anna", "0 morning", forbidden=True)])
    Pinned(assignments=[pin("anna", "0 morning"), pin("bo", "0 morning", forbidden=True)])


def test_a_pin_is_an_assignment_and_may_be_forbidden() -> None:
    assert not Pin.model_validate(pin("anna", "0 morning")).forbidden
    assert Pin.model_validate(pin("anna", "0 morning", forbidden=True)).forbidden
