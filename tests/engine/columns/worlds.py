"""Random small worlds whose rules mostly concern one volunteer alone, and pricing problems on them."""

from __future__ import annotations

import random
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np

from scheduler.domain.entity import LEVELS, Level
from scheduler.domain.grouping import Bools, Ints
from scheduler.domain.instance import Instance
from scheduler.engine.columns.block import Blocks, split
from scheduler.engine.columns.pricing import Pricing
from scheduler.model.build import build
from scheduler.model.linear_model import Floats, LinearModel
from scheduler.rules import Rule
from scheduler.rules.coverage.cover import Cover
from scheduler.rules.eligibility.request import Request
from scheduler.rules.fairness.fair_burden import FairBurden
from scheduler.rules.fairness.fair_load import FairLoad
from scheduler.rules.fairness.spacing import Spacing
from scheduler.rules.workload.consecutive import Consecutive
from scheduler.rules.workload.max_load import MaxLoad
from scheduler.rules.workload.min_rest import MinRest
from scheduler.rules.workload.no_overlap import NoOverlap
from scheduler.rules.workload.one_per_day import OnePerDay
from scheduler.rules.workload.shift_succession import ShiftSuccession
from scheduler.rules.workload.weekends import Weekends
from tests.builders import day, world

TYPES = (
    {"id": "early", "start": "07:00", "end": "13:00"},
    {"id": "late", "start": "14:00", "end": "22:00", "burden": 1.5},
    {"id": "night", "start": "22:00", "end": "06:00", "night": True, "burden": 2.0},
)
NAMES = tuple(str(one["id"]) for one in TYPES)


def small_world(rng: random.Random, days: int) -> Instance:
    """Three people: with a past, with days off, with requests."""
    past = [
        {"day": day(-rng.randint(1, 4)), "shift_type": rng.choice(NAMES[:2])}
        for _ in range(rng.randint(0, 3))
    ]
    people = [
        {"id": "a", "history": {"recent": past}},
        {"id": "b", "availability": {"always": True, "unavailable": [{"dates": [day(rng.randrange(days))]}]}},
        {
            "id": "c",
            "requests": [
                {
                    "kind": rng.choice(["avoid", "want"]),
                    "when": {"dates": [day(n)]},
                    "weight": rng.randint(1, 3),
                }
                for n in rng.sample(range(days), 2)
            ],
        },
    ]
    posts = ["gate", "hall"][: rng.choice([1, 1, 2])]
    return world(people, days=days, posts=posts, shift_types=TYPES[: rng.choice([2, 3])])


def some_rules(rng: random.Random, instance: Instance) -> list[Rule]:
    """A mix of rules on single volunteers, hard and on several levels, at bounds that bind."""
    names = [one.id for one in instance.shift_types.values()]

    def level(hard: float = 0.5) -> dict[str, Any]:
        if rng.random() < hard:
            return {"level": Level.HARD}
        return {"level": rng.choice([Level.COVER, Level.FAIRNESS, Level.WISH]), "weight": rng.randint(1, 4)}

    what = rng.choice(["days", "nights", "off"])
    least = rng.choice([None, 2, 3])
    hours = rng.choice([6, 8, 14, 20])
    mixed: list[Rule] = [
        rng.choice([OnePerDay(), OnePerDay(), NoOverlap()]),
        MaxLoad(per="horizon", measure="hours", least=hours, most=hours + rng.choice([0, 6, 14]), **level()),
        MaxLoad(per="horizon", most=rng.choice([0, 1, 2]), shift_types=(rng.choice(names),), **level()),
        MaxLoad(per="week", most=rng.choice([2, 3]), least=rng.choice([None, 1]), **level()),
        MaxLoad(per="rolling", window=rng.choice([2, 3, 5]), most=rng.choice([1, 2]), **level()),
        Consecutive(what=what, least=least, most=(least or 1) + rng.choice([0, 1, 2]), **level()),
        Consecutive(what="off", least=2, last_day=rng.choice(["free", "strict"]), **level(0.3)),
        Weekends(most=1, complete=rng.random() < 0.5, **level()),
        ShiftSuccession(forbid=((names[-1], names[0]),), **level()),
        MinRest(hours=rng.choice([9, 11]), **level()),
        Spacing(least=rng.choice([2, 3]), **level(0.2)),
        FairLoad(target=rng.randint(0, 4), below=rng.random() < 0.5),
        FairBurden(target=rng.choice([2, 3.5]), below=True),
        Request(),
    ]
    return [one for one in mixed[1:] if rng.random() < 0.45] + ([mixed[0]] if rng.random() < 0.9 else [])


@dataclass(frozen=True, eq=False)
class Task:
    """A pricing problem: a model in blocks, weights by level, rewards and fixings by column."""

    model: LinearModel
    blocks: Blocks
    pricing: Pricing
    weights: Floats
    reward: Floats
    lower: Bools
    upper: Bools


def task(rng: random.Random, instance: Instance, rules: list[Rule], *, fixed: float = 0.0) -> Task:
    """Random rewards, also for auxiliary columns; some columns held at 0 or 1."""
    model = build(instance, [Cover(), *rules])
    blocks = split(model)
    reward = np.array([rng.choice([-3.0, 0.0, 2.5, 7.0, 11.25]) for _ in range(model.columns)])
    reward[model.pairs :] *= np.array([rng.random() < 0.3 for _ in range(model.columns - model.pairs)])
    upper = np.array([rng.random() >= fixed for _ in range(model.columns)], dtype=np.bool_)
    lower = np.array([rng.random() < fixed / 3 for _ in range(model.columns)], dtype=np.bool_)
    lower[model.pairs :] = False
    upper[model.pairs :] = True
    weights = np.array([1.0, *(rng.choice([1.0, 2.0, 0.5]) for _ in LEVELS[1:])])
    return Task(model, blocks, Pricing(model, blocks), weights, reward, lower & upper, upper)


def brute_force(task: Task, number: int) -> list[tuple[float, Ints]]:
    """All legal rosters of a block with their reduced cost, best first."""
    block = task.blocks.blocks[number]
    mine = block.columns[block.columns < task.model.pairs]
    found = []
    for bits in product([False, True], repeat=len(mine)):
        chosen = mine[np.array(bits, dtype=np.bool_)]
        roster = task.pricing.complete(number, chosen)
        held = np.zeros(task.model.columns, dtype=np.bool_)
        held[roster] = True
        within = not (task.lower & ~held)[block.columns].any() and not (held & ~task.upper).any()
        if within and task.pricing.legal(number, roster):
            cost = task.weights @ task.pricing.personal_cost(number, roster)
            found.append((float(cost - task.reward[roster].sum()), roster))
    return sorted(found, key=lambda one: one[0])
