"""Random cases for the coverage rules, near their boundaries."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

from scheduler.domain.instance import Instance
from scheduler.domain.volunteer import Tier
from scheduler.rules.coverage.cover import Cover
from scheduler.rules.coverage.group_mix import GroupMix
from scheduler.rules.coverage.reserve_tier import ReserveTier
from scheduler.rules.coverage.skill_mix import SkillMix
from tests.builders import SHIFT_TYPES, day, world
from tests.rules.sampling import Case, CaseMaker, random_roster


def cover(rng: random.Random) -> Iterator[Case]:
    demand = {"shifts": ["morning", "noon"], "least": 1, "wanted": 2, "most": rng.choice([2, 3])}
    gate = {"id": "gate", "priority": rng.choice([1, 3]), "demand": [demand]}
    instance = world(["a", "b", "c", "d"], days=2, posts=[gate])
    for bound in ("least", "wanted", "most"):
        yield Cover(bound=bound), random_roster(rng, instance, rng.choice([0.0, 0.5, 0.9]))


def skill_mix(rng: random.Random) -> Iterator[Case]:
    instance = _mixed(rng, skills=[{"skill": "medical", "least": rng.choice([1, 2])}, {"skill": "driving"}])
    yield SkillMix(), random_roster(rng, _mixed(rng), 0.3)
    for density in (0.3, 0.6, 0.8):
        yield SkillMix(), random_roster(rng, instance, density)
    served = random_roster(rng, instance, 0.6)
    yield SkillMix(skill="medical", least=rng.choice([1, 2]), tiers=_tiers(rng)), served


def group_mix(rng: random.Random) -> Iterator[Case]:
    served = random_roster(rng, _mixed(rng), rng.choice([0.3, 0.6]))
    least = rng.choice([1, 2])
    yield GroupMix(organisations=("party",), least=least, only_if_heads=rng.choice([1, 2, 3])), served
    yield GroupMix(each=True, least=1, most=rng.choice([1, 2])), served
    listed = rng.choice([None, ("party", "branch"), ("club",)])
    yield GroupMix(each=rng.random() < 0.5, organisations=listed, tiers=_tiers(rng), most=1), served
    yield GroupMix(skill="medical", least=1, most=least), served


def reserve_tier(rng: random.Random) -> Iterator[Case]:
    served = random_roster(rng, _mixed(rng), rng.choice([0.1, 0.4]))
    yield ReserveTier(), served
    yield ReserveTier(reserve=rng.choice([0, 3]), staff=rng.choice([0, 1]), shift_types=("noon",)), served


def _mixed(rng: random.Random, **demand: Any) -> Instance:
    """Two days of two shifts that want two and three heads; skills run out on the first day or the second."""
    skills = [("medical", 0), ("medical", 1), ("medical", None), ("driving", None)]
    people = [
        {
            "id": name,
            "organisation": rng.choice(["party", "branch", "club", None]),
            "tier": rng.choice([*Tier]),
            "skills": [
                {"skill": skill, "until": None if until is None else day(until)}
                for skill, until in rng.sample(skills, 2)
            ],
        }
        for name in "abcd"
    ]
    post = {
        "id": "gate",
        "priority": rng.choice([1, 2]),
        "demand": [
            {"shifts": ["morning"], "least": 1, "wanted": 2, **demand},
            {"shifts": ["noon"], "least": 3, **demand},
        ],
    }
    return world(
        people,
        days=2,
        posts=[post],
        shift_types=SHIFT_TYPES[:2],
        organisations=[{"id": "party"}, {"id": "branch", "within": "party"}, {"id": "club"}],
        skills=[{"id": "medical"}, {"id": "driving"}],
    )


def _tiers(rng: random.Random) -> tuple[Tier, ...] | None:
    return rng.choice([None, (Tier.VOLUNTEER,), (Tier.RESERVE, Tier.STAFF)])


CASES: dict[str, CaseMaker] = {
    "cover": cover,
    "group-mix": group_mix,
    "reserve-tier": reserve_tier,
    "skill-mix": skill_mix,
}
