from __future__ import annotations

import datetime as dt

import pytest

from scheduler.domain.calendar import Horizon
from scheduler.rules.workload.periods import Per, Period, groups_of, periods
from tests.builders import day, world

MID_FEBRUARY_TO_MARCH = Horizon(first=dt.date(2020, 2, 14), last=dt.date(2020, 3, 2))


def spans(horizon: Horizon, per: Per, **more: int) -> list[tuple[str, str]]:
    return [(f"{one.first:%m-%d}", f"{one.last:%m-%d}") for one in periods(horizon, per, **more)]


def test_weeks_and_months_are_those_of_the_calendar() -> None:
    assert spans(MID_FEBRUARY_TO_MARCH, "week") == [
        ("02-10", "02-16"),
        ("02-17", "02-23"),
        ("02-24", "03-01"),
        ("03-02", "03-08"),
    ]
    assert spans(MID_FEBRUARY_TO_MARCH, "month") == [("02-01", "02-29"), ("03-01", "03-31")]
    new_year = Horizon(first=dt.date(2023, 12, 31), last=dt.date(2024, 1, 1))
    assert spans(new_year, "month") == [("12-01", "12-31"), ("01-01", "01-31")]


def test_days_and_the_horizon_end_with_it() -> None:
    assert spans(MID_FEBRUARY_TO_MARCH, "horizon") == [("02-14", "03-02")]
    daily = spans(MID_FEBRUARY_TO_MARCH, "day")
    assert (len(daily), daily[0], daily[-1]) == (18, ("02-14", "02-14"), ("03-02", "03-02"))


@pytest.mark.parametrize(
    ("window", "before", "starts"),
    [
        (1, 0, [0, 1, 2]),
        (2, 0, [0, 1]),
        (3, 0, [0]),
        (4, 0, [0]),
        (2, 5, [-1, 0, 1]),
        (3, 2, [-2, -1, 0]),
        (4, 2, [-2, -1, 0]),
    ],
)
def test_windows_hold_a_day_of_the_horizon(window: int, before: int, starts: list[int]) -> None:
    found = periods(Horizon(first=day(0), last=day(2)), "rolling", window, before)
    assert [one.first for one in found] == [day(start) for start in starts]
    assert {(one.last - one.first).days + 1 for one in found} == {window}


def test_groups_are_the_shifts_of_each_period() -> None:
    instance = world(["a"], days=3)
    groups = groups_of(instance, periods(instance.horizon, "rolling", 2))
    _, group = groups.expand(instance.day_of * 0 + range(12))
    assert group.tolist() == [0] * 4 + [0, 1] * 4 + [1] * 4


def test_periods_hold_both_ends_and_have_names() -> None:
    week = Period("week", day(0), day(6))
    assert [week.holds(day(n)) for n in (-1, 0, 6, 7)] == [False, True, True, False]
    names = [Period(per, day(0), day(6)).label.en for per in ("day", "week", "month", "horizon", "rolling")]
    assert names == [
        "on Mon 4 Mar 2024",
        "in the week of Mon 4 Mar 2024",
        "in March 2024",
        "in all",
        "from Mon 4 Mar 2024 to Sun 10 Mar 2024",
    ]
