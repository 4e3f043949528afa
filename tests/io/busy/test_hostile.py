"""Files made to hang or to fill the memory: what they may ask for is bounded by counts, not by a clock."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest

from scheduler.io.busy.trouble import DEPTH, ENTRIES, FILE_BYTES, PIECE_STEPS, Budget
from tests.io.busy.worlds import calendar, event, read, times, unread

GOOD = event("UID:good", "DTSTART:20260907T010000Z", "DTEND:20260907T020000Z")
START, LONG = "DTSTART:20260901T000000Z", "DURATION:PT1H"
STEPS = 20_000
"""A small share of what a file may really ask for, so that the tests are quick."""
TOO_MUCH = "it asks for too much work"
DATES = ",".join(["20260901T000000Z"] * 5_000)
ZONES = "\n".join(
    f"BEGIN:VTIMEZONE\nTZID:Z{n}\nBEGIN:STANDARD\nDTSTART:16010101T000000\nTZOFFSETFROM:+0800\nTZOFFSETTO:+0800\n"
    f"RRULE:FREQ=YEARLY;BYDAY=MO;UNTIL=99991231\nEND:STANDARD\nEND:VTIMEZONE\n"
    + event(f"DTSTART;TZID=Z{n}:20260901T000000", LONG)
    for n in range(50)
)


def moves(number: int, reach: str = "") -> list[str]:
    return [
        event(
            "UID:1",
            f"RECURRENCE-ID{reach}:2026{9 + n % 3:02}{1 + n % 28:02}T{n % 24:02}{n % 60:02}00Z",
            START,
            LONG,
        )
        for n in range(number)
    ]


@pytest.mark.parametrize(
    "content",
    [
        calendar(*[event("DTSTART:00010101T000000Z", LONG, "RRULE:FREQ=DAILY;COUNT=999999999")] * 6),
        calendar(*[event("DTSTART:20000101T000000Z", "DURATION:P3000D", "RRULE:FREQ=DAILY")] * 6),
        calendar(*[event(START, LONG, "RRULE:FREQ=DAILY;BYHOUR=" + ",".join(map(str, range(24))))] * 6),
        calendar(*[event(START, LONG, "RRULE:FREQ=DAILY", *[f"EXDATE:{DATES}"] * 4)] * 2),
        calendar(*[event(START, LONG, *[f"RDATE:{DATES}"] * 4)] * 2),
        calendar(*[f"BEGIN:VFREEBUSY\nFREEBUSY:{DATES.replace('Z', 'Z/PT1H')}\nEND:VFREEBUSY"] * 20),
        calendar(event("UID:1", START, LONG, "RRULE:FREQ=DAILY"), *moves(500, ";RANGE=THISANDFUTURE")),
        calendar(*[event("UID:1", START, LONG, "RRULE:FREQ=DAILY")] * 200, *moves(200)),
        calendar(*[event(START, LONG, "RRULE:FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1,-1")] * 300),
        calendar(ZONES),
    ],
    ids=[
        "count",
        "overlap",
        "hours",
        "exceptions",
        "dates",
        "periods",
        "onward",
        "moves",
        "positions",
        "zones",
    ],
)
def test_work_ends_with_the_budget_and_is_said(tmp_path: Path, content: str) -> None:
    busy = read(tmp_path, content, budget=Budget(STEPS))
    assert any(TOO_MUCH in line for line in unread(busy))
    assert len(busy.stretches) <= STEPS // PIECE_STEPS


def test_one_hostile_series_leaves_the_rest_of_the_file(tmp_path: Path) -> None:
    bomb = event("UID:bomb", "DTSTART:00010101T000000Z", LONG, "RRULE:FREQ=DAILY;COUNT=999999999")
    secondly = event("UID:second", START, "RRULE:FREQ=SECONDLY")
    busy = read(tmp_path, calendar(bomb, secondly, GOOD))
    assert unread(busy) == [f"3 {TOO_MUCH}", "9 it repeats more often than daily"]
    assert times(busy) == ["0907 0900-1000"]


def test_a_daily_rule_since_year_one_is_simply_read(tmp_path: Path) -> None:
    busy = read(tmp_path, calendar(event("DTSTART:00010101T000000Z", LONG, "RRULE:FREQ=DAILY")))
    assert (len(busy.stretches), busy.unreadable) == (91, ())


@pytest.mark.parametrize(
    "lines",
    [
        ("DTSTART:99991231T235959Z", "DURATION:P9999W", "RRULE:FREQ=DAILY"),
        ("DTSTART:00010101T000000Z", "DURATION:P9999W", "RRULE:FREQ=WEEKLY;COUNT=2"),
        ("DTSTART;VALUE=DATE:99991231",),
        ("DTSTART;VALUE=DATE:00010101", "RRULE:FREQ=YEARLY;UNTIL=00020101"),
        ("DTSTART;TZID=Asia/Tokyo:00010101T000000", "RRULE:FREQ=WEEKLY;UNTIL=00010101T000000Z"),
        ("RECURRENCE-ID;RANGE=THISANDFUTURE:00010101T000000Z", "DTSTART:99991231T000000Z"),
        (START, "DURATION:P999999W"),
        (START, "DURATION:P999999D", "RRULE:FREQ=YEARLY;INTERVAL=999999"),
        (START, LONG, "RDATE:99991231T235959Z/P9W,00010101T000000Z"),
        (START, "SEQUENCE:" + "9" * 50_000),
    ],
)
def test_the_ends_of_time_are_no_trouble(tmp_path: Path, lines: tuple[str, ...]) -> None:
    assert read(tmp_path, calendar(event(*lines))).unreadable == ()


@pytest.mark.parametrize(
    ("content", "wrong"),
    [
        ("BEGIN:VCALENDAR\n" + "BEGIN:X\n" * 100_000, f"row {DEPTH + 1}: components are nested too deeply"),
        (calendar(*[event()] * (ENTRIES + 1)), f"more than {ENTRIES} entries"),
        ("BEGIN:VCALENDAR\n" * (ENTRIES + 1), "nested too deeply"),
        (calendar() * (ENTRIES + 1), f"more than {ENTRIES} entries"),
        ("BEGIN:VCALENDAR\n" + "X" * FILE_BYTES, "the file is larger than 32 MB"),
    ],
    ids=["depth", "entries", "open calendars", "calendars", "size"],
)
def test_a_file_beyond_all_bounds_is_lost(tmp_path: Path, content: str, wrong: str) -> None:
    busy = read(tmp_path, content)
    assert busy.lost
    assert wrong in busy.unreadable[0].text.en


@pytest.mark.parametrize(
    "long",
    [
        "EXDATE:" + "\n 20260901T000000Z," * 200_000,
        "EXDATE:" + "2" * 3_000_000,
        "\n".join([f"EXDATE:{DATES}"] * 20),
        "DTEND;" + ";" * 150_000 + ":20260901",
        'DTEND;TZID="' + 'a"b"' * 40_000 + ":20260901",
    ],
    ids=["folded", "one line", "many lines", "parameters", "quotes"],
)
def test_long_lines_are_not_kept(tmp_path: Path, long: str) -> None:
    content = calendar(event("UID:long", START, long), GOOD).encode()
    tracemalloc.start()
    busy = read(tmp_path, content)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (len(busy.unreadable), times(busy)[-1]) == (1, "0907 0900-1000")
    assert peak < 2 * len(content) + 8_000_000


def test_a_plain_file_of_many_years_is_read_within_its_budget(tmp_path: Path) -> None:
    single = [event(f"UID:{n}", f"DTSTART:20{10 + n % 16}0901T000000Z", LONG) for n in range(10_000)]
    weekly = [event(f"UID:w{n}", START, LONG, "RRULE:FREQ=WEEKLY") for n in range(300)]
    busy = read(tmp_path, calendar(*single, *weekly))
    assert (busy.unreadable, busy.taken) == ((), 300)
