"""Busy times as windows of a plan."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from scheduler.io.busy.series import Window
from scheduler.io.busy.windows import merged, plan_window, time_windows
from tests.builders import problem
from tests.io.busy.worlds import FIRST, LAST, ZONE


def at(minutes: float) -> dt.datetime:
    return FIRST + dt.timedelta(minutes=minutes)


def stretches(*pairs: tuple[float, float]) -> list[Window]:
    return [(at(start), at(end)) for start, end in pairs]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ([], []),
        ([(60, 120), (0, 30)], [(0, 30), (60, 120)]),
        ([(0, 60), (60, 120)], [(0, 120)]),
        ([(0, 59), (60, 120)], [(0, 59), (60, 120)]),
        ([(0, 120), (30, 60)], [(0, 120)]),
        ([(-60, 10)], [(0, 10)]),
        ([(-60, 0)], []),
    ],
)
def test_stretches_that_touch_are_joined_and_cut(
    given: list[tuple[float, float]], expected: list[tuple[float, float]]
) -> None:
    assert merged(stretches(*given), (FIRST, LAST)) == stretches(*expected)


@pytest.mark.parametrize(
    ("given", "expected"),
    [((0, 30), "00:00-00:30"), ((0.5, 29.5), "00:00-00:30"), ((0, 30.02), "00:00-00:31"), ((1, 1.5), "00:01-00:02")],
)  # fmt: skip
def test_begun_minutes_count(given: tuple[float, float], expected: str) -> None:
    (made,) = time_windows(stretches(given), (FIRST, LAST), ZONE, "x")
    assert f"{made.start:%H:%M}-{made.end:%H:%M}" == expected


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2026-11-01T05:10", "2026-11-01T05:40", "01:10-01:40"),
        ("2026-11-01T06:10", "2026-11-01T06:40", "01:10-02:40"),
        ("2026-11-01T05:10", "2026-11-01T06:40", "01:10-02:40"),
        ("2026-11-01T07:10", "2026-11-01T07:40", "02:10-02:40"),
    ],
)
def test_the_hour_that_comes_twice_is_never_cut_short(start: str, end: str, expected: str) -> None:
    zone = ZoneInfo("America/New_York")
    pair = (dt.datetime.fromisoformat(start + "+00:00"), dt.datetime.fromisoformat(end + "+00:00"))
    (made,) = time_windows([pair], (FIRST, LAST), zone, "x")
    assert f"{made.start:%H:%M}-{made.end:%H:%M}" == expected
    assert made.start is not None
    assert made.end is not None
    assert made.start.replace(tzinfo=zone) <= pair[0]
    assert made.end.replace(tzinfo=zone) >= pair[1]


def test_a_plan_reaches_to_the_end_of_its_last_shift() -> None:
    plan = problem(days=2)
    first, last = plan_window(plan)
    shifts = plan.instance().shifts
    assert first.astimezone(plan.zone).time() == dt.time(0)
    assert first.astimezone(plan.zone).date() == plan.horizon.first
    assert last >= max(shift.end for shift in shifts)
    assert last.astimezone(plan.zone).date() > plan.horizon.last
