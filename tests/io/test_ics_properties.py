"""Whatever an event says, two parsers that share no code read it back from its file."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from icalendar import Calendar as Parsed

from scheduler.io.ics import to_ics
from scheduler.publish.event import Alarm, Audience, Calendar, Entry, Event, Revision, Status, event_uid
from scheduler.text import Languages, Text
from tests.readers.facts import Fact, said
from tests.readers.programs import icalendar, vobject

ODD = st.sampled_from(
    [
        *",;:\"\\'^=|%{}<>\t ",
        *("\n", "\r\n", "\r", "\u2028", "\x85", "\\n", "\\N", "\\,", "\\\\"),
        *("😀", "👩‍👩‍👧", "🇨🇳", "❤️", "𠮷", "𰻞", "한국", "、", "\u3000", "\u00a0"),
        *("\u200f", "\u202b", "\u202c", "\u2066", "\u200b", "\ufeff", "e\u0301", "u\u0308\u0304", "\u0e33"),
        *("\x00", "\x07", "\x1b", "\x7f", "\ud800", "\ue000", "\uffff"),
        *("BEGIN:VEVENT", "END:VCALENDAR", "\r\nUID:x", "很长的名字" * 40, "a" * 200),
    ]
)
PHRASES = st.lists(ODD | st.characters(), max_size=12).map("".join)
IDS = PHRASES.map(lambda phrase: phrase.encode(errors="ignore").decode())
TEXTS = st.builds(Text, PHRASES, PHRASES)
ZONES = {
    "Asia/Shanghai": ("2024-02-29 00:00", "2026-12-31 23:59"),
    "Europe/Berlin": ("2026-03-29 02:00", "2026-10-25 03:00"),
    "America/New_York": ("2026-03-08 02:00", "2026-11-01 02:00"),
    "Australia/Lord_Howe": ("2026-10-04 02:00", "2026-04-05 02:00"),
    "Africa/Casablanca": ("2026-02-15 03:00", "2026-03-22 02:00"),
}
"""Zones, and moments around which clocks change or a leap day or a year ends."""

LENGTHS = st.sampled_from([1, 15, 60, 8 * 60, 23 * 60, 24 * 60, 25 * 60, 36 * 60])


@st.composite
def times(draw: st.DrawFn, zone: str) -> tuple[dt.datetime, dt.datetime]:
    """Start and end in wall times that exist, within two days of a moment that matters."""
    info = ZoneInfo(zone)
    moment = dt.datetime.fromisoformat(draw(st.sampled_from(ZONES[zone])))
    wall = moment.replace(minute=0) + draw(st.integers(-48 * 4, 48 * 4)) * dt.timedelta(minutes=15)
    midnight = wall.replace(hour=0, minute=0) + dt.timedelta(days=1)
    end = draw(st.just(midnight) | LENGTHS.map(lambda minutes: wall + dt.timedelta(minutes=minutes)))
    first, last = (existing(one.replace(tzinfo=info)) for one in (wall, end))
    return (first, last) if first.timestamp() < last.timestamp() else (first, existing(last, hours=3))


def existing(moment: dt.datetime, hours: int = 0) -> dt.datetime:
    """A wall time of that moment, or of one some hours later, whose hour is not the second of its name."""
    later = moment.astimezone(dt.UTC) + dt.timedelta(hours=hours)
    return later.astimezone(moment.tzinfo).replace(fold=0)


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    zone = draw(st.sampled_from([*ZONES]))
    events = tuple(event(draw, zone, number) for number in range(draw(st.integers(0, 3))))
    return Calendar(Audience.POST, "gate", draw(TEXTS), zone, events)


def event(draw: st.DrawFn, zone: str, number: int) -> Event:
    start, end = draw(times(zone))
    stamp = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    status = draw(st.sampled_from(Status))
    entry = Entry(
        uid=event_uid(draw(IDS), Audience.POST, draw(IDS), str(number)),
        start=start,
        end=end,
        summary=draw(TEXTS),
        location=draw(TEXTS),
        description=draw(TEXTS),
        categories=tuple(draw(st.lists(TEXTS, max_size=2))),
        geo=draw(st.none() | st.tuples(st.floats(-90, 90), st.floats(-180, 180))),
        alarms=tuple(Alarm(dt.timedelta(minutes=minutes), draw(TEXTS)) for minutes in (60, 1440)),
        busy=draw(st.booleans()),
        private=draw(st.booleans()),
        status=status,
    )
    return Event(entry, Revision(draw(st.integers(0, 2**31 - 1)), stamp, stamp, status))


def facts(calendar: Calendar, languages: Languages) -> tuple[Fact, ...]:
    spoken = languages.spoken
    return tuple(
        sorted(
            Fact(
                one.start.astimezone(dt.UTC),
                one.end.astimezone(dt.UTC),
                one.uid,
                said(one.summary, spoken),
                said(one.location, spoken),
                event.revision.status.value,
            )
            for event in calendar.events
            for one in (event.entry,)
        )
    )


PLAIN = Entry(
    uid=event_uid("plan", Audience.POST, "gate", "0"),
    start=dt.datetime(2026, 10, 25, 2, 30, tzinfo=ZoneInfo("Europe/Berlin")),
    end=dt.datetime(2026, 10, 25, 3, 30, tzinfo=ZoneInfo("Europe/Berlin")),
    summary=Text("gate", "西口"),
    location=Text("gate", "西口"),
    description=Text("", ""),
)
FIRST = Revision(0, *[dt.datetime(2026, 1, 1, tzinfo=dt.UTC)] * 2, Status.CONFIRMED)
TWICE = Calendar(Audience.POST, "gate", Text("", ""), "Europe/Berlin", (Event(PLAIN, FIRST),))
"""A duty that begins in an hour that comes twice: the first of the two is meant."""


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(calendar=calendars(), languages=st.sampled_from(Languages), utc=st.booleans())
@example(calendar=TWICE, languages=Languages.BOTH, utc=False)
def test_two_parsers_read_back_what_a_calendar_says(
    calendar: Calendar, languages: Languages, utc: bool
) -> None:
    data = to_ics(calendar, *languages.spoken, utc=utc)
    assert icalendar(data) == facts(calendar, languages)
    assert vobject(data) == facts(calendar, languages)
    assert data == to_ics(calendar, *languages.spoken, utc=utc)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(calendar=calendars(), languages=st.sampled_from(Languages), utc=st.booleans())
def test_every_file_is_well_formed(calendar: Calendar, languages: Languages, utc: bool) -> None:
    data = to_ics(calendar, *languages.spoken, utc=utc)
    assert data.endswith(b"\r\nEND:VCALENDAR\r\n")
    assert data.count(b"\n") == data.count(b"\r") == data.count(b"\r\n")
    lines = [line.decode() for line in data.removesuffix(b"\r\n").split(b"\r\n")]
    assert max(len(line.encode()) for line in lines) <= 75
    assert not any(unicodedata.category(character) in {"Cc", "Cs"} for character in "".join(lines))
    whole = "\n".join(lines).replace("\n ", "").split("\n")
    assert all(re.match(r"[A-Z-]+[;:]", line) for line in whole)
    for name, times in (("VCALENDAR", 1), ("VEVENT", len(calendar.events))):
        assert whole.count(f"BEGIN:{name}") == whole.count(f"END:{name}") == times
    assert ("BEGIN:VTIMEZONE" in whole) == any(
        "TZID=" in line for line in whole if line.startswith("DTSTART")
    )
    assert whole.count("BEGIN:VALARM") == 2 * sum(
        event.revision.status is not Status.CANCELLED for event in calendar.events
    )


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(calendar=calendars(), languages=st.sampled_from(Languages))
def test_descriptions_keep_their_lines_and_alarms_their_words(
    calendar: Calendar, languages: Languages
) -> None:
    found = {
        str(one["UID"]): one for one in Parsed.from_ical(to_ics(calendar, *languages.spoken)).walk("VEVENT")
    }
    for entry in (event.entry for event in calendar.events):
        read = found[entry.uid]
        assert str(read["DESCRIPTION"]) == "\n".join(lines(entry.description, languages))
        alarms = {one["TRIGGER"].dt: str(one["DESCRIPTION"]) for one in read.walk("VALARM")}
        wanted = {-alarm.before: said(alarm.text, languages.spoken) for alarm in entry.alarms}
        assert alarms == ({} if entry.status is Status.CANCELLED else wanted)
        assert near(read.get("GEO"), entry.geo)


def near(read: Any, written: tuple[float, float] | None) -> bool:
    """Whether a position was read back to the centimetres that a file has."""
    if read is None or written is None:
        return read is written
    return max(abs(read.latitude - written[0]), abs(read.longitude - written[1])) < 1e-6


def lines(text: Text, languages: Languages) -> Iterator[str]:
    for one in dict.fromkeys(text.say(language) for language in languages.spoken):
        yield from filter(None, (said(Text(line, line), languages.spoken) for line in one.splitlines()))


@given(parts=st.tuples(IDS, IDS, IDS, IDS))
def test_a_uid_is_short_ascii_whatever_the_ids(parts: tuple[str, str, str, str]) -> None:
    plan, owner, shift, volunteer = parts
    uid = event_uid(plan, Audience.VOLUNTEER, owner, shift, volunteer)
    assert re.fullmatch(r"[0-9a-f-]{36}@[a-z-]+", uid)
    assert uid == event_uid(plan, Audience.VOLUNTEER, owner, shift, volunteer)


@pytest.mark.parametrize(
    ("start", "end", "form"),
    [
        ("01:30", "01:59", ";TZID=Europe/Berlin:20261025T013000"),
        ("02:00", "04:00", ":20261025T000000Z"),
        ("01:30", "02:00", ":20261024T233000Z"),
        ("01:30", "03:00", ";TZID=Europe/Berlin:20261025T013000"),
        ("03:00", "04:00", ";TZID=Europe/Berlin:20261025T030000"),
    ],
)
def test_only_an_event_in_the_hour_that_comes_twice_is_in_utc(start: str, end: str, form: str) -> None:
    first, last = (
        dt.datetime.fromisoformat(f"2026-10-25 {clock}").replace(tzinfo=ZoneInfo("Europe/Berlin"))
        for clock in (start, end)
    )
    event = Event(replace(PLAIN, start=first, end=last), FIRST)
    text = to_ics(replace(TWICE, events=(event,)), *Languages.EN.spoken).decode()
    assert f"DTSTART{form}\r\n" in text
    assert ("BEGIN:VTIMEZONE" in text) == ("TZID=" in form)
