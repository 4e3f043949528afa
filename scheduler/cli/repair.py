"""scheduler repair: a changed plan and the published roster; whom to call, and the proof that fewer is impossible."""

from __future__ import annotations

import datetime as dt
import json
import math
import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scheduler.cli.options import Force, Json, OutFolder, PlanFile, RosterFile, option
from scheduler.cli.solve import Jobs, Rounds, Seconds, Seed
from scheduler.cli.speech import speaker, words

if TYPE_CHECKING:
    from scheduler.cli.repair_report import Repaired
    from scheduler.domain.assignment import Assignment
    from scheduler.engine.repair import Repair, Terms
    from scheduler.engine.settings import Settings
    from scheduler.io.read import Plan

FreezeHours = Annotated[
    float,
    option(
        "--freeze-hours",
        None,
        "duties that start within so many hours stay as they are",
        "在这么多小时之内开始的班次保持不变",
        least=0,
        most=24 * 365,
    ),
]
Now = Annotated[
    str | None,
    option(
        "--now",
        "MOMENT",
        "the local time from which to count, like “2020-03-05 18:00” (default: the clock)",
        "从何时算起（当地时间，如 “2020-03-05 18:00”；默认为当前时间）",
        show_default=False,
    ),
]
MaxPeople = Annotated[
    int | None,
    option(
        "--max-people",
        None,
        "ask at most so many people besides those who cannot serve",
        "除无法值守者外，最多影响的人数",
        least=0,
    ),
]
MaxChanges = Annotated[
    int | None,
    option(
        "--max-changes",
        None,
        "change at most so many duties besides those that cannot stay",
        "除无法保留的班次外，最多变动的班次数",
        least=0,
    ),
]
ROSTER, CHANGES = "roster.json", "changes.csv"


def repair(
    plan: PlanFile,
    roster: RosterFile,
    out: OutFolder = Path("repaired"),
    freeze_hours: FreezeHours = 24.0,
    now: Now = None,
    max_people: MaxPeople = None,
    max_changes: MaxChanges = None,
    seconds: Seconds = None,
    seed: Seed = 0,
    rounds: Rounds = None,
    jobs: Jobs = None,
    force: Force = False,
    as_json: Json = False,
) -> None:
    from scheduler.cli.repair_report import Repaired
    from scheduler.engine.repair import Terms
    from scheduler.engine.settings import Settings
    from scheduler.io.duties import read_duties
    from scheduler.io.files import expect_writable, refuse_to_overwrite
    from scheduler.io.read import read_plan

    read = read_plan(plan)
    published = read_duties(roster, read.problem.id)
    refuse_to_overwrite([out / ROSTER, out / CHANGES], force=force)
    expect_writable(out)
    terms = Terms(_moment(now, read), dt.timedelta(hours=freeze_hours), max_people, max_changes)
    settings = Settings(seed=seed, rounds=rounds, jobs=jobs or os.cpu_count() or 1)
    limit = seconds if seconds is not None else 60.0 if rounds is None else math.inf
    found = _found(read, published, terms, limit, settings)
    report = Repaired.of(found, published, terms)
    _write(read, found, report, settings, out)
    _show(report, out, as_json=as_json)


repair.__doc__ = words(
    "Repair a published roster after the plan has changed: posts covered again, fewest people disturbed, then fewest "
    "duties changed; it proves when fewer is impossible, and lists whom to call.\n\n"
    "PLAN is the plan as it is now (edit it, or use `scheduler disrupt`), ROSTER what was published. "
    "`scheduler publish` hands the new roster out.\n\n"
    "Example:  scheduler repair plan.yaml out/roster.json --out repaired",
    "计划变动后修补已发布的排班：先补齐岗位，再求影响的人最少、变动的班次最少；"
    "不可能更少时给出证明，并列出需联系的人。\n\n"
    "PLAN 为变动后的计划（直接修改，或用 `scheduler disrupt`），ROSTER 为已发布的排班。"
    "之后用 `scheduler publish` 发布新排班。\n\n"
    "示例：  scheduler repair plan.yaml out/roster.json --out repaired",
)


def _moment(word: str | None, plan: Plan) -> dt.datetime:
    """A local moment as a person writes it, else the clock's in the plan's time zone."""
    from pydantic_core import PydanticCustomError

    from scheduler.cli.clock import now
    from scheduler.domain.moment import as_moment

    if word is None:
        return now().astimezone(plan.problem.zone).replace(tzinfo=None)
    try:
        return as_moment(word)
    except PydanticCustomError as wrong:
        hint = words("write it like 2020-03-05 18:00", "请写成如 2020-03-05 18:00")
        raise typer.BadParameter(hint, param_hint="--now") from wrong


def _found(
    read: Plan, published: tuple[Assignment, ...], terms: Terms, seconds: float, settings: Settings
) -> Repair:
    from scheduler.cli.live import stop_on_interrupt
    from scheduler.engine.repair import repair as find
    from scheduler.engine.stop import Deadline

    for note in read.notes:
        speaker.err.print(speaker.say(note), markup=False)
    deadline = Deadline(seconds)
    with stop_on_interrupt(deadline):
        return find(read.problem.instance(), read.problem.all_rules(), published, terms, deadline, settings)


def _write(read: Plan, found: Repair, report: Repaired, settings: Settings, out: Path) -> None:
    from scheduler.cli.tables import as_csv
    from scheduler.io.files import write_bytes
    from scheduler.io.roster_file import RosterRecord, write_roster

    record = RosterRecord(
        roster=found.roster,
        score=found.score,
        status="repaired",
        seed=settings.seed,
        rounds=settings.rounds,
        plan=read,
    )
    write_roster(out / ROSTER, record)
    write_bytes(out / CHANGES, as_csv(report.calls_grid()).encode("utf-8-sig"))


def _show(report: Repaired, out: Path, *, as_json: bool) -> None:
    from scheduler.cli.tables import show

    if as_json:
        typer.echo(json.dumps(report.data(), ensure_ascii=False, indent=2))
        return
    for line in report.lines():
        speaker.out.print(speaker.say(line), markup=False)
    for grid in report.grids():
        if grid.rows:
            show(grid)
    speaker.out.print(words(f"Files: {out}", f"文件：{out}"), markup=False)
