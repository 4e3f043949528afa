"""The cheapest single relaxation: it fills the shift, breaks one rule for one person, and costs what it says."""

from __future__ import annotations

import random

import pytest

from scheduler.domain.roster import Roster
from scheduler.engine.relax import cheapest_relaxation
from scheduler.engine.stop import Deadline
from scheduler.score import Scorer, score, violations
from tests.builders import problem
from tests.personal import legal_roster, personal_plan

PLAN = personal_plan(2)
WORLD, ALL = PLAN.instance(), PLAN.all_rules()


def full_roster(rng: random.Random) -> Roster:
    return legal_roster(Roster(WORLD), ALL, rng, tries=80)


@pytest.mark.parametrize("seed", range(10))
def test_a_relaxation_fills_the_shift_at_its_price(seed: int) -> None:
    roster = full_roster(random.Random(seed))
    scorer = Scorer(roster, ALL)
    checked = 0
    for s, shift in enumerate(WORLD.shifts):
        if len(roster.crew_of(shift)) >= shift.least:
            continue
        found = cheapest_relaxation(scorer, shift, Deadline())
        if found is None:
            continue
        after = roster.changed(found.add, found.remove)
        assert (WORLD.number(found.volunteer), s) in after.pair_set
        assert len(after.crew_of(shift)) == len(roster.crew_of(shift)) + 1
        assert (score(after, ALL) - score(roster, ALL)).values[1:] == found.price
        broken = [one for one in violations(after, ALL) if one.rule.level == "hard"]
        assert {(one.rule.rule, one.volunteers) for one in broken} == {
            (found.rule.rule, (found.volunteer.id,))
        }
        assert found.price <= scorer.difference(add=[(WORLD.number(found.volunteer), s)]).score.values[1:]
        checked += 1
    assert checked


def test_a_person_at_their_limit_is_the_cheapest_where_others_lack_time() -> None:
    plan = problem([{"id": "a", "contract": {"per_horizon": 1}}, {"id": "b", "availability": "tue"}], days=2)
    instance, rules = plan.instance(), plan.all_rules()
    roster = Roster.named(instance, [("a", "gate/2024-03-04/morning")])
    shift = instance.shifts[instance.shift_index["gate/2024-03-04/evening"]]
    found = cheapest_relaxation(Scorer(roster, rules), shift, Deadline())
    assert found is not None
    assert found.tried == 2
    assert {found.volunteer.id, found.rule.rule} <= {"a", "contract", "b", "availability"}


def test_nobody_kept_away_by_one_rule_alone_is_said() -> None:
    plan = problem([{"id": "a", "availability": "tue", "contract": {"per_horizon": 0}}], days=2)
    instance = plan.instance()
    assert (
        cheapest_relaxation(Scorer(Roster(instance), plan.all_rules()), instance.shifts[0], Deadline())
        is None
    )
