import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from icalendar import Calendar, Component

from scheduler.io.time_zone import observances, vtimezone


def naive(year: int) -> dt.datetime:
    return dt.datetime.combine(dt.date(year, 1, 1), dt.time())


def in_march(year: int) -> dt.datetime:
    return dt.datetime(year, 3, 1, tzinfo=dt.UTC)


def block(zone: str, first: int, last: int) -> Component:
    body = vtimezone(ZoneInfo(zone), in_march(first), in_march(last))
    return Calendar.from_ical(b"BEGIN:VCALENDAR\r\n" + body + b"END:VCALENDAR\r\n").subcomponents[0]


def onsets(component: Component, last: int) -> list[tuple[dt.datetime, dt.timedelta]]:
    """When (UTC) which offset begins, as RFC 5545 3.6.5 reads a VTIMEZONE."""
    found = []
    for part in component.subcomponents:
        start, before = part["DTSTART"].dt, part["TZOFFSETFROM"].td
        starts = [start]
        if "RRULE" in part:
            rule = rrulestr(part["RRULE"].to_ical().decode(), dtstart=start)
            starts = rule.between(start, naive(last + 1), inc=True)
            assert starts[0] == start
        found += [((local - before).replace(tzinfo=dt.UTC), part["TZOFFSETTO"].td) for local in starts]
    return sorted(found)


@pytest.mark.parametrize(
    ("zone", "first", "last", "blocks"),
    [
        ("Asia/Shanghai", 2024, 2026, 1),
        ("Asia/Shanghai", 1990, 1991, 5),
        ("Asia/Kolkata", 2026, 2026, 1),
        ("Europe/Berlin", 2026, 2026, 2),
        ("Europe/Dublin", 2026, 2027, 2),
        ("America/New_York", 2024, 2026, 2),
        ("America/New_York", 2006, 2007, 5),
        ("Australia/Lord_Howe", 2026, 2026, 2),
        ("Africa/Casablanca", 2026, 2026, 3),
        ("America/Santiago", 2026, 2027, 5),
        ("America/Nuuk", 2026, 2026, 3),
    ],
)
def test_a_time_zone_agrees_with_zoneinfo_every_half_hour(
    zone: str, first: int, last: int, blocks: int
) -> None:
    component = block(zone, first, last)
    assert len(component.subcomponents) == blocks
    known, info = onsets(component, last), ZoneInfo(zone)
    moment = dt.datetime(first, 1, 1, tzinfo=info).astimezone(dt.UTC)
    end = dt.datetime(last + 1, 1, 1, tzinfo=info).astimezone(dt.UTC)
    number = 0
    while moment < end:
        while number + 1 < len(known) and known[number + 1][0] <= moment:
            number += 1
        assert known[number][1] == moment.astimezone(info).utcoffset(), moment
        moment += dt.timedelta(minutes=30)


def test_a_zone_without_changes_has_the_short_block() -> None:
    body = vtimezone(ZoneInfo("Asia/Shanghai"), in_march(2020), in_march(2020))
    assert body.decode().split("\r\n") == [
        "BEGIN:VTIMEZONE",
        "TZID:Asia/Shanghai",
        "X-LIC-LOCATION:Asia/Shanghai",
        "BEGIN:STANDARD",
        "DTSTART:19700101T000000",
        "TZNAME:CST",
        "TZOFFSETFROM:+0800",
        "TZOFFSETTO:+0800",
        "END:STANDARD",
        "END:VTIMEZONE",
        "",
    ]


def test_summer_time_starts_in_the_offset_before_it() -> None:
    summer = next(one for one in observances(ZoneInfo("Europe/Berlin"), 2026, 2026) if one.daylight)
    assert summer.start.isoformat() == "1970-03-29T02:00:00"
    assert summer.rule == "FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU"
    assert (summer.before, summer.after) == (dt.timedelta(hours=1), dt.timedelta(hours=2))


def test_a_rule_by_number_of_the_week_is_told_from_the_last_week() -> None:
    rules = {one.rule for one in observances(ZoneInfo("America/New_York"), 2026, 2026)}
    assert rules == {"FREQ=YEARLY;BYMONTH=11;BYDAY=1SU", "FREQ=YEARLY;BYMONTH=3;BYDAY=2SU"}
