"""Clashes planted among pins, quotas, turns and limits are found, whole and nothing besides."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from scheduler.advice.clash import Conflict
from scheduler.domain.entity import Level
from scheduler.domain.instance import Instance
from scheduler.engine import highs
from scheduler.engine.conflict import find_clashes
from scheduler.engine.deletion import with_tags
from scheduler.engine.stop import Deadline
from scheduler.model.build import build
from scheduler.model.levels import Ladder
from scheduler.model.matrix import Proof
from scheduler.rules.base import Rule
from scheduler.text import day_text
from tests.builders import day, problem

Rules = list[dict[str, Any]]
Members = set[tuple[str, str]]
TYPES = [
    {"id": "morning", "start": "08:00", "end": "12:00"},
    {"id": "evening", "start": "16:00", "end": "22:00"},
]
COLOURS = ("red", "blue")
ORGANISATIONS = [{"id": one, "name": one} for one in COLOURS]
NOISE: Rules = [
    {"rule": "one-per-day"},
    {"rule": "min-rest", "hours": 3},
    {"rule": "max-load", "per": "week", "most": 4},
    {"rule": "consecutive", "what": "days", "most": 5},
    {"rule": "quota", "organisations": ["red"], "least": 1, "most": 20, "level": "hard"},
    {"rule": "fair-load"},
]


def people() -> list[dict[str, Any]]:
    return [{"id": f"{one}-{n}", "organisation": one} for one in COLOURS for n in range(3)]


def pinned(*pins: tuple[str, int, str]) -> dict[str, Any]:
    named = [{"volunteer": v, "post": "gate", "day": day(d), "shift_type": t} for v, d, t in pins]
    return {"rule": "pinned", "assignments": named}


def two_on_a_day(rng: random.Random, who: list[dict[str, Any]]) -> tuple[Rules, Members]:
    one, when = rng.choice(who)["id"], rng.randrange(7)
    rule = pinned((one, when, "morning"), (one, when, "evening"))
    return [rule], {("pinned", one), ("one-per-day", one)}


def too_little_rest(rng: random.Random, who: list[dict[str, Any]]) -> tuple[Rules, Members]:
    one, when = rng.choice(who)["id"], rng.randrange(6)
    rules = [pinned((one, when, "evening"), (one, when + 1, "morning")), {"rule": "min-rest", "hours": 11}]
    return rules, {("pinned", one), ("min-rest", one)}


def on_anothers_turn(rng: random.Random, who: list[dict[str, Any]]) -> tuple[Rules, Members]:
    one, when = f"blue-{rng.randrange(3)}", rng.choice([0, 2, 4, 6])
    turn = {"rule": "turn", "organisations": ["red", "blue"], "per": "day", "level": "hard"}
    return [turn, pinned((one, when, "evening"))], {("pinned", one), ("turn", f"on {day_text(day(when)).en}")}


def quota_over_contracts(rng: random.Random, who: list[dict[str, Any]]) -> tuple[Rules, Members]:
    colour = rng.choice(COLOURS)
    mine = [one for one in who if one["organisation"] == colour]
    most = [rng.randint(1, 2) for _ in mine]
    for one, agreed in zip(mine, most):
        one["contract"] = {"per_week": agreed}
    quota = {"rule": "quota", "organisations": [colour], "least": sum(most) + 1, "level": "hard"}
    return [quota], {("quota", colour)} | {("contract", one["id"]) for one in mine}


def pins_over_quota(rng: random.Random, who: list[dict[str, Any]]) -> tuple[Rules, Members]:
    colour = rng.choice(COLOURS)
    served = rng.sample([one["id"] for one in who if one["organisation"] == colour], 2)
    rules = [
        pinned(*((one, rng.randrange(7), "morning") for one in served)),
        {"rule": "quota", "organisations": [colour], "most": 1, "level": "hard"},
    ]
    return rules, {("quota", colour)} | {("pinned", one) for one in served}


def pins_over_load(rng: random.Random, who: list[dict[str, Any]]) -> tuple[Rules, Members]:
    one = rng.choice(who)["id"]
    pins = pinned(*((one, when, "evening") for when in rng.sample(range(7), 3)))
    limit = {"rule": "max-load", "per": "week", "most": 2, "volunteers": [one]}
    return [pins, limit], {("pinned", one), ("max-load", one)}


def quota_on_anothers_turn(rng: random.Random, who: list[dict[str, Any]]) -> tuple[Rules, Members]:
    turn = {"rule": "turn", "organisations": ["red", "blue"], "per": "week", "level": "hard"}
    quota = {"rule": "quota", "organisations": ["blue"], "least": rng.randint(4, 8), "level": "hard"}
    return [turn, quota], {("quota", "blue"), ("turn", "the week")}


def least_over_contract(rng: random.Random, who: list[dict[str, Any]]) -> tuple[Rules, Members]:
    one = rng.choice(who)
    one["contract"] = {"per_horizon": 2}
    least = {"rule": "max-load", "per": "horizon", "least": 3, "volunteers": [one["id"]]}
    return [least], {("max-load", one["id"]), ("contract", one["id"])}


def least_without_time(rng: random.Random, who: list[dict[str, Any]]) -> tuple[Rules, Members]:
    one = rng.choice(who)
    one["availability"] = {}
    least = {"rule": "max-load", "per": "horizon", "least": 3, "volunteers": [one["id"]]}
    return [least], {("max-load", one["id"]), ("availability", one["id"])}


def quota_over_turns(rng: random.Random, who: list[dict[str, Any]]) -> tuple[Rules, Members]:
    turn = {"rule": "turn", "organisations": ["red", "blue"], "per": "day", "level": "hard"}
    quota = {"rule": "quota", "organisations": ["blue"], "least": 10, "level": "hard"}
    days = {("turn", f"on {day_text(day(when)).en}") for when in (0, 2, 4, 6)}
    return [turn, quota], {("quota", "blue")} | days | {("one-per-day", f"blue-{n}") for n in range(3)}


Planter = Callable[[random.Random, list[dict[str, Any]]], tuple[Rules, Members]]
PLANTERS: tuple[Planter, ...] = (
    two_on_a_day,
    too_little_rest,
    on_anothers_turn,
    quota_over_contracts,
    pins_over_quota,
    pins_over_load,
    quota_on_anothers_turn,
    least_over_contract,
    least_without_time,
    quota_over_turns,
)


def confirmed(instance: Instance, rules: list[Rule], conflict: Conflict) -> None:
    """HiGHS finds no roster for all members, and one for all but any; the referee agrees."""
    model = build(
        instance, rules, columns=np.ones((len(instance.volunteers), len(instance.shifts)), dtype=bool)
    )
    numbers = {id(rule): n for n, rule in enumerate(rules)}
    tags = [(numbers[id(one.rule)], one.subject) for one in conflict.members]
    whole = highs.solve(Ladder(with_tags(model, tags)).matrix, Deadline())
    assert whole.proof is Proof.INFEASIBLE
    for left_out in range(len(tags)):
        rest = [tag for n, tag in enumerate(tags) if n != left_out]
        x = highs.solve(Ladder(with_tags(model, rest)).matrix, Deadline()).x
        assert x is not None, conflict.members[left_out]
        roster = model.roster(x)
        others = [one for n, one in enumerate(conflict.members) if n != left_out]
        assert not [breach for one in others for breach in one.breaches(roster)]


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("plant", PLANTERS)
def test_a_planted_clash_is_found_whole_and_nothing_besides(plant: Planter, seed: int) -> None:
    rng = random.Random(f"{plant.__name__} {seed}")
    who = people()
    rules, planted = plant(rng, who)
    both = [*NOISE, *rules]
    rng.shuffle(both)
    plan = problem(who, rules=both, shift_types=TYPES, organisations=ORGANISATIONS, posts=["gate", "hall"])
    instance, every = plan.instance(), plan.all_rules()
    hard = [rule for rule in every if rule.level is Level.HARD]
    found = find_clashes(instance, every, Deadline())
    assert found.settled
    conflict = found.conflicts[0]
    named = {(one.rule.rule, one.label(instance).en) for one in conflict.members}
    assert conflict.minimal
    assert len(named) == len(conflict.members) == len(planted)
    for rule, who_or_when in planted:
        assert any(rule == one and who_or_when in label for one, label in named)
    assert conflict.nearest, "the referee sees that something remains broken"
    confirmed(instance, hard, conflict)


@pytest.mark.parametrize("seed", range(3))
def test_without_the_planted_rules_all_can_hold(seed: int) -> None:
    rng = random.Random(seed)
    both = rng.sample(NOISE, len(NOISE))
    plan = problem(people(), rules=both, shift_types=TYPES, organisations=ORGANISATIONS)
    found = find_clashes(plan.instance(), plan.all_rules(), Deadline())
    assert found.settled
    assert not found.conflicts
