"""What other rules promise changes how rows are written, not what they say."""

from __future__ import annotations

import random

import pytest

from scheduler.domain.entity import Level
from scheduler.rules import NoOverlap, Rule
from scheduler.rules.workload.one_per_day import OnePerDay
from scheduler.score import score
from tests.agreement import matrix_score
from tests.rules.workload.amounts import allowed_part
from tests.rules.workload.cases import CASES

PROMISES: list[list[Rule]] = [
    [NoOverlap()],
    [OnePerDay()],
    [OnePerDay(volunteers=("a", "v"))],
    [NoOverlap(), OnePerDay(shift_types=("night",))],
]


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("name", sorted(CASES))
def test_rows_say_the_same_under_a_promise(name: str, seed: int) -> None:
    rng = random.Random(f"{name} {seed}")
    for rule, roster in CASES[name](rng):
        promise = rng.choice(PROMISES)
        kept = allowed_part(rng, promise, roster)
        strict = rule.model_copy(update={"level": Level.HARD})
        allowed = matrix_score([*promise, strict], kept)
        assert (allowed is not None) == score(kept, [strict]).legal, (rule, kept.pairs)
        soft = rule.model_copy(update={"level": Level.WISH, "weight": 3})
        assert matrix_score([*promise, soft], kept) == score(kept, [soft]), (rule, kept.pairs)
