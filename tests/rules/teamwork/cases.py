"""Random cases for the teamwork rules, near their boundaries."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

from scheduler.domain.entity import Level
from scheduler.domain.instance import Instance
from scheduler.rules.teamwork.apart import Apart
from scheduler.rules.teamwork.mentor import Mentor
from scheduler.rules.teamwork.together import Together
from tests.builders import day, world
from tests.rules.sampling import Case, CaseMaker, random_roster

TYPES: tuple[dict[str, Any], ...] = (
    {"id": "early", "start": "08:00", "end": "12:00"},
    {"id": "late", "start": "12:00", "end": "16:00"},
    {"id": "long", "start": "11:59", "end": "08:01"},
)


def family(rng: random.Random) -> Instance:
    people: list[dict[str, Any]] = [
        {"id": "a", "teams": ["home", "firm"]},
        {"id": "b", "teams": ["home"], "skills": [{"skill": "medical", "until": day(rng.randrange(3))}]},
        {"id": "c", "teams": ["home"], "availability": {"only": [{"dates": [day(rng.randrange(3))]}]}},
        {"id": "d", "teams": ["firm"], "joined": day(rng.randrange(3))},
    ]
    return world(
        people,
        days=3,
        posts=["gate", {"id": "tent", "skills": ["medical"]}],
        shift_types=TYPES,
        skills=[{"id": "medical"}],
        teams=[{"id": "home"}, {"id": "firm", "kind": "company"}],
    )


def together(rng: random.Random) -> Iterator[Case]:
    instance = family(rng)
    for same in ("shift", "time", "day"):
        rule = Together(
            same=same,
            least=rng.choice([None, 2, 3]),
            strict=rng.choice([False, True]),
            kind=rng.choice(["household", "company"]),
            teams=rng.choice([None, None, ("home", "firm")]),
            members=rng.choice([None, None, ("a", "b", "c", "d")]),
            posts=rng.choice([None, None, ("gate",)]),
            tiers=("volunteer",),
        )
        yield rule, random_roster(rng, instance, rng.choice([0.05, 0.3, 0.8]))


def apart(rng: random.Random) -> Iterator[Case]:
    instance = family(rng)
    for same in ("shift", "time", "day"):
        rule = Apart(
            same=same,
            teams=rng.choice([None, ("home", "firm")]),
            members=rng.choice([None, ("a", "d"), ("a", "b", "c", "d")]),
            shift_types=rng.choice([None, None, ("early", "late")]),
        )
        yield rule, random_roster(rng, instance, rng.choice([0.04, 0.1, 0.3]))


def mentor(rng: random.Random) -> Iterator[Case]:
    newcomer, experienced = rng.choice([1, 2]), rng.choice([0, 2, 3])
    edges = [0, newcomer - 1, newcomer, max(0, experienced - 1), experienced]
    people = [
        {
            "id": name,
            "history": {"shifts": rng.choice(edges)},
            "skills": [{"skill": "medical", "until": day(0)}] if name in "ab" else [],
        }
        for name in "abcde"
    ]
    instance = world(people, days=2, shift_types=TYPES[:2], skills=[{"id": "medical"}])
    for skill in (None, "medical"):
        rule = Mentor(newcomer=newcomer, experienced=experienced, skill=skill, level=Level.WISH)
        yield rule, random_roster(rng, instance, rng.choice([0.1, 0.3, 0.6]))


CASES: dict[str, CaseMaker] = {"apart": apart, "mentor": mentor, "together": together}
