"""Reads the Shift Scheduling Benchmark (Curtois & Qu 2014) into an ordinary Problem, and writes its solutions.

A cover row is a shift. A post is one shift type with one price of a head too many; a post's skill is its type,
and a volunteer whose file allows none of a type lacks it. A run that touches an end of the horizon may be short.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from scheduler.domain.roster import Roster
from scheduler.problem import Problem

MONDAY = dt.date(2024, 1, 1)
ONE_LEVEL = "wish"
EDGE = "free"
"""A run of duty or of days off that touches the first or the last day may be shorter than the least."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Person:
    """A line of the section on staff: caps by shift type, then bounds in minutes, days and weekends."""

    name: str
    caps: dict[str, int]
    most_minutes: int
    least_minutes: int
    most_days: int
    least_days: int
    least_off: int
    most_weekends: int


@dataclass(frozen=True, slots=True)
class Wish:
    """A line of a section on requests."""

    name: str
    day: int
    shift_type: str
    weight: int


@dataclass(frozen=True, slots=True)
class Cover:
    """A line of the section on cover: heads required, the price of one too few and of one too many."""

    day: int
    shift_type: str
    heads: int
    under: int
    over: int

    @property
    def post(self) -> str:
        """The post its shift is at: where nobody is required, heads are priced one by one."""
        return f"{self.shift_type}{'+' if self.heads else '='}{self.over}"


@dataclass
class NrpFile:
    """The lines of a file by section."""

    days: int = 0
    minutes: dict[str, int] = field(default_factory=dict)
    never_after: dict[str, list[str]] = field(default_factory=dict)
    staff: list[Person] = field(default_factory=list)
    days_off: dict[str, list[int]] = field(default_factory=dict)
    on: list[Wish] = field(default_factory=list)
    off: list[Wish] = field(default_factory=list)
    cover: list[Cover] = field(default_factory=list)

    @classmethod
    def read(cls, path: Path) -> NrpFile:
        """Read a file; a section it does not know is an error. Days without a cover row get one of no price."""
        content, section = cls(), ""
        for line in (raw.strip() for raw in path.read_text("utf-8-sig").splitlines()):
            if line.startswith("SECTION_"):
                section = line
            elif line and not line.startswith("#"):
                content._add(section, [cell.strip() for cell in line.split(",")])
        known = {(row.day, row.shift_type) for row in content.cover}
        everything = ((day, shift_type) for day in range(content.days) for shift_type in content.minutes)
        content.cover += [Cover(*key, 0, 0, 0) for key in everything if key not in known]
        return content

    def _add(self, section: str, cells: list[str]) -> None:
        match section:
            case "SECTION_HORIZON":
                self.days = int(cells[0])
            case "SECTION_SHIFTS":
                self.minutes[cells[0]] = int(cells[1])
                self.never_after[cells[0]] = [one for one in "".join(cells[2:3]).split("|") if one]
            case "SECTION_STAFF":
                caps = dict(part.split("=") for part in cells[1].split("|") if part)
                self.staff.append(
                    Person(cells[0], {t: int(n) for t, n in caps.items()}, *map(int, cells[2:8]))
                )
            case "SECTION_DAYS_OFF":
                self.days_off.setdefault(cells[0], []).extend(int(one) for one in cells[1:] if one)
            case "SECTION_SHIFT_ON_REQUESTS":
                self.on.append(Wish(cells[0], int(cells[1]), cells[2], int(cells[3])))
            case "SECTION_SHIFT_OFF_REQUESTS":
                self.off.append(Wish(cells[0], int(cells[1]), cells[2], int(cells[3])))
            case "SECTION_COVER":
                self.cover.append(Cover(int(cells[0]), cells[1], *map(int, cells[2:5])))
            case _:
                raise ValueError(f"unknown section {section!r}")


def read_problem(path: Path) -> tuple[Problem, NrpFile]:
    """A file as a Problem with all goals on one level, and the file's lines."""
    content = NrpFile.read(path)
    plan = {
        "id": path.stem,
        "name": path.stem,
        "time_zone": "UTC",
        "horizon": {"first": MONDAY, "last": _date(content.days - 1), "day_starts": "00:00"},
        "calendar": {"country": "none"},
        "places": [{"id": "town"}],
        "skills": [{"id": shift_type} for shift_type in content.minutes],
        "shift_types": [
            {"id": shift_type, "start": "00:00", "end": f"{minutes // 60 % 24:02d}:{minutes % 60:02d}"}
            for shift_type, minutes in content.minutes.items()
        ],
        "posts": list(_posts(content)),
        "volunteers": list(_volunteers(content)),
        "rules": list(_rules(content)),
    }
    return Problem.model_validate(plan), content


def write_solution(folder: Path, path: Path, roster: Roster, content: NrpFile) -> Path:
    """The roster as the benchmark writes it: a line a person in the file's order, a cell a day; its path."""
    instance = roster.instance
    lines = []
    for person in content.staff:
        cells = [""] * content.days
        for shift in roster.shifts_of(instance.volunteers[instance.volunteer_index[person.name]]):
            cells[(shift.day - MONDAY).days] = shift.type.id
        lines.append("\t".join(cells))
    target = folder / f"{path.stem}.sol.txt"
    folder.mkdir(parents=True, exist_ok=True)
    target.write_text("\n".join(lines) + "\n", "utf-8", newline="\n")
    return target


def _date(day: int) -> dt.date:
    return MONDAY + dt.timedelta(days=day)


def _grouped(items: Iterable[T], key: Callable[[T], Hashable]) -> dict[Any, list[T]]:
    groups: dict[Any, list[T]] = defaultdict(list)
    for item in items:
        groups[key(item)].append(item)
    return groups


def _posts(content: NrpFile) -> Iterator[dict[str, Any]]:
    everybody = len(content.staff)

    def demand(row: Cover) -> tuple[int, int, int]:
        most = row.heads if row.heads and row.over else everybody
        return (row.heads if row.under else 0), max(most, row.heads), max(1, row.under)

    for post, rows in _grouped(content.cover, lambda row: row.post).items():
        shift_type = rows[0].shift_type
        demands = [
            {
                "shifts": [shift_type],
                "days": {"dates": [_date(row.day) for row in alike]},
                "least": least,
                "wanted": least,
                "most": most,
                "priority": priority,
            }
            for (least, most, priority), alike in _grouped(rows, demand).items()
        ]
        yield {"id": post, "place": "town", "skills": [shift_type], "demand": demands}


def _volunteers(content: NrpFile) -> Iterator[dict[str, Any]]:
    on, off = (_grouped(wishes, lambda wish: wish.name) for wishes in (content.on, content.off))
    for person in content.staff:
        free = sorted(set(content.days_off.get(person.name, ())))
        avoided = _grouped(off[person.name], lambda wish: (wish.shift_type, wish.weight))
        yield {
            "id": person.name,
            "skills": [{"skill": t} for t in content.minutes if person.caps.get(t, 1)],
            "availability": {"unavailable": [{"dates": [_date(day) for day in free]}]}
            if free
            else {"always": True},
            "requests": [
                *(_request("want", (w.shift_type, w.weight), [w]) for w in on[person.name]),
                *(part for key, wishes in avoided.items() for part in _avoid(key, wishes)),
            ],
        }


def _avoid(key: tuple[str, int], wishes: list[Wish]) -> Iterator[dict[str, Any]]:
    """Wishes of one type and weight together; the same day said twice costs twice."""
    while wishes:
        once = {wish.day: wish for wish in wishes}
        yield _request("avoid", key, list(once.values()))
        wishes = [wish for wish in wishes if once[wish.day] is not wish]


def _request(kind: str, key: tuple[str, int], wishes: list[Wish]) -> dict[str, Any]:
    when = {"dates": [_date(wish.day) for wish in wishes]}
    return {"kind": kind, "when": when, "shift_types": [key[0]], "weight": key[1]}


def _rules(content: NrpFile) -> Iterator[dict[str, Any]]:
    yield {"rule": "one-per-day"}
    yield {"rule": "no-overlap", "enabled": False}
    yield {"rule": "request", "level": ONE_LEVEL}
    yield from _cover_rules(content)
    if pairs := [[before, after] for before, later in content.never_after.items() for after in later]:
        yield {"rule": "shift-succession", "forbid": pairs}
    yield from _caps(content)
    for (most, least), people in _grouped(content.staff, lambda p: (p.most_minutes, p.least_minutes)).items():
        load = {"rule": "max-load", "measure": "hours", "per": "horizon", "volunteers": _names(people)}
        yield load | {"most": most / 60}
        if least > 0:
            yield load | {"least": least / 60}
    for (most, least), people in _grouped(content.staff, lambda p: (p.most_days, p.least_days)).items():
        yield _runs(people, what="days", most=most, least=max(1, least))
    for least, people in _grouped(content.staff, lambda p: p.least_off).items():
        yield _runs(people, what="off", least=max(1, least))
    for most, people in _grouped(content.staff, lambda p: p.most_weekends).items():
        yield {"rule": "weekends", "most": most, "volunteers": _names(people)}


def _cover_rules(content: NrpFile) -> Iterator[dict[str, Any]]:
    """Heads under, heads over at each price, and heads where nobody is required."""
    yield {"rule": "cover", "bound": "least", "level": ONE_LEVEL}
    yield {"rule": "cover", "bound": "wanted", "enabled": False}
    priced = _grouped(content.cover, lambda row: (row.over, row.heads > 0))
    if not any(over and some for over, some in priced):
        yield {"rule": "cover", "bound": "most", "enabled": False}
    for (over, some), rows in priced.items():
        posts = sorted({row.post for row in rows})
        if over and some:
            yield {"rule": "cover", "bound": "most", "level": ONE_LEVEL, "weight": over, "posts": posts}
        elif over:
            yield {"rule": "post-list", "deny": posts, "level": ONE_LEVEL, "weight": over}


def _caps(content: NrpFile) -> Iterator[dict[str, Any]]:
    """Caps that bind; a cap of none is a skill that is missing."""
    caps = ((t, cap, p) for p in content.staff for t, cap in p.caps.items() if 0 < cap < content.days)
    for (shift_type, cap), held in _grouped(caps, lambda c: c[:2]).items():
        people = _names(person for _, _, person in held)
        yield {
            "rule": "max-load",
            "per": "horizon",
            "most": cap,
            "shift_types": [shift_type],
            "volunteers": people,
        }


def _runs(people: list[Person], **bounds: object) -> dict[str, Any]:
    return {
        "rule": "consecutive",
        "volunteers": _names(people),
        "first_day": EDGE,
        "last_day": EDGE,
        **bounds,
    }


def _names(people: Iterable[Person]) -> list[str]:
    return [person.name for person in people]
