from __future__ import annotations

from typing import Any

import pytest

from scheduler.domain.instance import Instance
from scheduler.rules.workload.travel_time import TravelTime
from tests.builders import roster, world
from tests.rules.workload.amounts import amount, words

PLACES = [
    {"id": "north", "kind": "subdistrict"},
    {"id": "south", "kind": "subdistrict"},
    {"id": "n1", "within": "north"},
    {"id": "n2", "within": "north"},
    {"id": "s1", "within": "south"},
]


def town(start: str = "12:20", travel: Any = ()) -> Instance:
    types = [{"id": "a", "start": "08:00", "end": "12:00"}, {"id": "b", "start": start, "end": "16:00"}]
    posts = [{"id": place, "place": place} for place in ("n1", "n2", "s1")] + [{"id": "n1b", "place": "n1"}]
    return world(["anna"], days=1, places=PLACES, posts=posts, shift_types=types, travel=travel)


@pytest.mark.parametrize(("start", "broken"), [("12:19", 1), ("12:20", 0), ("12:21", 0)])
def test_the_given_minutes_are_enough_in_both_directions(start: str, broken: int) -> None:
    instance = town(start, [{"between": ["n1", "s1"], "minutes": 20}])
    assert amount(TravelTime(), roster(instance, anna="0 a@n1, 0 b@s1")) == broken
    assert amount(TravelTime(), roster(instance, anna="0 a@s1, 0 b@n1")) == broken


@pytest.mark.parametrize(("default", "broken"), [(0, 0), (20, 0), (21, 1)])
def test_the_default_is_for_what_is_not_given(default: int, broken: int) -> None:
    instance = town(travel=[{"between": ["n1", "s1"], "minutes": 60}])
    assert amount(TravelTime(default=default), roster(instance, anna="0 a@n1, 0 b@n2")) == broken
    assert amount(TravelTime(default=default), roster(instance, anna="0 a@n1, 0 b@s1")) == 1


def test_the_nearest_places_around_give_the_minutes() -> None:
    travel = [{"between": ["north", "south"], "minutes": 40}, {"between": ["n2", "south"], "minutes": 20}]
    instance = town(travel=travel)
    assert amount(TravelTime(default=0), roster(instance, anna="0 a@n1, 0 b@s1")) == 1
    assert amount(TravelTime(default=0), roster(instance, anna="0 a@n2, 0 b@s1")) == 0


@pytest.mark.parametrize(("start", "broken"), [("11:59", 1), ("12:00", 0)])
def test_posts_of_one_place_are_no_way_apart_but_overlap(start: str, broken: int) -> None:
    assert amount(TravelTime(default=40), roster(town(start), anna="0 a@n1, 0 b@n1b")) == broken


def test_every_pair_counts() -> None:
    served = roster(town("12:00"), anna="0 a@n1, 0 a@n1b, 0 b@n1, 0 b@n2, 0 b@s1")
    assert amount(TravelTime(default=10), served) == 1 + 3 + 4


def test_it_says_the_pause_and_the_way() -> None:
    served = roster(town(), anna="0 a@n1, 0 b@s1")
    first, second = (served.instance.shifts[number].label for _, number in served.pairs)
    assert words(TravelTime(default=30), served) == [
        (
            f"anna: 20 min between {first.en} and {second.en}, the way takes 30 min",
            f"anna：{first.zh} 与 {second.zh} 之间间隔 20 分钟，路程需 30 分钟",
        )
    ]
    overlap = words(TravelTime(), roster(town("11:00"), anna="0 a@n1, 0 b@s1"))
    assert overlap[0][0].startswith("anna: 0 min between")
