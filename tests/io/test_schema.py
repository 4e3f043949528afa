"""The JSON Schema: every good plan meets it, and bad ones do not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from scheduler.io.schema import plan_schema
from scheduler.io.yaml_marked import parse_yaml
from scheduler.rules import RULES

ROOT = Path(__file__).parents[2]
SCHEMA = Draft202012Validator(plan_schema())


def errors(data: object) -> list[str]:
    return [f"{list(error.path)} {error.message[:200]}" for error in SCHEMA.iter_errors(data)]


def good() -> Any:
    return parse_yaml((ROOT / "tests/io/good/plan.yaml").read_text("utf-8"), "").data


def test_it_is_a_schema() -> None:
    Draft202012Validator.check_schema(plan_schema())


@pytest.mark.parametrize(
    "path", [*sorted(ROOT.glob("examples/*/plan.yaml")), ROOT / "tests/io/good/plan.yaml"], ids=str
)
def test_good_plans_meet_it(path: Path) -> None:
    assert not errors(parse_yaml(path.read_text("utf-8"), "").data)


@pytest.mark.parametrize("rule", sorted(RULES))
def test_the_example_of_every_rule_meets_it(rule: str) -> None:
    assert not errors(good() | {"rules": [parse_yaml(RULES[rule].example(), "").data]})


@pytest.mark.parametrize(
    ("availability", "fits"),
    [
        ("always", True),
        ("workday 17:30-01:00; weekend", True),
        (["mon-fri", {"weekdays": ["sat"], "hours": ["08:00-12:00"]}], True),
        (
            {"only": ["weekend"], "unavailable": [{"start": "2020-03-02 08:00", "end": "2020-03-02 12:00"}]},
            True,
        ),
        (3, False),
        ({"only": "weekend"}, False),
        ([3], False),
        ({"always": "perhaps"}, False),
    ],
)
def test_availability_has_its_short_forms(availability: object, fits: bool) -> None:
    volunteer = {"id": "anna", "availability": availability, "skills": ["medical", {"skill": "driving"}]}
    assert (errors(good() | {"volunteers": [volunteer]}) == []) == fits


@pytest.mark.parametrize(
    ("section", "value", "fits"),
    [
        ("volunteers", {"file": "volunteers.csv"}, True),
        ("volunteers", {"file": "volunteers.csv", "sheet": 1}, False),
        ("volunteers", [{"name": "Anna"}], False),
        ("rules", {"file": "rules.csv"}, False),
        ("rules", [{"rule": "cover", "days": "mon-fri"}], True),
        ("rules", [{"rule": "covr"}], False),
        ("horizon", {"first": "2020-03-02"}, False),
        ("shift_types", [{"id": "day", "start": "8:00", "end": "20:00", "burden": 1.7}], True),
        ("shift_types", [{"id": "day", "start": 800, "end": "20:00"}], False),
        ("extra", 1, False),
    ],
)
def test_sections_have_their_forms(section: str, value: object, fits: bool) -> None:
    assert (errors(good() | {section: value}) == []) == fits
