"""A small roster to make pages of: two gates, three days, two branches, one open shift."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from scheduler.domain.roster import Roster
from scheduler.io.read import Plan
from scheduler.io.roster_file import RosterRecord
from tests import builders

MIDDAY = dt.datetime(2024, 3, 5, 12, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
SHIFT_TYPES = (
    {"id": "morning", "name": {"en": "Morning", "zh": "上午班"}, "start": "08:00", "end": "12:00"},
    {"id": "evening", "name": {"en": "Evening", "zh": "晚班"}, "start": "18:00", "end": "22:00"},
)
ORGANISATIONS = (
    {"id": "first", "name": {"en": "First branch", "zh": "第一支部"}},
    {"id": "second", "name": {"en": "Second branch", "zh": "第二支部"}},
)
PEOPLE: tuple[dict[str, Any], ...] = (
    {
        "id": "anna",
        "name": {"en": "Lin An", "zh": "林安然"},
        "phone": "13812341234",
        "organisation": "first",
    },
    {"id": "bo", "name": {"en": "Wang Bo", "zh": "王博文"}, "phone": "13912345678", "organisation": "second"},
    {"id": "cai", "name": {"en": "Cai Qing", "zh": "蔡青"}, "organisation": "first"},
)
POSTS: tuple[dict[str, Any], ...] = (
    {
        "id": "gate",
        "name": {"en": "East gate", "zh": "东门岗"},
        "leader": "赵站长",
        "phone": "13700001111",
        "tasks": {"en": "measure temperatures", "zh": "测体温"},
    },
    {"id": "hall", "name": {"en": "Hall", "zh": "大厅"}},
)
SERVED = {
    "anna": "0 morning, 1 morning, 1 evening@hall",
    "bo": "0 evening, 1 evening",
    "cai": "2 morning@hall",
}


def record(
    people: tuple[dict[str, Any], ...] = PEOPLE,
    served: dict[str, str] | None = None,
    posts: tuple[dict[str, Any], ...] = POSTS,
    **more: Any,
) -> RosterRecord:
    """The roster with its plan; what is not served is open."""
    facts: dict[str, Any] = {"shift_types": SHIFT_TYPES, "organisations": ORGANISATIONS, "days": 3}
    plan = builders.problem(people, posts=posts, **(facts | more))
    roster = builders.roster(plan.instance(), **(SERVED if served is None else served))
    return RosterRecord(roster, Plan(plan, Path("plan.yaml"), "sha256:0"))


def empty() -> RosterRecord:
    """The same plan without anybody serving."""
    made = record()
    return RosterRecord(Roster(made.roster.instance), made.plan)
