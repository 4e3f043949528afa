"""Counters that have no room in the table: the bound stays a bound, comes near, and rosters stay legal."""

from __future__ import annotations

import random

import numpy as np
import pytest

from scheduler.engine.columns import compiled
from scheduler.engine.columns.fallback import MipPricer
from scheduler.engine.columns.offer import Offer
from scheduler.engine.columns.personal import Personal
from scheduler.engine.columns.pricing import Pricing
from scheduler.engine.stop import Deadline
from scheduler.rules import Rule
from scheduler.rules.workload.consecutive import Consecutive
from scheduler.rules.workload.max_load import MaxLoad
from scheduler.rules.workload.one_per_day import OnePerDay
from tests.builders import world
from tests.engine.columns.worlds import Task, task


def capped(seed: int) -> Task:
    """Two people for three weeks, with bounds on hours and on most of the types, from above or below."""
    rng = random.Random(seed)
    instance = world(["anna", "bo"], days=21)
    hours = rng.choice([44, 60, 70])
    rules: list[Rule] = [
        OnePerDay(),
        Consecutive(what="days", most=3),
        MaxLoad(per="horizon", measure="hours", least=hours, most=hours + rng.choice([2, 8])),
        MaxLoad(per="horizon", most=rng.choice([1, 2]), shift_types=("night",)),
        MaxLoad(per="horizon", most=rng.choice([2, 4]), shift_types=("evening",)),
        MaxLoad(per="horizon", least=rng.choice([2, 3]), shift_types=("noon",)),
    ]
    one = task(rng, instance, rules)
    one.reward[:] = np.round(one.reward + np.array([rng.random() * 5 for _ in one.reward]), 2)
    return one


def offers(one: Task, pricing: Pricing, cutoff: float = np.inf) -> list[Offer]:
    return pricing.price(
        one.weights,
        one.reward,
        cutoff=np.full(2, cutoff),
        lower=one.lower,
        upper=one.upper,
        which=np.arange(2),
        many=4,
        stop=Deadline(),
    )


@pytest.mark.parametrize("seed", range(6))
def test_with_room_the_table_is_exact(seed: int) -> None:
    one = capped(seed)
    assert one.pricing.compiled == 2
    for number, offer in enumerate(offers(one, one.pricing)):
        block = one.blocks.blocks[number]
        fixed = (one.lower[block.columns], one.upper[block.columns])
        by_mip = MipPricer(Personal(one.model, block)).price(
            one.weights, one.reward[block.columns], np.inf, *fixed, Deadline()
        )
        assert offer.bound == pytest.approx(by_mip.bound, abs=1e-5)
        assert offer.reduced[0] == pytest.approx(by_mip.bound, abs=1e-5)


@pytest.mark.parametrize("seed", range(12))
def test_without_room_the_bound_is_valid_and_rosters_are_legal(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = capped(seed)
    truth = offers(one, one.pricing)
    monkeypatch.setattr(compiled, "MOST_CELLS", 0)
    tight = Pricing(one.model, one.blocks)
    assert tight.compiled == 2
    near, found = [-np.inf, -np.inf], [np.inf, np.inf]
    for _ in range(6):
        for number, (exact, offer) in enumerate(zip(truth, offers(one, tight))):
            assert offer.bound <= exact.bound + 1e-6
            near[number] = max(near[number], offer.bound)
            for roster, value in zip(offer.rosters, offer.reduced):
                assert tight.legal(number, roster)
                assert value >= exact.bound - 1e-6
                cost = one.weights @ tight.personal_cost(number, roster)
                assert value == pytest.approx(cost - one.reward[roster].sum())
                found[number] = min(found[number], value)
    for exact, bound, best in zip(truth, near, found):
        scale = abs(exact.bound)
        assert bound >= exact.bound - 0.03 * scale
        assert best <= exact.bound + 0.1 * scale


@pytest.mark.parametrize("seed", range(3))
def test_without_room_a_cutoff_the_bound_reaches_ends_the_search(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = capped(seed)
    truth = offers(one, one.pricing)
    monkeypatch.setattr(compiled, "MOST_CELLS", 0)
    tight = Pricing(one.model, one.blocks)
    cutoff = min(offer.bound for offer in truth) - 5.0
    for _ in range(4):
        for exact, offer in zip(truth, offers(one, tight, cutoff)):
            assert not offer.rosters
            assert offer.bound <= exact.bound + 1e-6


def test_the_same_questions_give_the_same_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    one = capped(1)
    monkeypatch.setattr(compiled, "MOST_CELLS", 0)
    first, second = Pricing(one.model, one.blocks), Pricing(one.model, one.blocks)
    for _ in range(3):
        for a, b in zip(offers(one, first), offers(one, second)):
            assert (a.bound, a.reduced) == (b.bound, b.reduced)
            assert [r.tolist() for r in a.rosters] == [r.tolist() for r in b.rosters]
