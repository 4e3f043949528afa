"""Disruptions as changes of a plan's files."""

from __future__ import annotations

from pathlib import Path

import pytest

from scheduler.domain.instance import Instance
from scheduler.domain.residents import Residents
from scheduler.io.disruption import Dates, absent, close_place, close_posts, gone, set_demand
from scheduler.io.edit import PlanEdit
from scheduler.problem import Problem
from scheduler.rules import PostList
from tests.builders import day

PLAN = """\
id: small
name: Small
horizon: {first: 2024-03-04, last: 2024-03-08}
places: [{id: town}, {id: north, within: town}, {id: south, within: town}]
skills: [{id: medical}]
shift_types:
  - {id: morning, start: "08:00", end: "12:00"}
  - {id: noon, start: "12:00", end: "16:00"}
demand:
  - {shifts: [morning, noon], least: 1, wanted: 2, skills: [{skill: medical}]}
  - {shifts: [noon], days: wed-fri, least: 2, priority: 5}
posts:
  - {id: gate, place: north}   # the old gate
  - {id: tower, place: south, demand: [{shifts: [morning], least: 1}]}
volunteers:
  - {id: anna, availability: always, home: north}
  - {id: bo, availability: {unavailable: [2024-03-08]}, home: south}
  - {id: cai}
"""
TWO = Dates(day(2), day(3))


@pytest.fixture
def edit(tmp_path: Path) -> PlanEdit:
    path = tmp_path / "plan.yaml"
    path.write_text(PLAN, encoding="utf-8")
    return PlanEdit(path)


def after(edit: PlanEdit) -> Problem:
    return edit.check().problem


def shifts(instance: Instance) -> dict[str, int]:
    return {shift.id: shift.least for shift in instance.shifts}


def test_who_is_ill_keeps_what_they_said(edit: PlanEdit) -> None:
    people = {one.id: one for one in edit.plan.problem.volunteers}
    assert absent(edit, people["bo"], TWO) == ()
    assert absent(edit, people["anna"], Dates(day(0), day(0))) == ()
    (note,) = absent(edit, people["cai"], TWO)
    assert "has not said" in note.en
    found = after(edit).instance()
    times = {one.id: time for one, time in zip(found.volunteers, found.free_time)}
    free = {
        name: [
            shift.day.day for shift in found.shifts if times[name].fits(shift) and shift.post.id == "tower"
        ]
        for name in ("anna", "bo")
    }
    assert free == {"anna": [5, 6, 7, 8], "bo": [4, 5]}
    assert not {one.id: one for one in after(edit).volunteers}["cai"].availability.answered


def test_who_leaves_is_no_longer_there(edit: PlanEdit) -> None:
    gone(edit, edit.plan.problem.volunteers[0])
    assert [one.id for one in after(edit).volunteers] == ["bo", "cai"]


def test_a_closed_post_needs_nobody_on_these_days_only(edit: PlanEdit) -> None:
    before = shifts(edit.plan.problem.instance())
    close_posts(edit, [edit.plan.problem.posts[0]], TWO)
    now = shifts(after(edit).instance())
    lost = {
        one for one in before if one.startswith("gate/") and one.split("/")[1] in (str(day(2)), str(day(3)))
    }
    assert now == {one: least for one, least in before.items() if one not in lost}
    assert len(lost) == 4
    edit.commit()
    assert "# the old gate" in edit.path.read_text(encoding="utf-8")


def test_a_closed_place_takes_what_is_within_it(edit: PlanEdit) -> None:
    instance = edit.plan.problem.instance()
    notes = close_place(edit, instance, "town", TWO, Residents.AWAY)
    assert "posts in it: 2, people who live there: 2" in notes[0].en
    now = after(edit)
    assert {shift.day for shift in now.instance().shifts} == {day(0), day(1), day(4)}
    (window,) = now.volunteers[0].availability.unavailable
    assert window.among(now.instance().day_classes) == [day(2), day(3)]


def test_residents_who_stay_serve_inside_and_nobody_else_does(edit: PlanEdit) -> None:
    instance = edit.plan.problem.instance()
    close_place(edit, instance, "north", TWO, Residents.STAY)
    now = after(edit)
    found = now.instance()
    rules = [rule for rule in now.rules if isinstance(rule, PostList)]

    def barred(name: str, shift: str) -> bool:
        who, where = found.volunteers[found.volunteer_index[name]], found.shifts[found.shift_index[shift]]
        pair = (found.number(who), found.shift_number(where))
        scopes = [(rule, rule.scope(found)) for rule in rules]
        return any(
            scope.volunteers[pair[0]] and scope.shifts[pair[1]] and rule.judge(found, who, where)
            for rule, scope in scopes
        )

    assert shifts(found) == shifts(instance)
    assert not barred("anna", f"gate/{day(2)}/morning")
    assert barred("anna", f"tower/{day(2)}/morning")
    assert not barred("anna", f"tower/{day(1)}/morning")
    assert barred("bo", f"gate/{day(3)}/morning")
    assert not barred("bo", f"gate/{day(4)}/morning")
    assert not barred("bo", f"tower/{day(3)}/morning")


def test_a_place_where_nobody_lives_is_said_to_stay_empty(edit: PlanEdit) -> None:
    gone(edit, edit.plan.problem.volunteers[0])
    notes = close_place(edit, after(edit).instance(), "north", TWO, Residents.STAY)
    assert "nobody has a home there" in notes[-1].en


def test_demand_keeps_skills_and_priority_of_each_shift(edit: PlanEdit) -> None:
    instance = edit.plan.problem.instance()
    assert set_demand(edit, instance, edit.plan.problem.posts[0], Dates(day(1), day(2)), 3, None, ()) == ()
    now = after(edit).instance()
    found = {f"{one.day.day} {one.type.id}": one for one in now.shifts if one.post.id == "gate"}
    assert {name: one.least for name, one in found.items() if one.least == 3} == dict.fromkeys(
        ("5 morning", "5 noon", "6 morning", "6 noon"), 3
    )
    assert [len(found[name].skills) for name in ("5 noon", "6 morning", "6 noon")] == [1, 1, 0]
    assert (found["6 noon"].priority, found["5 noon"].priority) == (5, 1)
    assert (found["7 noon"].least, found["4 morning"].wanted) == (2, 2)


def test_a_named_shift_type_is_added_where_there_was_none(edit: PlanEdit) -> None:
    instance, tower = edit.plan.problem.instance(), edit.plan.problem.posts[1]
    set_demand(edit, instance, tower, Dates(day(0), day(0)), 2, 3, ["noon"])
    now = {one.id: (one.least, one.wanted) for one in after(edit).instance().shifts if one.post.id == "tower"}
    assert now[f"tower/{day(0)}/noon"] == (2, 3)
    assert len(now) == 6


def test_demand_where_a_post_has_no_shift_is_said(edit: PlanEdit) -> None:
    close_posts(edit, [edit.plan.problem.posts[1]], Dates(day(0), day(4)))
    edit.commit()
    again = PlanEdit(edit.path)
    problem = again.plan.problem
    (note,) = set_demand(again, problem.instance(), problem.posts[1], Dates(day(9), day(9)), 2, None, ())
    assert "no shifts on these days" in note.en
