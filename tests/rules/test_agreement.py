"""Every rule states itself twice, as rows and as a check; on random small rosters the two must agree."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from scheduler.domain.roster import Roster
from scheduler.rules import RULES
from scheduler.rules.base import Rule
from tests.agreement import disagreement
from tests.rules.coverage import cases as coverage
from tests.rules.eligibility import cases as eligibility
from tests.rules.fairness import cases as fairness
from tests.rules.organisations import cases as organisations
from tests.rules.stability import cases as stability
from tests.rules.teamwork import cases as teamwork
from tests.rules.workload import cases as workload

ROOMS = (coverage, eligibility, workload, teamwork, organisations, fairness, stability)
CASES = {name: maker for room in ROOMS for name, maker in room.CASES.items()}
SEEDS = range(12)


def test_every_rule_has_cases() -> None:
    assert set(CASES) == set(RULES)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", sorted(CASES))
def test_rows_and_check_agree(name: str, seed: int) -> None:
    rng = random.Random(f"{name} {seed}")
    broken = 0
    for rule, roster in CASES[name](rng):
        assert isinstance(rule, Rule)
        assert not (fault := disagreement(rule, roster)), f"{fault}\n{rule!r}\n{roster.pairs}"
        broken += any(True for _ in rule.check_all(roster))


@pytest.mark.parametrize("name", sorted(CASES))
def test_rows_and_check_agree_on_a_plan_without_shifts(name: str) -> None:
    for rule, roster in CASES[name](random.Random(name)):
        bare = Roster(replace(roster.instance, shifts=()))
        assert isinstance(rule, Rule)
        assert not (fault := disagreement(rule, bare)), f"{fault}\n{rule!r}"
