"""Small worlds for tests: a plan in three lines, rosters by name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from scheduler.domain.instance import Instance
from scheduler.domain.roster import Roster
from scheduler.problem import Problem

MONDAY = dt.date(2024, 3, 4)
"""The first day of every small world: a plain Monday."""

SHIFT_TYPES: tuple[dict[str, Any], ...] = (
    {"id": "morning", "start": "08:00", "end": "12:00"},
    {"id": "noon", "start": "12:00", "end": "16:00"},
    {"id": "evening", "start": "16:00", "end": "22:00", "burden": 1.2},
    {"id": "night", "start": "22:00", "end": "06:00", "burden": 2.0, "night": True},
)


def day(number: int) -> dt.date:
    """A day of the small world by number, 0 the first."""
    return MONDAY + dt.timedelta(days=number)


def problem(
    people: Iterable[str | Mapping[str, Any]] = ("anna", "bo"),
    days: int = 7,
    posts: Iterable[str | Mapping[str, Any]] = ("gate",),
    heads: int = 1,
    shift_types: Iterable[Mapping[str, Any]] = SHIFT_TYPES,
    **more: Any,
) -> Problem:
    """A plan: people always available unless they say otherwise, every post staffed at every shift type."""
    types = [dict(one) for one in shift_types]
    demand = [{"shifts": [one["id"] for one in types], "least": heads}]
    facts: dict[str, Any] = {
        "id": "small",
        "name": "Small world",
        "horizon": {"first": MONDAY, "last": day(days - 1)},
        "places": [{"id": "town", "kind": "district"}],
        "shift_types": types,
        "posts": [{"place": "town", "demand": demand} | _entry(post) for post in posts],
        "volunteers": [{"availability": {"always": True}} | _entry(person) for person in people],
    }
    return Problem.model_validate(facts | more)


def world(*arguments: Any, **more: Any) -> Instance:
    """The instance of ``problem(...)``."""
    return problem(*arguments, **more).instance()


def roster(instance: Instance, **shifts: str) -> Roster:
    """A roster by name: ``roster(world, anna="0 morning, 1 night@gate-2", bo="")``; the first post by default."""
    first = next(iter(instance.posts))
    pairs = []
    for person, served in shifts.items():
        for one in filter(None, (part.strip() for part in served.split(","))):
            number, _, rest = one.partition(" ")
            shift_type, _, post = rest.partition("@")
            pairs.append((person, f"{post or first}/{day(int(number))}/{shift_type}"))
    return Roster.named(instance, pairs)


def _entry(one: str | Mapping[str, Any]) -> dict[str, Any]:
    return {"id": one} if isinstance(one, str) else dict(one)
