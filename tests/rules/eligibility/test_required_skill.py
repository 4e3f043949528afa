from __future__ import annotations

import pytest

from scheduler.domain.entity import Level
from scheduler.rules import STANDARD
from scheduler.rules.eligibility.required_skill import RequiredSkill
from tests.builders import day, problem, roster, world

SKILLS = [{"id": "medical", "name": {"en": "Medical", "zh": "医务"}}, {"id": "driving"}]
POSTS = [{"id": "gate"}, {"id": "clinic", "skills": ["medical", "driving"]}]
PEOPLE = [
    {"id": "both", "skills": [{"skill": "medical", "until": day(1)}, {"skill": "driving"}]},
    {"id": "driver", "skills": [{"skill": "driving"}]},
    {"id": "none"},
]


def amount(rule: RequiredSkill, **served: str) -> int:
    instance = world(PEOPLE, days=3, posts=POSTS, skills=SKILLS)
    return sum(violation.amount for violation in rule.check_all(roster(instance, **served)))


@pytest.mark.parametrize(("person", "lacking"), [("both", 0), ("driver", 1), ("none", 2)])
def test_every_lacking_skill_counts(person: str, lacking: int) -> None:
    assert amount(RequiredSkill(), **{person: "0 morning@clinic"}) == lacking
    assert amount(RequiredSkill(), **{person: "0 morning@gate"}) == 0


@pytest.mark.parametrize(("number", "lacking"), [(0, 0), (1, 0), (2, 1)])
def test_a_skill_is_valid_through_its_last_day(number: int, lacking: int) -> None:
    assert amount(RequiredSkill(), both=f"{number} night@clinic") == lacking


def test_own_skills_are_asked_instead() -> None:
    own = RequiredSkill(skills=("driving",))
    assert amount(own, none="0 morning@gate") == 1
    assert amount(own, none="0 morning@clinic") == 1
    assert amount(own, driver="0 morning@clinic") == 0
    assert amount(RequiredSkill(skills=()), none="0 morning@clinic") == 0


def test_the_sentence_names_what_is_lacking() -> None:
    served = roster(world(PEOPLE, days=1, posts=POSTS, skills=SKILLS), none="0 morning@clinic")
    [violation] = RequiredSkill().check_all(served)
    assert violation.text.en.startswith("none lacks Medical, driving for clinic")
    assert violation.text.zh.startswith("none不具备医务、driving：clinic")


def test_own_skills_leave_those_of_posts_standing() -> None:
    def standing(*rules: dict[str, object]) -> list[tuple[str, ...] | None]:
        plan = problem(skills=SKILLS, rules=rules)
        return [rule.skills for rule in plan.all_rules() if isinstance(rule, RequiredSkill)]

    assert standing() == [None]
    assert standing({"rule": "required-skill", "skills": ["driving"]}) == [None, ("driving",)]
    assert standing({"rule": "required-skill", "level": "wish"}) == [None]
    assert standing({"rule": "required-skill", "enabled": False}) == []


def test_it_is_hard_in_every_plan() -> None:
    assert [rule.level for rule in STANDARD if isinstance(rule, RequiredSkill)] == [Level.HARD]
