"""The pricer says what brute force, a MIP and the referee say, on random small worlds."""

from __future__ import annotations

import random

import numpy as np
import pytest

from scheduler.domain.entity import Level
from scheduler.domain.grouping import Ints
from scheduler.domain.roster import Roster
from scheduler.engine.columns.fallback import MipPricer
from scheduler.engine.columns.offer import Offer
from scheduler.engine.columns.personal import Personal
from scheduler.engine.stop import Deadline
from scheduler.rules import Rule
from scheduler.rules.workload.max_load import MaxLoad
from scheduler.rules.workload.one_per_day import OnePerDay
from scheduler.score import score
from tests.builders import world
from tests.engine.columns.worlds import Task, brute_force, small_world, some_rules, task

MANY = 7


def offers(
    one: Task, *, cutoff: float = np.inf, many: int = MANY, stop: Deadline | None = None
) -> list[Offer]:
    count = len(one.blocks.blocks)
    return one.pricing.price(
        one.weights,
        one.reward,
        cutoff=np.full(count, cutoff),
        lower=one.lower,
        upper=one.upper,
        which=np.arange(count),
        many=many,
        stop=stop or Deadline(),
    )


def by_mip(one: Task, number: int) -> Offer:
    block = one.blocks.blocks[number]
    fixed = (one.lower[block.columns], one.upper[block.columns])
    pricer = MipPricer(Personal(one.model, block))
    return pricer.price(one.weights, one.reward[block.columns], np.inf, *fixed, Deadline())


def is_sound(one: Task, number: int, offer: Offer) -> None:
    """The rosters are distinct, sorted by value, legal, within the fixings and cost what is said."""
    assert list(offer.reduced) == sorted(offer.reduced)
    assert len({roster.tobytes() for roster in offer.rosters}) == len(offer.rosters) <= MANY
    for roster, value in zip(offer.rosters, offer.reduced):
        held = np.zeros(one.model.columns, dtype=np.bool_)
        held[roster] = True
        mine = one.blocks.blocks[number].columns
        assert not (held & ~one.upper).any()
        assert held[mine][one.lower[mine]].all()
        assert one.pricing.legal(number, roster)
        assert np.array_equal(one.pricing.complete(number, roster[roster < one.model.pairs]), roster)
        cost = one.weights @ one.pricing.personal_cost(number, roster)
        assert value == pytest.approx(cost - one.reward[roster].sum())
        assert value >= offer.bound - 1e-9


@pytest.mark.parametrize("seed", range(40))
def test_the_optimum_is_that_of_brute_force(seed: int) -> None:
    rng = random.Random(seed)
    instance = small_world(rng, days=3)
    one = task(rng, instance, some_rules(rng, instance), fixed=rng.choice([0.0, 0.15]))
    for number, offer in enumerate(offers(one)):
        is_sound(one, number, offer)
        truth = brute_force(one, number) if len(one.blocks.blocks[number].columns) < 14 else None
        if truth is None:
            continue
        if not truth:
            assert offer.bound == np.inf
            assert not offer.rosters
        else:
            assert offer.bound == pytest.approx(truth[0][0])
            assert offer.reduced[0] == pytest.approx(truth[0][0])


@pytest.mark.parametrize("seed", range(40))
def test_the_optimum_is_that_of_a_mip(seed: int) -> None:
    rng = random.Random(1000 + seed)
    instance = small_world(rng, days=rng.choice([7, 9, 12]))
    one = task(rng, instance, some_rules(rng, instance), fixed=rng.choice([0.0, 0.1]))
    for number, offer in enumerate(offers(one)):
        is_sound(one, number, offer)
        truth = by_mip(one, number)
        assert offer.bound == pytest.approx(truth.bound, abs=1e-5)
        assert bool(offer.rosters) == bool(truth.rosters)


def test_nearly_all_blocks_of_such_worlds_compile() -> None:
    compiled = total = 0
    for seed in range(30):
        rng = random.Random(1000 + seed)
        instance = small_world(rng, days=9)
        one = task(rng, instance, some_rules(rng, instance))
        compiled, total = compiled + one.pricing.compiled, total + len(one.blocks.blocks)
    assert compiled >= 0.8 * total


def alone(rules: list[Rule], person: str) -> list[Rule]:
    """The rules of single volunteers, for one of them."""
    return [rule.model_copy(update={"volunteers": (person,)}) for rule in rules]


@pytest.mark.parametrize("seed", range(30))
def test_the_personal_cost_is_the_referee_s(seed: int) -> None:
    rng = random.Random(2000 + seed)
    instance = small_world(rng, days=7)
    rules = some_rules(rng, instance)
    one = task(rng, instance, rules)
    for number, offer in enumerate(offers(one)):
        person = one.blocks.blocks[number].volunteer
        mine = alone(rules, instance.volunteers[person].id)

        def served(roster: Ints, person: int = person) -> Roster:
            shifts = one.model.shift[roster[roster < one.model.pairs]]
            return Roster(instance, [(person, shift) for shift in shifts.tolist()])

        for roster in offer.rosters:
            said = score(served(roster), mine)
            assert said.legal
            assert said.values == tuple(
                np.rint(one.pricing.personal_cost(number, roster)).astype(int).tolist()
            )


@pytest.mark.parametrize("seed", range(10))
def test_only_rosters_under_the_cutoff_are_offered(seed: int) -> None:
    rng = random.Random(3000 + seed)
    instance = small_world(rng, days=6)
    one = task(rng, instance, some_rules(rng, instance))
    best = offers(one)
    for cutoff in (-20.0, -8.0, 0.0):
        for wide, narrow in zip(best, offers(one, cutoff=cutoff)):
            assert all(value < cutoff for value in narrow.reduced)
            assert narrow.bound <= wide.bound + 1e-9 or wide.bound == np.inf
            if wide.bound < cutoff:
                assert narrow.bound == pytest.approx(wide.bound)
                assert narrow.rosters
            else:
                assert narrow.bound >= cutoff
    for wide in best:
        if wide.rosters:
            at_it = offers(one, cutoff=wide.bound)
            assert any(not offer.rosters and offer.bound >= wide.bound - 1e-9 for offer in at_it)


def test_a_cutoff_just_over_the_best_still_finds_it() -> None:
    rng = random.Random(5)
    instance = small_world(rng, days=7)
    one = task(rng, instance, [OnePerDay(), MaxLoad(per="horizon", least=2, most=3)])
    for number, offer in enumerate(offers(one)):
        narrow = offers(one, cutoff=offer.reduced[0] + 1e-3)[number]
        assert narrow.reduced[0] == pytest.approx(offer.reduced[0])


def test_a_cap_that_is_broken_joins_until_the_roster_is_legal() -> None:
    instance = world(["a", "b"], days=20)
    caps: list[Rule] = [
        MaxLoad(per="horizon", measure="hours", least=60, most=64),
        MaxLoad(per="horizon", most=4, shift_types=("night",)),
        MaxLoad(per="horizon", most=1, shift_types=("evening",)),
    ]
    one = task(random.Random(1), instance, [OnePerDay(), *caps])
    types = np.array([instance.shifts[n].type.id for n in one.model.shift])
    one.reward[:] = np.select([types == "night", types == "evening"], [9.0, 7.0], 1.0)
    assert one.pricing.compiled == 2
    best = -(4 * 9.0 + 7.0 + 6 * 1.0)
    for offer in offers(one, many=1):
        assert (offer.bound, offer.reduced) == (best, (best,))


def test_without_personal_rows_every_rewarded_shift_is_taken() -> None:
    instance = world(["a", "b"], days=2, shift_types=({"id": "early", "start": "08:00", "end": "12:00"},))
    one = task(random.Random(1), instance, [])
    one.reward[:] = [2.0, -1.0, 3.0, 4.0]
    assert one.pricing.compiled == 2
    assert [offer.bound for offer in offers(one)] == [-2.0, -7.0]
    assert [roster.tolist() for roster in offers(one)[0].rosters] == [[0], [0, 1], []]


def test_who_may_never_serve_has_the_empty_roster() -> None:
    instance = world(["a", "b"], days=2)
    one = task(random.Random(1), instance, [MaxLoad(per="horizon", most=0)])
    for offer in offers(one):
        assert (offer.bound, [roster.tolist() for roster in offer.rosters]) == (0.0, [[]])
    one.lower[0] = True
    assert [offer.bound for offer in offers(one)] == [np.inf, 0.0]


def test_without_time_nothing_is_said() -> None:
    rng = random.Random(1)
    instance = small_world(rng, days=3)
    one = task(rng, instance, [OnePerDay()])
    stop = Deadline()
    stop.interrupt()
    assert all(offer.bound == -np.inf and not offer.rosters for offer in offers(one, stop=stop))


def test_a_compilation_that_is_stopped_leaves_correct_pricing() -> None:
    from scheduler.engine.columns.pricing import Pricing

    rng = random.Random(8)
    instance = small_world(rng, days=4)
    one = task(rng, instance, [OnePerDay(), MaxLoad(per="horizon", least=1, most=2, level=Level.WISH)])
    stop = Deadline()
    stop.interrupt()
    late = Pricing(one.model, one.blocks, stop=stop)
    assert (late.compiled, one.pricing.compiled) == (0, len(one.blocks.blocks))
    slow = Task(one.model, one.blocks, late, one.weights, one.reward, one.lower, one.upper)
    for quick, careful in zip(offers(one), offers(slow)):
        assert quick.bound == pytest.approx(careful.bound)


def test_threads_change_nothing() -> None:
    from scheduler.engine.columns.pricing import Pricing

    rng = random.Random(9)
    instance = small_world(rng, days=9)
    one = task(rng, instance, some_rules(rng, instance))
    both = Pricing(one.model, one.blocks, threads=2)
    two = Task(one.model, one.blocks, both, one.weights, one.reward, one.lower, one.upper)
    for single, shared in zip(offers(one), offers(two)):
        assert single.bound == shared.bound
        assert [r.tolist() for r in single.rosters] == [r.tolist() for r in shared.rosters]


@pytest.mark.parametrize("seed", range(10))
def test_some_legal_roster_is_found_wherever_there_is_one(seed: int) -> None:
    rng = random.Random(seed)
    instance = small_world(rng, days=5)
    one = task(rng, instance, some_rules(rng, instance), fixed=rng.choice([0.0, 0.15]))
    for number, best in enumerate(offers(one)):
        mine = one.blocks.blocks[number].columns
        offer = one.pricing.any_legal(number, (one.lower[mine], one.upper[mine]), Deadline())
        assert bool(offer.rosters) == bool(best.rosters)
        for roster in offer.rosters:
            assert one.pricing.legal(number, roster)


@pytest.mark.parametrize("seed", range(10))
def test_near_the_last_roster_the_same_is_found_again_and_nothing_better_than_the_best(seed: int) -> None:
    rng = random.Random(seed)
    instance = small_world(rng, days=9)
    one = task(rng, instance, some_rules(rng, instance))
    for number, best in enumerate(offers(one)):
        mine = one.blocks.blocks[number].columns
        fixed = (one.lower[mine], one.upper[mine])
        for reward, least in ((one.reward[mine], best), (np.zeros(len(mine)), None)):
            near = one.pricing.single(number, one.weights, reward, np.inf, fixed, near=True, stop=Deadline())
            every = one.pricing.single(number, one.weights, reward, np.inf, fixed, stop=Deadline())
            assert len(near.rosters) <= len(every.rosters)
            for roster, value in zip(near.rosters, near.reduced):
                assert one.pricing.legal(number, roster)
                assert value >= every.bound - 1e-9
            if least is not None and least.rosters:
                assert near.reduced[0] == pytest.approx(least.reduced[0])
