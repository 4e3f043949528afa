"""Pushing into real Radicale and Xandikos servers."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar, Event

from scheduler.caldav.collection import Collection
from scheduler.caldav.difference import Action, Mark, name_of
from scheduler.caldav.push import Memory, push
from scheduler.caldav.transport import ServerGoneError
from scheduler.errors import PublishError
from scheduler.publish.event import Status
from tests.builders import day
from tests.caldav import worlds
from tests.caldav.servers import Proxy, Server
from tests.caldav.worlds import Wanted, pushed, revised, wanted

BY_HAND = b"""BEGIN:VCALENDAR\r
VERSION:2.0\r
PRODID:-//somebody//else//EN\r
BEGIN:VEVENT\r
UID:%s\r
DTSTAMP:20240301T000000Z\r
DTSTART:20240305T010000Z\r
DTEND:20240305T020000Z\r
SUMMARY:Dentist\r
END:VEVENT\r
END:VCALENDAR\r
"""


def on(server: Server, name: str) -> dict[str, Event]:
    """The events of a calendar by resource name, as another program sees them."""
    with server.client() as client:
        found = client.request("PROPFIND", f"{server.base}{name}/", headers={"depth": "1"})
        assert found.status_code == 207
        names = set(re.findall(r"/([^/<>]+\.ics)</", found.text))
        answers = {one: client.get(f"{server.base}{name}/{one}").content for one in names}
    return {one: Calendar.from_ical(data).walk("VEVENT")[0] for one, data in answers.items()}


def put(server: Server, name: str, resource: str, data: bytes) -> None:
    with server.client() as client:
        url = f"{server.base}{name}/{resource}"
        answer = client.put(url, content=data, headers={"content-type": "text/calendar"})
    assert answer.status_code in {200, 201, 204}


def actions(found: worlds.Pushed) -> str:
    return "".join(step.action for step in found.done)


def test_the_first_push_makes_the_calendar_and_every_event(server: Server, calendar: str) -> None:
    events = wanted()
    first = pushed(server, calendar, events)
    assert (first.made, actions(first), first.unchanged, first.failed) == (True, "++++", 0, ())
    stored = on(server, calendar)
    assert set(stored) == {name_of(uid) for uid in events}
    for uid, data in events.items():
        assert b"METHOD" not in data
        published, kept = Calendar.from_ical(data).walk("VEVENT")[0], stored[name_of(uid)]
        assert [kept[name] for name in ("UID", "SUMMARY", "LOCATION")] == [
            published[name] for name in ("UID", "SUMMARY", "LOCATION")
        ]
        assert (kept["DTSTART"].dt, kept["DTEND"].dt) == (published["DTSTART"].dt, published["DTEND"].dt)


@pytest.mark.parametrize("utc", [False, True])
def test_a_second_push_writes_nothing(server: Server, proxy: Proxy, calendar: str, utc: bool) -> None:
    pushed(server, calendar, wanted(utc=utc), proxy)
    assert proxy.writes == ["MKCALENDAR", *["PUT"] * 4]
    again = pushed(server, calendar, wanted(utc=utc), proxy)
    assert len(proxy.writes) == 5
    assert (again.made, again.done, again.unchanged) == (False, (), 4)


def test_a_change_and_a_cancellation_write_only_their_events(
    server: Server, proxy: Proxy, calendar: str
) -> None:
    first = worlds.calendar()
    pushed(server, calendar, wanted(first), proxy)
    second = revised(revised(first, 1), 2, status=Status.CANCELLED)
    found = pushed(server, calendar, wanted(second), proxy)
    assert (actions(found), found.unchanged) == ("~~", 2)
    assert proxy.writes[5:] == ["PUT", "PUT"]
    stored = on(server, calendar)
    moved, gone = (stored[name_of(event.entry.uid)] for event in second.events[1:3])
    assert (moved["SEQUENCE"], moved["STATUS"]) == (1, "CONFIRMED")
    assert moved["DTSTART"].dt == second.events[1].entry.start
    assert (gone["SEQUENCE"], gone["STATUS"]) == (1, "CANCELLED")


def test_what_is_published_no_more_is_deleted_if_this_plan_put_it_there(
    server: Server, calendar: str
) -> None:
    events = wanted()
    pushed(server, calendar, events)
    gone, *kept = events
    left: Wanted = {uid: events[uid] for uid in kept}
    unknown = pushed(server, calendar, left)
    assert (unknown.done, unknown.unchanged, unknown.strangers) == ((), 3, 1)
    known = pushed(server, calendar, left, known=(gone,))
    assert (actions(known), known.unchanged, known.strangers) == ("-", 3, 0)
    assert set(on(server, calendar)) == {name_of(uid) for uid in kept}


def test_a_dry_run_writes_nothing_and_tells_what_it_would_do(
    server: Server, proxy: Proxy, calendar: str
) -> None:
    would = pushed(server, calendar, wanted(), proxy, dry_run=True)
    assert (would.made, actions(would), proxy.writes) == (True, "++++", [])


def test_events_of_others_stay_and_ours_changed_by_hand_are_put_right(server: Server, calendar: str) -> None:
    events = wanted()
    pushed(server, calendar, events)
    put(server, calendar, "dentist.ics", BY_HAND % b"0815@phone")
    uid, data = next(iter(events.items()))
    edited = Calendar.from_ical(data)
    edited.walk("VEVENT")[0]["SUMMARY"] = "not me"
    put(server, calendar, name_of(uid), edited.to_ical())
    found = pushed(server, calendar, events)
    assert (actions(found), found.unchanged, found.strangers) == ("!", 3, 1)
    assert found.done[0].uid == uid
    stored = on(server, calendar)
    assert stored[name_of(uid)]["SUMMARY"] == Calendar.from_ical(data).walk("VEVENT")[0]["SUMMARY"]
    assert stored["dentist.ics"]["SUMMARY"] == "Dentist"
    assert pushed(server, calendar, events, known=("0815@phone",)).done == ()


def test_our_event_under_another_name_is_used_where_it_is(server: Server, calendar: str) -> None:
    first = worlds.calendar()
    pushed(server, calendar, {})
    uid, data = next(iter(wanted(first).items()))
    put(server, calendar, "imported.ics", data)
    found = pushed(server, calendar, wanted(revised(first, 0)))
    assert (actions(found), found.failed) == ("~+++", ())
    stored = on(server, calendar)
    assert name_of(uid) not in stored
    assert stored["imported.ics"]["SEQUENCE"] == 1


@pytest.mark.parametrize(("gone", "refused"), [(3, False), (4, True)])
def test_deleting_much_has_to_be_forced(server: Server, calendar: str, gone: int, refused: bool) -> None:
    events = wanted(worlds.calendar("0 morning, 1 noon, 2 noon", "0 noon, 1 evening, 3 noon"))
    pushed(server, calendar, events)
    left = dict([*events.items()][gone:])
    if refused:
        with pytest.raises(PublishError, match="of 6 events of this program, 4 that are still ahead"):
            pushed(server, calendar, left, known=tuple(events))
        assert len(on(server, calendar)) == 6
    pushed(server, calendar, left, known=tuple(events), force=refused)
    assert len(on(server, calendar)) == 6 - gone


def test_events_that_have_begun_go_without_force(server: Server, calendar: str) -> None:
    events = wanted(worlds.calendar("0 morning, 1 noon, 2 noon", "0 noon, 1 evening, 3 noon"))
    pushed(server, calendar, events)
    left = dict([*events.items()][4:])
    begins = dt.datetime.combine(day(0), dt.time(8), ZoneInfo("Asia/Shanghai"))
    with pytest.raises(PublishError, match="of 6 events of this program, 4 that"):
        pushed(server, calendar, left, known=tuple(events), now=begins - dt.timedelta(seconds=1))
    pushed(server, calendar, left, known=tuple(events), now=begins)
    assert set(on(server, calendar)) == {name_of(uid) for uid in left}


def test_another_program_between_look_and_write_is_not_overwritten_blindly(
    server: Server, calendar: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = worlds.calendar()
    pushed(server, calendar, wanted(first))
    second = revised(first, 0)
    uid = first.events[0].entry.uid
    look = Collection.contents

    def meddling(data: bytes) -> None:
        def looked(collection: Collection, names: list[str]) -> object:
            found = look(collection, names)
            put(server, calendar, name_of(uid), data)
            return found

        monkeypatch.setattr(Collection, "contents", looked)

    edited = replace(first.events[0].entry, summary=worlds.SOMETHING)
    meddling(wanted(replace(first, events=(replace(first.events[0], entry=edited),)))[uid])
    retried = pushed(server, calendar, wanted(second))
    assert (actions(retried), retried.failed) == ("~", ())
    assert on(server, calendar)[name_of(uid)]["SEQUENCE"] == 1

    newer = revised(revised(revised(second, 0), 0), 0)
    meddling(wanted(newer)[uid])
    conflict = pushed(server, calendar, wanted(revised(second, 0)))
    assert (conflict.done, len(conflict.failed)) == ((), 1)
    assert "newer edition" in conflict.faults("here")[0].text.en
    assert on(server, calendar)[name_of(uid)]["SEQUENCE"] == 4

    meddling(wanted(second)[uid])
    already = pushed(server, calendar, wanted(second))
    assert already.failed == ()


def test_an_event_deleted_by_another_program_meanwhile(
    server: Server, calendar: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = worlds.calendar()
    pushed(server, calendar, wanted(first))
    uids = [event.entry.uid for event in first.events]
    look = Collection.contents

    def looked(collection: Collection, names: list[str]) -> object:
        found = look(collection, names)
        with server.client() as client:
            for uid in uids[:2]:
                assert client.delete(f"{server.base}{calendar}/{name_of(uid)}").is_success
        return found

    monkeypatch.setattr(Collection, "contents", looked)
    left = wanted(revised(first, 0))
    del left[uids[1]]
    found = pushed(server, calendar, left, known=tuple(uids))
    assert (found.count(Action.CHANGE), found.count(Action.DELETE), found.failed) == (1, 1, ())
    assert set(on(server, calendar)) == {name_of(uid) for uid in (uids[0], *uids[2:])}


@pytest.mark.parametrize("lives", [0, 1, 3])
def test_a_server_that_dies_half_way_is_reported_and_the_next_run_completes(
    server: Server, proxy: Proxy, calendar: str, lives: int
) -> None:
    proxy.lives = lives
    with pytest.raises(ServerGoneError) as gone:
        pushed(server, calendar, wanted(), proxy)
    if lives:
        assert f"{lives - 1} of 4 changes were made" in gone.value.say(worlds.Language.EN)
        assert f"4 项更改已完成 {lives - 1} 项" in gone.value.say(worlds.Language.ZH)
        assert len(on(server, calendar)) == lives - 1
    proxy.lives = 99
    completed = pushed(server, calendar, wanted(), proxy)
    assert (len(completed.done), completed.unchanged) == (5 - max(1, lives), max(1, lives) - 1)
    assert len(on(server, calendar)) == 4


def many(count: int = 28) -> Wanted:
    """More events than are done one by one."""
    days = ", ".join(f"{n} {shift}" for n in range(4) for shift in ("morning", "noon", "evening", "night"))
    data = wanted(worlds.calendar(days, days))
    assert len(data) >= count
    return dict([*data.items()][:count])


def test_many_are_done_at_once_with_the_same_outcome(server: Server, proxy: Proxy, calendar: str) -> None:
    events = many()
    marks: dict[str, Mark] = {}
    memory = Memory(marks, marks.__setitem__)
    told: list[int] = []
    with worlds.transport(server, calendar, proxy) as way:
        first = push(
            way,
            "值班",
            events,
            ().__contains__,
            memory,
            now=worlds.BEFORE,
            progress=lambda done, _: told.append(done),
        )
    assert (len(first.done), first.failed, first.count(Action.CREATE)) == (len(events), (), len(events))
    starts = [step.shown.start for step in first.done if step.shown.start]
    assert starts == sorted(starts)
    assert told == [*range(1, len(events) + 1)]
    assert set(on(server, calendar)) == {name_of(uid) for uid in events} == set(marks)
    before = len(proxy.requests)
    again = pushed(server, calendar, events, proxy, memory=memory)
    assert (again.done, again.unchanged) == ((), len(events))
    assert set(proxy.requests[before:]) == {"PROPFIND"}


@pytest.mark.parametrize("lives", [2, 13])
def test_a_server_that_dies_amid_many_is_reported_and_the_next_run_completes(
    server: Server, proxy: Proxy, calendar: str, lives: int
) -> None:
    events = many()
    marks: dict[str, Mark] = {}
    memory = Memory(marks, marks.__setitem__)
    proxy.lives = lives
    with pytest.raises(ServerGoneError) as gone:
        pushed(server, calendar, events, proxy, memory=memory)
    stored = len(on(server, calendar))
    assert f"{stored} of {len(events)} changes were made" in gone.value.say(worlds.Language.EN)
    assert len(marks) == stored < lives
    proxy.lives = 10**9
    completed = pushed(server, calendar, events, proxy, memory=memory)
    assert (len(completed.done), completed.unchanged) == (len(events) - stored, stored)
    assert set(on(server, calendar)) == {name_of(uid) for uid in events}


def test_what_was_pushed_and_not_touched_is_not_even_read_again(
    server: Server, proxy: Proxy, calendar: str
) -> None:
    events = wanted()
    marks: dict[str, Mark] = {}
    memory = Memory(marks, marks.__setitem__)
    pushed(server, calendar, events, proxy, memory=memory)
    assert set(marks) == {name_of(uid) for uid in events}
    before = len(proxy.requests)
    assert pushed(server, calendar, events, proxy, memory=memory).unchanged == 4
    assert set(proxy.requests[before:]) == {"PROPFIND"}
    uid, data = next(iter(events.items()))
    put(
        server,
        calendar,
        name_of(uid),
        data.replace(b"CLASS", b"X-CLASS").replace(b"SUMMARY:", b"SUMMARY:not "),
    )
    assert actions(pushed(server, calendar, events, proxy, memory=memory)) == "!"
    changed = wanted(revised(worlds.calendar(), 1))
    assert actions(pushed(server, calendar, changed, proxy, memory=memory)) == "~"


def test_a_server_that_keeps_events_in_words_of_its_own_is_not_written_to_again_and_again(
    server: Server, proxy: Proxy, calendar: str
) -> None:
    proxy.rewrite = lambda body: re.sub(rb"CATEGORIES:.*\r\n", b"", body)
    marks: dict[str, Mark] = {}
    memory = Memory(marks, marks.__setitem__)
    pushed(server, calendar, wanted(), proxy, memory=memory)
    again = pushed(server, calendar, wanted(), proxy, memory=memory)
    assert (again.done, again.unchanged) == ((), 4)
    assert actions(pushed(server, calendar, wanted(), proxy)) == "!!!!"


def test_a_calendar_is_expected_at_the_address(server: Server) -> None:
    with pytest.raises(PublishError, match="something else"):
        pushed(server, "", wanted())
