"""What one person-time is: three rules in use, each of which gives every duty its share of the count."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from scheduler.text import Text

if TYPE_CHECKING:
    from scheduler.report.duties import Duty

VISIT_BREAK = dt.timedelta(minutes=60)
"""A longer break between two shifts at a post makes two visits of them."""


class Count(StrEnum):
    """What is counted as one person-time."""

    PER_SHIFT = "per-shift"
    PER_PERSON_DAY = "per-person-day"
    PER_VISIT = "per-visit"

    @property
    def text(self) -> Text:
        """The rule in words, as it stands below a table."""
        return _RULES[self]


_BREAK = round(VISIT_BREAK.total_seconds() / 60)
_RULES = {
    Count.PER_SHIFT: Text(
        "Person-times are counted per shift: one person at one shift is one.",
        "人次按班次计：一人一班计一人次。",
    ),
    Count.PER_PERSON_DAY: Text(
        "Person-times are counted per person and duty day: however many shifts a person has on a day, it is one, "
        "counted where the first of them is.",
        "人次按人日计：一人一个值守日不论几班计一人次，记在当日第一班处。",
    ),
    Count.PER_VISIT: Text(
        f"Person-times are counted per visit: shifts of a person at one post with no break over {_BREAK} minutes "
        "between them are one, counted where the first of them is.",
        f"人次按到岗次数计：一人在同一岗位、间隔不超过{_BREAK}分钟的连续班次计一人次，记在其中第一班处。",
    ),
}


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """A duty and how many person-times it counts, 0 or 1; over any set of lines they add up."""

    duty: Duty
    times: int


@dataclass(frozen=True, slots=True)
class Figures:
    """Distinct persons, person-times and exact minutes of some lines."""

    persons: int = 0
    times: int = 0
    minutes: int = 0

    @property
    def hours(self) -> float:
        """Hours to a tenth, halves up, from the exact minutes."""
        return hours(self.minutes)


def hours(minutes: int) -> float:
    """Minutes as hours to a tenth, halves up."""
    return (minutes * 10 + 30) // 60 / 10


def figures(lines: Iterable[Line]) -> Figures:
    """The three official numbers of some lines."""
    listed = [*lines]
    return Figures(
        persons=len({line.duty.person.key for line in listed}),
        times=sum(line.times for line in listed),
        minutes=sum(line.duty.minutes for line in listed),
    )


def counted(duties: Sequence[Duty], rule: Count) -> tuple[Line, ...]:
    """Duties sorted by start with the person-times each counts."""
    if rule is Count.PER_SHIFT:
        return tuple(Line(duty, 1) for duty in duties)
    if rule is Count.PER_PERSON_DAY:
        seen: set[tuple[str, dt.date]] = set()
        return tuple(Line(duty, _first(seen, (duty.person.key, duty.shift.day))) for duty in duties)
    until: dict[tuple[str, str], dt.datetime] = {}
    return tuple(Line(duty, _new_visit(until, duty)) for duty in duties)


def _first(seen: set[tuple[str, dt.date]], key: tuple[str, dt.date]) -> int:
    if key in seen:
        return 0
    seen.add(key)
    return 1


def _new_visit(until: dict[tuple[str, str], dt.datetime], duty: Duty) -> int:
    """Whether a person was not at the post just before; the break is true over a clock change."""
    key = (duty.person.key, duty.shift.post.id)
    left = until.get(key)
    until[key] = duty.shift.end if left is None else max(left, duty.shift.end)
    if left is None:
        return 1
    return int(duty.shift.start.timestamp() - left.timestamp() > VISIT_BREAK.total_seconds())
