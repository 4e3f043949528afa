"""Which rules a plan ends up with."""

from __future__ import annotations

from scheduler.domain.entity import Level
from tests.builders import problem


def kept(*rules: dict[str, object]) -> list[tuple[str, str, Level]]:
    plan = problem(rules=list(rules))
    return [(rule.rule, getattr(rule, "bound", ""), rule.level) for rule in plan.all_rules()]


def test_standard_rules_hold_without_being_listed() -> None:
    names = {name for name, _, _ in kept()}
    assert {"availability", "required-skill", "no-overlap", "contract", "cover", "request"} <= names


def test_listing_one_bound_of_cover_keeps_the_others() -> None:
    found = [one for one in kept({"rule": "cover", "bound": "least", "weight": 99}) if one[0] == "cover"]
    assert sorted(found) == [
        ("cover", "least", "cover"),
        ("cover", "most", "hard"),
        ("cover", "wanted", "cover"),
    ]


def test_a_listed_rule_replaces_its_standard() -> None:
    found = [one for one in kept({"rule": "availability", "level": "wish"}) if one[0] == "availability"]
    assert found == [("availability", "", "wish")]


def test_a_rule_switched_off_is_gone() -> None:
    assert "contract" not in {name for name, _, _ in kept({"rule": "contract", "enabled": False})}
