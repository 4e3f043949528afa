"""The next period's plan: the same people and posts, later days, what was served carried over."""

from __future__ import annotations

import datetime as dt
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel

from scheduler.domain.calendar import DateRange
from scheduler.domain.request import TimeWindow
from scheduler.domain.volunteer import Volunteer
from scheduler.errors import Fault, InputError
from scheduler.io.edit import PlanEdit
from scheduler.io.edit_data import plain
from scheduler.io.files import refuse_to_overwrite
from scheduler.io.read import Plan
from scheduler.problem import Problem
from scheduler.report.carried import Served, carried, days_kept
from scheduler.report.grid import Grid
from scheduler.rules import AnyRule, ChangeBudget, FewestChanges, Frozen, Pinned, Turn
from scheduler.text import Text

_PERIOD = re.compile(r"-\d{4}-\d{2}-\d{2}$")


@dataclass(frozen=True, slots=True)
class Next:
    """The next period: its first day and how many days it has."""

    start: dt.date
    days: int

    @property
    def last(self) -> dt.date:
        """The last day."""
        return self.start + dt.timedelta(days=self.days - 1)


@dataclass(frozen=True, slots=True, eq=False)
class Continued:
    """The plan written, and what was carried and dropped in words."""

    path: Path
    carried: Grid
    notes: tuple[Text, ...]


def continue_plan(
    plan: Plan, periods: Sequence[Served], following: Next, out: Path, *, force: bool
) -> Continued:
    """Write the plan of the next period into a folder; all of it, or nothing.

    Raises:
        InputError: the next period does not come after the plan's, a roster counts twice, or what results is unsound.
        PublishError: the folder cannot be written, or holds such files and ``force`` was not given.
    """
    _expect_later(plan, periods, following)
    files = PlanEdit(plan.path).files
    refuse_to_overwrite([out / file.relative_to(plan.path.parent) for file in files], force=force)
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out.parent, prefix=".next-") as folder:
        for file in files:
            target = Path(folder) / file.relative_to(plan.path.parent)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, target)
        edit = PlanEdit(Path(folder) / plan.path.name)
        notes = tuple(_edit(edit, plan.problem, following))
        grid = _carry(edit, plan.problem, periods, following)
        edit.commit()
        shutil.copytree(folder, out, dirs_exist_ok=True)
    return Continued(out / plan.path.name, grid, notes)


def _expect_later(plan: Plan, periods: Sequence[Served], following: Next) -> None:
    faults = []
    place = plan.path.as_posix()
    if following.start <= plan.problem.horizon.first:
        text = Text(
            f"the next period begins on {following.start}, not after {plan.problem.horizon.first}",
            f"下一期始于 {following.start}，不晚于本期首日 {plan.problem.horizon.first}",
        )
        faults.append(Fault(place, text))
    days: dict[str, set[dt.date]] = {}
    for period in periods:
        instance = period.roster.instance
        if instance.name in days:
            text = Text(
                f'two rosters are of the plan "{instance.name}": each period counts once',
                f"有两份排班同属计划“{instance.name}”：每期只能计一次",
            )
            faults.append(Fault("", text))
        days[instance.name] = set(instance.days)
    if faults:
        raise InputError(faults)


def _edit(edit: PlanEdit, problem: Problem, following: Next) -> Iterator[Text]:
    edit.set("id", f"{_PERIOD.sub('', problem.id)}-{following.start}")
    edit.set("horizon.first", following.start)
    edit.set("horizon.last", following.last)
    edit.set("issued", None)
    rules = [_continued(rule, problem, following.start) for rule in problem.rules]
    if dropped := [rule for rule, kept in zip(problem.rules, rules) if kept is None]:
        names = ", ".join(rule.rule for rule in dropped)
        yield Text(
            f"Rules of the last period that were dropped: {names}", f"已删除仅适用于上一期的规则：{names}"
        )
    _replace(edit, "rules", problem.rules, rules)
    pairings = [None if _over(one, following.start) else one for one in problem.pairings]
    _replace(edit, "pairings", problem.pairings, pairings)
    for volunteer in problem.volunteers:
        if values := _without_the_past(volunteer, following.start):
            edit.put("volunteers", volunteer.id, values)


def _replace(
    edit: PlanEdit, key: str, before: Sequence[BaseModel], after: Sequence[BaseModel | None]
) -> None:
    """Replace the entries that changed, in what changed; None for those that go."""
    if list(before) == list(after):
        return
    entries = edit.entries(key)
    assert len(entries) == len(before), f"{key} has other entries than the plan"
    kept = [
        entry | {name: plain(value) for name, value in new if value != getattr(old, name)}
        for entry, old, new in zip(entries, before, after)
        if new is not None
    ]
    edit.set(key, kept or None)


def _continued(rule: AnyRule, problem: Problem, start: dt.date) -> AnyRule | None:
    """A rule as it holds in the next period; None if it spoke of the last one alone."""
    if isinstance(rule, Frozen | FewestChanges | ChangeBudget):
        return None
    if isinstance(rule, Pinned):
        left = tuple(pin for pin in rule.assignments if pin.day >= start)
        return (
            rule
            if left == rule.assignments
            else rule.model_copy(update={"assignments": left})
            if left
            else None
        )
    if isinstance(rule, Turn) and (first := rule.follows(problem.instance(), start)) is not None:
        current = rule.listed(problem.instance())
        return rule if first == (rule.first or current[0]) else rule.model_copy(update={"first": first})
    return rule


def _over(dates: DateRange, start: dt.date) -> bool:
    return dates.last is not None and dates.last < start


def _without_the_past(volunteer: Volunteer, start: dt.date) -> Mapping[str, object]:
    """Windows and wishes that lie wholly before the next period are left out."""
    values: dict[str, object] = {}
    for key, windows in (
        ("availability.unavailable", volunteer.availability.unavailable),
        ("availability.only", volunteer.availability.only),
    ):
        left = [one for one in windows if not _past(one, start)]
        if len(left) < len(windows) and (left or key.endswith("unavailable")):
            values[key] = [plain(one) for one in left] or None
    wishes = [one for one in volunteer.requests if not _past(one.when, start)]
    if len(wishes) < len(volunteer.requests):
        values["requests"] = [plain(one) for one in wishes] or None
    return values


def _past(window: TimeWindow, start: dt.date) -> bool:
    """Whether a window can never come again."""
    if window.end is not None:
        return window.end.date() < start
    if window.dates is None:
        return False
    return all(
        one.last is not None and one.last < start if isinstance(one, DateRange) else one < start
        for one in window.dates
    )


def _carry(edit: PlanEdit, problem: Problem, periods: Sequence[Served], following: Next) -> Grid:
    days = days_kept(problem.all_rules(), following.start)
    rows = []
    for volunteer in problem.volunteers:
        history = carried(volunteer.history, volunteer.id, periods, following.start, days)
        if history == volunteer.history:
            continue
        edit.put(
            "volunteers",
            volunteer.id,
            {
                "history.shifts": history.shifts,
                "history.burden": history.burden,
                "history.recent": [plain(one) for one in history.recent] or None,
            },
        )
        more = history.shifts - volunteer.history.shifts
        rows.append((volunteer.label, more, history.shifts, history.burden, len(history.recent)))
    columns = (
        Text("Volunteer", "志愿者"),
        Text("Shifts served", "本期班次"),
        Text("In all", "累计班次"),
        Text("Burden in all", "累计负担分"),
        Text("Of the last days", "近期班次"),
    )
    return Grid(Text("Carried over", "结转"), columns, tuple(rows))
