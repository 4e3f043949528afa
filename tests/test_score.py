"""The referee's sums, and scoring a change by what it touches."""

from __future__ import annotations

import random
from collections import Counter

import pytest

from scheduler.domain.entity import Level
from scheduler.domain.roster import Roster
from scheduler.problem import Problem
from scheduler.rules.base import Violation
from scheduler.rules.workload.min_rest import MinRest
from scheduler.score import Score, Scorer, score, violations
from tests.builders import problem, roster, world

RULES = [
    {"rule": "one-per-day"},
    {"rule": "min-rest", "hours": 10, "volunteers": ["a", "b"]},
    {"rule": "spacing", "least": 2},
    {"rule": "fair-load"},
    {"rule": "quota", "organisations": ["east"], "most": 3},
    {"rule": "share", "organisations": ["east", "west"]},
    {"rule": "together", "members": ["a", "c"], "same": "day"},
    {"rule": "group-mix", "organisations": ["west"], "most": 1, "days": {"weekdays": ["tue"]}},
]


def plan() -> Problem:
    people = [
        {"id": name, "organisation": home, "tier": tier}
        for name, home, tier in (
            ("a", "east", "volunteer"),
            ("b", "east", "reserve"),
            ("c", "west", "volunteer"),
            ("d", "west", "staff"),
        )
    ]
    return problem(people, days=4, heads=2, organisations=[{"id": "east"}, {"id": "west"}], rules=RULES)


def test_violations_add_up_by_level_and_weight() -> None:
    instance = world(["anna"], days=2)
    rest = MinRest(hours=11, level=Level.WISH, weight=4)
    served = roster(instance, anna="0 evening, 1 morning, 1 noon")
    assert [one.cost for one in violations(served, [rest])] == [4, 4]
    assert score(served, [rest]).values == (0, 0, 0, 0, 0, 0, 8)
    assert score(served, [rest])[Level.WISH] == 8


def test_scores_compare_from_the_top() -> None:
    assert Score((0, 5, 0)) < Score((1, 0, 0))
    assert Score((0, 1, 9)) < Score((0, 2, 0))
    assert Score((0, 1, 9)) > Score((0, 1, 8))
    assert Score((1, 2)) + Score((3, 4)) == Score((4, 6))
    assert Score((3, 4)) - Score((1, 2)) == Score((2, 2))
    assert Score((0, 9)).legal
    assert not Score((1, 0)).legal


@pytest.mark.parametrize("seed", range(8))
def test_a_change_scores_as_the_changed_roster_does(seed: int) -> None:
    rng = random.Random(seed)
    problem = plan()
    instance, rules = problem.instance(), problem.all_rules()
    pairs = [(v, s) for v in range(len(instance.volunteers)) for s in range(len(instance.shifts))]
    scorer = Scorer(Roster(instance, rng.sample(pairs, 12)), rules)
    for _ in range(6):
        add, remove = rng.sample(pairs, rng.randint(0, 3)), rng.sample(pairs, rng.randint(0, 3))
        add = [pair for pair in add if pair not in remove]
        after = scorer.roster.changed(add, remove)
        assert scorer.change(add, remove) == score(after, rules)
        difference = scorer.difference(add, remove)
        left = [one for one in violations(scorer.roster, rules) if one not in difference.mended]
        assert _counted([*left, *difference.brought]) == _counted(violations(after, rules))
        scorer = scorer.moved(add, remove)
        assert scorer.roster == after
        assert scorer.score == score(after, rules)


def test_a_pair_taken_away_and_added_stays() -> None:
    problem = plan()
    instance, rules = problem.instance(), problem.all_rules()
    scorer = Scorer(Roster(instance, [(0, 0)]), rules)
    assert scorer.change(add=[(0, 0)], remove=[(0, 0)]) == scorer.score
    moved = scorer.moved(add=[(0, 0)], remove=[(0, 0)])
    assert moved.roster == scorer.roster
    assert moved.score == scorer.score


def _counted(found: list[Violation]) -> Counter[tuple[str, int, str]]:
    return Counter((one.rule.rule, one.cost, one.text.en) for one in found)
