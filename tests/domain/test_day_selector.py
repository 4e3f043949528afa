"""Choosing days one by one, by range and by class."""

from __future__ import annotations

import datetime as dt

import pytest

from scheduler.domain.calendar import DayClass, DaySelector, WorkCalendar

FIRST = dt.date(2024, 3, 4)
WEEK = {
    FIRST + dt.timedelta(days=n): WorkCalendar(country="none").day_class(FIRST + dt.timedelta(days=n))
    for n in range(7)
}


@pytest.mark.parametrize(
    ("chosen", "numbers"),
    [
        ({}, range(7)),
        ({"dates": ["2024-03-10", "2024-03-05", "2024-03-11", "2024-03-03"]}, [1, 6]),
        ({"dates": ["2024-03-05..2024-03-06", "2024-03-10"]}, [1, 2, 6]),
        ({"dates": ["2024-03-05..2024-03-05"]}, [1]),
        ({"dates": ["2024-03-08", "2024-03-09"], "classes": ["weekend"]}, [5]),
        ({"dates": ["2024-03-08", "2024-03-09"], "weekdays": ["fri"]}, [4]),
        ({"dates": []}, []),
        ({"weekdays": ["mon"]}, [0]),
    ],
)
def test_the_days_among_some_are_those_picked_one_by_one(
    chosen: dict[str, object], numbers: list[int]
) -> None:
    selector = DaySelector.model_validate(chosen)
    expected = [FIRST + dt.timedelta(days=n) for n in numbers]
    assert selector.among(WEEK) == expected
    assert [day for day, day_class in WEEK.items() if selector.picks(day, day_class)] == expected


def test_equal_selectors_stay_equal_and_hash_alike_after_use() -> None:
    one, other = (DaySelector.model_validate({"dates": ["2024-03-05"]}) for _ in range(2))
    assert one.picks(dt.date(2024, 3, 5), DayClass.WORKDAY)
    assert one == other
    assert hash(one) == hash(other)
