"""Free time: a volunteer's availability laid on the horizon, ready to be asked."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from scheduler.domain.calendar import DayClass, Horizon
from scheduler.domain.request import Availability, TimeWindow
from scheduler.domain.shift import Shift

Stretch = tuple[dt.datetime, dt.datetime]


@dataclass(frozen=True, slots=True, eq=False)
class Stretches:
    """Days and stretches of time; stretches are disjoint and sorted."""

    days: frozenset[dt.date]
    starts: tuple[dt.datetime, ...]
    ends: tuple[dt.datetime, ...]

    @classmethod
    def of(
        cls,
        windows: Iterable[TimeWindow],
        horizon: Horizon,
        classes: Mapping[dt.date, DayClass],
        zone: ZoneInfo,
        *,
        days_too: bool = False,
    ) -> Stretches:
        """Lay windows on the days; ``days_too`` makes a whole duty day a stretch as well."""
        whole: set[dt.date] = set()
        pieces: list[Stretch] = []
        for window in windows:
            if window.start and window.end:
                pieces.append((window.start, window.end))
                continue
            picked = window.among(classes)
            if window.hours is not None:
                pieces += [hours.on(day, horizon) for hours in window.hours for day in picked]
                continue
            whole.update(picked)
        if days_too:
            pieces += [_duty_day(day, horizon) for day in whole]
        merged = _merged(pieces)
        return cls(
            frozenset(whole),
            tuple(start.replace(tzinfo=zone) for start, _ in merged),
            tuple(end.replace(tzinfo=zone) for _, end in merged),
        )

    def touches(self, shift: Shift) -> bool:
        """Whether a shift is on one of the days or overlaps a stretch."""
        if shift.day in self.days:
            return True
        nearest = bisect_left(self.starts, shift.end) - 1
        return nearest >= 0 and self.ends[nearest] > shift.start

    def holds(self, shift: Shift) -> bool:
        """Whether a shift is on one of the days or lies wholly inside a stretch."""
        if shift.day in self.days:
            return True
        nearest = bisect_right(self.starts, shift.start) - 1
        return nearest >= 0 and self.ends[nearest] >= shift.end


@dataclass(frozen=True, slots=True, eq=False)
class FreeTime:
    """When a volunteer can serve."""

    answered: bool
    only: Stretches | None
    never: Stretches

    @classmethod
    def of(
        cls, availability: Availability, horizon: Horizon, classes: Mapping[dt.date, DayClass], zone: ZoneInfo
    ) -> FreeTime:
        """Lay an availability on the horizon."""
        only = (
            Stretches.of(availability.only, horizon, classes, zone, days_too=True)
            if availability.only
            else None
        )
        return cls(
            answered=availability.answered,
            only=only,
            never=Stretches.of(availability.unavailable, horizon, classes, zone),
        )

    def fits(self, shift: Shift) -> bool:
        """Whether the whole shift is free time."""
        return (
            self.answered and not self.never.touches(shift) and (self.only is None or self.only.holds(shift))
        )


def _duty_day(day: dt.date, horizon: Horizon) -> Stretch:
    start = dt.datetime.combine(day, horizon.day_starts)
    return start, start + dt.timedelta(days=1)


def _merged(pieces: list[Stretch]) -> list[Stretch]:
    merged: list[Stretch] = []
    for start, end in sorted(pieces):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged
