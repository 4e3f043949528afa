"""A week of two posts in two places: four people of a party, its branch, a company and of none."""

from __future__ import annotations

import datetime as dt
from typing import Any

from scheduler.domain.attendance import Attendance, Attended
from scheduler.domain.instance import Instance
from scheduler.domain.roster import Roster
from scheduler.report.by import By
from scheduler.report.counting import Count, figures
from scheduler.report.duties import Period, book
from scheduler.report.person_times import PersonTimes, Row, person_times
from tests.builders import day, roster, world

PEOPLE = (
    {"id": "a", "organisation": "branch"},
    {"id": "b", "organisation": "party"},
    {"id": "c"},
    {"id": "d", "organisation": "company", "tier": "staff"},
)
ORGANISATIONS = (
    {"id": "party", "name": {"en": "Party", "zh": "民建东城区委"}},
    {"id": "branch", "within": "party", "name": {"en": "Branch", "zh": "第一支部"}},
    {"id": "company", "short": "Co"},
)
POSTS = (
    {"id": "gate", "place": "north"},
    {"id": "door", "place": "town"},
)
PLACES = (
    {"id": "town", "kind": "district"},
    {"id": "north", "kind": "community", "within": "town"},
)


def small(days: int = 7, **more: Any) -> Instance:
    return world(PEOPLE, days=days, posts=POSTS, organisations=ORGANISATIONS, places=PLACES, **more)


def served() -> Roster:
    return roster(
        small(),
        a="0 morning, 0 noon, 0 night, 1 morning@door",
        b="0 morning, 2 evening@door",
        c="0 noon@door",
        d="6 night",
    )


def report(*by: By, count: Count = Count.PER_SHIFT, as_of: dt.date | None = None, **more: Any) -> PersonTimes:
    return person_times(book([Period("r", more.get("of") or served(), more.get("came"))], as_of), by, count)


def planned(rows: tuple[Row, ...]) -> dict[str, tuple[int, int, int]]:
    return {row.key: (f.persons, f.times, f.minutes // 60) for row in rows if (f := figures(row.planned))}


CAME = Attendance(
    records=(
        Attended(shift=f"gate/{day(0)}/morning", volunteer="a", presence="attended"),
        Attended(shift=f"gate/{day(0)}/morning", volunteer="b", presence="absent"),
        Attended(shift=f"gate/{day(0)}/morning", volunteer="d", presence="attended", instead_of="b"),
        Attended(shift=f"gate/{day(0)}/noon", volunteer="a", presence="late", minutes=200),
        Attended(
            shift=f"gate/{day(0)}/noon",
            walk_in="王小明",
            organisation="party",
            presence="attended",
            minutes=90,
        ),
        Attended(shift=f"door/{day(0)}/noon", volunteer="b", presence="late"),
        Attended(shift=f"door/{day(2)}/evening", volunteer="b", presence="attended"),
    )
)
