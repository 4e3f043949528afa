"""Whom to call after a repair: in order, with what was and what will be."""

from __future__ import annotations

from scheduler.domain.assignment import Assignment
from scheduler.domain.instance import Instance
from scheduler.report.calls import call_grid, calls
from tests.builders import SHIFT_TYPES, day, roster, world

DEMAND = [{"shifts": ["morning", "noon"], "least": 1}]


def stand_by() -> Instance:
    types = ({"id": "wait", "start": "08:00", "end": "20:00"}, *SHIFT_TYPES)
    posts = [
        {"id": "gate", "demand": DEMAND},
        {"id": "base", "demand": [{"shifts": ["wait"], "least": 0, "wanted": 1}], "stands_by_for": ["gate"]},
    ]
    return world(["anna", "bo", "cai", "dan", "eve"], days=3, posts=posts, shift_types=types)


def duty(who: str, number: int, kind: str, post: str = "gate") -> Assignment:
    return Assignment(volunteer=who, post=post, day=day(number), shift_type=kind)


PUBLISHED = (
    duty("anna", 1, "morning"),
    duty("bo", 0, "noon"),
    duty("cai", 2, "wait", "base"),
    duty("eve", 0, "morning"),
    duty("zoe", 0, "noon"),
)


def test_who_stands_by_comes_first_then_the_soonest() -> None:
    after = roster(stand_by(), bo="1 morning", cai="2 noon", dan="0 noon", eve="0 morning")
    found = calls(PUBLISHED, {PUBLISHED[0]}, after)
    assert [(one.volunteer, one.reason.en) for one in found] == [
        ("cai", "stands by, is called in"),
        ("bo", "is asked to move"),
        ("dan", "is asked to step in"),
        ("anna", "cannot serve"),
    ]
    assert (found[1].lost, found[1].gained) == (PUBLISHED[1:2], (duty("bo", 1, "morning"),))
    assert f"{found[0].soonest:%m-%d %H:%M}" == "03-06 08:00"


def test_who_only_loses_a_duty_is_let_off() -> None:
    (found,) = calls(PUBLISHED[:1], (), roster(stand_by()))
    assert found.reason.en == "is let off"
    grid = call_grid([found], stand_by())
    assert grid.rows[0][2] == found.lost[0].shift_label(stand_by())


def test_nobody_is_called_where_nothing_changes() -> None:
    assert calls(PUBLISHED[3:4], (), roster(stand_by(), eve="0 morning")) == ()
