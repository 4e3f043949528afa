"""Shifts in the hour that is skipped when clocks go forward still begin before they end."""

import datetime as dt

import pytest

from scheduler.domain.roster import Roster
from scheduler.publish.edition import edition
from scheduler.publish.event import Audience
from tests.builders import problem

SPRING = {"first": "2026-03-28", "last": "2026-03-28", "day_starts": "06:00"}


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        ("01:30", "02:00", ("01:30", "03:00")),
        ("01:30", "02:30", ("01:30", "03:30")),
        ("02:00", "03:00", ("03:00", "04:00")),
        ("02:30", "03:00", ("03:30", "04:00")),
        ("02:30", "03:30", ("03:30", "04:30")),
        ("02:30", "03:31", ("03:30", "03:31")),
        ("03:00", "04:00", ("03:00", "04:00")),
    ],
)
def test_a_shift_in_the_skipped_hour_begins_before_it_ends(
    start: str, end: str, said: tuple[str, str]
) -> None:
    types = [{"id": "night", "start": start, "end": end}]
    plan = problem(time_zone="Europe/Berlin", horizon=SPRING, shift_types=types)
    calendars = {one.audience: one for one in edition(plan, Roster(plan.instance()))}
    for audience in (Audience.POST, Audience.OPEN):
        (event,) = calendars[audience].events
        assert (f"{event.entry.start:%H:%M}", f"{event.entry.end:%H:%M}") == said
        assert event.entry.start.date() == event.entry.end.date() == dt.date(2026, 3, 29)
