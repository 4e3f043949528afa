"""Busy times as windows of a plan: merged, within the plan's days, in its local time to the minute."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from zoneinfo import ZoneInfo

from scheduler.domain.request import TimeWindow
from scheduler.io.busy.series import Window
from scheduler.problem import Problem

_MINUTE = dt.timedelta(minutes=1)
_HOUR = dt.timedelta(hours=1)
_DAY = dt.timedelta(days=1)


def plan_window(problem: Problem) -> Window:
    """From the first midnight of a plan to the end of its last day, or of its last shift: moments in UTC."""
    horizon, zone = problem.horizon, problem.zone
    first = dt.datetime.combine(horizon.first, dt.time(), tzinfo=zone)
    last = dt.datetime.combine(horizon.last + _DAY, horizon.day_starts, tzinfo=zone)
    shifts = problem.instance().shifts
    return (
        min([first, *(shift.start for shift in shifts)]).astimezone(dt.UTC),
        max([last, *(shift.end for shift in shifts)]).astimezone(dt.UTC),
    )


def merged(stretches: Iterable[Window], window: Window) -> list[Window]:
    """Stretches cut to a window, those that touch joined, in order."""
    joined: list[Window] = []
    for start, end in sorted((max(start, window[0]), min(end, window[1])) for start, end in stretches):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        elif start < end:
            joined.append((start, end))
    return joined


def time_windows(
    stretches: Iterable[Window], window: Window, zone: ZoneInfo, source: str
) -> list[TimeWindow]:
    """Stretches as windows of a plan; begun minutes count as a whole."""
    rounded = [(_floor(start), _floor(end + _MINUTE - dt.timedelta.resolution)) for start, end in stretches]
    return [
        TimeWindow(
            start=start.astimezone(zone).replace(tzinfo=None, fold=0), end=_wall_end(end, zone), source=source
        )
        for start, end in merged(rounded, window)
    ]


def _floor(moment: dt.datetime) -> dt.datetime:
    return moment.replace(second=0, microsecond=0)


def _wall_end(end: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    """The wall time of an end; in the hour that the clock shows twice, one that is late enough."""
    wall = end.astimezone(zone).replace(tzinfo=None, fold=0)
    while wall.replace(tzinfo=zone).astimezone(dt.UTC) < end:
        wall += _HOUR
    return wall
