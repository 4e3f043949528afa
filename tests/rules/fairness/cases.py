"""Random cases for the fairness rules, near their boundaries."""

from __future__ import annotations

import random
from collections.abc import Iterator

from scheduler.rules.fairness.fair_load import FairLoad
from tests.builders import world
from tests.rules.sampling import Case, CaseMaker, random_roster


def fair_load(rng: random.Random) -> Iterator[Case]:
    yield FairLoad(above=rng.choice([1, 2])), random_roster(rng, world(["a", "b"], days=2), 0.4)


CASES: dict[str, CaseMaker] = {"fair-load": fair_load}
