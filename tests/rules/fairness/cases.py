"""Random cases for the fairness rules, near their boundaries."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

import numpy as np

from scheduler.domain.instance import Instance
from scheduler.domain.roster import Roster
from scheduler.rules.fairness.fair import Fair
from scheduler.rules.fairness.fair_burden import FairBurden
from scheduler.rules.fairness.fair_load import FairLoad
from scheduler.rules.fairness.spacing import Spacing
from tests.builders import SHIFT_TYPES, day, world
from tests.rules.sampling import Case, CaseMaker, random_roster


def some_people(rng: random.Random) -> Instance:
    people: list[dict[str, Any]] = [
        {"id": "a", "history": {"shifts": rng.randrange(6), "burden": rng.randrange(60) / 10}},
        {"id": "b", "joined": day(rng.choice([-5, 0, 1, 2]))},
        {"id": "c", "contract": {"per_horizon": rng.choice([0, 1, 3])}},
        {"id": "d", "availability": {"only": [{"dates": [day(rng.choice([0, 3]))]}]}},
    ]
    return world(people, days=4, shift_types=SHIFT_TYPES[2:])


def near_target(rng: random.Random, rule: Fair, instance: Instance) -> Roster:
    """Everybody at their target, give or take a shift or two."""
    pairs = []
    for v, target in enumerate(rule.targets(instance).tolist()):
        heads = max(0, min(target // rule.units + rng.choice([-2, -1, 0, 1, 2, 4]), len(instance.shifts)))
        pairs += [(v, s) for s in rng.sample(range(len(instance.shifts)), heads)]
    return Roster(instance, pairs)


def fair_load(rng: random.Random) -> Iterator[Case]:
    instance = some_people(rng)
    for below in (False, True):
        rule = FairLoad(
            by=rng.choice(["days", "times", "equal"]),
            decay=rng.choice([0, 0.5, 1]),
            target=rng.choice([None, None, 2]),
            total=rng.choice([None, 5]),
            steps=rng.choice([((0, 1),), ((1, 2),), ((0, 1), (1, 3), (3, 9))]),
            below=below,
            shift_types=rng.choice([None, None, ("night",)]),
            volunteers=rng.choice([None, None, ("a", "c")]),
        )
        yield rule, near_target(rng, rule, instance)


def fair_burden(rng: random.Random) -> Iterator[Case]:
    instance = some_people(rng)
    for below in (False, True):
        rule = FairBurden(
            decay=rng.choice([0, 0.5]),
            target=rng.choice([None, None, 2.4, 3.2]),
            steps=rng.choice([((0, 1),), ((0.8, 2),), ((0, 1), (1.2, 3))]),
            below=below,
        )
        yield rule, near_target(rng, rule, instance)


def spacing(rng: random.Random) -> Iterator[Case]:
    least = rng.choice([2, 3, 4, 9])
    recent = [{"day": day(-n), "shift_type": rng.choice(["evening", "night"])} for n in (1, least - 1, least)]
    people: list[dict[str, Any]] = [
        {"id": "a", "history": {"shifts": 9, "recent": recent[: rng.randrange(1, 4)]}},
        {"id": "b", "availability": {"only": [{"dates": [day(0), day(least - 1), day(5)]}]}},
        "c",  # type: ignore[list-item]
    ]
    instance = world(people, days=6, shift_types=SHIFT_TYPES[2:])
    only = rng.choice([None, None, ("night",)])
    yield Spacing(least=least, shift_types=only), random_roster(rng, instance, rng.choice([0.08, 0.15, 0.4]))
    yield Spacing(least=least), _at_the_boundary(rng, instance, least)


def _at_the_boundary(rng: random.Random, instance: Instance, least: int) -> Roster:
    """The last volunteer serves on two days just too close or just far enough, perhaps the last ones."""
    last = rng.choice([len(instance.days) - 1, len(instance.days) - 1, len(instance.days) - 2])
    first = max(0, last - rng.choice([least - 1, least]))
    person = len(instance.volunteers) - 1
    served = [int(rng.choice(np.flatnonzero(instance.day_of == day).tolist())) for day in (first, last)]
    return Roster(instance, [(person, shift) for shift in served])


CASES: dict[str, CaseMaker] = {"fair-burden": fair_burden, "fair-load": fair_load, "spacing": spacing}
