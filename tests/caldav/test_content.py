"""Contents compared by meaning, whatever words a server uses."""

from __future__ import annotations

import re

import pytest
from icalendar import Calendar

from scheduler.caldav.content import Content
from tests.caldav.worlds import wanted

OURS = next(iter(wanted().values()))
UTC = next(iter(wanted(utc=True).values()))


def says(data: bytes, published: bytes = OURS) -> bool:
    return Content(data).says(Content(published))


def edited(pattern: bytes, new: bytes) -> bytes:
    data, count = re.subn(pattern, new, OURS, count=1)
    assert count == 1
    return data


def test_what_a_content_is_about() -> None:
    content = Content(OURS)
    assert content.ours
    assert (content.sequence, content.title) == (0, '林安,"小安"; \\:福光路西口(morning)')
    assert content.modified == "2024-03-03T22:00:00+00:00"
    assert content.start is not None
    assert f"{content.start:%Y-%m-%d %H:%M %z}" == "2024-03-04 08:00 +0800"


@pytest.mark.parametrize(
    "data",
    [
        OURS,
        UTC,
        Calendar.from_ical(OURS).to_ical(),
        OURS.replace(b"\r\n", b"\n"),
        edited(rb"END:VEVENT", b"X-APPLE-SORT:1\r\nEND:VEVENT"),
        edited(rb"DTSTAMP:\d+T\d+Z", b"DTSTAMP:20300101T000000Z"),
        edited(rb"PRODID:.*", b"PRODID:-//somebody//else//EN"),
    ],
)
def test_other_words_for_the_same(data: bytes) -> None:
    assert says(data)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"nonsense",
        b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n",
        edited(rb"SUMMARY:", b"SUMMARY:not "),
        edited(rb"T080000", b"T080100"),
        edited(rb"STATUS:CONFIRMED", b"STATUS:CANCELLED"),
        edited(rb"SEQUENCE:0", b"SEQUENCE:1"),
        edited(rb"LOCATION:.*\r\n", b""),
        edited(rb"END:VEVENT", b"RRULE:FREQ=DAILY\r\nEND:VEVENT"),
        edited(
            rb"END:VEVENT",
            b"BEGIN:VALARM\r\nACTION:DISPLAY\r\nDESCRIPTION:x\r\nTRIGGER:-PT5M\r\nEND:VALARM\r\nEND:VEVENT",
        ),
        edited(rb"CATEGORIES:", b"CATEGORIES:x,"),
    ],
)
def test_what_says_something_else(data: bytes) -> None:
    assert not says(data)


@pytest.mark.parametrize(
    "data", [b"", b"\xff\x00", b"BEGIN:VCALENDAR", b"BEGIN:VEVENT\r\nUID:x@duty-scheduler"]
)
def test_what_is_broken_is_nobodys(data: bytes) -> None:
    content = Content(data)
    assert (content.uid, content.ours, content.sequence, content.title, content.start) == (
        "",
        False,
        0,
        "",
        None,
    )


@pytest.mark.parametrize(
    "line", [b"DTSTART:tomorrow", b"SEQUENCE:many", b"DTSTART;VALUE=DATE:20240304", b"SUMMARY:a\r\nSUMMARY:b"]
)
def test_odd_values_are_read_without_a_crash(line: bytes) -> None:
    name = re.split(rb"[;:]", line)[0].replace(b"DTSTART", b"DTSTART;TZID")
    content = Content(edited(name + rb"[=:].*?\r\n", line + b"\r\n"))
    assert isinstance(content.sequence, int)
    assert isinstance(content.title, str)
    assert content.start is None or not line.startswith(b"DTSTART")
    assert not content.says(Content(OURS))
