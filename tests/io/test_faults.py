"""Validation errors become one fault a mistake, at its place, in both languages."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import pytest
from pydantic import Field, ValidationError

from scheduler.domain.entity import Entity, Identifier
from scheduler.io.faults import validation_faults
from scheduler.io.yaml_marked import parse_yaml
from scheduler.text import Language


class Square(Entity):
    kind: Literal["square"] = "square"
    side: int = Field(gt=0, lt=10)
    parts: tuple[int, ...] = Field(default=(), min_length=1, max_length=2)


class Circle(Entity):
    kind: Literal["circle"] = "circle"
    radius: float = Field(default=1, multiple_of=2)
    named: dict[int, Literal["a", "b"]] = Field(default_factory=dict)


class Drawing(Entity):
    id: Identifier = "x"
    shapes: tuple[Annotated[Square | Circle, Field(discriminator="kind")], ...] = ()
    size: int | Literal["all"] | None = None
    corner: Square | tuple[int, ...] | None = None
    flag: bool = False


def faults(text: str) -> list[str]:
    marked = parse_yaml(text, "f")
    with pytest.raises(ValidationError) as caught:
        Drawing.model_validate(marked.data)
    found = validation_faults(caught.value, Drawing, marked)
    for fault in found:
        assert fault.text.en != fault.text.zh
        assert any("一" <= character <= "鿿" for character in fault.text.zh)
    return [fault.say(Language.EN) for fault in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("size: some", 'f:1 size: expected a whole number, or expected one of all, found the text "some"'),
        ("flag: 3", "f:1 flag: expected true or false, found the number 3"),
        ("flag: {}", "f:1 flag: expected true or false, found a mapping (key: value)"),
        ("flag: ~", "f:1 flag: expected true or false, found nothing"),
        ("shapes:\n- kind: square\n  side: 0", "f:3 shapes.1.side: must be more than 0, found the number 0"),
        (
            "shapes:\n- {kind: square, side: 10}",
            "f:2 shapes.1.side: must be less than 10, found the number 10",
        ),
        (
            "shapes:\n- {kind: square, side: 1.5}",
            "f:2 shapes.1.side: expected a whole number, found the number 1.5",
        ),
        (
            "shapes:\n- {kind: square, side: 1, parts: []}",
            "f:2 shapes.1.parts: at least 1 entries are needed, found 0",
        ),
        (
            "shapes:\n- {kind: square, side: 1, parts: [1, 2, 3]}",
            "f:2 shapes.1.parts: at most 2 entries are possible, found 3",
        ),
        (
            "shapes:\n- {kind: circle, radius: 3}",
            "f:2 shapes.1.radius: must be a multiple of 2.0, found the number 3",
        ),
        (
            "shapes:\n- {kind: circle, raduis: 2}",
            'f:2 shapes.1.raduis: this key is not known here; did you mean "radius"?',
        ),
        (
            "shapes:\n- {kind: circle, side: 2}",
            "f:2 shapes.1.side: this key is not known here; keys: radius, named",
        ),
        (
            "shapes:\n- {kind: circle, named: {1: c}}",
            'f:2 shapes.1.named.1: expected one of a, b, found the text "c"',
        ),
        ("shapes: [3]", "f:1 shapes.1: expected a mapping (key: value), found the number 3"),
        ("shapes: {}", "f:1 shapes: expected a list, found a mapping (key: value)"),
        ("id: ''", "f:1 id: must not be empty"),
        (f"id: {'x' * 81}", "f:1 id: must not be longer than 80 characters"),
        ("id: true", "f:1 id: expected a text, found the value true; put it in quotes"),
        ("corner: {side: x}", 'f:1 corner.side: expected a whole number, found the text "x"'),
        ("corner: [1,\n x]", 'f:2 corner.2: expected a whole number, found the text "x"'),
    ],
)
def test_one_mistake_is_one_fault(text: str, expected: str) -> None:
    assert faults(text) == [expected]


def test_a_key_and_its_value_may_both_be_wrong() -> None:
    assert [said.partition(": ")[0] for said in faults("shapes:\n- {kind: circle, named: {x: c}}")] == [
        "f:2 shapes.1.named.x",
        "f:2 shapes.1.named.x",
    ]


def test_a_misspelt_key_is_not_missing_too() -> None:
    assert faults("shapes:\n- {kind: square, sied: 3}") == [
        'f:2 shapes.1.sied: this key is not known here; did you mean "side"?'
    ]
    assert len(faults("shapes:\n- {kind: square, colour: 3}")) == 2


def test_two_shapes_are_two_places() -> None:
    said: list[Any] = faults("shapes:\n- {kind: square}\n- kind: oval\n- {}\n")
    assert [one.partition(": ")[0] for one in said] == [
        "f:2 shapes.1.side",
        "f:3 shapes.2.kind",
        "f:4 shapes.3",
    ]
