import datetime as dt
import re
from typing import Any

import pytest

from scheduler.domain.roster import Roster
from scheduler.problem import Problem
from scheduler.publish.edition import edition
from scheduler.publish.event import Audience, Calendar, Entry, Status
from scheduler.publish.first_edition import FirstEdition
from scheduler.text import day_text
from tests.builders import day, problem, roster

ORGANISATIONS = ({"id": "party"}, {"id": "branch", "within": "party"}, {"id": "club"})
PEOPLE: tuple[dict[str, Any], ...] = (
    {"id": "anna", "name": "安娜", "organisation": "branch"},
    {"id": "bo", "name": "博", "organisation": "party"},
    {"id": "cy", "name": "茜", "organisation": "club"},
    {"id": "idle", "name": "闲"},
)
SERVED = {"anna": "0 morning, 1 night", "bo": "0 morning, 0 noon@side", "cy": "2 evening"}


def plan(**more: Any) -> Problem:
    return problem(**({"people": PEOPLE, "posts": ["gate", "side"], "organisations": ORGANISATIONS} | more))


def calendars(
    plan: Problem, served: dict[str, str] | None = None
) -> dict[tuple[Audience, str], tuple[Entry, ...]]:
    made = edition(plan, roster(plan.instance(), **(served or SERVED)))
    return {(one.audience, one.owner): tuple(event.entry for event in one.events) for one in made}


def uids(plan: Problem, served: dict[str, str] | None = None) -> set[str]:
    return {entry.uid for entries in calendars(plan, served).values() for entry in entries}


def test_everyone_has_a_calendar_the_idle_an_empty_one() -> None:
    sizes = {key: len(entries) for key, entries in calendars(plan()).items() if key[0] is not Audience.POST}
    assert sizes == {
        (Audience.VOLUNTEER, "anna"): 2,
        (Audience.VOLUNTEER, "bo"): 2,
        (Audience.VOLUNTEER, "cy"): 1,
        (Audience.VOLUNTEER, "idle"): 0,
        (Audience.ORGANISATION, "party"): 4,
        (Audience.ORGANISATION, "branch"): 2,
        (Audience.ORGANISATION, "club"): 1,
        (Audience.ALL, ""): 5,
        (Audience.OPEN, ""): 2 * 7 * 4 - 4,
    }


def test_a_post_shows_each_of_its_shifts_once_staffed_or_not() -> None:
    gate = calendars(plan())[Audience.POST, "gate"]
    assert len(gate) == 7 * 4
    assert gate[0].summary.zh == "gate(morning):安娜、博"
    assert "安娜（branch）、博（party）" in gate[0].description.zh
    assert gate[1].summary.zh == "gate(noon):缺1人"
    assert not any(entry.busy or entry.private or entry.alarms for entry in gate)


def test_the_public_reads_which_shifts_lack_people_and_no_full_name() -> None:
    people = [{"id": "anna", "name": "张三", "phone": "13812341234"}]
    short = plan(
        people=people,
        days=1,
        posts=[{"id": "gate", "leader": "陈主管13900001111"}],
        shift_types=[{"id": "m", "start": "08:00", "end": "12:00"}],
        heads=3,
    )
    (entry,) = calendars(short, {"anna": "0 m"})[Audience.OPEN, ""]
    assert (entry.summary.zh, entry.status) == ("缺2人:gate(m)", Status.TENTATIVE)
    assert "人员：张*" in entry.description.zh
    assert not re.search(r"\d{8}|张三|负责人", entry.description.zh)
    own = calendars(short, {"anna": "0 m"})[Audience.VOLUNTEER, "anna"][0]
    assert "负责人：陈主管139****1111" in own.description.zh


def test_a_shift_that_is_over_calls_for_nobody_any_more() -> None:
    late = plan(issued="2024-03-04 12:00", posts=["gate"], days=1)
    assert [entry.summary.zh for entry in calendars(late, {"idle": ""})[Audience.OPEN, ""]] == [
        "缺1人:gate(noon)",
        "缺1人:gate(evening)",
        "缺1人:gate(night)",
    ]


def test_a_draft_is_tentative() -> None:
    draft = plan(publish={"draft": True})
    assert {entry.status for entries in calendars(draft).values() for entry in entries} == {Status.TENTATIVE}


def test_a_volunteer_reads_place_shift_and_partners_but_not_the_own_name() -> None:
    first, second = calendars(plan())[Audience.VOLUNTEER, "anna"]
    assert (first.summary.zh, first.summary.en) == ("值班:gate(morning)", "Duty: gate (morning)")
    assert first.description.zh.splitlines()[0] == "搭档：博"
    assert second.description.zh.splitlines()[0] == "本班次仅您一人"
    assert "安娜" not in first.summary.zh + first.description.zh
    assert first.busy
    assert first.private


def test_times_are_those_of_the_shift_also_past_midnight() -> None:
    second = calendars(plan())[Audience.VOLUNTEER, "anna"][1]
    assert (second.start.isoformat(), second.end.isoformat()) == (
        "2024-03-05T22:00:00+08:00",
        "2024-03-06T06:00:00+08:00",
    )


def test_the_most_important_alarm_is_the_first() -> None:
    alarms = calendars(plan())[Audience.VOLUNTEER, "anna"][0].alarms
    assert [(alarm.before, alarm.text.zh) for alarm in alarms] == [
        (dt.timedelta(hours=1), "1小时后值班:gate(morning)"),
        (dt.timedelta(days=1), "明天值班:gate(morning)"),
    ]
    none = plan(publish={"alarms": "none"})
    assert calendars(none)[Audience.VOLUNTEER, "anna"][0].alarms == ()


@pytest.mark.parametrize(("issued", "alarms"), [("2024-03-04 07:59", 2), ("2024-03-04 08:00", 0)])
def test_a_duty_that_has_begun_when_the_plan_is_given_out_rings_no_alarm(issued: str, alarms: int) -> None:
    assert len(calendars(plan(issued=issued))[Audience.VOLUNTEER, "anna"][0].alarms) == alarms


@pytest.mark.parametrize(
    "change",
    [
        {"name": "Another title"},
        {"people": [person | {"name": "新名"} for person in PEOPLE]},
        {"posts": [{"id": "gate", "name": "North gate", "address": "1 Road"}, "side"]},
        {
            "shift_types": [
                {"id": name, "name": "班", "start": "09:00", "end": "10:30"}
                for name in ("morning", "noon", "evening", "night")
            ]
        },
    ],
)
def test_a_uid_survives_new_titles_times_and_names(change: dict[str, Any]) -> None:
    assert uids(plan(**change)) == uids(plan())


def test_another_plan_or_another_volunteer_has_other_uids() -> None:
    before = calendars(plan())[Audience.VOLUNTEER, "anna"]
    swapped = {"idle": "0 morning, 1 night"}
    after = calendars(plan(), swapped)[Audience.VOLUNTEER, "idle"]
    assert [entry.start for entry in before] == [entry.start for entry in after]
    assert not {entry.uid for entry in before} & {entry.uid for entry in after}
    assert not uids(plan()) & uids(plan(id="another"))


def test_no_two_calendars_share_a_uid_even_if_ids_are_alike() -> None:
    people = [{"id": "same", "organisation": "same"}]
    alike = plan(people=people, organisations=[{"id": "same"}], posts=["same"])
    found = [entry.uid for entries in calendars(alike, {"same": "0 morning"}).values() for entry in entries]
    assert len(found) == len(set(found))


def test_a_uid_names_nobody() -> None:
    assert all(re.fullmatch(r"[0-9a-f-]{36}@duty-scheduler", uid) for uid in uids(plan()))


def test_events_are_sorted_by_start_then_uid() -> None:
    together = {person["id"]: "1 noon, 0 morning" for person in PEOPLE}
    for entries in calendars(plan(), together).values():
        assert list(entries) == sorted(entries, key=lambda entry: (entry.start, entry.uid))


@pytest.mark.parametrize(
    ("issued", "stamp"),
    [
        (
            None,
            dt.datetime(2024, 3, 3, 22, tzinfo=dt.UTC),
        ),  # 06:00 in Shanghai, when the first duty day starts
        ("2024-03-01 18:30", dt.datetime(2024, 3, 1, 10, 30, tzinfo=dt.UTC)),
    ],
)
def test_a_first_edition_is_stamped_with_the_plan(issued: str | None, stamp: dt.datetime) -> None:
    given = plan() if issued is None else plan(issued=issued)
    calendar: Calendar = next(iter(edition(given, roster(given.instance(), **SERVED))))
    assert FirstEdition.of(given).issued == stamp
    for event in calendar.events:
        assert (event.revision.sequence, event.revision.status) == (0, Status.CONFIRMED)
        assert (event.revision.stamp, event.revision.created) == (stamp, stamp)


def test_a_shift_after_midnight_names_its_duty_day() -> None:
    late = plan(shift_types=[{"id": "late", "start": "01:00", "end": "06:00"}], posts=["gate"])
    made = calendars(late, {"anna": "0 late"})[Audience.VOLUNTEER, "anna"][0]
    assert made.start.date() == day(1)
    assert f"属于{day_text(day(0)).zh}的值守日" in made.description.zh


def test_a_time_that_clocks_skip_is_written_as_it_will_be_shown() -> None:
    spring = {"first": "2026-03-28", "last": "2026-03-28"}
    types = [{"id": "skip", "start": "20:00", "end": "02:30"}]
    world = plan(time_zone="Europe/Berlin", horizon=spring, shift_types=types, posts=["gate"])
    instance = world.instance()
    everybody = Roster.named(instance, [("anna", instance.shifts[0].id)])
    entry = next(iter(edition(world, everybody))).events[0].entry
    assert entry.end.isoformat() == "2026-03-29T03:30:00+02:00"
