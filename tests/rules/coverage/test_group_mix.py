from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from scheduler.domain.instance import Instance
from scheduler.rules.base import Violation
from scheduler.rules.coverage.group_mix import GroupMix
from tests.builders import day, roster, world

FACTS: dict[str, Any] = {
    "organisations": [
        {"id": "party", "name": {"en": "The Party", "zh": "某党"}},
        {"id": "branch", "within": "party"},
        {"id": "club"},
    ],
    "skills": [{"id": "medical", "name": {"en": "Medical", "zh": "医务"}}],
    "teams": [{"id": "crew", "kind": "company"}],
}
PEOPLE = [
    {"id": "p", "organisation": "party"},
    {"id": "b", "organisation": "branch", "skills": [{"skill": "medical", "until": day(0)}]},
    {"id": "c", "organisation": "club", "tier": "reserve"},
    {"id": "d", "organisation": "club", "skills": [{"skill": "medical"}], "teams": ["crew"]},
    {"id": "n"},
]


def gate(days: int = 1, heads: int = 2) -> Instance:
    demand = [{"shifts": ["morning"], "least": 1, "wanted": heads, "most": 5}]
    return world(PEOPLE, days=days, posts=[{"id": "gate", "demand": demand}], **FACTS)


def found(rule: GroupMix, instance: Instance, crew: str, number: int = 0) -> list[Violation]:
    scope = rule.scope(instance)
    served = roster(instance, **dict.fromkeys(crew, f"{number} morning"))
    return [*rule.check_all(served.within(scope.volunteers, scope.shifts))]


def amount(rule: GroupMix, instance: Instance, crew: str, number: int = 0) -> int:
    return sum(violation.amount for violation in found(rule, instance, crew, number))


@pytest.mark.parametrize(("crew", "missing"), [("", 2), ("cdn", 2), ("pn", 1), ("pb", 0), ("pbc", 0)])
def test_least_counts_missing_members_branches_included(crew: str, missing: int) -> None:
    assert amount(GroupMix(organisations=("party",), least=2), gate(), crew) == missing


@pytest.mark.parametrize(("crew", "over"), [("", 0), ("pcdn", 0), ("pb", 1), ("pbn", 1)])
def test_most_counts_members_too_many(crew: str, over: int) -> None:
    assert amount(GroupMix(organisations=("party",), most=1), gate(), crew) == over


@pytest.mark.parametrize(("crew", "broken"), [("n", 1), ("c", 0), ("d", 0), ("cd", 1)])
def test_both_bounds_at_once(crew: str, broken: int) -> None:
    assert amount(GroupMix(organisations=("club",), least=1, most=1), gate(), crew) == broken


def test_most_zero_keeps_a_group_out() -> None:
    assert amount(GroupMix(tiers=("reserve",), most=0), gate(), "cd") == 1


@pytest.mark.parametrize(("number", "missing"), [(0, 0), (1, 1)])
def test_a_skill_must_be_valid_on_the_day(number: int, missing: int) -> None:
    rule = GroupMix(skill="medical", least=1, days={"dates": [day(number)]})
    assert amount(rule, gate(days=2), "bn", number) == missing


def test_a_skill_narrows_what_the_filters_leave() -> None:
    assert amount(GroupMix(skill="medical", organisations=("party",), least=1), gate(), "dp") == 1


@pytest.mark.parametrize(("heads", "missing"), [(1, 0), (2, 1), (3, 1)])
def test_least_concerns_only_shifts_that_want_enough_heads(heads: int, missing: int) -> None:
    rule = GroupMix(organisations=("party",), least=1, most=1, only_if_heads=2)
    assert amount(rule, gate(heads=heads), "cd") == missing
    assert amount(rule, gate(heads=heads), "pb") == 1


@pytest.mark.parametrize(("crew", "over"), [("pcn", 0), ("pb", 1), ("cd", 1), ("pbcd", 2)])
def test_each_top_organisation_is_a_group_of_its_own(crew: str, over: int) -> None:
    assert amount(GroupMix(each=True, most=1), gate(), crew) == over
    assert amount(GroupMix(each=True, least=1), gate(), crew + "pc") == 0


def test_each_listed_organisation_is_a_group_even_one_within_another() -> None:
    rule = GroupMix(organisations=("party", "branch"), each=True, least=1)
    assert amount(rule, gate(), "p") == 1
    assert amount(rule, gate(), "b") == 0
    assert amount(rule, gate(), "cd") == 2


def test_the_sentence_names_the_group_and_the_bound() -> None:
    [under] = found(GroupMix(organisations=("party",), tiers=("volunteer",), least=1), gate(), "c")
    assert under.text.en.endswith("0 of The Party, volunteers, at least 1")
    assert under.text.zh.endswith("某党、志愿者0人，应至少1人")
    [over] = found(GroupMix(each=True, most=1), gate(), "pb")
    assert over.text.en.endswith("2 of The Party, at most 1")
    assert over.volunteers == ("b", "p")
    [team] = found(GroupMix(teams=("crew",), skill="medical", most=0), gate(), "d")
    assert team.text.zh.endswith("crew、医务1人，应至多0人")
    [anyone] = found(GroupMix(volunteers=("n",), most=0), gate(), "n")
    assert anyone.text.zh.endswith("该类人员1人，应至多0人")


def test_it_needs_a_bound_and_bounds_in_order() -> None:
    with pytest.raises(ValidationError, match="least or most"):
        GroupMix(organisations=("party",))
    with pytest.raises(ValidationError, match="least 2 is more than most 1"):
        GroupMix(least=2, most=1)
    assert GroupMix(least=2, most=2).most == 2
