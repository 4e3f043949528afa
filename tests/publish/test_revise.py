"""What a plan that moves on to later days does to what was published of the days before."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from scheduler.io.published import read_index
from scheduler.publish.event import Audience
from tests.io.desk import Desk, plan

NEXT_WEEK = {"first": "2024-03-11", "last": "2024-03-17"}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def at(day: int, hour: int) -> dt.datetime:
    """An hour of a day in March, in UTC: eight hours before the plan's own time."""
    return dt.datetime(2024, 3, day, hour, tzinfo=dt.UTC)


def test_next_week_published_ahead_takes_nothing_from_this_week(desk: Desk) -> None:
    desk.publish(anna="0 morning, 5 morning", bo="5 noon")
    desk.plan, desk.now = plan(horizon=NEXT_WEEK), at(7, 1)
    made = desk.publish(anna="7 morning")
    assert [one.sentence.zh for one in made.recipients if one.sentence] == [
        "林安：新增 3月11日 周一 08:00–12:00 西口"
    ]
    assert desk.own("anna") == ["CONFIRMED 0 04 08:00", "CONFIRMED 0 09 08:00", "CONFIRMED 0 11 08:00"]
    assert desk.own("bo") == ["CONFIRMED 0 09 12:00"]


def test_a_duty_that_runs_into_the_next_plan_is_served_to_its_end(desk: Desk) -> None:
    desk.publish(anna="6 night")
    desk.plan, desk.now = plan(horizon=NEXT_WEEK), at(10, 16)
    assert desk.publish().changes == ()
    assert desk.own("anna") == ["CONFIRMED 0 10 22:00"]


@pytest.mark.parametrize(("first", "own"), [(9, "CANCELLED 1"), (10, "CONFIRMED 0")])
def test_a_plan_calls_off_from_its_first_day_on(desk: Desk, first: int, own: str) -> None:
    desk.publish(anna="5 morning")
    desk.plan = plan(horizon={"first": f"2024-03-{first:02}", "last": "2024-03-17"})
    desk.publish()
    assert desk.own("anna") == [f"{own} 09 08:00"]


def test_open_shifts_of_the_days_before_stay_open_until_they_are_over(desk: Desk) -> None:
    desk.publish()
    desk.plan, desk.now = plan(horizon=NEXT_WEEK), at(9, 2)
    desk.publish()
    before = [event for event in desk.events("open.ics") if event.start < at(10, 16)]
    assert {str(event["STATUS"]) for event in before} == {"TENTATIVE"}
    assert min(event.end for event in before) == at(9, 4)


def test_nobody_is_told_of_old_duties_that_leave_the_calendar(desk: Desk) -> None:
    desk.publish(anna="0 morning")
    desk.plan, desk.now = (
        plan(horizon={"first": "2024-04-15", "last": "2024-04-21"}),
        at(31, 1) + dt.timedelta(days=8),
    )
    made = desk.publish()
    assert desk.own("anna") == []
    assert made.changes == ()
    assert (Audience.VOLUNTEER, "anna") not in [(one.audience, one.owner) for one in made.recipients]


def test_a_clock_that_was_set_back_makes_no_change_older_than_the_one_before(desk: Desk) -> None:
    desk.publish(anna="0 morning")
    (first,) = desk.events("volunteers/duty-anna.ics")
    desk.now -= dt.timedelta(days=30)
    for step, served in enumerate(["", "0 morning"], 1):
        desk.publish(anna=served)
        (event,) = desk.events("volunteers/duty-anna.ics")
        moment = first["DTSTAMP"].dt + dt.timedelta(seconds=step)
        assert (event["SEQUENCE"], event["DTSTAMP"].dt, event["LAST-MODIFIED"].dt) == (step, moment, moment)
        index = read_index(desk.folder)
        assert index is not None
        assert {one.modified for one in index.files if one.owner == "anna"} == {moment}


def test_people_are_told_of_a_past_duty_that_the_plan_takes_back(desk: Desk) -> None:
    desk.publish(anna="0 morning")
    desk.now = at(5, 1)
    made = desk.publish(bo="0 morning")
    assert [one.sentence.zh for one in made.recipients if one.sentence] == [
        "林安：取消 3月4日 周一 08:00–12:00 西口",
        "王波：新日历，共1班，首班 3月4日 周一 08:00–12:00 西口",
    ]
    assert desk.own("anna") == []
