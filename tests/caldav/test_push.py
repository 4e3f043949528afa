"""Pushing into real Radicale and Xandikos servers."""

from __future__ import annotations

import pytest
from icalendar import Calendar

from scheduler.caldav.difference import name_of
from tests.caldav import worlds
from tests.caldav.servers import Proxy, Server
from tests.caldav.worlds import pushed, wanted


def on(server: Server, name: str) -> dict[str, bytes]:
    """What the calendar holds by resource name, as another program sees it."""
    with server.client() as client:
        found = client.request("PROPFIND", f"{server.base}{name}/", headers={"depth": "1"})
        assert found.status_code == 207
        hrefs = [
            part.split("<", 1)[0] for part in found.text.replace("ns0:", "").replace("d:", "").split("href>")
        ]
        names = {href.rsplit("/", 1)[1] for href in hrefs if href.endswith(".ics")}
        return {one: client.get(f"{server.base}{name}/{one}").content for one in names}


def put(server: Server, name: str, resource: str, data: bytes) -> None:
    with server.client() as client:
        answer = client.put(
            f"{server.base}{name}/{resource}", content=data, headers={"content-type": "text/calendar"}
        )
        assert answer.status_code in {200, 201, 204}


def actions(found: worlds.Pushed) -> list[str]:
    return [str(step.action) for step in found.done]


def test_the_first_push_makes_the_calendar_and_every_event(server: Server, calendar: str) -> None:
    events = wanted()
    first = pushed(server, calendar, events)
    assert (first.made, actions(first), first.unchanged, first.failed) == (True, ["+"] * 4, 0, ())
    stored = on(server, calendar)
    assert set(stored) == {name_of(uid) for uid in events}
    for uid, data in events.items():
        event = Calendar.from_ical(stored[name_of(uid)])
        assert "METHOD" not in event
        assert event.walk("VEVENT")[0]["SUMMARY"] == Calendar.from_ical(data).walk("VEVENT")[0]["SUMMARY"]
        assert (
            event.walk("VEVENT")[0]["DTSTART"].dt == Calendar.from_ical(data).walk("VEVENT")[0]["DTSTART"].dt
        )


@pytest.mark.parametrize("utc", [False, True])
def test_a_second_push_writes_nothing(server: Server, proxy: Proxy, calendar: str, utc: bool) -> None:
    pushed(server, calendar, wanted(utc=utc), proxy)
    assert len(proxy.writes) == 5
    again = pushed(server, calendar, wanted(utc=utc), proxy)
    assert len(proxy.writes) == 5
    assert (again.made, again.done, again.unchanged) == (False, (), 4)
