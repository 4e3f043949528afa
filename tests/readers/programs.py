"""Calendar programs from PyPI, each as a function from a file's bytes to what the program reads.

Their own warnings are silenced here, for them alone; so is the time zone library that some set for all.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import warnings
from collections.abc import Callable, Iterable, Iterator
from functools import wraps
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from icalendar import Calendar, use_pytz, use_zoneinfo

from tests.readers.facts import Fact

FROM, TO = dt.datetime(2019, 1, 1, tzinfo=dt.UTC), dt.datetime(2031, 1, 1, tzinfo=dt.UTC)
"""Programs that list by time list this stretch; the rosters of these tests lie within it."""

Program = Callable[[bytes], tuple[Fact, ...]]


def program(read: Callable[[bytes], Iterable[Fact]]) -> Program:
    """The program with its facts sorted, and what it does to others kept to itself."""

    @wraps(read)
    def quietly(data: bytes) -> tuple[Fact, ...]:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                return tuple(sorted(read(data)))
            finally:
                use_zoneinfo()

    return quietly


def fact(start: object, end: object, *words: object) -> Fact:
    """A fact of what a program holds (UID, title, place, status); a date or a floating time is none."""
    assert isinstance(start, dt.datetime), "no start"
    assert isinstance(end, dt.datetime), "no end"
    assert start.utcoffset() is not None, "a floating start"
    assert end.utcoffset() is not None, "a floating end"
    return Fact(start.astimezone(dt.UTC), end.astimezone(dt.UTC), *map(str, words))


def of_icalendar(calendar: Any) -> Iterator[Fact]:
    """The facts of an icalendar component."""
    for event in calendar.walk("VEVENT"):
        words = (event[name] for name in ("UID", "SUMMARY", "LOCATION", "STATUS"))
        yield fact(event.start, event.end, *words)


@program
def icalendar(data: bytes) -> Iterator[Fact]:
    calendar = Calendar.from_ical(data)
    assert not any(component.errors for component in calendar.walk())
    return of_icalendar(calendar)


@program
def recurring_ical_events(data: bytes) -> Iterator[Fact]:
    import recurring_ical_events
    import x_wr_timezone

    calendar = x_wr_timezone.to_standard(Calendar.from_ical(data))
    for event in recurring_ical_events.of(calendar).between(FROM, TO):
        yield from of_icalendar(event)


@program
def icalevents(data: bytes) -> Iterator[Fact]:
    from icalevents.icalevents import events

    use_pytz()
    for one in events(string_content=data, start=FROM, end=TO):
        yield fact(one.start, one.end, one.uid, one.summary, one.location, one.status)


@program
def vobject(data: bytes) -> Iterator[Fact]:
    import vobject

    calendar = vobject.readOne(data.decode())
    calendar.validate(raiseException=True)
    for one in calendar.contents.get("vevent", ()):
        found = (one.dtstart, one.dtend, one.uid, one.summary, one.location, one.status)
        yield fact(*(line.value for line in found))


@program
def ics(data: bytes) -> Iterator[Fact]:
    import ics

    for one in ics.Calendar(data.decode()).events:
        yield fact(one.begin.datetime, one.end.datetime, one.uid, one.name, one.location, one.status)


@program
def home_assistant(data: bytes) -> Iterator[Fact]:
    from ical.calendar_stream import IcsCalendarStream

    for one in IcsCalendarStream.calendar_from_ics(data.decode()).events:
        assert one.status is not None, "no status"
        yield fact(one.dtstart, one.dtend, one.uid, one.summary, one.location, one.status.value)


@program
def khal(data: bytes) -> Iterator[Fact]:
    """By its commands ``import`` and ``list``, on a computer in another zone than the duties."""
    with TemporaryDirectory() as folder:
        file, settings = Path(folder, "file.ics"), Path(folder, "khal.conf")
        file.write_bytes(data)
        settings.write_text(KHAL.format(folder=folder), "utf-8")
        _khal(settings, "import", "--batch", str(file))
        fields = ("start-long-full", "end-long-full", "uid", "title", "location", "status")
        words = [word for field in fields for word in ("--json", field)]
        days = _khal(settings, "list", "--once", *words, *_around(data))
    for one in (event for day in days.splitlines() for event in json.loads(day)):
        start, end = (dt.datetime.fromisoformat(one[field] + "Z") for field in fields[:2])
        yield fact(start, end, *(one[field] for field in fields[2:]))


def _around(data: bytes) -> tuple[str, str]:
    """Two days that hold a file's events between them: khal lists day by day."""
    found = re.findall(r"DT(?:START|END)[^:]*:(20\d{6})T", data.decode()) or ["20200101"]
    first, last = (dt.date.fromisoformat(day) for day in (min(found), max(found)))
    return str(first - dt.timedelta(days=2)), str(last + dt.timedelta(days=2))


def _khal(settings: Path, *words: str) -> str:
    from click.testing import CliRunner
    from khal.cli import main_khal

    use_pytz()
    done = CliRunner().invoke(main_khal, ["-c", str(settings), *words], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout


KHAL = """
[calendars]
[[duty]]
path = {folder}/duty
[default]
default_calendar = duty
[sqlite]
path = {folder}/khal.db
[locale]
local_timezone = UTC
default_timezone = America/New_York
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%dT%H:%M
longdatetimeformat = %Y-%m-%dT%H:%M
"""


def radicale(client: Any, url: str, data: bytes) -> tuple[Fact, ...]:
    """By a CalDAV client from a Radicale server that was given the whole file and took it apart itself."""
    from caldav import Calendar as Collection

    assert client.put(url, data, {"Content-Type": "text/calendar; charset=utf-8"}).status == 201
    found = Collection(client, url).search(start=FROM, end=TO, event=True, expand=False)
    return tuple(sorted(one for item in found for one in of_icalendar(Calendar.from_ical(item.data))))


PROGRAMS = (icalendar, recurring_ical_events, icalevents, vobject, ics, home_assistant, khal)
