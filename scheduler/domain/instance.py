"""Instance: a plan's facts laid out for work: demand expanded to shifts, sorted, indexed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar, cast
from zoneinfo import ZoneInfo

import numpy as np

from scheduler.domain.able import could_serve
from scheduler.domain.calendar import DayClass, DaySelector, Horizon, WorkCalendar
from scheduler.domain.clashes import Clashes
from scheduler.domain.free_time import FreeTime, Stretches
from scheduler.domain.grouping import Bools, Ints
from scheduler.domain.organisation import Organisation, Pairing
from scheduler.domain.post import Place, Post, Travel
from scheduler.domain.shift import Shift, ShiftType
from scheduler.domain.volunteer import Skill, Team, Volunteer

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Timing:
    """A start and end that shifts of several posts share."""

    start: dt.datetime
    end: dt.datetime
    day: dt.date


@dataclass(frozen=True, eq=False)
class Instance:
    """Everything the rules, the model and the referee ask of a plan; volunteers by id, shifts by time."""

    name: str
    zone: ZoneInfo
    horizon: Horizon
    calendar: WorkCalendar
    places: dict[str, Place]
    organisations: dict[str, Organisation]
    teams: dict[str, Team]
    skills: dict[str, Skill]
    shift_types: dict[str, ShiftType]
    posts: dict[str, Post]
    pairings: tuple[Pairing, ...]
    travel: tuple[Travel, ...]
    volunteers: tuple[Volunteer, ...]
    shifts: tuple[Shift, ...]

    # -- indices -----------------------------------------------------------------------------------------

    @cached_property
    def volunteer_index(self) -> dict[str, int]:
        """Position of a volunteer by id."""
        return {volunteer.id: n for n, volunteer in enumerate(self.volunteers)}

    @cached_property
    def shift_index(self) -> dict[str, int]:
        """Position of a shift by id."""
        return {shift.id: n for n, shift in enumerate(self.shifts)}

    def number(self, volunteer: Volunteer) -> int:
        """Position of a volunteer."""
        return self.volunteer_index[volunteer.id]

    def shift_number(self, shift: Shift) -> int:
        """Position of a shift."""
        return self.shift_index[shift.id]

    # -- time --------------------------------------------------------------------------------------------

    @property
    def days(self) -> tuple[dt.date, ...]:
        """The duty days of the horizon."""
        return self.horizon.days

    @cached_property
    def day_classes(self) -> dict[dt.date, DayClass]:
        """Class of every duty day, and of a week before and after."""
        around = [self.horizon.first + dt.timedelta(days=n) for n in range(-7, len(self.days) + 7)]
        return {day: self.calendar.day_class(day) for day in around}

    @cached_property
    def day_of(self) -> Ints:
        """Day number (0 = first day of the horizon) of each shift."""
        return np.array([(shift.day - self.horizon.first).days for shift in self.shifts], dtype=np.int64)

    @cached_property
    def starts(self) -> Ints:
        """Start of each shift in seconds since 1970."""
        return np.array([int(shift.start.timestamp()) for shift in self.shifts], dtype=np.int64)

    @cached_property
    def ends(self) -> Ints:
        """End of each shift in seconds since 1970."""
        return np.array([int(shift.end.timestamp()) for shift in self.shifts], dtype=np.int64)

    @cached_property
    def _timing(self) -> tuple[tuple[Timing, ...], Ints]:
        numbers: dict[Timing, int] = {}
        of = [numbers.setdefault(Timing(s.start, s.end, s.day), len(numbers)) for s in self.shifts]
        return tuple(numbers), np.array(of, dtype=np.int64)

    @property
    def timings(self) -> tuple[Timing, ...]:
        """The distinct start-end pairs, by start."""
        return self._timing[0]

    @property
    def timing_of(self) -> Ints:
        """Number of the timing of each shift."""
        return self._timing[1]

    def week_number(self, day: dt.date) -> int:
        """Calendar weeks (Monday to Sunday) since the one the horizon starts in."""
        monday = self.horizon.first - dt.timedelta(days=self.horizon.first.weekday())
        return (day - monday).days // 7

    def per_day(self, number: Callable[[dt.date], int]) -> Ints:
        """A number of each shift's duty day, for grouping."""
        table = np.array([number(day) for day in self.days], dtype=np.int64)
        return table[self.day_of] if len(self.shifts) else np.zeros(0, dtype=np.int64)

    def closer_than(self, gap: dt.timedelta) -> Clashes:
        """Shifts of one person with a pause under ``gap`` between them."""
        seconds = np.array([[round(gap.total_seconds())]], dtype=np.int64)
        return self.clashes(np.zeros(len(self.shifts), dtype=np.int64), seconds)

    def clashes(self, kind: Ints, least: Ints) -> Clashes:
        """Shifts of one person with a pause under ``least[a, b]`` seconds, from kind ``a`` to kind ``b``.

        ``kind`` is by shift. The pause follows the shift that starts first; overlapping, it is negative.
        """
        return Clashes.of(self.timing_of, self.starts, self.ends, kind, least)

    @cached_property
    def shifts_at(self) -> tuple[Ints, ...]:
        """Shift numbers of each timing."""
        order = np.argsort(self.timing_of, kind="stable")
        cuts = np.cumsum(np.bincount(self.timing_of, minlength=len(self.timings)))
        return tuple(np.split(order.astype(np.int64), cuts)[:-1])

    @cached_property
    def free_time(self) -> tuple[FreeTime, ...]:
        """When each volunteer can serve."""
        return tuple(
            FreeTime.of(v.availability, self.horizon, self.day_classes, self.zone) for v in self.volunteers
        )

    @cached_property
    def could_serve(self) -> Bools:
        """Mask [volunteer, shift] of who could serve where, from the facts alone: free, skilled, joined."""
        return could_serve(self)

    @cached_property
    def request_times(self) -> tuple[tuple[Stretches, ...], ...]:
        """For each volunteer, the times each of their requests speaks of."""
        return tuple(
            tuple(
                Stretches.of((request.when,), self.horizon, self.day_classes, self.zone)
                for request in volunteer.requests
            )
            for volunteer in self.volunteers
        )

    # -- trees -------------------------------------------------------------------------------------------

    def organisation_line(self, organisation: str | None) -> tuple[str, ...]:
        """An organisation's id and those above it."""
        line: list[str] = []
        while organisation is not None:
            line.append(organisation)
            organisation = self.organisations[organisation].within
        return tuple(line)

    def place_line(self, place: str | None) -> tuple[str, ...]:
        """A place's id and those above it."""
        line: list[str] = []
        while place is not None:
            line.append(place)
            place = self.places[place].within
        return tuple(line)

    @cached_property
    def _members(self) -> dict[str, list[int]]:
        members: dict[str, list[int]] = {organisation: [] for organisation in self.organisations}
        for n, volunteer in enumerate(self.volunteers):
            for organisation in self.organisation_line(volunteer.organisation):
                members[organisation].append(n)
        return members

    def members(self, organisation: str) -> Ints:
        """Numbers of an organisation's volunteers, its branches' included."""
        return np.array(self._members[organisation], dtype=np.int64)

    def belongs(self, volunteer: Volunteer, organisation: str) -> bool:
        """Whether a volunteer is a member of an organisation or of one below it."""
        return organisation in self.organisation_line(volunteer.organisation)

    def team(self, team: str) -> Ints:
        """Numbers of a team's volunteers."""
        return np.array([n for n, v in enumerate(self.volunteers) if team in v.teams], dtype=np.int64)

    def stands_in(self, post: Post, place: str) -> bool:
        """Whether a post is, or stands in, a place or one below it."""
        return post.id == place or place in self.place_line(post.place)

    @cached_property
    def pairings_at(self) -> dict[str, tuple[Pairing, ...]]:
        """By post id: the pairings of the post, of the place it stands in, and of those around that."""
        return {
            post.id: tuple(pairing for pairing in self.pairings if self.stands_in(post, pairing.place))
            for post in self.posts.values()
        }

    def minutes_between(self, one: str, other: str) -> int | None:
        """Minutes between two places, by the nearest pair of their lines that is given; 0 within one place."""
        if one == other:
            return 0
        return next(
            (
                self._travel[a, b]
                for a in self.place_line(one)
                for b in self.place_line(other)
                if (a, b) in self._travel
            ),
            None,
        )

    @cached_property
    def _travel(self) -> dict[tuple[str, str], int]:
        both = {(leg.between[0], leg.between[1]): leg.minutes for leg in self.travel}
        return {(b, a): minutes for (a, b), minutes in both.items()} | both

    # -- what rules work out once -------------------------------------------------------------------------

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """What ``make`` gives, worked out once for this instance and kept under a key."""
        if key not in self._kept:
            self._kept[key] = make()
        return cast("T", self._kept[key])

    @cached_property
    def _kept(self) -> dict[Hashable, object]:
        return {}

    # -- selections --------------------------------------------------------------------------------------

    def shifts_where(self, accept: Callable[[Shift], bool]) -> Bools:
        """A mask over the shifts."""
        return np.fromiter((accept(shift) for shift in self.shifts), dtype=np.bool_, count=len(self.shifts))

    def volunteers_where(self, accept: Callable[[Volunteer], bool]) -> Bools:
        """A mask over the volunteers."""
        return np.fromiter((accept(v) for v in self.volunteers), dtype=np.bool_, count=len(self.volunteers))

    def picks(self, days: DaySelector, day: dt.date) -> bool:
        """Whether a selector picks a day."""
        known = self.day_classes.get(day)
        return days.picks(day, known if known is not None else self.calendar.day_class(day))
