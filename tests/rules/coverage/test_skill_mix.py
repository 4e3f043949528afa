from __future__ import annotations

from typing import Any

import pytest

from scheduler.domain.instance import Instance
from scheduler.problem import Problem
from scheduler.rules.base import Violation
from scheduler.rules.coverage.skill_mix import SkillMix
from tests.builders import day, problem, roster, world

SKILLS = [{"id": "medical", "name": {"en": "Medical", "zh": "医务"}}, {"id": "driving"}]


def people(until: int | None = None) -> list[dict[str, Any]]:
    """a, b medical (a perhaps until a day), c driving, d nothing."""
    expiry = {} if until is None else {"until": day(until)}
    return [
        {"id": "a", "skills": [{"skill": "medical", **expiry}]},
        {"id": "b", "skills": [{"skill": "medical"}]},
        {"id": "c", "skills": [{"skill": "driving"}]},
        {"id": "d"},
    ]


def gate(*skills: dict[str, Any], days: int = 1, until: int | None = None) -> Instance:
    demand = [{"shifts": ["morning"], "least": 2, "most": 4, "skills": skills}]
    posts = [{"id": "gate", "priority": 3, "demand": demand}]
    return world(people(until), days=days, posts=posts, skills=SKILLS)


def found(rule: SkillMix, instance: Instance, crew: str, number: int = 0) -> list[Violation]:
    return [*rule.check_all(roster(instance, **dict.fromkeys(crew, f"{number} morning")))]


@pytest.mark.parametrize(("crew", "missing"), [("", 2), ("cd", 2), ("acd", 1), ("ab", 0), ("abcd", 0)])
def test_the_demanded_skill_is_counted_and_weighs_the_priority(crew: str, missing: int) -> None:
    instance = gate({"skill": "medical", "least": 2})
    assert sum(violation.amount for violation in found(SkillMix(), instance, crew)) == 3 * missing


def test_each_demanded_skill_counts_of_its_own() -> None:
    instance = gate({"skill": "medical"}, {"skill": "driving"})
    assert len(found(SkillMix(), instance, "d")) == 2
    assert len(found(SkillMix(), instance, "cd")) == 1
    assert not found(SkillMix(), instance, "ac")


def test_no_demanded_skill_is_never_broken() -> None:
    assert not found(SkillMix(), gate(), "")


@pytest.mark.parametrize(("until", "broken"), [(0, 1), (1, 0), (2, 0)])
def test_a_skill_counts_until_its_last_valid_day(until: int, broken: int) -> None:
    instance = gate({"skill": "medical"}, days=2, until=until)
    violations = found(SkillMix(days={"dates": [day(1)]}), instance, "a", 1)
    assert len([v for v in violations if v.shifts == (f"gate/{day(1)}/morning",)]) == broken


@pytest.mark.parametrize(("crew", "missing"), [("ab", 2), ("ac", 1), ("a", 2)])
def test_an_own_skill_is_asked_instead(crew: str, missing: int) -> None:
    instance = gate({"skill": "medical", "least": 2})
    own = SkillMix(skill="driving", least=2)
    assert sum(violation.amount for violation in found(own, instance, crew)) == 3 * missing


def test_the_sentence_names_the_skill() -> None:
    [violation] = found(SkillMix(), gate({"skill": "medical", "least": 2}), "ad")
    assert violation.text.en.endswith("1 of 2 with Medical")
    assert violation.text.zh.endswith("具备“医务”者1人，应至少2人")


def standing(plan: Problem) -> list[str | None]:
    return [rule.skill for rule in plan.all_rules() if isinstance(rule, SkillMix)]


def test_an_own_skill_leaves_the_demanded_ones_standing() -> None:
    own = {"rule": "skill-mix", "skill": "medical"}
    assert standing(problem()) == [None]
    assert standing(problem(skills=SKILLS, rules=[own])) == [None, "medical"]
    assert standing(problem(rules=[{"rule": "skill-mix", "weight": 7}])) == [None]
    assert standing(problem(rules=[{"rule": "skill-mix", "enabled": False}])) == []
