"""Small rosters that calendar programs may stumble over."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from scheduler.domain.roster import Roster
from scheduler.problem import Problem
from tests.builders import problem

World = Callable[[], tuple[Problem, Roster]]

ODD = (
    "甲,乙;丙:丁\"戊\\己'庚",
    "第一行\n第二行\r\n\t第三行",
    "👩‍👩‍👧 𠮷野家 😀",
    "\u200fשער\u200f \u202bبوابة\u202c",
    "e\u0301cole \x07bell\x1b",
    "很长的名字" * 40,
    "%s {who} <b>&amp;</b> BEGIN:VEVENT",
)
"""Names as a spreadsheet may bring them."""

TYPES: tuple[dict[str, Any], ...] = (
    {"id": "late", "name": "晚班,至午夜", "start": "18:00", "end": "00:00"},
    {"id": "night", "name": "夜班", "start": "22:30", "end": "06:15"},
    {"id": "early", "name": "早班", "start": "06:15", "end": "07:45"},
)


BACKSLASHES = ("\\n no new line", "\\; no mark", "\\\\", "C:\\名单\\")
"""Names that hold what an escape looks like."""


NIGHTS: tuple[dict[str, Any], ...] = (
    {"id": "begins", "name": "两点半开始", "start": "02:30", "end": "05:00"},
    {"id": "ends", "name": "两点半结束", "start": "00:15", "end": "02:30"},
    {"id": "over", "name": "跨越", "start": "01:45", "end": "03:15"},
)
"""Shifts around the hour that is skipped or comes twice."""


def _world(first: str, last: str, names: Sequence[str] = ODD, **more: Any) -> tuple[Problem, Roster]:
    """Shifts past midnight, to midnight and after it, some with a crew, some open."""
    people = [{"id": f"人{n}", "name": name, "organisation": "org"} for n, name in enumerate(ODD[::2])]
    posts = [
        {"id": f"post-{n}", "name": name, "address": ODD[n], "tasks": ODD[n - 1]}
        for n, name in enumerate(ODD[1::2])
    ]
    plan = problem(
        people=people,
        posts=posts,
        organisations=[{"id": "union", "name": names[0]}, {"id": "org", "name": names[2], "within": "union"}],
        name=names[1],
        horizon={"first": first, "last": last},
        **({"shift_types": TYPES} | more),
    )
    instance = plan.instance()
    pairs = [(v, s) for v in range(len(people)) for s in range(v, len(instance.shifts), 3 + v)]
    return plan, Roster(instance, pairs)


def _nights(day: str, time_zone: str) -> tuple[Problem, Roster]:
    return _world(day, day, time_zone=time_zone, shift_types=NIGHTS)


WORLDS: dict[str, World] = {
    "backslashes": cache(lambda: _world("2026-10-01", "2026-10-01", BACKSLASHES)),
    "leap-day": cache(lambda: _world("2024-02-28", "2024-02-29")),
    "year-end": cache(lambda: _world("2026-12-31", "2027-01-01")),
    "berlin-spring": cache(lambda: _world("2026-03-28", "2026-03-29", time_zone="Europe/Berlin")),
    "berlin-autumn": cache(lambda: _world("2026-10-24", "2026-10-25", time_zone="Europe/Berlin")),
    "berlin-skipped": cache(lambda: _nights("2026-03-28", "Europe/Berlin")),
    "berlin-twice": cache(lambda: _nights("2026-10-24", "Europe/Berlin")),
    "new-york-twice": cache(lambda: _nights("2026-10-31", "America/New_York")),
    "new-york-spring": cache(lambda: _world("2026-03-07", "2026-03-08", time_zone="America/New_York")),
    "lord-howe-autumn": cache(lambda: _world("2026-04-04", "2026-04-05", time_zone="Australia/Lord_Howe")),
}
