"""Random cases for the coverage rules, near their boundaries."""

from __future__ import annotations

import random
from collections.abc import Iterator

from scheduler.rules.coverage.cover import Cover
from tests.builders import world
from tests.rules.sampling import Case, CaseMaker, random_roster


def cover(rng: random.Random) -> Iterator[Case]:
    instance = world(["a", "b", "c"], days=2, posts=[{"id": "gate", "priority": rng.choice([1, 3])}], heads=2)
    for bound in ("least", "wanted", "most"):
        yield Cover(bound=bound), random_roster(rng, instance, rng.choice([0.0, 0.5, 0.9]))


CASES: dict[str, CaseMaker] = {"cover": cover}
