from __future__ import annotations

import pytest

from scheduler.rules.teamwork.mentor import Mentor
from scheduler.score import violations
from tests.builders import day, roster, world


def broken(crew: list[int], rule: Mentor) -> int:
    """For a crew with these earlier shifts each."""
    people = [{"id": f"p{n}", "history": {"shifts": shifts}} for n, shifts in enumerate(crew)]
    served = roster(world(people or ["nobody"]), **{f"p{n}": "0 noon" for n in range(len(crew))})
    return sum(found.amount for found in violations(served, [rule]))


@pytest.mark.parametrize(
    ("crew", "amount"),
    [
        ([0], 1),
        ([0, 0, 0], 1),  # a shift counts once
        ([0, 4], 1),
        ([0, 5], 0),
        ([1], 0),  # no newcomer
        ([1, 4], 0),
        ([], 0),
    ],
)
def test_a_newcomer_needs_a_mentor(crew: list[int], amount: int) -> None:
    assert broken(crew, Mentor()) == amount


@pytest.mark.parametrize(("shifts", "amount"), [(2, 1), (3, 0)])
def test_newcomer_says_who_is_new(shifts: int, amount: int) -> None:
    assert broken([shifts], Mentor(newcomer=3)) == amount


@pytest.mark.parametrize(("shifts", "amount"), [(1, 1), (2, 0)])
def test_experienced_says_who_leads(shifts: int, amount: int) -> None:
    assert broken([0, shifts], Mentor(experienced=2)) == amount


@pytest.mark.parametrize(("when", "amount"), [("0 noon", 0), ("1 noon", 1)])
def test_a_skill_makes_mentors_up_to_its_last_day(when: str, amount: int) -> None:
    people = [{"id": "new"}, {"id": "led", "skills": [{"skill": "lead", "until": day(0)}]}]
    people += [{"id": "old", "history": {"shifts": 9}}]
    instance = world(people, skills=[{"id": "lead"}])
    rule = Mentor(skill="lead")
    assert len(violations(roster(instance, new=when, led=when, old=when), [rule])) == amount
    assert len(violations(roster(instance, led=when), [rule])) == amount  # with the skill, not a newcomer
    assert len(violations(roster(instance, new=when, old=when), [rule])) == 1
    assert not violations(roster(instance, new=when, old=when), [Mentor()])


def test_filters_hold_for_newcomers_and_mentors() -> None:
    people = [{"id": "new"}, {"id": "old", "history": {"shifts": 9}}]
    served = roster(world(people), new="0 noon", old="0 noon")
    assert len(violations(served, [Mentor(volunteers=("new",))])) == 1
    assert not violations(served, [Mentor(volunteers=("old",))])


def test_the_sentence_names_the_newcomers() -> None:
    (found,) = violations(roster(world(), anna="0 noon", bo="0 noon"), [Mentor()])
    assert found.text.en == "gate, 2024-03-04 noon 12:00–16:00: anna, bo without anybody experienced"
    assert found.text.zh == "gate 3月4日noon 12:00–16:00：新人anna、bo无人带班"
