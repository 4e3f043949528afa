from __future__ import annotations

import datetime as dt

import pytest
from pydantic import ValidationError

from scheduler.domain.instance import Instance
from scheduler.rules.workload.min_rest import MinRest
from scheduler.text import day_text
from tests.builders import day, roster, world
from tests.rules.workload.amounts import amount, before, words

TYPES = [
    {"id": "early", "start": "08:00", "end": "12:00"},
    {"id": "late", "start": "17:00", "end": "22:00"},
    {"id": "night", "start": "22:00", "end": "06:00", "night": True},
]


def gate(*people: object, **more: object) -> Instance:
    return world(people or ["anna"], days=3, posts=["one", "two"], shift_types=TYPES, **more)


@pytest.mark.parametrize(("hours", "broken"), [(4.5, 0), (5, 0), (5.1, 1), (9.9, 1), (10, 1), (10.1, 2)])
def test_a_pause_of_exactly_the_hours_is_enough(hours: float, broken: int) -> None:
    served = roster(gate(), anna="0 early, 0 late, 1 early")
    assert amount(MinRest(hours=hours), served) == broken


def test_a_pause_of_ten_hours_is_broken_by_eleven() -> None:
    served = roster(gate(), anna="0 late, 1 early")
    assert [amount(MinRest(hours=hours), served) for hours in (10, 10.5, 11)] == [0, 1, 1]


def test_every_pair_counts_not_only_neighbours() -> None:
    served = roster(gate(), anna="0 early, 0 late, 0 night, 1 early")
    assert amount(MinRest(hours=10), served) == 3
    assert amount(MinRest(hours=10.5), served) == 5


def test_overlapping_shifts_count_and_other_people_do_not() -> None:
    served = roster(gate("anna", "bo"), anna="0 early@one, 0 early@two", bo="1 early")
    assert amount(MinRest(hours=1), served) == 1


@pytest.mark.parametrize(("after_night", "broken"), [(None, 0), (2, 0), (2.1, 1), (11, 1), (11.1, 2)])
def test_the_rest_after_a_night_may_be_longer(after_night: float | None, broken: int) -> None:
    served = roster(gate(), anna="0 night, 1 early, 1 late")
    assert amount(MinRest(hours=2, after_night=after_night), served) == broken


def test_a_rest_after_a_night_is_not_asked_before_it() -> None:
    assert amount(MinRest(hours=5, after_night=11), roster(gate(), anna="0 early, 0 night")) == 0


@pytest.mark.parametrize(("hours", "after_night", "broken"), [(2, None, 0), (2.1, None, 1), (2, 11.1, 2)])
def test_recent_shifts_count_against_the_first_ones(
    hours: float, after_night: float | None, broken: int
) -> None:
    instance = gate(before("anna", "-1 night, -3 late"), "bo")
    served = roster(instance, anna="0 early, 0 late, 2 early", bo="0 early")
    assert amount(MinRest(hours=hours, after_night=after_night), served) == broken


def test_a_recent_shift_within_the_horizon_is_no_past() -> None:
    assert amount(MinRest(hours=4), roster(gate(before("anna", "0 early")), anna="0 early")) == 0


def test_history_has_types_and_days_but_no_posts_for_filters() -> None:
    served = roster(gate(before("anna", "-1 night")), anna="0 early")
    assert amount(MinRest(hours=4, shift_types=("early", "night")), served) == 1
    assert amount(MinRest(hours=4, shift_types=("early",)), served) == 0
    assert amount(MinRest(hours=4, days={"weekdays": ["sun", "mon"]}), served) == 1
    assert amount(MinRest(hours=4, days={"weekdays": ["mon"]}), served) == 0
    assert amount(MinRest(hours=4, posts=("one",)), served) == 0
    assert amount(MinRest(hours=4, places=("town",)), served) == 0


def test_the_clock_change_takes_an_hour_of_rest() -> None:
    spring = {"first": dt.date(2024, 3, 30), "last": dt.date(2024, 3, 31)}
    instance = gate(horizon=spring, time_zone="Europe/Berlin")
    pair = [shift.id for shift in instance.shifts if shift.id in _over_the_change()]
    served = roster(instance).named(instance, [("anna", shift) for shift in pair])
    assert [amount(MinRest(hours=hours), served) for hours in (9, 9.5)] == [0, 1]


def _over_the_change() -> tuple[str, str]:
    return "one/2024-03-30/late", "one/2024-03-31/early"


def test_the_rest_after_a_night_is_not_shorter() -> None:
    assert MinRest(hours=10, after_night=10).after_night == 10
    with pytest.raises(ValidationError, match=r"after_night \(9.5\) is shorter than hours \(10\)"):
        MinRest(hours=10, after_night=9.5)


def test_it_says_the_pause_and_the_hours_needed() -> None:
    instance = gate(before("anna", "-1 night"))
    eve, morning = day_text(day(-1)), instance.shifts[0].label
    assert words(MinRest(hours=2, after_night=2.5), roster(instance, anna="0 early")) == [
        (
            f"anna: 2 h of rest between {eve.en} night and {morning.en}, at least 2.5 h needed",
            f"anna：{eve.zh}night 与 {morning.zh} 之间休息 2 小时，应至少 2.5 小时",
        )
    ]
    overlap = roster(gate(), anna="0 early@one, 0 early@two")
    assert words(MinRest(hours=2), overlap)[0][0].startswith("anna: 0 h of rest between one,")
