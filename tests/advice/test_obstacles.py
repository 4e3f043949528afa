"""Who says no first, and that every no is one."""

import random

import pytest

from scheduler.advice.obstacles import Referee, asked_first, hard_breaches
from scheduler.advice.price import by_rule, price_words
from scheduler.domain.roster import Roster
from scheduler.rules.base import Rule
from scheduler.score import Scorer, score
from tests.builders import problem

RULES = [
    {"rule": "one-per-day"},
    {"rule": "min-rest", "hours": 10},
    {"rule": "max-load", "most": 2, "per": "horizon"},
    {"rule": "fair-load"},
    {"rule": "spacing", "least": 2},
]
PEOPLE = [
    {"id": "a", "availability": "mon-wed"},
    {"id": "b", "contract": {"per_horizon": 2}},
    "c",
    {"id": "d", "availability": "08:00-16:00", "requests": [{"kind": "avoid", "when": "tue"}]},
]


@pytest.mark.parametrize("seed", range(6))
def test_a_no_is_illegal_and_a_price_is_what_the_referee_adds(seed: int) -> None:
    rng = random.Random(seed)
    plan = problem(PEOPLE, days=5, rules=RULES)
    instance, rules = plan.instance(), plan.all_rules()
    pairs = [(v, s) for v in range(len(instance.volunteers)) for s in range(len(instance.shifts))]
    roster = Roster(instance, rng.sample(pairs, 5))
    scorer = Scorer(roster, rules)
    referee = Referee.of(scorer)
    before = score(roster, rules)
    answers = []
    for pair in pairs:
        if pair in roster.pair_set:
            continue
        answer = referee.first_no([pair])
        after = score(roster.changed(add=[pair]), rules)
        if isinstance(answer, Rule):
            assert after.values[0] > before.values[0]
            brought = hard_breaches(scorer.difference(add=[pair]))
            assert answer is min((one.rule for one in brought), key=asked_first)
        else:
            assert after == before + answer.score
            assert after.values[0] == before.values[0]
            assert sum(one.cost for one in by_rule(answer)) == sum((after - before).values)
        answers.append(isinstance(answer, Rule))
    assert {True, False} == set(answers)


def test_a_price_reads_level_by_level() -> None:
    plan = problem(PEOPLE, days=5, rules=RULES)
    instance, rules = plan.instance(), plan.all_rules()
    scorer = Scorer(Roster(instance), rules)
    shift = instance.shift_index["gate/2024-03-05/morning"]
    words = price_words(scorer.difference(add=[(instance.volunteer_index["d"], shift)]))
    assert words.en == "cover −11 (cover −10, cover −1), wishes +1 (request)"
    assert words.zh.startswith("覆盖 −11")
    assert price_words(scorer.difference()).zh == "不增加任何代价"
