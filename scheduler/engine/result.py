"""What an engine gives: a roster, its score, a bound a level, and how it ended."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from scheduler.domain.entity import LEVELS, Level
from scheduler.domain.roster import Roster
from scheduler.model.linear_model import Floats
from scheduler.score import Score

Values = tuple[float, ...]
"""A number a level, from hard to wish."""


class Status(StrEnum):
    """How a search ended."""

    OPTIMAL = "optimal"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True, eq=False)
class Solution:
    """A solution of a model's columns, its value by level, and a lower bound by level.

    The bound of a level holds for all rosters that are no worse on the levels above it.
    """

    x: Floats
    values: Values
    bounds: Values

    @property
    def optimal(self) -> bool:
        """Whether no level can be better without a higher one being worse."""
        return all(bound >= value - 1e-6 for value, bound in zip(self.values, self.bounds))

    def at_least(self, floor: Values) -> Solution:
        """The same solution with bounds no lower than these, which hold for every solution."""
        return Solution(self.x, self.values, tuple(max(a, b) for a, b in zip(self.bounds, floor)))

    def strengthened(self, other: Solution) -> Solution:
        """The same solution with another one's bounds too, as far as they hold for it.

        They do while no higher level is worse here than there.
        """
        bounds = list(self.bounds)
        for level, (bound, theirs, mine) in enumerate(zip(other.bounds, other.values, self.values)):
            bounds[level] = max(bounds[level], bound)
            if mine > theirs + 1e-6:
                break
        return Solution(self.x, self.values, tuple(bounds))


def better(one: Solution, other: Solution | None) -> Solution:
    """The better of two solutions, with the bounds of both as far as they hold for it."""
    if other is None:
        return one
    best, rest = (other, one) if other.values < one.values else (one, other)
    return best.strengthened(rest)


class FoundBy(StrEnum):
    """Which part of the engine found something."""

    START = "start"
    CONSTRUCT = "construct"
    WALK = "walk"
    SEARCH = "search"
    BOUNDS = "bounds"
    EXACT = "exact"
    GIVEN = "given"
    BARGAIN = "bargain"
    SWEEP = "sweep"
    COLUMNS = "columns"
    DIVE = "dive"
    BRANCHING = "branching"
    WINDOW = "window"
    SLICE = "slice"


@dataclass(frozen=True, slots=True)
class Progress:
    """A glimpse of a running search, for a person to watch."""

    seconds: float
    heads: int
    score: Values
    bounds: Values
    found_by: FoundBy


Watcher = Callable[[Progress], None]


@dataclass(frozen=True, slots=True, eq=False)
class Result:
    """The roster found, the referee's score of it, and what is proven.

    The bound of a level holds for all rosters that are no worse on the levels above it in any independent part.
    """

    roster: Roster
    score: Score
    bounds: tuple[int, ...]
    status: Status
    rounds: int
    seconds: float

    def gap(self, level: Level) -> int:
        """How far the level may still be from its best, given the levels above it; 0 is proven optimal."""
        number = LEVELS.index(level)
        return max(0, self.score.values[number] - self.bounds[number])
