"""Capacity: from when sign-ups do not cover demand, where it hurts, and whom to ask for."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from scheduler.domain.instance import Instance
from scheduler.text import Text


class Dimension(StrEnum):
    """What shifts are grouped by to find the bottleneck."""

    SKILL = "skill"
    SHIFT_TYPE = "shift type"
    DAY_CLASS = "day class"
    ORGANISATION = "organisation"
    POST = "post"

    @property
    def label(self) -> Text:
        """What people read."""
        return _DIMENSIONS[self]


_DIMENSIONS = {
    Dimension.SKILL: Text("Skill", "技能"),
    Dimension.SHIFT_TYPE: Text("Time of day", "时段"),
    Dimension.DAY_CLASS: Text("Kind of day", "日类"),
    Dimension.ORGANISATION: Text("Organisation", "组织"),
    Dimension.POST: Text("Post", "岗位"),
}


@dataclass(frozen=True, slots=True)
class DayCapacity:
    """A duty day: heads demanded, and how many of them stay open at least."""

    day: dt.date
    demanded: int
    open: float

    @property
    def share(self) -> float:
        """The share that can be covered."""
        return 1 - self.open / self.demanded if self.demanded else 1.0


@dataclass(frozen=True, slots=True)
class Group:
    """Shifts that have something in common.

    ``open`` heads are theirs in the solution shown, which may lie elsewhere in another one; ``alone`` stay open
    even if these shifts are served before all others (None: not worked out in time).
    """

    dimension: Dimension
    key: str
    label: Text
    demanded: int
    open: float
    alone: float | None = None


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of helper to ask for: with skills, of an organisation, at one time of day (None: at any)."""

    skills: tuple[str, ...] = ()
    organisation: str | None = None
    shift_type: str | None = None


@dataclass(frozen=True, slots=True)
class Need:
    """So many people of a kind."""

    kind: Kind
    people: int


class Proof(StrEnum):
    """How a recommendation was verified: with the people added coverage was solved again."""

    ROSTER = "roster"
    RELAXATION = "relaxation"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Recruits:
    """Whom to ask for, each ready for ``per_week`` shifts.

    ``fewest``: it is proven that fewer people of these kinds do not do; ``needed``: one fewer of any kind listed
    does not do either.
    """

    needs: tuple[Need, ...]
    per_week: int
    proof: Proof
    fewest: bool
    needed: bool

    @property
    def people(self) -> int:
        """All of them."""
        return sum(need.people for need in self.needs)


@dataclass(frozen=True, slots=True, eq=False)
class Capacity:
    """What the sign-ups of a plan can cover at best; ``first`` is the day it must fall below the share, if it does.

    ``least`` heads stay open in every roster; ``days`` show a solution that keeps the share up to that day, which may
    leave more open.
    ``groups`` are worked out only if it does; ``recruits`` is None where none help or time ran out.
    """

    name: Text
    instance: Instance
    share: float
    first: dt.date | None
    days: tuple[DayCapacity, ...]
    least: float
    groups: tuple[Group, ...] = ()
    recruits: Recruits | None = None

    @property
    def open(self) -> float:
        """Heads that stay open."""
        return sum(day.open for day in self.days)

    @property
    def demanded(self) -> int:
        """Heads demanded."""
        return sum(day.demanded for day in self.days)


def short_skills(found: Capacity) -> tuple[Group, ...]:
    """The skills that cannot be there to the share over all days."""
    return tuple(
        one
        for one in found.groups
        if one.dimension is Dimension.SKILL
        and one.key
        and (one.alone or 0) > (1 - found.share) * one.demanded + 1e-6
    )


def bottlenecks(found: Capacity) -> tuple[Group, ...]:
    """Skills below the share, and in every dimension the group that half of what is open cannot be moved away from."""
    best: dict[Dimension, Group] = {}
    most: dict[Dimension, float] = {}
    for one in found.groups:
        alone = one.alone or 0.0
        if one.key and alone >= found.least / 2 > 0 and alone > most.get(one.dimension, 0.0):
            best[one.dimension], most[one.dimension] = one, alone
    return tuple(dict.fromkeys([*short_skills(found), *best.values()]))


def needs(found: Capacity) -> tuple[Need, ...]:
    """Whom to ask for, most first."""
    assert found.recruits is not None, "somebody is asked for"
    return tuple(sorted(found.recruits.needs, key=lambda one: -one.people))
