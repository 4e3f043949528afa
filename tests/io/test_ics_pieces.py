from __future__ import annotations

import pytest
from icalendar import Calendar

from scheduler.io.ics import to_ics
from scheduler.io.ics_pieces import pieces
from scheduler.publish.edition import edition
from scheduler.publish.event import Audience
from scheduler.text import Language
from tests.builders import problem, roster


def file(served: str = "0 morning, 1 night", *, utc: bool = False, time_zone: str = "Asia/Shanghai") -> bytes:
    name = "BEGIN:VEVENT\r\nEND:VEVENT 福光路西口" * 3
    plan = problem(posts=[{"id": "gate", "name": name}], days=2, time_zone=time_zone)
    made = roster(plan.instance(), anna=served)
    whose = (one for one in edition(plan, made) if one.audience is Audience.VOLUNTEER)
    return to_ics(next(whose), Language.ZH, utc=utc)


def test_pieces_hold_every_event_as_it_stands() -> None:
    whole = file()
    found = pieces(whole)
    assert [piece.uid for piece in found] == [
        str(event["UID"]) for event in Calendar.from_ical(whole).walk("VEVENT")
    ]
    assert all(piece.event in whole for piece in found)
    alone = Calendar.from_ical(found[0].alone())
    assert alone.walk("VEVENT")[0] == Calendar.from_ical(whole).walk("VEVENT")[0]


def test_alone_there_is_no_method_nor_name_nor_an_unused_zone() -> None:
    (local, *_), (universal, *_) = pieces(file()), pieces(file(utc=True))
    assert [sorted(Calendar.from_ical(one.alone())) for one in (local, universal)] == [
        ["CALSCALE", "PRODID", "VERSION"]
    ] * 2
    assert b"BEGIN:VTIMEZONE" in local.alone()
    assert b"BEGIN:VTIMEZONE" not in universal.alone()
    assert b"X-WR" not in local.alone()


def test_a_method_and_more_lines_stand_where_they_belong() -> None:
    one = Calendar.from_ical(pieces(file())[0].alone(method="REQUEST", more=b"COMMENT:here\r\n"))
    event = one.walk("VEVENT")[0]
    assert (one["METHOD"], event["COMMENT"]) == ("REQUEST", "here")
    assert all("COMMENT" not in alarm for alarm in event.walk("VALARM"))


@pytest.mark.parametrize("served", ["", "0 morning"])
def test_few_events(served: str) -> None:
    assert len(pieces(file(served))) == bool(served)
