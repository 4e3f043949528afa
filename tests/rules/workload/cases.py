"""Random cases for the workload rules, near their boundaries."""

from __future__ import annotations

import random
from collections.abc import Iterator

from scheduler.rules.workload.no_overlap import NoOverlap
from tests.builders import world
from tests.rules.sampling import Case, CaseMaker, random_roster


def no_overlap(rng: random.Random) -> Iterator[Case]:
    types = [
        {"id": "early", "start": "08:00", "end": "12:00"},
        {"id": "late", "start": rng.choice(["11:00", "11:59", "12:00"]), "end": "16:00"},
        {"id": "long", "start": "10:00", "end": "08:00"},
    ]
    instance = world(["a", "b"], days=3, posts=["one", "two"], shift_types=types)
    yield NoOverlap(), random_roster(rng, instance, rng.choice([0.1, 0.3]))


CASES: dict[str, CaseMaker] = {"no-overlap": no_overlap}
