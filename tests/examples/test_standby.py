"""The stand-by example: whoever is ill tomorrow, the one who stands by comes, and nobody else is asked."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from scheduler.domain.assignment import Assignment
from scheduler.domain.calendar import Horizon
from scheduler.domain.request import Availability, TimeWindow
from scheduler.engine.repair import Terms, repair
from scheduler.engine.stop import Deadline
from scheduler.io.read import read_plan
from scheduler.problem import Problem
from scheduler.report.calls import calls

PLAN = read_plan(Path(__file__).parents[2] / "examples" / "standby" / "plan.yaml").problem
DAY = dt.date(2020, 3, 4)
ROSTER = {"east/morning": "li", "east/afternoon": "sun", "west/morning": "liu", "west/afternoon": "wang"}
PUBLISHED = [
    Assignment(volunteer=who, post=shift.partition("/")[0], day=DAY, shift_type=shift.partition("/")[2])
    for shift, who in {**ROSTER, "base/standby": "chen"}.items()
]


def without(name: str) -> Problem:
    ill = Availability(unavailable=(TimeWindow(dates=(DAY,)),))
    people = (
        one.model_copy(update={"availability": ill}) if one.id == name else one for one in PLAN.volunteers
    )
    horizon = Horizon(first=DAY, last=DAY)
    return PLAN.model_copy(update={"volunteers": tuple(people), "horizon": horizon})


@pytest.mark.parametrize("ill", sorted(ROSTER.values()))
@pytest.mark.parametrize("hour", [1, 20])
def test_who_stands_by_takes_the_place_of_anybody(ill: str, hour: int) -> None:
    """At one o'clock the day before all of it is frozen but the afternoon; at eight in the evening all of it is."""
    plan = without(ill)
    now = dt.datetime.combine(DAY - dt.timedelta(days=1), dt.time(hour))
    found = repair(plan.instance(), plan.all_rules(), PUBLISHED, Terms(now), Deadline(30))
    called = calls(PUBLISHED, set(found.dropped), found.roster)
    assert [one.volunteer for one in called] == ["chen", ill]
    assert called[0].standing_by
    assert called[0].gained[0].shift_id == called[1].lost[0].shift_id
    assert found.fewest
    assert found.least_people == 1


def test_a_week_of_which_one_day_was_published_is_repaired_to_a_proven_best() -> None:
    """Its solver once gave back the roster it began with as the best one."""
    plan = without("li").model_copy(update={"horizon": PLAN.horizon})
    now = dt.datetime.combine(DAY - dt.timedelta(days=1), dt.time(20))
    found = repair(plan.instance(), plan.all_rules(), PUBLISHED, Terms(now), Deadline(30))
    assert found.fewest
    (chen,) = [one for one in calls(PUBLISHED, set(found.dropped), found.roster) if one.volunteer == "chen"]
    assert chen.standing_by
