"""Explanations: every number is the referee's, every no is illegal, every funnel adds up."""

from __future__ import annotations

import random
from typing import Any

import pytest

from scheduler.advice.answer import Answer
from scheduler.advice.parts import score_parts
from scheduler.advice.why import why, why_not
from scheduler.advice.why_empty import funnel, why_empty
from scheduler.domain.roster import Roster
from scheduler.rules.base import Rule
from scheduler.score import Score, Scorer, score, violations
from tests.personal import legal_roster, personal_plan

PLAN = personal_plan(3, "e")
WORLD, ALL = PLAN.instance(), PLAN.all_rules()


def some_roster(rng: random.Random) -> Roster:
    return legal_roster(Roster(WORLD), ALL, rng, tries=40)


def confirmed(roster: Roster, option: dict[str, Any]) -> None:
    """What an option says is what the referee says once it is done."""
    pairs = [
        [(WORLD.volunteer_index[one["volunteer"]], WORLD.shift_index[one["shift"]]) for one in option[key]]
        for key in ("add", "remove")
    ]
    after = score(roster.changed(*pairs), ALL)
    price = after - score(roster, ALL)
    assert option["price"] == {str(level): price[level] for level in _levels(price)}
    assert option["legal"] == (price.values[0] <= 0)
    assert sum(one["cost"] for one in option["rules"]) == sum(price.values)
    assert bool(option["breaches"]) == (not option["legal"])


def _levels(price: Score) -> list[Any]:
    from scheduler.domain.entity import LEVELS

    return [level for level in LEVELS if price[level]]


@pytest.mark.parametrize("seed", range(12))
def test_why_names_alternatives_at_the_referees_price(seed: int) -> None:
    roster = some_roster(random.Random(seed))
    for volunteer in WORLD.volunteers:
        for shift in roster.shifts_of(volunteer):
            data: Any = why(Scorer(roster, ALL), volunteer, shift).data
            options = [data["nobody"], *data["others"], *data["elsewhere"]]
            for option in options:
                confirmed(roster, option)
            assert len(data["others"]) + sum(data["barred"].values()) + len(roster.crew_of(shift)) == len(
                WORLD.volunteers
            )


@pytest.mark.parametrize("seed", range(12))
def test_why_not_is_a_no_of_the_referee_or_a_price(seed: int) -> None:
    rng = random.Random(seed)
    roster = some_roster(rng)
    seen = set()
    for volunteer in WORLD.volunteers:
        for shift in rng.sample(WORLD.shifts, 6):
            data: Any = why_not(Scorer(roster, ALL), volunteer, shift).data
            assert data["serves"] == (shift in roster.shifts_of(volunteer)) if data.get("serves") else True
            for option in [data["alone"], *data["instead"]] if "alone" in data else []:
                confirmed(roster, option)
                seen.add(option["legal"])
    assert seen == {True, False}


@pytest.mark.parametrize("seed", range(8))
def test_a_funnel_counts_everybody_once(seed: int) -> None:
    roster = some_roster(random.Random(seed))
    for shift in WORLD.shifts:
        found = funnel(Scorer(roster, ALL), shift)
        assert found.serving + sum(count for _, count in found.barred) + len(found.able) == found.people
        for option in found.able:
            assert score(roster.changed(add=option.add), ALL).legal
        data: Any = why_empty(Scorer(roster, ALL), shift).data
        assert data["missing"] == max(0, shift.least - len(roster.crew_of(shift)))


def test_a_funnel_names_the_first_rule_that_says_no() -> None:
    roster = Roster.named(WORLD, [("c", "gate/2024-03-07/noon")])
    shift = WORLD.shifts[WORLD.shift_index["gate/2024-03-07/evening"]]
    found = funnel(Scorer(roster, ALL), shift)
    barred: list[tuple[Rule, int]] = list(found.barred)
    assert [(rule.rule, count) for rule, count in barred] == [("availability", 2), ("min-rest", 1)]


def test_the_score_taken_apart_adds_up() -> None:
    roster = some_roster(random.Random(1))
    found = violations(roster, ALL)
    data: Any = score_parts(found).data
    assert data["score"] == {level: score(roster, ALL)[level] for level in data["score"]}
    for level, rules in data["levels"].items():
        assert sum(one["cost"] for one in rules) == data["score"][level]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_answers_have_no_gaps_to_fill(language: str) -> None:
    roster = some_roster(random.Random(2))
    volunteer = next(v for v in WORLD.volunteers if roster.shifts_of(v))
    answers: list[Answer] = [
        why(Scorer(roster, ALL), volunteer),
        why_not(Scorer(roster, ALL), volunteer, WORLD.shifts[-1]),
        why_empty(Scorer(roster, ALL), WORLD.shifts[0]),
        score_parts(violations(roster, ALL)),
    ]
    for answer in answers:
        for line in (answer.title, *answer.lines):
            words = line.zh if language == "zh" else line.en
            assert words.strip()
            assert "{" not in words
