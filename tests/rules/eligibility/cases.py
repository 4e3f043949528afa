"""Random cases for the eligibility rules, near their boundaries."""

from __future__ import annotations

import random
from collections.abc import Iterator

from scheduler.rules.eligibility.availability import Availability
from tests.builders import day, world
from tests.rules.sampling import Case, CaseMaker, random_roster


def availability(rng: random.Random) -> Iterator[Case]:
    hours = rng.choice(["08:00-12:00", "08:00-11:59", "12:00-06:00", "11:00-16:00"])
    people = [
        {"id": "a", "availability": {"only": [{"weekdays": ["mon", "wed"]}]}},
        {"id": "b", "availability": {"unavailable": [{"hours": [hours]}]}},
        {"id": "c", "availability": {"only": [{"hours": [hours], "dates": [day(1)]}]}},
        {"id": "d", "availability": {}},
    ]
    yield Availability(), random_roster(rng, world(people, days=3), rng.choice([0.1, 0.3]))


CASES: dict[str, CaseMaker] = {"availability": availability}
