"""Random cases for the stability rules, near their boundaries."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

from scheduler.domain.instance import Instance
from scheduler.rules.stability.change_budget import ChangeBudget
from scheduler.rules.stability.fewest_changes import FewestChanges
from scheduler.rules.stability.frozen import Frozen
from scheduler.rules.stability.pinned import Pinned
from tests.builders import SHIFT_TYPES, day, world
from tests.rules.sampling import Case, CaseMaker, random_roster


def pinned(rng: random.Random) -> Iterator[Case]:
    instance = _small()
    pins = {(one["volunteer"], one["shift"]): one for one in _assignments(rng, instance, 4)}
    for one in pins.values():
        one["forbidden"] = rng.random() < 0.4
    served = random_roster(rng, instance, rng.choice([0.3, 0.7]))
    yield Pinned(assignments=[*pins.values()]), served
    yield Pinned(assignments=[*pins.values()] * 2, shift_types=("night",)), served
    settled = [one | {"forbidden": False} for one in pins.values() if "tower" not in one["shift"]]
    if settled:
        yield Pinned(assignments=settled), _near(rng, instance, settled)


def frozen(rng: random.Random) -> Iterator[Case]:
    instance = _small()
    listed = _assignments(rng, instance, 6)
    clock = rng.choice(["08:00", "08:01", "22:00", "22:01"])
    until = f"{day(rng.choice([0, 1]))} {clock}"
    yield Frozen(until=until, assignments=listed), _near(rng, instance, listed)
    yield Frozen(until=until, assignments=listed * 2, volunteers=("a",)), _near(rng, instance, listed)
    yield Frozen(until=until, assignments=listed, shift_types=("night",)), _near(rng, instance, listed)
    waiting = _with_stand_by()
    listed = _assignments(rng, waiting, 6)
    yield Frozen(until=until, assignments=listed), _near(rng, waiting, listed)
    yield Frozen(until=until, assignments=listed), random_roster(rng, waiting, 0.3)


def change_budget(rng: random.Random) -> Iterator[Case]:
    instance = _small()
    listed = _assignments(rng, instance, 5)
    for roster in (_near(rng, instance, listed), random_roster(rng, instance, 0.4)):
        people, changes = rng.choice([(0, None), (1, None), (None, 2), (1, 3), (2, 1)])
        yield ChangeBudget(assignments=listed, people=people, changes=changes), roster
        yield ChangeBudget(assignments=listed, people=0, changes=1, volunteers=("a",)), roster
        yield ChangeBudget(assignments=listed, changes=1, shift_types=("night",)), roster


def fewest_changes(rng: random.Random) -> Iterator[Case]:
    instance = _small()
    listed = _assignments(rng, instance, 5)
    notice = f"{day(rng.choice([0, 1]))} {rng.choice(['08:00', '08:01', '22:00', '22:01'])}"
    for roster in (_near(rng, instance, listed), random_roster(rng, instance, 0.4)):
        yield FewestChanges(assignments=listed, people=rng.choice([1, 1000])), roster
        yield FewestChanges(assignments=listed * 2, notice=notice, volunteers=("a",)), roster
        yield FewestChanges(assignments=listed, notice=notice, people=7, shift_types=("night",)), roster
    yield FewestChanges(), random_roster(rng, instance, 0.2)
    waiting = _with_stand_by()
    listed = _assignments(rng, waiting, 5)
    for roster in (_near(rng, waiting, listed), random_roster(rng, waiting, 0.4)):
        yield FewestChanges(assignments=listed, notice=notice), roster


def _small() -> Instance:
    demand = [{"shifts": ["morning", "night"], "least": 2}]
    posts: list[dict[str, Any]] = [
        {"id": "gate", "demand": demand},
        {"id": "tower", "demand": [{"shifts": ["night"], "days": {"dates": [day(1)]}, "least": 1}]},
    ]
    return world(["a", "b"], days=2, posts=posts, shift_types=SHIFT_TYPES[:1] + SHIFT_TYPES[3:])


def _with_stand_by() -> Instance:
    """A day's stand-by for the gate; the tower's nights are not part of it."""
    types = ({"id": "wait", "start": "08:00", "end": "20:00"}, *SHIFT_TYPES[:2], SHIFT_TYPES[3])
    duties = [{"shifts": ["morning", "noon"], "least": 1}]
    posts: list[dict[str, Any]] = [
        {"id": "gate", "demand": duties},
        {"id": "tower", "demand": [{"shifts": ["night"], "least": 1}]},
        {"id": "base", "demand": [{"shifts": ["wait"], "least": 0, "wanted": 1}], "stands_by_for": ["gate"]},
    ]
    return world(["a", "b"], days=1, posts=posts, shift_types=types)


def _assignments(rng: random.Random, instance: Instance, count: int) -> list[dict[str, Any]]:
    """Distinct ones, perhaps on the tower's shifts, which the demand has on the second day only."""
    shifts = [shift.id for shift in instance.shifts] + [f"tower/{day(n)}/night" for n in (0, 1)]
    found = {(rng.choice("ab"), rng.choice(shifts)) for _ in range(count)}
    return [{"volunteer": volunteer, "shift": shift} for volunteer, shift in sorted(found)]


def _near(rng: random.Random, instance: Instance, listed: list[dict[str, Any]]) -> Any:
    """The listed roster with perhaps one or two changes."""
    known = [(one["volunteer"], one["shift"]) for one in listed if one["shift"] in instance.shift_index]
    pairs = {(instance.volunteer_index[v], instance.shift_index[s]) for v, s in known}
    for _ in range(rng.choice([0, 1, 2])):
        pairs ^= {(rng.randrange(2), rng.randrange(len(instance.shifts)))}
    return random_roster(rng, instance, 0.0).changed(add=pairs)


CASES: dict[str, CaseMaker] = {
    "change-budget": change_budget,
    "fewest-changes": fewest_changes,
    "frozen": frozen,
    "pinned": pinned,
}
