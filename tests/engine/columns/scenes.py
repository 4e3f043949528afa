"""Small worlds for column generation: sequences, requests, cover; soft and hard linking rows; common columns."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np

from scheduler.domain.roster import Roster
from scheduler.model.build import build
from scheduler.model.linear_model import LinearModel
from scheduler.problem import Problem
from scheduler.score import Score, score
from tests.builders import day, problem

DAY = ({"id": "early", "start": "08:00", "end": "12:00"}, {"id": "late", "start": "13:00", "end": "20:00"})

ONE_A_DAY: dict[str, Any] = {"rule": "one-per-day"}
RUNS: dict[str, Any] = {
    "rule": "consecutive",
    "what": "days",
    "most": 2,
    "first_day": "free",
    "last_day": "free",
}
PAIRED: dict[str, Any] = {"rule": "shift-succession", "forbid": [["late", "early"]]}


def wishes(seed: int, names: str, days: int) -> list[dict[str, Any]]:
    """People of one letter each, with a wish and a refusal on random days."""
    rng = np.random.default_rng(seed)
    people = []
    for name in names:
        asked = [
            {
                "kind": kind,
                "when": {"dates": [day(int(rng.integers(days)))]},
                "shift_types": [DAY[int(rng.integers(2))]["id"]],
                "weight": int(rng.integers(1, 5)),
            }
            for kind in ("avoid", "want")
        ]
        people.append({"id": name, "requests": asked})
    return people


def plan(
    seed: int,
    *,
    names: str = "abc",
    days: int = 3,
    cover: str = "cover",
    more: Any = (),
    organised: bool = False,
) -> Problem:
    """A world in which people's own rows are sequences and cover links them, on the level ``cover``."""
    rules = [
        ONE_A_DAY,
        RUNS,
        PAIRED,
        {"rule": "cover", "bound": "least", "level": cover, **({} if cover == "hard" else {"weight": 7})},
        *more,
    ]
    people = wishes(seed, names, days)
    organisations = [{"id": name.upper()} for name in names[:2]] if organised else []
    for person, organisation in zip(people, organisations):
        person["organisation"] = organisation["id"]
    return problem(people, days=days, shift_types=DAY, rules=rules, organisations=organisations)


def model_of(plan: Problem) -> LinearModel:
    """The matrix of a plan."""
    return build(plan.instance(), plan.all_rules())


def judged(plan: Problem, model: LinearModel, x: Any) -> Score:
    """What the referee says of a solution."""
    return score(model.roster(x), plan.all_rules())


def best_by_enumeration(plan: Problem) -> Score:
    """The best score of all rosters in which nobody serves twice a day."""
    instance = plan.instance()
    shifts_of_day = [np.flatnonzero(instance.day_of == n).tolist() for n in range(len(instance.days))]
    personal = list(itertools.product(*[[None, *shifts] for shifts in shifts_of_day]))
    rules = plan.all_rules()
    alone = [rule for rule in rules if rule.rule in {"one-per-day", "consecutive", "shift-succession"}]
    legal: list[list[tuple[tuple[int, int], ...]]] = []
    for volunteer in range(len(instance.volunteers)):
        mine = [tuple((volunteer, s) for s in one if s is not None) for one in personal]
        legal.append([one for one in mine if score(Roster(instance, one), alone).legal])
    return min(
        score(Roster(instance, [pair for one in choice for pair in one]), rules)
        for choice in itertools.product(*legal)
    )
