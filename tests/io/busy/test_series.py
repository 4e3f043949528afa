"""Series with exceptions and moves: the same times as recurring-ical-events finds."""

from __future__ import annotations

import datetime as dt
import tempfile
from pathlib import Path
from zoneinfo import ZoneInfo

import icalendar
import pytest
import recurring_ical_events
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.io.busy.worlds import BUSY, FIRST, LAST, ZONE, calendar, event, ignored, read, times, unread

CORE = ("UID:s", "DTSTART:20260907T010000Z", "DTEND:20260907T020000Z", "RRULE:FREQ=WEEKLY;COUNT=4")
DAY = ("UID:d", "DTSTART;VALUE=DATE:20260907", "RRULE:FREQ=WEEKLY;COUNT=3")
NEW_YORK = ";TZID=America/New_York:"


def starts(tmp_path: Path, *events: str) -> list[str]:
    busy = read(tmp_path, calendar(*events))
    assert busy.unreadable == ()
    return [one[:9] for one in times(busy)]


@pytest.mark.parametrize(
    "exception",
    [
        "EXDATE:20260914T010000Z",
        "EXDATE:20260914T010000Z,20260921T010001Z",
        "EXDATE;TZID=Asia/Shanghai:20260914T090000",
        f"EXDATE{NEW_YORK}20260913T210000",
        "EXDATE;VALUE=DATE:20260914",
    ],
)
def test_exceptions_in_any_zone(tmp_path: Path, exception: str) -> None:
    assert starts(tmp_path, event(*CORE, exception)) == ["0907 0900", "0921 0900", "0928 0900"]


def test_an_exception_without_a_zone_is_in_that_of_the_start(tmp_path: Path) -> None:
    lines = (f"DTSTART{NEW_YORK}20260907T200000", "DURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=2")
    assert starts(tmp_path, event(*lines, "EXDATE:20260908T200000")) == ["0908 0800"]


@pytest.mark.parametrize(
    "exception",
    [
        "EXDATE;VALUE=DATE:20260914",
        "EXDATE:20260914",
        "EXDATE:20260914T000000",
        "EXDATE;TZID=Asia/Shanghai:20260914T000000",
        "EXDATE:20260913T160000Z",
    ],
)
def test_exceptions_of_whole_days(tmp_path: Path, exception: str) -> None:
    assert starts(tmp_path, event(*DAY, exception)) == ["0907 0000", "0921 0000"]


def test_a_time_may_be_moved_cancelled_and_all_after_it_changed(tmp_path: Path) -> None:
    moved = event("UID:s", "RECURRENCE-ID:20260914T010000Z", "DTSTART:20260915T030000Z", "DURATION:PT3H")
    gone = event("UID:s", "RECURRENCE-ID:20260921T010000Z", "DTSTART:20260921T010000Z", "STATUS:CANCELLED")
    onward = event(
        "UID:s",
        "RECURRENCE-ID;RANGE=THISANDFUTURE:20260921T010000Z",
        "DTSTART:20260921T050000Z",
        "DURATION:PT30M",
    )
    busy = read(tmp_path, calendar(event(*CORE), moved, gone))
    assert times(busy) == ["0907 0900-1000", "0915 1100-1400", "0928 0900-1000"]
    assert (busy.taken, ignored(busy)) == (2, {"cancelled": 1})
    busy = read(tmp_path, calendar(onward, event(*CORE), moved))
    assert times(busy) == ["0907 0900-1000", "0915 1100-1400", "0921 1300-1330", "0928 1300-1330"]


def test_what_begins_before_the_plan_and_lasts_into_it_is_there(tmp_path: Path) -> None:
    core = ("UID:s", "DTSTART:20260803T010000Z", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;UNTIL=20260824T010000Z")
    onward = event(
        "UID:s",
        "RECURRENCE-ID;RANGE=THISANDFUTURE:20260810T010000Z",
        "DTSTART:20260810T010000Z",
        "DURATION:P9D",
    )
    assert times(read(tmp_path, calendar(event(*core), onward))) == ["0824 0900-0902 0900"]
    late = onward.replace("DTSTART:20260810", "DTSTART:20260819").replace("P9D", "PT1H")
    assert times(read(tmp_path, calendar(event(*core), late))) == ["0902 0900-1000"]
    whole = event("DTSTART:20260824T010000Z", "DURATION:P9D", "RRULE:FREQ=YEARLY")
    assert times(read(tmp_path, calendar(whole))) == ["0824 0900-0902 0900"]


def test_a_cancellation_of_all_that_follows_ends_a_series(tmp_path: Path) -> None:
    end = event("UID:s", "RECURRENCE-ID;RANGE=THISANDFUTURE:20260914T010000Z", "DTSTART:20260914T010000Z",
                "DURATION:PT1H", "STATUS:CANCELLED")  # fmt: skip
    assert starts(tmp_path, event(*CORE), end) == ["0907 0900"]


def test_a_move_without_its_series_is_there(tmp_path: Path) -> None:
    assert starts(tmp_path, event("UID:s", "RECURRENCE-ID:20200101T000000Z", *CORE[1:3])) == ["0907 0900"]


def test_the_newest_version_counts(tmp_path: Path) -> None:
    old, new = event(*CORE[:3], "SEQUENCE:1"), event(*CORE[:3], "SEQUENCE:2").replace("0907T", "0908T")
    assert starts(tmp_path, new, old) == starts(tmp_path, old, new) == ["0908 0900"]
    moves = [
        event("UID:s", "RECURRENCE-ID:20260914T010000Z", f"DTSTART:202609{day}T010000Z",
              "DURATION:PT1H", f"SEQUENCE:{n}")
        for n, day in enumerate((15, 16))
    ]  # fmt: skip
    for order in (moves, moves[::-1]):
        assert starts(tmp_path, event(*CORE), *order) == ["0907 0900", "0916 0900", "0921 0900", "0928 0900"]


@pytest.mark.parametrize(
    ("lines", "last"),
    [
        (
            ("DTSTART;TZID=Asia/Shanghai:20260907T080000", "RRULE:FREQ=WEEKLY;UNTIL=20260920T160000Z"),
            "0914 0800",
        ),
        (
            ("DTSTART;TZID=Asia/Shanghai:20260907T080000", "RRULE:FREQ=WEEKLY;UNTIL=20260921T000000Z"),
            "0921 0800",
        ),
        (("DTSTART;TZID=Asia/Shanghai:20260907T080000", "RRULE:FREQ=WEEKLY;UNTIL=20260921"), "0921 0800"),
        (
            ("DTSTART;TZID=Asia/Shanghai:20260907T080000", "RRULE:FREQ=WEEKLY;UNTIL=20260921T075959"),
            "0914 0800",
        ),
        (("DTSTART:20260907", "RRULE:FREQ=WEEKLY;UNTIL=20260921"), "0921 0000"),
        (("DTSTART:20260907", "RRULE:FREQ=WEEKLY;UNTIL=20260921T000000Z"), "0921 0000"),
        (("DTSTART:20260907", "RRULE:FREQ=WEEKLY;UNTIL=20260920T235959Z"), "0914 0000"),
    ],
)
def test_the_end_of_a_series(tmp_path: Path, lines: tuple[str, ...], last: str) -> None:
    assert starts(tmp_path, event(*lines, "DURATION:P1D"))[-1] == last


def test_a_series_that_ends_before_it_starts_is_empty(tmp_path: Path) -> None:
    assert starts(tmp_path, event(*CORE[:3], "RRULE:FREQ=DAILY;UNTIL=20260101T000000Z")) == []


def test_the_start_is_there_even_if_the_rule_does_not_pick_it(tmp_path: Path) -> None:
    rule = "RRULE:FREQ=WEEKLY;BYDAY=TU;COUNT=2"
    assert starts(tmp_path, event(*CORE[:3], rule)) == ["0907 0900", "0908 0900", "0915 0900"]


def test_further_dates_and_periods(tmp_path: Path) -> None:
    more = ("RDATE:20260909T010000Z,20260907T010000Z", "RDATE;VALUE=PERIOD:20260910T010000Z/PT3H")
    busy = read(tmp_path, calendar(event(*CORE[:3], *more)))
    assert times(busy) == ["0907 0900-1000", "0909 0900-1000", "0910 0900-1200"]


def test_wall_time_stays_when_the_clock_changes(tmp_path: Path) -> None:
    lines = (
        f"DTSTART{NEW_YORK}20261025T220000",
        f"DTEND{NEW_YORK}20261026T060000",
        "RRULE:FREQ=WEEKLY;COUNT=2",
    )
    busy = read(tmp_path, calendar(event(*lines)))
    assert times(busy) == ["1026 1000-1800", "1102 1100-1900"]


def test_start_and_end_in_two_zones(tmp_path: Path) -> None:
    flight = event("DTSTART;TZID=Asia/Shanghai:20260907T080000", f"DTEND{NEW_YORK}20260907T110000")
    assert times(read(tmp_path, calendar(flight))) == ["0907 0800-2300"]


def test_one_part_that_cannot_be_read_leaves_the_others(tmp_path: Path) -> None:
    busy = read(
        tmp_path, calendar(event(*CORE), event("UID:s", "RECURRENCE-ID:20260914T010000Z", "DTSTART:bad"))
    )
    assert unread(busy) == ["9 DTSTART in row 12 is no valid time"]
    assert len(times(busy)) == 4


@st.composite
def series(draw: st.DrawFn) -> str:
    """A daily or weekly series with exceptions, further dates, moves and perhaps a lasting change."""
    zone = draw(st.sampled_from(["Asia/Shanghai", "America/New_York", "Europe/London"]))
    start = dt.datetime(2026, 8, 1, 10) + dt.timedelta(days=draw(st.integers(0, 60)))  # noqa: DTZ001
    step = dt.timedelta(days=draw(st.sampled_from([1, 2, 7])))
    some = draw(st.lists(st.integers(1, 40), unique=True, min_size=0, max_size=7))
    numbers = iter(some)

    def place(number: int) -> str:
        return f"{start + number * step:%Y%m%dT%H%M%S}"

    lines = [
        f"DTSTART;TZID={zone}:{place(0)}",
        "DURATION:PT2H",
        f"RRULE:FREQ=DAILY;INTERVAL={step.days};COUNT=50",
    ]
    for number in [next(numbers, 0) for _ in range(draw(st.integers(0, 3)))]:
        at = (start + number * step).replace(tzinfo=ZoneInfo(zone)).astimezone(dt.UTC)
        lines.append(
            draw(st.sampled_from([f"EXDATE:{at:%Y%m%dT%H%M%S}Z", f"EXDATE;TZID={zone}:{place(number)}"]))
        )
    extra = start + dt.timedelta(days=draw(st.integers(0, 90)), hours=5)
    if draw(st.booleans()):
        lines.append(f"RDATE;TZID={zone}:{extra:%Y%m%dT%H%M%S}")
    parts = [event("UID:s", *lines)]
    for number in numbers:
        moved = start + number * step + dt.timedelta(hours=draw(st.integers(-50, 50)))
        reach = draw(st.sampled_from(["", "", ";RANGE=THISANDFUTURE"])) if len(parts) == 1 else ""
        status = draw(st.sampled_from(["STATUS:CONFIRMED", "STATUS:CONFIRMED", "STATUS:CANCELLED"]))
        parts.append(
            event("UID:s", f"RECURRENCE-ID{reach};TZID={zone}:{place(number)}",
                  f"DTSTART;TZID={zone}:{moved:%Y%m%dT%H%M%S}", f"DURATION:PT{draw(st.integers(1, 30))}H", status)
        )  # fmt: skip
    return calendar(*draw(st.permutations(parts)))


def theirs(content: str) -> list[tuple[dt.datetime, dt.datetime]]:
    found = recurring_ical_events.of(icalendar.Calendar.from_ical(content)).between(FIRST, LAST)
    kept = [one for one in found if one.get("STATUS") != "CANCELLED"]
    return sorted((one["DTSTART"].dt.astimezone(dt.UTC), one["DTEND"].dt.astimezone(dt.UTC)) for one in kept)


@settings(max_examples=120, deadline=None)
@given(series())
def test_series_are_those_of_recurring_ical_events(content: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        busy = read(Path(folder), content, BUSY, ZONE)
    assert busy.unreadable == ()
    assert sorted(set(busy.stretches)) == sorted(set(theirs(content)))
