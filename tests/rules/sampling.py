"""Random rosters for the agreement test."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

from scheduler.domain.instance import Instance
from scheduler.domain.roster import Roster
from scheduler.rules.base import Rule

Case = tuple[Rule, Roster]
CaseMaker = Callable[[random.Random], Iterator[Case]]


def random_roster(rng: random.Random, instance: Instance, density: float) -> Roster:
    """Every pair with the same chance; not only legal ones."""
    pairs = [
        (v, s)
        for v in range(len(instance.volunteers))
        for s in range(len(instance.shifts))
        if rng.random() < density
    ]
    return Roster(instance, pairs)
