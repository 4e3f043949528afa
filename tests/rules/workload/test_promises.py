"""What other rules promise changes how rows are written, not what they say."""

from __future__ import annotations

import random

import pytest

from scheduler.domain.entity import Level
from scheduler.domain.roster import Roster
from scheduler.rules import NoOverlap, Rule
from scheduler.rules.workload.one_per_day import OnePerDay
from scheduler.score import score
from tests.agreement import matrix_score
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
        kept = _kept(roster, promise, rng)
        strict = rule.model_copy(update={"level": Level.HARD})
        allowed = matrix_score([*promise, strict], kept)
        assert (allowed is not None) == score(kept, [strict]).legal, (rule, kept.pairs)
        soft = rule.model_copy(update={"level": Level.WISH, "weight": 3})
        assert matrix_score([*promise, soft], kept) == score(kept, [soft]), (rule, kept.pairs)


def _kept(roster: Roster, promise: list[Rule], rng: random.Random) -> Roster:
    """As much of a roster as the promise allows."""
    kept = Roster(roster.instance)
    for pair in rng.sample(roster.pairs, len(roster.pairs)):
        more = kept.changed([pair])
        if score(more, promise).legal:
            kept = more
    return kept
