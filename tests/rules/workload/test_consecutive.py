from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from scheduler.domain.roster import Roster
from scheduler.rules.workload.consecutive import Consecutive
from scheduler.text import day_text
from tests.builders import day, roster, world
from tests.rules.workload.amounts import amount, before, words

FREE: dict[str, Any] = {"first_day": "free", "last_day": "free"}
STRICT: dict[str, Any] = {"first_day": "strict", "last_day": "strict"}


def on(days: str, person: Any = "anna", length: int = 10) -> Roster:
    """Anna serves on the days marked x; the others are dots."""
    served = ", ".join(f"{n} morning" for n, mark in enumerate(days) if mark == "x")
    return roster(world([person], days=length), anna=served)


@pytest.mark.parametrize(
    ("days", "broken"),
    [
        ("xx........", 0),
        ("xxx.......", 1),
        ("xxxx......", 2),
        ("xx.xx.xx.x", 0),
        (".......xxx", 1),
        ("xxx....xxx", 2),
        ("xxxxxxxxxx", 8),
        ("..........", 0),
    ],
)
def test_every_day_over_most_in_a_row_counts(days: str, broken: int) -> None:
    assert amount(Consecutive(most=2), on(days)) == broken


@pytest.mark.parametrize(
    ("days", "free", "strict"),
    [
        (".xxx......", 0, 0),
        (".xx.......", 1, 1),
        (".x........", 2, 2),
        ("x.........", 0, 2),
        ("xx........", 0, 1),
        ("xxx.......", 0, 0),
        (".........x", 0, 2),
        ("........xx", 0, 1),
        ("x..x...x.x", 4, 8),
        ("xxxxxxxxxx", 0, 0),
        ("..........", 0, 0),
    ],
)
def test_every_day_under_least_in_a_row_counts(days: str, free: int, strict: int) -> None:
    assert amount(Consecutive(least=3, **FREE), on(days)) == free
    assert amount(Consecutive(least=3, **STRICT), on(days)) == strict


def test_the_first_and_the_last_day_have_their_own_conventions() -> None:
    both = on("x........x")
    assert amount(Consecutive(least=2, first_day="strict"), both) == 1
    assert amount(Consecutive(least=2, last_day="strict"), both) == 1
    only = on("x", length=1)
    edges = [(a, b) for a in ("free", "strict") for b in ("free", "strict")]
    found = [amount(Consecutive(least=2, first_day=a, last_day=b), only) for a, b in edges]
    assert found == [0, 0, 0, 1]


def test_least_of_one_asks_nothing() -> None:
    assert amount(Consecutive(least=1, **STRICT), on("x.x.x.x.xx")) == 0


@pytest.mark.parametrize(
    ("days", "most", "least"),
    [
        ("xxx....xxx", 2, 0),
        ("xxx...xxxx", 1, 0),
        ("xxx..xxxxx", 0, 0),
        ("xxx.xxxxxx", 0, 1),
        ("x.x.x.x.xx", 0, 4),
        (".xxxxxxxx.", 0, 0),
        ("..........", 8, 0),
        ("xxxxxxxxxx", 0, 0),
    ],
)
def test_days_off_are_days_without_a_shift(days: str, most: int, least: int) -> None:
    assert amount(Consecutive(what="off", most=2), on(days)) == most
    assert amount(Consecutive(what="off", least=2, **FREE), on(days)) == least


def test_off_counts_for_who_never_serves() -> None:
    never = {"id": "anna", "availability": {}}
    assert amount(Consecutive(what="off", most=6), on("", never)) == 4


def test_nights_are_shifts_of_night_types() -> None:
    instance = world(["anna"])
    served = roster(instance, anna="0 night, 1 night, 1 noon, 2 night, 3 morning, 4 night")
    assert [amount(Consecutive(what="nights", most=most), served) for most in (1, 2, 3)] == [2, 1, 0]
    assert amount(Consecutive(what="nights", least=2), served) == 1
    assert amount(Consecutive(what="days", most=2), served) == 3


def test_two_shifts_a_day_are_one_day() -> None:
    served = roster(world(["anna"], posts=["a", "b"]), anna="0 morning@a, 0 noon@a, 0 noon@b, 1 morning@a")
    assert amount(Consecutive(most=1), served) == 1
    assert amount(Consecutive(least=3, **STRICT), served) == 1


@pytest.mark.parametrize(
    ("past", "days", "broken"),
    [
        ("-1 noon", "x.........", 0),
        ("-1 noon", "xx........", 1),
        ("-1 noon, -2 noon", "x.........", 1),
        ("-1 noon, -2 noon, -3 noon", "x.........", 1),
        ("-1 noon, -2 noon, -3 noon", "xx........", 2),
        ("-1 noon, -2 noon, -3 noon", "..........", 0),
        ("-2 noon, -3 noon", "xx........", 0),
    ],
)
def test_recent_days_belong_to_the_first_run_for_most(past: str, days: str, broken: int) -> None:
    assert amount(Consecutive(most=2), on(days, before("anna", past))) == broken


@pytest.mark.parametrize(
    ("past", "days", "free", "strict"),
    [
        ("-1 noon", "x.........", 0, 1),
        ("-1 noon, -3 noon", "x.........", 1, 1),
        ("-1 noon, -3 noon", "xx........", 0, 0),
        ("-1 noon, -3 noon", "..........", 2, 2),
        ("-1 noon", "..........", 0, 2),
        ("-2 noon", "x.........", 2, 2),
        ("-2 noon, -4 noon", "...xxx....", 0, 0),
        ("-1 noon, -2 noon, -3 noon, -5 noon", "..........", 0, 0),
    ],
)
def test_recent_days_belong_to_the_first_run_for_least(past: str, days: str, free: int, strict: int) -> None:
    person = before("anna", past)
    assert amount(Consecutive(least=3, **FREE), on(days, person)) == free
    assert amount(Consecutive(least=3, **STRICT), on(days, person)) == strict


@pytest.mark.parametrize(
    ("past", "days", "most", "least"),
    [
        ("-2 noon", "..xxxxxxxx", 1, 0),
        ("-2 noon", "xxxxxxxxxx", 0, 1),
        ("-1 noon", "..xxxxxxxx", 0, 0),
        ("-1 noon", ".xxxxxxxxx", 0, 1),
        ("-5 noon", ".xxxxxxxxx", 1, 0),
    ],
)
def test_recent_days_off_belong_to_the_first_run(past: str, days: str, most: int, least: int) -> None:
    person = before("anna", past)
    assert amount(Consecutive(what="off", most=2), on(days, person)) == most
    assert amount(Consecutive(what="off", least=2, **FREE), on(days, person)) == least


def test_only_recent_nights_are_nights() -> None:
    served = roster(world([before("anna", "-1 night, -2 noon")]), anna="0 night")
    assert [amount(Consecutive(what="nights", most=most), served) for most in (1, 2)] == [1, 0]
    assert [amount(Consecutive(what="days", most=most), served) for most in (1, 2, 3)] == [1, 1, 0]


@pytest.mark.parametrize(
    ("past", "broken"), [("-3 noon, -2 night, -1 night", 1), ("-2 night, -1 night", 0), ("-1 night", 0)]
)
def test_a_recent_day_without_a_night_is_known_to_have_none(past: str, broken: int) -> None:
    assert amount(Consecutive(what="nights", least=3), roster(world([before("anna", past)]))) == broken


def test_a_rule_on_some_posts_takes_no_history() -> None:
    served = on("xx........", before("anna", "-1 noon"))
    assert [amount(Consecutive(most=2, posts=posts), served) for posts in (None, ("gate",))] == [1, 0]


@pytest.mark.parametrize(
    ("given", "message"),
    [({}, "needs least or most"), ({"least": 3, "most": 2}, "least 3 is more than most 2")],
)
def test_bounds_that_make_no_sense_are_refused(given: dict[str, int], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        Consecutive(**given)
    assert Consecutive(least=2, most=2).most == 2


def test_it_says_the_run_and_the_bound() -> None:
    first, last = day_text(day(0)), day_text(day(3))
    assert words(Consecutive(most=2), on("xxx.......")) == [
        (
            f"anna: 3 duty days in a row from {first.en}, at most 2",
            f"anna：自{first.zh}起连续3天值守，应至多2",
        )
    ]
    assert words(Consecutive(what="off", least=2), on("xxx.xx....")) == [
        (f"anna: 1 free day in a row from {last.en}, at least 2", f"anna：自{last.zh}起连续1天休息，应至少2")
    ]
