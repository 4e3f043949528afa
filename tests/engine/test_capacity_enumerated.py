"""What capacity says of tiny plans, against everything that anybody could serve: enumerated, no relaxation."""

from __future__ import annotations

import itertools
import random
from typing import Any

import pytest

from scheduler.domain.instance import Instance
from scheduler.domain.roster import Roster
from scheduler.engine.capacity import capacity
from scheduler.engine.helpers import with_helpers
from scheduler.engine.stop import Deadline
from scheduler.problem import Problem
from scheduler.report.capacity import Capacity, Dimension, Kind, Proof
from scheduler.score import score
from tests.builders import day, problem

TYPES = ({"id": "early", "start": "08:00", "end": "12:00"}, {"id": "late", "start": "13:00", "end": "20:00"})
SHARES = (0.5, 0.75, 1.0)
PER_WEEK = 2

Heads = tuple[int, ...]
"""Heads filled by shift, none counted over the least."""


def world(seed: int) -> Problem:
    """Two or three people on two or three days, who cannot always come and have not agreed to much."""
    rng = random.Random(seed)
    days = rng.choice([2, 3])
    people: list[dict[str, Any]] = [{"id": one} for one in "abc"[: rng.choice([2, 3])]]
    for one in people:
        one["contract"] = {"per_horizon": rng.choice([1, 2, 3])}
        if rng.random() < 0.6:
            one["availability"] = rng.choice(
                ["08:00-12:00", {"unavailable": [str(day(rng.randrange(days)))]}, "13:00-20:00"]
            )
    rules = rng.choice([[], [{"rule": "one-per-day"}], [{"rule": "min-rest", "hours": 11}]])
    return problem(people, days=days, shift_types=TYPES, heads=rng.choice([1, 2]), rules=rules)


def reached(plan: Problem) -> set[Heads]:
    """What any roster fills: everything each person may serve by the referee, put together."""
    instance, rules = plan.instance(), plan.all_rules()
    least = [shift.least for shift in instance.shifts]
    found: set[Heads] = {(0,) * len(least)}
    for v in range(len(instance.volunteers)):
        own = [
            one for one in subsets(instance) if score(Roster(instance, [(v, s) for s in one]), rules).legal
        ]
        found = {
            tuple(min(least[s], heads + (s in one)) for s, heads in enumerate(before))
            for before in found
            for one in own
        }
    return found


def subsets(instance: Instance) -> list[tuple[int, ...]]:
    places = range(len(instance.shifts))
    return [one for size in range(len(places) + 1) for one in itertools.combinations(places, size)]


def days_kept(instance: Instance, heads: Heads, share: float) -> int:
    """The days from the first on that have their share."""
    for number, duty_day in enumerate(instance.days):
        mine = [s for s, shift in enumerate(instance.shifts) if shift.day == duty_day]
        if sum(heads[s] for s in mine) < share * sum(instance.shifts[s].least for s in mine):
            return number
    return len(instance.days)


def missing(instance: Instance, heads: Heads, shift_type: str | None = None) -> int:
    return sum(
        shift.least - heads[s]
        for s, shift in enumerate(instance.shifts)
        if shift_type in (None, shift.type.id)
    )


def measured(seed: int) -> tuple[Problem, float, Capacity]:
    plan, share = world(seed), SHARES[seed % 3]
    return plan, share, capacity(plan, share, Deadline(), PER_WEEK)


@pytest.mark.parametrize("seed", range(12))
def test_the_first_day_and_what_stays_open_are_the_enumerated_best(seed: int) -> None:
    plan, share, found = measured(seed)
    every = reached(plan)
    best = max(days_kept(found.instance, one, share) for one in every)
    assert found.first == (None if best == len(found.days) else found.days[best].day)
    assert found.least == min(missing(found.instance, one) for one in every)


def test_no_roster_leaves_less_open_at_a_bottleneck() -> None:
    looked_at = 0
    for seed in range(8):
        plan, _, found = measured(seed)
        for one in found.groups:
            if one.dimension is Dimension.SHIFT_TYPE:
                looked_at += 1
                assert one.alone == min(missing(found.instance, heads, one.key) for heads in reached(plan))
    assert looked_at >= 4


def closes(plan: Problem, counts: dict[Kind, int], share: float) -> bool:
    """Whether some roster with these people added has the share on every day."""
    more = with_helpers(plan, {kind: people for kind, people in counts.items() if people}, PER_WEEK)
    instance = more.instance()
    return any(days_kept(instance, heads, share) == len(instance.days) for heads in reached(more))


def test_whom_to_ask_for_is_enough_and_one_fewer_is_not() -> None:
    asked = 0
    for seed in range(6):
        plan, share, found = measured(seed)
        if found.recruits is None or found.recruits.people > 3:
            continue
        asked += 1
        counts = {one.kind: one.people for one in found.recruits.needs}
        assert found.recruits.proof is Proof.ROSTER
        assert closes(plan, counts, share)
        assert found.recruits.needed
        assert not any(closes(plan, {**counts, kind: counts[kind] - 1}, share) for kind in counts)
        if found.recruits.fewest:
            fewer = itertools.product(*(range(found.recruits.people) for _ in counts))
            less = [one for one in fewer if sum(one) < found.recruits.people]
            assert not any(closes(plan, dict(zip(counts, one, strict=True)), share) for one in less)
    assert asked >= 2
