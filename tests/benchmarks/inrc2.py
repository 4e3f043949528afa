"""Reads the second nurse rostering competition's problem, all weeks known, into an ordinary Problem; writes solutions.

A file is an instance's name in its dataset's folder, ``n030w4/n030w4_1_6-2-9-1``: history file 1, week files 6, 2,
9 and 1. A skill is a post, and who has a skill may serve there. What history says of runs becomes recent shifts.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from scheduler.domain.roster import Roster
from scheduler.problem import Problem

MONDAY = dt.date(2024, 1, 1)
ONE_LEVEL = "wish"
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
SECTIONS = {
    *(
        "SCENARIO",
        "WEEKS",
        "SKILLS",
        "SHIFT_TYPES",
        "FORBIDDEN_SHIFT_TYPES_SUCCESSIONS",
        "CONTRACTS",
        "NURSES",
    ),
    *("HISTORY", "NURSE_HISTORY", "WEEK_DATA", "REQUIREMENTS", "SHIFT_OFF_REQUESTS"),
}
WEIGHTS = {"cover": 30, "type": 15, "run": 30, "request": 10, "weekend": 30, "total": 20}
"""What the competition charges: a missing head, a day too many or too few in a run, a request, half a weekend or
one too many, an assignment too many or too few."""

Bounds = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Agreement:
    """A contract: least and most assignments, duty days in a row, days off in a row; weekends, and whether whole."""

    total: Bounds
    duty: Bounds
    off: Bounds
    weekends: int
    whole: bool


@dataclass(frozen=True, slots=True)
class Before:
    """What history says of a person: totals, the last shift type, and how long the runs are that go on."""

    total: int
    weekends: int
    shift_type: str
    of_type: int
    duty: int
    off: int


@dataclass
class InrcFile:
    """The lines of a scenario, its history and its weeks."""

    scenario: str = ""
    weeks: int = 0
    skills: list[str] = field(default_factory=list)
    types: dict[str, Bounds] = field(default_factory=dict)
    never_after: list[tuple[str, str]] = field(default_factory=list)
    agreements: dict[str, Agreement] = field(default_factory=dict)
    people: dict[str, tuple[str, list[str]]] = field(default_factory=dict)
    before: dict[str, Before] = field(default_factory=dict)
    heads: dict[tuple[int, str, str], Bounds] = field(default_factory=dict)
    off: list[tuple[str, str, int]] = field(default_factory=list)

    @classmethod
    def read(cls, path: Path) -> InrcFile:
        """Read the files that an instance's name stands for."""
        found = re.fullmatch(r"(n\d+w\d+)_(\d+)_([\d-]+)", path.stem)
        assert found, f"{path.stem} is not the name of an instance"
        name, history, weeks = found[1], found[2], found[3].split("-")
        content = cls(scenario=name, weeks=len(weeks))
        for section, cells in _lines(path.parent / f"Sc-{name}.txt"):
            content._add(section, cells)
        for section, cells in _lines(path.parent / f"H0-{name}-{history}.txt"):
            if section == "NURSE_HISTORY":
                content.before[cells[0]] = Before(
                    int(cells[1]), int(cells[2]), cells[3], *map(int, cells[4:7])
                )
        for number, week in enumerate(weeks):
            for section, cells in _lines(path.parent / f"WD-{name}-{week}.txt"):
                content._add_week(number, section, cells)
        return content

    def _add(self, section: str, cells: list[str]) -> None:
        match section:
            case "SKILLS":
                self.skills.append(cells[0])
            case "SHIFT_TYPES":
                self.types[cells[0]] = _pair(cells[1])
            case "FORBIDDEN_SHIFT_TYPES_SUCCESSIONS":
                self.never_after += [(cells[0], after) for after in cells[2:]]
            case "CONTRACTS":
                total, duty, off = map(_pair, cells[1:4])
                self.agreements[cells[0]] = Agreement(total, duty, off, int(cells[4]), cells[5] == "1")
            case "NURSES":
                self.people[cells[0]] = cells[1], cells[3:]

    def _add_week(self, week: int, section: str, cells: list[str]) -> None:
        if section == "REQUIREMENTS":
            for day, bounds in enumerate(cells[2:9]):
                self.heads[7 * week + day, cells[0], cells[1]] = _pair(bounds)
        elif section == "SHIFT_OFF_REQUESTS":
            self.off.append((cells[0], cells[1], 7 * week + DAYS.index(cells[2])))


def read_problem(path: Path) -> tuple[Problem, InrcFile]:
    """An instance as a Problem with all goals on one level, and the lines of its files."""
    content = InrcFile.read(path)
    plan = {
        "id": path.stem,
        "name": path.stem,
        "time_zone": "UTC",
        "horizon": {"first": MONDAY, "last": _date(7 * content.weeks - 1), "day_starts": "00:00"},
        "calendar": {"country": "none"},
        "places": [{"id": "town"}],
        "skills": [{"id": skill} for skill in content.skills],
        "shift_types": [{"id": name, "start": "00:00", "end": "08:00"} for name in content.types],
        "posts": [
            {"id": skill, "place": "town", "skills": [skill], "demand": list(_demand(content, skill))}
            for skill in content.skills
        ],
        "volunteers": [_volunteer(content, name) for name in content.people],
        "rules": list(_rules(content)),
    }
    return Problem.model_validate(plan), content


def write_solution(folder: Path, path: Path, roster: Roster, content: InrcFile) -> Path:
    """The roster as the competition writes it: a folder of the instance's name with a file a week; its path."""
    instance, target = roster.instance, folder / path.stem
    target.mkdir(parents=True, exist_ok=True)
    weeks: list[list[str]] = [[] for _ in range(content.weeks)]
    for name in content.people:
        for shift in roster.shifts_of(instance.volunteers[instance.volunteer_index[name]]):
            week, day = divmod((shift.day - MONDAY).days, 7)
            weeks[week].append(f"{name} {DAYS[day]} {shift.type.id} {shift.post.id}")
    for number, lines in enumerate(weeks):
        head = f"SOLUTION\n{number} {content.scenario}\n\nASSIGNMENTS = {len(lines)}\n"
        text = head + "".join(f"{line}\n" for line in lines)
        (target / f"sol-week{number}.txt").write_text(text, "utf-8", newline="\n")
    return target


def _lines(path: Path) -> Iterator[tuple[str, list[str]]]:
    """The lines of a file in words, each with the section it is in."""
    section = ""
    for line in path.read_text("utf-8-sig").splitlines():
        words = line.split()
        if words and words[0] in SECTIONS and (len(words) == 1 or words[1] == "="):
            section = words[0]
        elif words:
            yield section, words


def _pair(text: str) -> Bounds:
    least, most = text.strip("()").split(",")
    return int(least), int(most)


def _date(day: int) -> dt.date:
    return MONDAY + dt.timedelta(days=day)


def _demand(content: InrcFile, skill: str) -> Iterator[dict[str, Any]]:
    """Least and wanted heads of a post; more may always serve."""
    alike: dict[tuple[str, Bounds], list[dt.date]] = defaultdict(list)
    for day in range(7 * content.weeks):
        for name in content.types:
            alike[name, content.heads.get((day, name, skill), (0, 0))].append(_date(day))
    for (name, (least, wanted)), dates in alike.items():
        most = max(wanted, len(content.people))
        heads = {"least": least, "wanted": wanted, "most": most}
        yield {"shifts": [name], "days": {"dates": dates}} | heads


def _volunteer(content: InrcFile, name: str) -> dict[str, Any]:
    off = [(kind, day) for who, kind, day in content.off if who == name]
    return {
        "id": name,
        "skills": [{"skill": skill} for skill in content.people[name][1]],
        "availability": {"always": True},
        "history": {"recent": list(_recent(content, content.before[name]))},
        "requests": [
            {"kind": "avoid", "when": {"dates": [_date(day)]}}
            | ({} if kind == "Any" else {"shift_types": [kind]})
            for kind, day in off
        ],
    }


def _recent(content: InrcFile, before: Before) -> Iterator[dict[str, Any]]:
    """Shifts that make the runs before the horizon exactly as long as history says.

    Who was on duty had another type before the run of the last one; who was off had some shift before that.
    """
    if before.duty:
        other = next((name for name in content.types if name != before.shift_type), before.shift_type)
        for ago in range(1, before.duty + 1):
            yield _past(ago, before.shift_type if ago <= before.of_type else other)
    elif before.off:
        yield _past(before.off + 1, next(iter(content.types)))


def _past(ago: int, shift_type: str) -> dict[str, Any]:
    return {"day": _date(-ago), "shift_type": shift_type}


def _rules(content: InrcFile) -> Iterator[dict[str, Any]]:
    yield {"rule": "one-per-day"}
    yield {"rule": "no-overlap", "enabled": False}
    yield {"rule": "cover", "bound": "least", "level": "hard"}
    yield _priced("cover", "cover", bound="wanted")
    yield {"rule": "cover", "bound": "most", "enabled": False}
    yield _priced("request", "request")
    if content.never_after:
        yield {"rule": "shift-succession", "forbid": content.never_after}
    for name, bounds in content.types.items():
        yield _runs("type", bounds, shift_types=[name])
    for name, agreed in content.agreements.items():
        people = [person for person, (kind, _) in content.people.items() if kind == name]
        if people:
            yield _runs("run", agreed.duty, volunteers=people)
            yield _runs("run", agreed.off, what="off", volunteers=people)
            if agreed.whole:
                yield _priced("weekends", "weekend", complete=True, volunteers=people)
    yield from _limits(content)


def _limits(content: InrcFile) -> Iterator[dict[str, Any]]:
    """What history leaves of everyone's assignments and weekends; people of whom it leaves as much together."""
    totals, weekends = defaultdict(list), defaultdict(list)
    for person, (kind, _) in content.people.items():
        agreed, before = content.agreements[kind], content.before[person]
        least, most = (bound - before.total for bound in agreed.total)
        assert most >= 0, f"{person} has served more than the contract allows before it begins"
        assert before.weekends <= agreed.weekends, f"{person} has served too many weekends before it begins"
        totals[max(0, least), most].append(person)
        weekends[agreed.weekends - before.weekends].append(person)
    for (least, most), people in totals.items():
        bounds = {"least": least, "most": most}
        yield _priced("max-load", "total", per="horizon", history=False, volunteers=people, **bounds)
    for most, people in weekends.items():
        yield _priced("weekends", "weekend", most=most, volunteers=people)


def _runs(price: str, bounds: Bounds, **more: object) -> dict[str, Any]:
    """Runs that go on from history are known from their first day; only those that reach the last may be short."""
    least, most = bounds
    edges = {"first_day": "strict", "last_day": "free"}
    return _priced("consecutive", price, least=max(1, least), most=most, **edges, **more)


def _priced(rule: str, price: str, **more: object) -> dict[str, Any]:
    return {"rule": rule, "level": ONE_LEVEL, "weight": WEIGHTS[price], **more}
