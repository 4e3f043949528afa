from __future__ import annotations

import pytest

from scheduler.domain.entity import Level
from scheduler.rules import STANDARD
from scheduler.rules.workload.no_overlap import NoOverlap
from tests.builders import roster, world
from tests.rules.workload.amounts import amount, words


@pytest.mark.parametrize(("start", "broken"), [("11:59", 1), ("12:00", 0), ("12:01", 0)])
def test_a_shift_may_begin_the_minute_another_ends(start: str, broken: int) -> None:
    types = [{"id": "a", "start": "08:00", "end": "12:00"}, {"id": "b", "start": start, "end": "16:00"}]
    assert amount(NoOverlap(), roster(world(shift_types=types), anna="0 a, 0 b")) == broken


def test_every_pair_counts_and_only_of_one_person() -> None:
    instance = world(posts=["one", "two", "three"])
    everywhere = "0 morning@one, 0 morning@two, 0 morning@three"
    assert amount(NoOverlap(), roster(instance, anna=everywhere, bo="0 noon")) == 3
    assert amount(NoOverlap(), roster(instance, anna="0 morning@one", bo="0 morning@two")) == 0


@pytest.mark.parametrize(("end", "broken"), [("07:59", 0), ("08:00", 0), ("08:01", 1)])
def test_a_long_shift_reaches_over_others_into_the_next_day(end: str, broken: int) -> None:
    types = [
        {"id": "long", "start": "10:00", "end": end},
        {"id": "early", "start": "08:00", "end": "09:00"},
        {"id": "noon", "start": "12:00", "end": "13:00"},
    ]
    served = roster(world(shift_types=types), anna="0 long, 0 noon, 1 early")
    assert amount(NoOverlap(), served) == 1 + broken


def test_it_is_standard_and_says_which_shifts() -> None:
    assert [rule.level for rule in STANDARD if rule.rule == "no-overlap"] == [Level.HARD]
    served = roster(world(posts=["one", "two"]), anna="0 morning@one, 0 morning@two")
    assert words(NoOverlap(), served) == [
        (
            "anna: one, 2024-03-04 morning 08:00–12:00 overlaps two, 2024-03-04 morning 08:00–12:00",
            "anna：one 3月4日morning 08:00–12:00 与 two 3月4日morning 08:00–12:00 时间重叠",
        )
    ]
