"""A plan in which people differ in time, contract and wishes, and legal rosters of it found by chance."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

from scheduler.domain.roster import Roster
from scheduler.problem import Problem
from scheduler.score import score
from tests.builders import problem

PEOPLE: tuple[str | dict[str, Any], ...] = (
    {"id": "a", "availability": "mon-wed"},
    {"id": "b", "contract": {"per_horizon": 2}},
    "c",
    {"id": "d", "availability": "08:00-16:00", "requests": [{"kind": "avoid", "when": "tue"}]},
)


def personal_plan(most: int, others: Sequence[str] = ()) -> Problem:
    """Five days of one post; nobody serves more than ``most`` shifts, ``others`` can do anything."""
    rules: list[dict[str, Any]] = [
        {"rule": "one-per-day"},
        {"rule": "min-rest", "hours": 10},
        {"rule": "max-load", "most": most},
        {"rule": "fair-load"},
        {"rule": "spacing", "least": 2},
    ]
    return problem([*PEOPLE, *others], days=5, rules=rules)


def legal_roster(empty: Roster, rules: Sequence[Any], rng: random.Random, tries: int) -> Roster:
    """A roster that breaks no hard rule, from so many assignments tried by chance."""
    instance, roster = empty.instance, empty
    for _ in range(tries):
        pair = (rng.randrange(len(instance.volunteers)), rng.randrange(len(instance.shifts)))
        after = roster.changed(add=[pair])
        roster = after if score(after, rules).legal else roster
    return roster
