"""Small models for the tests of local search: every kind of rule, hard and soft, on several levels."""

from __future__ import annotations

import random
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import numpy as np

from scheduler.domain.entity import Level
from scheduler.engine.local_search.groups import groups_of
from scheduler.engine.local_search.solution import completed
from scheduler.io.read import read_plan
from scheduler.model.build import build
from scheduler.model.linear_model import Floats, LinearModel
from scheduler.rules.base import Rule
from scheduler.rules.coverage.cover import Cover
from scheduler.rules.workload.max_load import MaxLoad
from tests.rules.test_agreement import CASES

SOFT = (Level.COVER, Level.RESERVE, Level.FAIRNESS, Level.WISH)
GAINS: tuple[Rule, ...] = (
    Cover(bound="least", level=Level.COVER, weight=2),
    MaxLoad(per="horizon", most=1, level=Level.WISH),
)
"""What makes assignments worth having in any world, and many of them cost something."""
TINY = Path(__file__).parents[3] / "examples" / "tiny" / "plan.yaml"


@dataclass(frozen=True)
class Small:
    """A model, its rules, and a start in which nobody serves."""

    name: str
    model: LinearModel
    rules: list[Rule]

    @cached_property
    def start(self) -> Floats:
        nobody = np.zeros(self.model.columns)
        return completed(groups_of(self.model), self.model, nobody)

    @cached_property
    def legal_start(self) -> bool:
        return self.model.allows(self.start)


@cache
def every_rule(seed: int) -> tuple[Small, ...]:
    """A world of each rule's own cases, where the rule is hard or on one of the soft levels."""
    worlds = []
    for name in sorted(CASES):
        for n, (rule, roster) in enumerate(CASES[name](random.Random(f"{name} {seed}"))):
            level = Level.HARD if (n + seed) % 2 else SOFT[n % len(SOFT)]
            assert isinstance(rule, Rule)
            rules = [*GAINS, rule.model_copy(update={"level": level, "weight": 3})]
            model = build(roster.instance, rules)
            if model.columns:
                worlds.append(Small(name, model, rules))
    return tuple(worlds)


def tiny() -> Small:
    """The smallest example, with all its rules."""
    problem = read_plan(TINY).problem
    rules: list[Rule] = [*problem.all_rules()]
    return Small("tiny", build(problem.instance(), rules), rules)
