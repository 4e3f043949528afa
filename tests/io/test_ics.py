import datetime as dt
import unicodedata
from collections.abc import Iterator
from typing import Any

import pytest
import recurring_ical_events
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from icalendar import Calendar as Parsed
from icalendar import Event as ParsedEvent

from scheduler.domain.roster import Roster
from scheduler.io.ics import to_ics
from scheduler.problem import Problem
from scheduler.publish.edition import edition
from scheduler.publish.event import Audience, Calendar, Status
from scheduler.publish.first_edition import FirstEdition
from scheduler.text import Language
from tests.builders import problem, roster

Fact = tuple[dt.datetime, dt.datetime, str]


def files(plan: Problem, given_roster: Roster, *, utc: bool = False) -> Iterator[tuple[Calendar, bytes]]:
    for calendar in edition(plan, given_roster):
        yield calendar, to_ics(calendar, Language.ZH, utc=utc)


def own_file(plan: Problem, utc: bool = False, language: Language = Language.ZH, **served: str) -> bytes:
    return to_ics(next(iter(edition(plan, roster(plan.instance(), **served)))), language, utc=utc)


def events(data: bytes) -> list[ParsedEvent]:
    """The events of a file that any program may read: one calendar, no occurrence missing or more."""
    (calendar,) = Parsed.from_ical(data, multiple=True)
    found = recurring_ical_events.of(calendar).between(dt.date(1980, 1, 1), dt.date(2090, 1, 1))
    assert len(found) == len(calendar.walk("VEVENT"))
    return sorted(found, key=lambda event: event.start)


def facts(data: bytes) -> list[Fact]:
    return sorted(
        (event.start.astimezone(dt.UTC), event.end.astimezone(dt.UTC), str(event["SUMMARY"]))
        for event in events(data)
    )


def said(data: bytes) -> list[str]:
    return data.decode().replace("\r\n ", "").split("\r\n")


def test_the_lines_of_a_file() -> None:
    plan = problem(
        people=[{"id": "anna", "name": "安娜"}],
        name="三月",
        posts=[
            {
                "id": "gate",
                "name": "西口",
                "address": "福光路12号",
                "geo": {"latitude": 39.9, "longitude": 116.4},
            }
        ],
        shift_types=[{"id": "m", "name": "早班", "start": "08:00", "end": "12:00"}],
    )
    assert said(own_file(plan, anna="0 m")) == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//duty-scheduler//0//ZH",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "NAME:安娜·三月",
        "X-WR-CALNAME:安娜·三月",
        "X-WR-TIMEZONE:Asia/Shanghai",
        "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
        "X-PUBLISHED-TTL:PT6H",
        "LAST-MODIFIED:20240303T220000Z",
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
        "BEGIN:VEVENT",
        f"UID:{events(own_file(plan, anna='0 m'))[0]['UID']}",
        "DTSTAMP:20240303T220000Z",
        "CREATED:20240303T220000Z",
        "LAST-MODIFIED:20240303T220000Z",
        "SEQUENCE:0",
        "STATUS:CONFIRMED",
        "DTSTART;TZID=Asia/Shanghai:20240304T080000",
        "DTEND;TZID=Asia/Shanghai:20240304T120000",
        "SUMMARY:值班:西口(早班)",
        "LOCATION:西口（福光路12号，town）",
        "GEO:39.900000;116.400000",
        "DESCRIPTION:本班次仅您一人\\n计划：三月",
        "CATEGORIES:值班,早班",
        "CLASS:PRIVATE",
        "TRANSP:OPAQUE",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        "DESCRIPTION:1小时后值班:西口(早班)",
        "TRIGGER:-PT1H",
        "END:VALARM",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        "DESCRIPTION:明天值班:西口(早班)",
        "TRIGGER:-P1D",
        "END:VALARM",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


def test_a_file_speaks_one_language() -> None:
    lines = said(own_file(problem(), language=Language.EN, anna="0 morning"))
    assert "PRODID:-//duty-scheduler//0//EN" in lines
    assert "SUMMARY:Duty: gate (morning)" in lines


def test_a_file_may_speak_both_languages_and_says_once_what_reads_the_same() -> None:
    plan = problem(people=[{"id": "anna", "name": "安娜"}], posts=[{"id": "gate", "name": "西口" * 30}])
    calendar = next(iter(edition(plan, roster(plan.instance(), anna="0 morning"))))
    data = to_ics(calendar, Language.ZH, Language.EN)
    lines = said(data)
    assert f"SUMMARY:值班:{'西口' * 30}(morning) / Duty: {'西口' * 30} (morning)" in lines
    assert (
        "DESCRIPTION:本班次仅您一人\\n计划：Small world\\nYou are alone on this shift\\nPlan: Small world"
        in lines
    )
    assert "CATEGORIES:值班,morning,Duty" in lines
    assert_well_formed(data)


def test_utc_needs_no_time_zone() -> None:
    lines = said(own_file(problem(), utc=True, anna="1 night"))
    assert "DTSTART:20240305T140000Z" in lines
    assert "DTEND:20240305T220000Z" in lines
    assert "BEGIN:VTIMEZONE" not in lines
    assert said(own_file(problem(time_zone="UTC"), anna="0 morning"))[12:13] != ["TZID:UTC"]
    assert "DTSTART:20240304T080000Z" in said(own_file(problem(time_zone="UTC"), anna="0 morning"))


def test_nobody_on_duty_is_a_valid_calendar_without_events() -> None:
    data = own_file(problem(), bo="0 morning")
    assert events(data) == []
    assert said(data)[-3:] == ["X-PUBLISHED-TTL:PT6H", "END:VCALENDAR", ""]


def test_a_midnight_end_is_on_the_next_day_and_a_whole_day_is_24_hours() -> None:
    types = [
        {"id": "late", "start": "18:00", "end": "00:00"},
        {"id": "all", "start": "07:00", "end": "07:00"},
    ]
    lines = said(own_file(problem(shift_types=types), anna="0 late, 1 all"))
    assert "DTEND;TZID=Asia/Shanghai:20240305T000000" in lines
    assert "DTEND;TZID=Asia/Shanghai:20240306T070000" in lines


def test_a_cancelled_event_rings_no_alarm_and_blocks_no_time() -> None:
    plan = problem()
    revision = FirstEdition.of(plan).revision
    calendar = next(iter(edition(plan, roster(plan.instance(), anna="0 morning"), Cancelling(revision))))
    lines = said(to_ics(calendar, Language.ZH))
    assert {"STATUS:CANCELLED", "SEQUENCE:1", "TRANSP:TRANSPARENT"} <= {*lines}
    assert "BEGIN:VALARM" not in lines


class Cancelling:
    issued = dt.datetime(2024, 3, 1, tzinfo=dt.UTC)

    def __init__(self, revision: Any) -> None:
        self.before = revision

    def revision(self, entry: Any) -> Any:
        first = self.before(entry)
        return type(first)(1, first.created, self.issued, Status.CANCELLED)


def test_a_long_plan_name_is_cut() -> None:
    name = next(
        line for line in said(own_file(problem(name="名" * 300), anna="")) if line.startswith("NAME:")
    )
    assert len(name) == len("NAME:") + 255


ODD = st.sampled_from(
    [
        *",;:\"\\'{}%<>|",
        "\n",
        "\r\n",
        "😀",
        "👩‍👩‍👧",
        "𠮷",
        "\u200f",
        "\u202b",
        "e\u0301",
        "\\n",
        "\x07",
        " ",
        "、",
    ]
)
NAMES = (
    st.lists(ODD | st.characters(codec="utf-8"), min_size=1, max_size=200)
    .map("".join)
    .filter(lambda name: name.strip() != "")
)
TIMES = st.integers(0, 24 * 4 - 1).map(lambda quarter: f"{quarter // 4:02}:{quarter % 4 * 15:02}")
DAYS = st.sampled_from(["2024-02-28", "2023-12-30", "2020-04-25", "2026-03-28", "2026-10-24", "2026-11-01"])
ZONES = st.sampled_from(
    ["Asia/Shanghai", "Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe"]
)


@st.composite
def rosters(draw: st.DrawFn) -> tuple[Problem, Roster]:
    types = [
        {"id": f"t{n}", "name": draw(NAMES), "start": draw(TIMES), "end": draw(TIMES)}
        for n in range(draw(st.integers(1, 2)))
    ]
    first = dt.date.fromisoformat(draw(DAYS))
    plan = problem(
        people=[{"id": one, "name": draw(NAMES), "organisation": "org"} for one in ("张", "b")],
        posts=[{"id": "gate", "name": draw(NAMES), "tasks": draw(NAMES), "address": draw(NAMES)}],
        organisations=[{"id": "org", "name": draw(NAMES)}],
        shift_types=types,
        heads=2,
        name=draw(NAMES),
        time_zone=draw(ZONES),
        horizon={"first": first, "last": first + dt.timedelta(days=2)},
    )
    instance = plan.instance()
    spring = [shift for shift in instance.shifts if shift.end.timestamp() <= shift.start.timestamp()]
    pairs = [(v, s) for v in range(2) for s, shift in enumerate(instance.shifts) if shift not in spring]
    return plan, Roster(instance, draw(st.lists(st.sampled_from(pairs), max_size=6)))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(drawn=rosters(), utc=st.booleans())
def test_what_any_plan_says_is_read_back_from_its_files(drawn: tuple[Problem, Roster], utc: bool) -> None:
    plan, given_roster = drawn
    made = {
        (calendar.audience, calendar.owner): data for calendar, data in files(plan, given_roster, utc=utc)
    }
    for volunteer in given_roster.instance.volunteers:
        served = given_roster.shifts_of(volunteer)
        found = facts(made[Audience.VOLUNTEER, volunteer.id])
        assert [(start, end) for start, end, _ in found] == sorted(
            (shift.start.astimezone(dt.UTC), shift.end.astimezone(dt.UTC)) for shift in served
        )
        titles = [one_line(f"值班:{shift.post.label.zh}({shift.type.label.zh})") for shift in served]
        assert sorted(title for *_, title in found) == sorted(titles)
    assert (
        len(facts(made[Audience.ALL, ""]))
        == len(facts(made[Audience.ORGANISATION, "org"]))
        == len(given_roster)
    )
    for (audience, owner), data in made.items():
        assert_well_formed(data)
        assert data == dict_of(files(plan, given_roster, utc=utc))[audience, owner]


def dict_of(made: Iterator[tuple[Calendar, bytes]]) -> dict[tuple[Audience, str], bytes]:
    return {(calendar.audience, calendar.owner): data for calendar, data in made}


def one_line(text: str) -> str:
    lines = (
        "".join(c for c in line if unicodedata.category(c) != "Cc").strip()
        for line in text.replace("\t", " ").splitlines()
    )
    return unicodedata.normalize("NFC", " ".join(line for line in lines if line))


def assert_well_formed(data: bytes) -> None:
    assert data.endswith(b"END:VCALENDAR\r\n")
    assert data.count(b"BEGIN:VCALENDAR") == 1
    assert data.count(b"\n") == data.count(b"\r") == data.count(b"\r\n")
    for line in data.split(b"\r\n"):
        assert len(line) <= 75
        text = line.decode()
        assert not any(unicodedata.category(character) == "Cc" for character in text)


@pytest.mark.parametrize("utc", [False, True])
def test_the_same_roster_gives_the_same_bytes_and_another_changes_only_its_events(utc: bool) -> None:
    plan = problem(heads=2)
    instance = plan.instance()
    before = dict_of(files(plan, roster(instance, anna="0 morning, 1 night", bo="3 noon"), utc=utc))
    again = dict_of(files(plan, roster(plan.instance(), bo="3 noon", anna="1 night, 0 morning"), utc=utc))
    after = dict_of(files(plan, roster(instance, anna="0 morning", bo="3 noon"), utc=utc))
    assert before == again
    changed = {owner for (audience, owner), data in after.items() if data != before[audience, owner]}
    assert changed == {"anna", "gate", ""}
    kept = {str(event["UID"]): event.to_ical() for event in events(after[Audience.VOLUNTEER, "anna"])}
    held = {str(event["UID"]): event.to_ical() for event in events(before[Audience.VOLUNTEER, "anna"])}
    assert len(held) == len(kept) + 1
    assert kept.items() <= held.items()
