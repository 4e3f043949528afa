"""Reads the line-oriented duty workload into an ordinary Problem.

A file has lines ``days N``, ``rule NAME …``, ``post ID ZONE``, ``shift ID POST DAY TYPE START END HEADS ZONE``
and ``vol ID ORG ZONES MAXWEEK MAXTOTAL WINDOWS…``, times in minutes from day 0, which becomes a Monday.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from scheduler.domain.request import TimeWindow
from scheduler.domain.roster import Roster
from scheduler.problem import Problem

MONDAY = dt.date(2024, 1, 1)
ONE_LEVEL = "wish"


@dataclass
class DutyFile:
    """The lines of a file by kind."""

    days: int = 0
    rules: dict[str, list[str]] = field(default_factory=dict)
    posts: dict[str, str] = field(default_factory=dict)
    shifts: list[list[str]] = field(default_factory=list)
    volunteers: list[list[str]] = field(default_factory=list)

    @classmethod
    def read(cls, path: Path) -> DutyFile:
        """Read a file; a rule it does not know is an error."""
        content = cls()
        for line in path.read_text("utf-8").splitlines():
            match line.split():
                case ["days", number]:
                    content.days = int(number)
                case ["rule", name, *rest]:
                    assert name in RULE_MAKERS, f"unknown rule {name}"
                    content.rules[name] = rest
                case ["post", name, zone]:
                    content.posts[name] = zone
                case ["shift", *rest]:
                    content.shifts.append(rest)
                case ["vol", *rest]:
                    content.volunteers.append(rest)
        return content


def read_problem(path: Path) -> tuple[Problem, dict[str, str]]:
    """A file as a Problem with all goals on one level, and the file's shift id by the product's."""
    content = DutyFile.read(path)
    kinds = sorted({(int(s[3]), int(s[4]) % 1440, int(s[5]) % 1440) for s in content.shifts})
    wanted: dict[str, list[list[str]]] = defaultdict(list)
    for shift in content.shifts:
        wanted[shift[1]].append(shift)
    plan = {
        "id": path.stem,
        "name": path.stem,
        "time_zone": "UTC",
        "horizon": {
            "first": MONDAY,
            "last": MONDAY + dt.timedelta(days=content.days - 1),
            "day_starts": "06:00",
        },
        "calendar": {"country": "none"},
        "places": [{"id": "town"}],
        "skills": [
            {"id": zone}
            for zone in sorted(
                {z for v in content.volunteers for z in v[2].split(",")} | set(content.posts.values())
            )
        ],
        "shift_types": [
            {"id": f"t{kind}", "start": _clock(start), "end": _clock(end)} for kind, start, end in kinds
        ],
        "posts": [
            {
                "id": f"p{post}",
                "place": "town",
                "skills": [zone],
                "demand": list(_demand(content, wanted[post])),
            }
            for post, zone in content.posts.items()
        ],
        "volunteers": [_volunteer(line) for line in content.volunteers],
        "rules": list(_rules(content)),
    }
    ids = {f"p{s[1]}/{MONDAY + dt.timedelta(days=int(s[2]))}/t{s[3]}": s[0] for s in content.shifts}
    return Problem.model_validate(plan), ids


def write_solution(folder: Path, path: Path, roster: Roster, ids: dict[str, str]) -> Path:
    """The roster as CSV ``shift,volunteer`` in the file's own ids; its path."""
    instance = roster.instance
    rows = [(ids[instance.shifts[s].id], instance.volunteers[v].id[1:]) for v, s in roster.pairs]
    target = folder / f"{path.stem}.csv"
    folder.mkdir(parents=True, exist_ok=True)
    with target.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(
            [("shift", "volunteer"), *sorted(rows, key=lambda row: (int(row[0]), row[1]))]
        )
    return target


def _demand(content: DutyFile, shifts: list[list[str]]) -> Iterator[dict[str, Any]]:
    """The heads of a post's shifts; types wanted alike on the same days go together."""
    days: dict[tuple[str, str], list[int]] = defaultdict(list)
    for _, _, day, kind, _, _, heads, _ in shifts:
        days[kind, heads].append(int(day))
    alike: dict[tuple[str, tuple[int, ...]], list[str]] = defaultdict(list)
    for (kind, heads), numbers in days.items():
        alike[heads, tuple(sorted(numbers))].append(f"t{kind}")
    for (heads, picked), kinds in alike.items():
        dates = {"dates": [MONDAY + dt.timedelta(days=day) for day in picked]}
        when = {} if len(picked) == content.days else {"days": dates}
        yield {"shifts": kinds, "least": int(heads)} | when


def _clock(minutes: int) -> str:
    return f"{minutes // 60 % 24:02d}:{minutes % 60:02d}"


def _volunteer(line: list[str]) -> dict[str, Any]:
    name, organisation, zones, week, total, *windows = line
    del organisation
    return {
        "id": f"v{name}",
        "skills": [{"skill": zone} for zone in zones.split(",")],
        "contract": {"per_week": int(week), "per_horizon": int(total)},
        "availability": {"only": [_stretch(window) for window in windows]},
    }


@cache
def _stretch(window: str) -> TimeWindow:
    """A window of a volunteer; few differ, so each is made and checked once."""
    midnight = dt.datetime.combine(MONDAY, dt.time())
    start, end = (midnight + dt.timedelta(minutes=int(word)) for word in window.split("-"))
    return TimeWindow(start=start, end=end)


def _rules(content: DutyFile) -> Iterator[dict[str, Any]]:
    yield {"rule": "cover", "bound": "wanted", "enabled": False}
    for name, rest in content.rules.items():
        yield from RULE_MAKERS[name](rest)


WEEK = {"7": "week"}
"""Days of a week, as the file says: the product's weeks have seven."""
RULE_MAKERS: dict[str, Any] = {
    "one_shift_per_day": lambda _: [{"rule": "one-per-day"}],
    "max_per_week": lambda rest: [{"rule": "max-load", "per": WEEK[rest[1]], "most": int(rest[0])}],
    "max_total": lambda rest: [{"rule": "max-load", "per": "horizon", "most": int(rest[0])}],
    "min_rest": lambda rest: [{"rule": "min-rest", "hours": int(rest[0]) // 60}],
    "forbid_next_day": lambda rest: [
        {"rule": "shift-succession", "forbid": [[f"t{part}" for part in pair.split(">")] for pair in rest]}
    ],
    "unfilled_cost": lambda rest: [
        {"rule": "cover", "bound": "least", "level": ONE_LEVEL, "weight": int(rest[0])}
    ],
    "fairness": lambda rest: [
        {"rule": "max-load", "per": "horizon", "most": int(step), "level": ONE_LEVEL, "weight": int(price)}
        for step, price in (part.split(":") for part in rest)
    ],
}
