"""Repetitions: the same days as dateutil finds, without its walk through all of time."""

from __future__ import annotations

import datetime as dt
from itertools import takewhile

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.io.busy.expand import repetitions
from scheduler.io.busy.rule import parse
from scheduler.io.busy.trouble import SERIES_STEPS, Budget, UnreadableError

START = dt.datetime(2024, 2, 29, 9, 30)  # noqa: DTZ001 - wall times throughout
DAYS = st.sampled_from(["MO", "TU", "WE", "TH", "FR", "SA", "SU"])


def ours(words: str, start: dt.datetime, first: dt.datetime, last: dt.datetime) -> list[dt.datetime]:
    return list(repetitions(parse(words), start, first, last, Budget()))


def listed(values: st.SearchStrategy[object]) -> st.SearchStrategy[str]:
    return st.lists(values, min_size=1, max_size=3, unique=True).map(lambda some: ",".join(map(str, some)))


def month_days() -> st.SearchStrategy[str]:
    return listed(st.integers(1, 28) | st.integers(-28, -1))


ANY = st.just("")
MONTHS = listed(st.integers(1, 12)).map("BYMONTH={}".format)
WEEKDAYS = listed(DAYS).map("BYDAY={}".format)
ORDINALS = listed(st.tuples(st.integers(-4, 4).filter(bool), DAYS).map(lambda one: f"{one[0]}{one[1]}"))
TIMES = listed(st.integers(0, 23)).map("BYHOUR={}".format) | listed(st.integers(0, 59)).map(
    "BYMINUTE={}".format
)
RULES = {
    "DAILY": ANY | MONTHS | WEEKDAYS | month_days().map("BYMONTHDAY={}".format),
    "WEEKLY": ANY | MONTHS | WEEKDAYS | st.tuples(WEEKDAYS, MONTHS).map(";".join),
    "MONTHLY": ANY | WEEKDAYS | month_days().map("BYMONTHDAY={}".format) | ORDINALS.map("BYDAY={}".format)
    | WEEKDAYS.map("{};BYSETPOS=-1".format) | WEEKDAYS.map("{};BYSETPOS=2,1".format),
    "YEARLY": ANY | MONTHS | WEEKDAYS | ORDINALS.map("BYDAY={}".format)
    | st.tuples(MONTHS, ORDINALS.map("BYDAY={}".format)).map(";".join)
    | st.tuples(MONTHS, month_days().map("BYMONTHDAY={}".format)).map(";".join)
    | listed(st.integers(1, 365) | st.integers(-365, -1)).map("BYYEARDAY={}".format)
    | st.tuples(listed(st.integers(1, 52) | st.just(-1)).map("BYWEEKNO={}".format), WEEKDAYS).map(";".join)
    | st.tuples(MONTHS, WEEKDAYS).map(";".join).map("{};BYSETPOS=-1,3".format),
}  # fmt: skip


@st.composite
def rules(draw: st.DrawFn) -> str:
    """Rules that match again and again, so that dateutil ends: intervals share no factor with what they meet."""
    frequency = draw(st.sampled_from([*RULES]))
    parts = [
        f"FREQ={frequency}",
        f"INTERVAL={draw(st.sampled_from([1, 1, 5] if frequency != 'YEARLY' else [1, 3]))}",
    ]
    parts += [draw(RULES[frequency]), draw(ANY | TIMES), f"WKST={draw(DAYS)}"]
    parts.append(draw(ANY | st.integers(1, 60).map("COUNT={}".format)))
    return ";".join(filter(None, parts))


@settings(max_examples=250, deadline=None)
@given(rules(), st.integers(0, 3000), st.integers(-100, 4000), st.integers(0, 900))
def test_repetitions_are_those_of_dateutil(words: str, later: int, first: int, long: int) -> None:
    start = START + dt.timedelta(days=later)
    begin = start + dt.timedelta(days=first)
    end = begin + dt.timedelta(days=long)
    theirs = takewhile(lambda wall: wall <= end, rrulestr(words, dtstart=start))
    assert ours(words, start, begin, end) == [wall for wall in theirs if wall >= begin]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("FREQ=YEARLY", ["20240229", "20280229"]),
        ("FREQ=YEARLY;BYMONTHDAY=-1;BYMONTH=2", ["20240229", "20250228", "20260228", "20270228", "20280229"]),
        ("FREQ=YEARLY;BYMONTH=12;BYDAY=5TH", ["20261231", "20271230"]),
        ("FREQ=MONTHLY;BYDAY=4MO,1WE,TH;BYMONTH=4;INTERVAL=2;BYSETPOS=1,-1", ["20240403", "20240425"]),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", []),
        ("FREQ=DAILY;INTERVAL=7;BYDAY=TU", []),
    ],
)  # fmt: skip
def test_repetitions_that_dateutil_has_no_good_answer_for(words: str, expected: list[str]) -> None:
    last = dt.datetime(2028, 3, 1) if "MONTHLY" not in words else dt.datetime(2024, 5, 1)  # noqa: DTZ001
    assert [f"{wall:%Y%m%d}" for wall in ours(words, START, START, last)] == expected


@pytest.mark.parametrize(
    ("week_start", "expected"), [("MO", ["05", "10", "19", "24"]), ("SU", ["05", "17", "19", "31"])]
)
def test_the_first_day_of_the_week_matters_to_every_second_week(week_start: str, expected: list[str]) -> None:
    start = dt.datetime(1997, 8, 5, 9)  # noqa: DTZ001 - the example of RFC 5545, 3.8.5.3
    words = f"FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST={week_start}"
    assert [f"{wall:%d}" for wall in ours(words, start, start, start + dt.timedelta(days=90))] == expected


def test_a_start_on_the_last_day_of_a_week_is_in_that_week() -> None:
    start = dt.datetime(2026, 9, 6)  # noqa: DTZ001 - a Sunday
    last = start + dt.timedelta(days=15)
    assert [
        f"{wall:%d}" for wall in ours("FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,MO;WKST=MO", start, start, last)
    ] == ["06", "14", "20"]


def spent(words: str, start: dt.datetime, days: int = 120) -> int:
    budget = Budget()
    first = dt.datetime(2026, 9, 1)  # noqa: DTZ001
    list(repetitions(parse(words), start, first, first + dt.timedelta(days=days), budget))
    return SERIES_STEPS - budget.series_left


@pytest.mark.parametrize(
    "words",
    ["DAILY", "WEEKLY", "MONTHLY", "YEARLY", "DAILY;INTERVAL=7;BYDAY=TU", "YEARLY;BYMONTH=2;BYMONTHDAY=30"],
)
def test_work_does_not_grow_with_the_age_of_a_rule(words: str) -> None:
    ancient = spent(f"FREQ={words}", dt.datetime(1, 1, 5))  # noqa: DTZ001
    young = spent(f"FREQ={words}", dt.datetime(2026, 8, 31))  # noqa: DTZ001
    assert ancient <= young + 400


def test_a_count_is_followed_from_the_start_as_far_as_the_budget_goes() -> None:
    assert spent("FREQ=DAILY;COUNT=9999", dt.datetime(2000, 1, 1)) < 40_000  # noqa: DTZ001
    with pytest.raises(UnreadableError):
        spent("FREQ=DAILY;COUNT=999999999", dt.datetime(1, 1, 1))  # noqa: DTZ001


def test_the_end_of_time_is_an_end() -> None:
    last = dt.datetime(9999, 12, 31)  # noqa: DTZ001
    assert len(ours("FREQ=YEARLY", dt.datetime(9990, 1, 1), dt.datetime(9990, 1, 1), last)) == 9  # noqa: DTZ001
