"""Random cases for the organisation rules, near their boundaries."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import product
from typing import Any

from scheduler.domain.calendar import DaySelector
from scheduler.domain.instance import Instance
from scheduler.domain.roster import Roster
from scheduler.rules.organisations.quota import Quota
from scheduler.rules.organisations.share import Share
from scheduler.rules.organisations.turn import Turn
from tests.builders import SHIFT_TYPES, day, world
from tests.rules.sampling import Case, CaseMaker, random_roster


def parties(rng: random.Random, first: int = 5, last: int = 9) -> Instance:
    """Two branches of a party and a company; by default a Saturday to a Wednesday."""
    people: list[dict[str, Any]] = [
        {"id": "a", "organisation": "one"},
        {"id": "b", "organisation": "one", "contract": {"per_horizon": rng.choice([1, 9])}},
        {"id": "c", "organisation": "two", "joined": day(rng.choice([0, last]))},
        {"id": "d", "organisation": "party"},
        {"id": "e", "organisation": "firm"},
        {"id": "f"},
    ]
    organisations: list[dict[str, Any]] = [
        {"id": "party", "promised": rng.choice([3, 7])},
        {"id": "one", "within": "party", "size": rng.choice([1, 10])},
        {"id": "two", "within": "party", "promised": 2},
        {"id": "firm", "promised": 0},
    ]
    return world(
        people,
        horizon={"first": day(first), "last": day(last)},
        posts=["gate", "tent"],
        shift_types=SHIFT_TYPES[1:3],
        organisations=organisations,
    )


def laid_on(rng: random.Random) -> dict[str, Any]:
    return rng.choice(
        [
            {},
            {"branches_of": "party"},
            {"organisations": ("two", "one", "firm")},
            {"organisations": ("party", "two"), "posts": ("gate",)},
        ]
    )


def quota(rng: random.Random) -> Iterator[Case]:
    instance = parties(rng)
    for of in ("number", "demand", "promise"):
        least, most = sorted(
            rng.choice([0, 1, 2, 3] if of == "number" else [0, 10, 25, 50]) for _ in range(2)
        )
        sides = rng.choice([{"least": least}, {"most": most}, {"least": least, "most": most}])
        rule = Quota(
            of=of,
            per="horizon" if of == "promise" else rng.choice(["day", "week", "month", "horizon"]),
            days=rng.choice([None, DaySelector(weekdays=("sun", "tue"))]),
            **sides,
            **laid_on(rng),
        )
        yield rule, random_roster(rng, instance, rng.choice([0.05, 0.15, 0.3]))


def share(rng: random.Random) -> Iterator[Case]:
    instance = parties(rng)
    for by in ("size", "promised", "volunteers", "equal"):
        rule = Share(
            by=by,
            total=rng.choice([None, 4]),
            steps=rng.choice([((0, 1),), ((1, 2),), ((0, 1), (2, 3))]),
            below=rng.choice([False, True]),
            **laid_on(rng),
        )
        yield rule, _near_target(rng, rule, instance)


def _near_target(rng: random.Random, rule: Share, instance: Instance) -> Roster:
    mine = rule.scope(instance).shifts.nonzero()[0]
    pairs = []
    for group, target in zip(rule.bodies(instance), rule.targets(instance).tolist()):
        could = [(int(v), int(s)) for v in group.members for s in mine]
        pairs += rng.sample(could, max(0, min(target + rng.choice([-3, -2, -1, 0, 1, 2, 3]), len(could))))
    return Roster(instance, pairs)


def turn(rng: random.Random) -> Iterator[Case]:
    instance = parties(rng)
    for order, per in product(("given", "free"), ("day", "week")):
        chosen = laid_on(rng)
        listed = chosen.get("organisations", ("one", "two"))
        rule = Turn(
            order=order,
            per=per,
            first=rng.choice([None, *listed]),
            days=rng.choice([None, DaySelector(weekdays=("sun", "tue", "wed"))]),
            **chosen,
        )
        yield rule, random_roster(rng, instance, rng.choice([0.01, 0.03, 0.1, 0.4]))


CASES: dict[str, CaseMaker] = {"quota": quota, "share": share, "turn": turn}
