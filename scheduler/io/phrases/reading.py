"""What a text on availability says: windows, limits, or what in it could not be read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from scheduler.domain.calendar import Horizon
from scheduler.domain.request import Availability, TimeWindow
from scheduler.domain.shift import ShiftType
from scheduler.domain.volunteer import Contract
from scheduler.io.phrases.numerals import number
from scheduler.io.phrases.tokens import is_clock, plain
from scheduler.io.phrases.vocabulary import WORDS
from scheduler.problem import Problem
from scheduler.text import Text


@dataclass(frozen=True, slots=True)
class Setting:
    """What the words of a text refer to: the days of a plan and its shift types."""

    horizon: Horizon
    shift_types: tuple[ShiftType, ...] = ()

    @classmethod
    def of(cls, problem: Problem) -> Setting:
        """The setting of a plan."""
        return cls(problem.horizon, problem.shift_types)

    @property
    def names(self) -> dict[str, str]:
        """The plan's own words for its shift types, and their ids; words of the grammar stay what they are.

        So do bare numbers: in 每周2次 the 2 is no shift, whatever a plan's ids are.
        """
        named: dict[str, str] = {}
        for one in self.shift_types:
            for word in _words(one):
                if word not in WORDS and number(word) is None:
                    named.setdefault(word, one.id)
        return named

    def shift_type(self, name: str) -> ShiftType:
        """A shift type by its id."""
        return next(one for one in self.shift_types if one.id == name)


def _words(shift_type: ShiftType) -> Iterable[str]:
    for word in (shift_type.label.zh, shift_type.label.en, shift_type.id):
        folded = plain(word).strip()
        yield folded
        if folded.endswith("班") and len(folded) > 2:
            yield folded.removesuffix("班")
        elif is_clock(folded):
            yield f"{folded}班"


@dataclass(frozen=True, slots=True)
class Reading:
    """A text that was understood.

    ``always`` or ``only`` say when somebody can serve (neither: nothing was said of it), ``unavailable``
    when not, ``limits`` how often.
    """

    always: bool = False
    only: tuple[TimeWindow, ...] = ()
    unavailable: tuple[TimeWindow, ...] = ()
    limits: Contract = field(default_factory=Contract)

    @property
    def availability(self) -> Availability:
        """The same as the plan says it; limits alone do not answer when."""
        return Availability(always=self.always, only=self.only, unavailable=self.unavailable)


@dataclass(frozen=True, slots=True)
class Unclear:
    """A text that was not understood: the part that could not be read, and why."""

    part: str
    reason: Text


class Misread(Exception):  # noqa: N818  it never leaves this package
    """Ends the reading of a text; the grammar turns it into ``Unclear``."""

    def __init__(self, part: str, reason: Text) -> None:
        super().__init__(part)
        self.unclear = Unclear(part, reason)


@dataclass(slots=True)
class Draft:
    """A reading in the making."""

    always: bool = False
    only: list[TimeWindow] = field(default_factory=list)
    unavailable: list[TimeWindow] = field(default_factory=list)
    limits: dict[str, int] = field(default_factory=dict)

    def finished(self) -> Reading:
        """The reading; windows said twice count once."""
        return Reading(
            self.always,
            tuple(dict.fromkeys(self.only)),
            tuple(dict.fromkeys(self.unavailable)),
            Contract(**self.limits),
        )


MIDNIGHT = dt.time(0, 0)
"""The end of a day, as hours say it."""
