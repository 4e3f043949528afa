from __future__ import annotations

import pytest

from scheduler.rules.workload.one_per_day import OnePerDay
from scheduler.text import day_text
from tests.builders import day, roster, world
from tests.rules.workload.amounts import amount, words

EARLY_AND_LATE = [
    {"id": "morning", "start": "08:00", "end": "12:00"},
    {"id": "last", "start": "05:59", "end": "06:30"},
    {"id": "first", "start": "06:00", "end": "07:00"},
]


@pytest.mark.parametrize(
    ("served", "most", "broken"),
    [
        ("0 morning", 1, 0),
        ("0 morning, 0 noon", 1, 1),
        ("0 morning, 0 noon, 0 night", 1, 2),
        ("0 morning, 1 morning", 1, 0),
        ("0 morning, 0 noon", 2, 0),
        ("0 morning, 0 noon, 0 night, 6 morning, 6 noon, 6 evening, 6 night", 2, 3),
    ],
)
def test_shifts_over_most_count_on_every_day(served: str, most: int, broken: int) -> None:
    assert amount(OnePerDay(most=most), roster(world(), anna=served)) == broken


@pytest.mark.parametrize(("served", "broken"), [("0 morning, 0 last", 1), ("0 morning, 1 first", 0)])
def test_a_shift_before_the_boundary_belongs_to_the_day_before(served: str, broken: int) -> None:
    instance = world(shift_types=EARLY_AND_LATE)
    assert {shift.start.day - 4 for shift in instance.shifts if shift.id == "gate/2024-03-04/last"} == {1}
    assert amount(OnePerDay(), roster(instance, anna=served)) == broken


def test_only_one_a_day_is_a_promise_to_other_rules() -> None:
    assert [OnePerDay(most=most).one_at_most() for most in (1, 2)] == ["day", ""]


def test_it_says_the_day_and_how_many() -> None:
    assert words(OnePerDay(), roster(world(), bo="2 noon, 2 night")) == [
        ("bo: 2 shifts on Wed 6 Mar 2024, at most 1", f"bo：{day_text(day(2)).zh}共2班，至多1班")
    ]
