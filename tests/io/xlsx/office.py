"""A small office: two organisations, people of one name, a gap, a holiday and a make-up workday; workbooks of it."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from scheduler.domain.attendance import Attendance
from scheduler.domain.profile import Profile
from scheduler.domain.roster import Roster
from scheduler.io.read import Plan
from scheduler.io.xlsx.desk import Desk
from scheduler.io.xlsx.roster_book import roster_book
from scheduler.problem import Problem
from scheduler.text import Language

DAY = "2020-04-25"
"""A Saturday; 26 April 2020 was worked in exchange for 4 May (the calendar of the ``chinesecalendar`` package)."""

FIRST, SECOND = "2020-04-25", "2020-04-26"
MORNING, EVENING = f"gate/{FIRST}/morning", f"gate/{FIRST}/evening"


def facts(**more: Any) -> dict[str, Any]:
    """The office's plan as its file says it."""
    return {
        "id": "office",
        "name": {"en": "Office", "zh": "街道值守"},
        "horizon": {"first": FIRST, "last": SECOND},
        "places": [{"id": "town", "name": {"en": "Town", "zh": "幸福社区"}}],
        "organisations": [
            {"id": "jiusan", "name": {"en": "Jiusan", "zh": "九三学社"}, "short": "九三"},
            {"id": "minjian", "name": {"en": "Minjian", "zh": "民建区委"}},
        ],
        "shift_types": [
            {"id": "morning", "name": {"en": "Morning", "zh": "早班"}, "start": "08:00", "end": "12:00"},
            {"id": "evening", "name": {"en": "Evening", "zh": "晚班"}, "start": "18:00", "end": "22:00", "night": True},
        ],
        "posts": [
            {"id": "gate", "name": {"en": "Gate", "zh": "大门"}, "place": "town", "leader": "周站长",
             "phone": "13812341234", "demand": [{"shifts": ["morning", "evening"], "least": 2}]},
            {"id": "court", "name": {"en": "Court", "zh": "后院"}, "place": "town",
             "demand": [{"shifts": ["morning"], "days": {"dates": [FIRST]}, "least": 1}]},
        ],
        "volunteers": [
            {"id": "w1", "name": "王芳", "organisation": "jiusan", "phone": "13900001111", "availability": "always"},
            {"id": "w2", "name": "王芳", "organisation": "minjian", "availability": "always"},
            {"id": "w3", "name": "王芳", "organisation": "minjian", "availability": "always"},
            {"id": "li", "name": "李强", "organisation": "jiusan", "availability": "always"},
            {"id": "evil", "name": "=cmd|' /C calc'!A0", "availability": "always"},
            {"id": "zhao", "name": {"en": "Zhao Lei", "zh": "赵磊"}, "availability": "always"},
        ],
    } | more  # fmt: skip


def plan(**more: Any) -> Plan:
    """The office's plan as if read from a file."""
    return Plan(Problem.model_validate(facts(**more)), Path("plan.yaml"), "sha256:0")


def roster(of: Plan) -> Roster:
    """Two on Saturday morning, one in the evening, one of the plan's formulas in the court, all others open."""
    pairs = [("w1", MORNING), ("li", MORNING), ("w2", EVENING), ("evil", f"court/{FIRST}/morning")]
    return Roster.named(
        of.problem.instance(), [*pairs, ("w1", f"gate/{SECOND}/evening"), ("w2", f"gate/{SECOND}/evening")]
    )


def desk(
    of: Plan | None = None,
    language: Language = Language.ZH,
    profile: Profile = Profile.COORDINATOR,
    attendance: Attendance | None = None,
    previous: Roster | None = None,
) -> Desk:
    """The office's roster for a reader."""
    of = of or plan()
    return Desk(of.problem, roster(of), language, profile, attendance, previous)


def book(of: Desk, *, rich: bool = False) -> Workbook:
    """The workbook of a roster, as openpyxl sees it."""
    return load_workbook(io.BytesIO(roster_book(of)), rich_text=rich)


def saved(changed: Workbook, folder: Path) -> Path:
    """A workbook saved by another program than the one that wrote it."""
    path = folder / "back.xlsx"
    changed.save(path)
    return path


def texts(sheet: Any) -> Sequence[str]:
    """All that a sheet says."""
    return [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]


def cell_of(sheet: Any, text: str) -> Any:
    """The first cell whose text begins so."""
    return next(cell for row in sheet.iter_rows() for cell in row if str(cell.value or "").startswith(text))
