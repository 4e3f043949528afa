"""From when sign-ups do not suffice and who would help: figures worked out by hand."""

from __future__ import annotations

from typing import Any

import pytest

from scheduler.domain.calendar import DaySelector
from scheduler.engine.capacity import capacity
from scheduler.engine.helpers import helpers, usual
from scheduler.engine.openings import Openings
from scheduler.engine.stop import Deadline
from scheduler.errors import NoRosterError, OutOfTimeError
from scheduler.problem import Problem
from scheduler.report.capacity import Capacity, Dimension, Kind, Need, Proof
from tests.builders import SHIFT_TYPES, day, problem

NOBODY: tuple[dict[str, Any], ...] = ({"id": "none", "availability": {}},)
"""One who gave no times, and so serves never."""
ALL_DAY = ({"id": "day", "start": "08:00", "end": "18:00"},)


def measured(plan: Problem, share: float = 1.0, per_week: int | None = None) -> Capacity:
    return capacity(plan, share, Deadline(), per_week)


def people(count: int, **more: Any) -> list[dict[str, Any]]:
    return [{"id": f"v{n}", **more} for n in range(count)]


def needs(found: Capacity) -> dict[Kind, int]:
    assert found.recruits is not None
    return {one.kind: one.people for one in found.recruits.needs}


@pytest.mark.parametrize(("shifts", "first"), [(7, None), (6, 6), (3, 3), (0, 0)])
def test_people_are_used_up_on_the_day_after_their_last_shift(shifts: int, first: int | None) -> None:
    found = measured(problem(people(1, contract={"per_horizon": shifts}), shift_types=ALL_DAY))
    assert found.first == (None if first is None else day(first))
    assert found.open == found.least == 7 - shifts
    assert [one.open for one in found.days] == [0.0] * shifts + [1.0] * (7 - shifts)


@pytest.mark.parametrize(("share", "first"), [(0.5, None), (0.51, 0), (1.0, 0)])
def test_a_share_exactly_met_suffices(share: float, first: int | None) -> None:
    found = measured(problem(people(1), days=2, heads=2, shift_types=ALL_DAY), share)
    assert found.first == (None if first is None else day(first))
    assert found.open == 2


def test_the_first_day_is_the_latest_any_roster_can_reach() -> None:
    plan = problem(
        [{"id": "a", "contract": {"per_horizon": 2}}, {"id": "b", "availability": "mon"}],
        days=5,
        shift_types=ALL_DAY,
    )
    assert measured(plan).first == day(3), "b takes Monday, a Tuesday and Wednesday"


def test_enough_people_need_no_groups_and_nobody_else() -> None:
    found = measured(problem(people(2), days=3, shift_types=ALL_DAY))
    assert (found.first, found.groups, found.recruits, found.open) == (None, (), None, 0)


def test_the_bottleneck_is_the_time_of_day_nobody_is_free_at() -> None:
    types = [one for one in SHIFT_TYPES if one["id"] in ("morning", "evening")]
    plan = problem(people(3, availability="08:00-12:00"), days=4, shift_types=types)
    found = measured(plan)
    groups = {one.key: one for one in found.groups if one.dimension is Dimension.SHIFT_TYPE}
    assert groups.keys() == {"evening"}
    assert (groups["evening"].demanded, groups["evening"].open, groups["evening"].alone) == (4, 4, 4)
    assert needs(measured(plan, per_week=4)) == {Kind(shift_type="evening"): 1}


def test_what_can_be_moved_elsewhere_is_no_bottleneck() -> None:
    plan = problem(people(1), days=2, posts=("gate", "yard"), shift_types=ALL_DAY)
    found = measured(plan)
    posts = [one for one in found.groups if one.dimension is Dimension.POST]
    assert sum(one.open for one in posts) == 2
    assert [one.alone for one in posts] == [0] * len(posts), "either post can be served, not both"


SKILLED: dict[str, Any] = {"skills": [{"id": "medical"}], "shift_types": ALL_DAY}


def test_a_skill_within_the_crew_is_missed_though_heads_are_enough() -> None:
    demand = [{"shifts": ["day"], "least": 2, "skills": [{"skill": "medical"}]}]
    plan = problem(people(4), days=3, posts=[{"id": "gate", "demand": demand}], **SKILLED)
    found = measured(plan, per_week=3)
    assert found.open == 3
    skills = {one.key: one for one in found.groups if one.dimension is Dimension.SKILL}
    assert (skills["medical"].demanded, skills["medical"].alone) == (3, 3)
    assert needs(found) == {Kind(skills=("medical",), shift_type="day"): 1}


@pytest.mark.parametrize(("share", "medics"), [(0.85, 1), (0.26, 1), (0.25, 0)])
def test_a_skill_has_its_share_though_every_day_is_covered(share: float, medics: int) -> None:
    demand = {"shifts": ["day"], "least": 9, "skills": [{"skill": "medical"}]}
    medic = {"id": "medic", "skills": ["medical"], "contract": {"per_horizon": 1}}
    plan = problem([*people(9), medic], days=4, posts=[{"id": "gate", "demand": [demand]}], **SKILLED)
    found = measured(plan, share, per_week=4)
    assert (found.first, found.least) == (None, 3)
    assert sum(needs(found).values() if found.recruits else ()) == medics


def test_a_post_for_the_skilled_asks_for_them_alone() -> None:
    posts = [{"id": "gate", "skills": ["medical"]}]
    found = measured(problem(people(4), days=2, posts=posts, **SKILLED), per_week=1)
    assert needs(found) == {Kind(skills=("medical",), shift_type="day"): 2}


def test_a_place_of_an_organisation_asks_for_its_members() -> None:
    plan = problem(
        people(2),
        days=2,
        shift_types=ALL_DAY,
        organisations=[{"id": "club"}],
        pairings=[{"organisation": "club", "place": "town", "kind": "exclusive"}],
    )
    found = measured(plan, per_week=2)
    assert needs(found) == {Kind(organisation="club", shift_type="day"): 1}
    organisations = {one.key: one.alone for one in found.groups if one.dimension is Dimension.ORGANISATION}
    assert organisations == {}, "all shifts are its own: there is nothing to compare it with"


@pytest.mark.parametrize(("per_week", "count"), [(7, 1), (4, 2), (3, 3), (1, 7)])
def test_the_fewest_people_are_those_of_whom_one_fewer_does_not_do(per_week: int, count: int) -> None:
    found = measured(problem(NOBODY, shift_types=ALL_DAY), per_week=per_week)
    assert found.recruits is not None
    assert found.recruits.needs == (Need(Kind(shift_type="day"), count),)
    assert found.recruits.proof is Proof.ROSTER
    assert found.recruits.fewest
    assert found.recruits.needed
    assert found.recruits.per_week == per_week


@pytest.mark.parametrize(("share", "count"), [(0.75, 3), (0.76, 4), (1.0, 4)])
def test_only_the_share_is_closed(share: float, count: int) -> None:
    plan = problem(NOBODY, days=1, heads=4, shift_types=ALL_DAY)
    assert sum(needs(measured(plan, share, per_week=1)).values()) == count


def test_one_person_free_all_day_stands_for_two_at_fixed_times() -> None:
    types = [one for one in SHIFT_TYPES if one["id"] in ("morning", "evening")]
    plan = problem(NOBODY, days=1, shift_types=types)
    assert needs(measured(plan, per_week=2)) == {Kind(): 1}


@pytest.mark.parametrize(
    ("weeks", "expected"), [([None, None], 2), ([3, 3, 1], 3), ([1, 3], 1), ([None, 5], 5)]
)
def test_a_helper_serves_as_often_as_most_agreed_to(weeks: list[int | None], expected: int) -> None:
    plan = problem([{"id": f"v{n}", "contract": {"per_week": week}} for n, week in enumerate(weeks)])
    assert usual(plan) == expected


def test_helpers_are_nobody_of_the_plan() -> None:
    plan = problem(["helper-00000"])
    (one,) = helpers(plan, Kind(shift_type="night"), 1, 2)
    assert one.id != "helper-00000"
    assert one.availability.only[0].hours is not None
    assert DaySelector.model_fields.keys().isdisjoint({"hours"}), "free at these hours on every day"


def test_rules_that_cannot_hold_together_are_said() -> None:
    pin = {"volunteer": "a", "post": "gate", "shift_type": "day"}
    both = [{**pin, "day": day(0)}, {**pin, "day": day(1)}]
    plan = problem(
        [{"id": "a", "contract": {"per_horizon": 1}}],
        days=2,
        shift_types=ALL_DAY,
        rules=[{"rule": "pinned", "assignments": both}],
    )
    with pytest.raises(NoRosterError):
        measured(plan)


def test_no_time_is_said() -> None:
    with pytest.raises(OutOfTimeError):
        capacity(problem(people(5), days=7, heads=3), 1.0, Deadline(0))


def test_a_hard_demand_for_heads_is_measured_not_demanded() -> None:
    plan = problem(
        people(1),
        days=1,
        heads=2,
        shift_types=ALL_DAY,
        rules=[{"rule": "cover", "bound": "least", "level": "hard"}],
    )
    openings = Openings.of(plan.instance(), plan.all_rules())
    assert measured(plan).open == 1
    assert openings.demanded.tolist() == [2]
