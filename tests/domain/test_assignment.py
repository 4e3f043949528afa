from __future__ import annotations

import datetime as dt

import pytest
from pydantic import TypeAdapter, ValidationError

from scheduler.domain.assignment import Assignment
from tests.builders import day, world

LONG = {"volunteer": "anna", "post": "gate", "day": "2024-03-04", "shift_type": "morning"}


def test_the_shift_id_is_short_for_post_day_and_shift_type() -> None:
    short = Assignment.model_validate({"volunteer": "anna", "shift": "gate/2024-03-04/morning"})
    assert short == Assignment.model_validate(LONG)
    assert short.shift_id == "gate/2024-03-04/morning"


@pytest.mark.parametrize("shift", ["gate/2024-03-04", "gate/2024-03-04/morning/x", "morning", 3, None])
def test_another_text_than_a_shift_id_is_refused(shift: object) -> None:
    with pytest.raises(ValidationError, match="expected a shift like gate/2020-03-02/morning"):
        Assignment.model_validate({"volunteer": "anna", "shift": shift})


def test_both_forms_at_once_or_neither_are_refused() -> None:
    with pytest.raises(ValidationError):
        Assignment.model_validate({"volunteer": "anna"})
    with pytest.raises(ValidationError):
        Assignment.model_validate("anna")
    mixed = LONG | {"shift": "tower/2024-03-04/morning"}
    with pytest.raises(ValidationError, match="either"):
        Assignment.model_validate(mixed)


def test_it_finds_its_people_and_shifts() -> None:
    instance = world(["anna"], days=1)
    known = Assignment.model_validate(LONG)
    assert known.shift(instance) is instance.shifts[0]
    assert known.person(instance) is instance.volunteers[0]
    assert known.shift_label(instance) == instance.shifts[0].label
    unknown = known.model_copy(update={"day": day(1), "volunteer": "bo"})
    assert unknown.shift(instance) is None
    assert unknown.person(instance) is None
    assert unknown.shift_label(instance).zh == "gate/2024-03-05/morning"


@pytest.mark.parametrize(
    ("shift_type", "start"),
    [("night", "2024-03-04 22:00"), ("dawn", "2024-03-05 04:00"), ("never", "2024-03-04 06:00")],
)
def test_it_knows_when_a_shift_starts_that_is_not_in_the_demand(shift_type: str, start: str) -> None:
    types = [
        {"id": "night", "start": "22:00", "end": "04:00"},
        {"id": "dawn", "start": "04:00", "end": "08:00"},
    ]
    gone = Assignment.model_validate(LONG | {"post": "closed", "shift_type": shift_type})
    assert gone.start(world(["anna"], days=1, shift_types=types)) == dt.datetime.fromisoformat(start)


def test_the_schema_has_both_forms() -> None:
    long, short = TypeAdapter(Assignment).json_schema()["anyOf"]
    assert long["required"] == ["volunteer", "post", "day", "shift_type"]
    assert short["required"] == ["volunteer", "shift"]
    assert set(short["properties"]) == {"volunteer", "shift"}
    assert long["additionalProperties"] is False
    assert short["additionalProperties"] is False
