"""Stretches of duty days that shifts are counted in: days, calendar weeks, months, rolling windows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from scheduler.domain.calendar import Horizon
from scheduler.domain.grouping import Groups
from scheduler.domain.instance import Instance
from scheduler.text import Text, day_text

Per = Literal["day", "week", "month", "horizon", "rolling"]
"""What a load is counted in."""

DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period:
    """Duty days from first to last, both included; a week or month may reach out of the horizon."""

    per: Per
    first: dt.date
    last: dt.date

    def holds(self, day: dt.date) -> bool:
        """Whether a day is one of them."""
        return self.first <= day <= self.last

    @property
    def label(self) -> Text:
        """What people read, to follow a number of shifts."""
        first, last = day_text(self.first), day_text(self.last)
        return {
            "day": Text(f"on {first.en}", first.zh),
            "week": Text(f"in the week of {first.en}", f"{first.zh}起的一周"),
            "month": Text(f"in {self.first:%B %Y}", f"{self.first.year}年{self.first.month}月"),
            "horizon": Text("in all", "整个排班期"),
            "rolling": Text(f"from {first.en} to {last.en}", f"{first.zh}至{last.zh}"),
        }[self.per]


def periods(horizon: Horizon, per: Per, window: int = 1, before: int = 0) -> tuple[Period, ...]:
    """The periods that hold a day of the horizon, by start.

    Rolling windows have ``window`` days and begin in the horizon, or up to ``before`` days earlier, and end
    in it; but one begins on each of these days if none does, so that a window longer than the horizon
    counts too.
    """
    if per == "horizon":
        return (Period(per, horizon.first, horizon.last),)
    if per == "rolling":
        earliest = horizon.first - min(before, window - 1) * DAY
        latest = max(horizon.last - (window - 1) * DAY, horizon.first)
        starts = [earliest + n * DAY for n in range((latest - earliest).days + 1)]
        return tuple(Period(per, start, start + (window - 1) * DAY) for start in starts)
    starts = sorted({_start(per, day) for day in horizon.days})
    return tuple(Period(per, start, _end(per, start)) for start in starts)


def _start(per: Per, day: dt.date) -> dt.date:
    if per == "month":
        return day.replace(day=1)
    return day - day.weekday() * DAY if per == "week" else day


def _end(per: Per, start: dt.date) -> dt.date:
    if per == "month":
        return (start + 31 * DAY).replace(day=1) - DAY
    return start + 6 * DAY if per == "week" else start


def groups_of(instance: Instance, among: Sequence[Period]) -> Groups:
    """The shifts of each period."""
    first = instance.horizon.first
    members = [
        np.flatnonzero(
            (instance.day_of >= (one.first - first).days) & (instance.day_of <= (one.last - first).days)
        )
        for one in among
    ]
    return Groups.of(members, len(instance.shifts))
