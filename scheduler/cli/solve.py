"""scheduler solve: a plan in, a roster and its calendars out."""

from __future__ import annotations

import math
import os
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scheduler.cli.options import Force, Json, OutFolder, PlanFile, option
from scheduler.cli.speech import speaker, words

if TYPE_CHECKING:
    from scheduler.engine.result import Result
    from scheduler.engine.settings import Settings
    from scheduler.io.read import Plan
    from scheduler.io.roster_file import RosterRecord


class Engine(StrEnum):
    """Which part of the engine works, for experts and benchmarks."""

    AUTO = "auto"
    EXACT = "exact"
    COLUMNS = "columns"
    SEARCH = "search"


Seconds = Annotated[
    float | None,
    option(
        "--seconds",
        None,
        "time limit (default: 60, none with --rounds)",
        "时间上限（秒；默认 60，用 --rounds 时不限）",
        least=0,
    ),
]
Seed = Annotated[
    int,
    option("--seed", None, "random seed", "随机种子", least=0),
]
Rounds = Annotated[
    int | None,
    option(
        "--rounds",
        None,
        "limit the search to so many rounds (repeatable)",
        "限制搜索轮数（结果可重复）",
        least=0,
    ),
]
Jobs = Annotated[
    int | None,
    option("--jobs", None, "threads (default: all cores)", "线程数（默认：全部核心）", least=1),
]
EngineChoice = Annotated[
    Engine,
    option("--engine", None, "for experts", "供专家使用"),
]


def solve(
    plan: PlanFile,
    out: OutFolder = Path("out"),
    seconds: Seconds = None,
    seed: Seed = 0,
    rounds: Rounds = None,
    jobs: Jobs = None,
    engine: EngineChoice = Engine.AUTO,
    force: Force = False,
    as_json: Json = False,
) -> None:
    from scheduler.cli.summary import as_data, show
    from scheduler.engine.settings import Settings
    from scheduler.io.files import expect_writable, refuse_to_overwrite
    from scheduler.io.read import read_plan

    read = read_plan(plan)
    refuse_to_overwrite([out / ROSTER], force=force)
    expect_writable(out)
    settings = Settings(seed=seed, rounds=rounds, jobs=jobs or os.cpu_count() or 1, engine=engine)
    limit = seconds if seconds is not None else 60.0 if rounds is None else math.inf
    result = _found(read, limit, settings)
    record = _write(read, result, settings, out, force=force)
    if as_json:
        typer.echo(as_data(record, result.seconds))
    else:
        show(record, result.seconds, out)


solve.__doc__ = words(
    "Find the best roster for a plan; write it and its calendars.\n\n"
    "Example:  scheduler solve examples/beixinqiao/plan.yaml --out out --seconds 60",
    "为计划寻找最佳排班，并写出排班与日历文件。\n\n"
    "示例：  scheduler solve examples/beixinqiao/plan.yaml --out out --seconds 60",
)

ROSTER = "roster.json"
CALENDARS = "calendars"


def _found(read: Plan, seconds: float, settings: Settings) -> Result:
    from scheduler.cli.live import Live, stop_on_interrupt
    from scheduler.engine.solve import solve as find
    from scheduler.engine.stop import Deadline
    from scheduler.report.people import people_notes

    instance = read.problem.instance()
    for note in (*read.notes, *people_notes(instance)):
        speaker.err.print(speaker.say(note), markup=False)
    deadline = Deadline(seconds)
    with stop_on_interrupt(deadline), Live(instance, deadline) as live:
        return find(instance, read.problem.all_rules(), deadline, settings, live.watch)


def _write(read: Plan, result: Result, settings: Settings, out: Path, *, force: bool) -> RosterRecord:
    from scheduler.domain.entity import SOFT_LEVELS
    from scheduler.io.calendars import write_calendars
    from scheduler.io.roster_file import RosterRecord, write_roster

    record = RosterRecord(
        roster=result.roster,
        score=result.score,
        bounds={level: result.bounds[n] for n, level in enumerate(SOFT_LEVELS, start=1)},
        status=result.status,
        seed=settings.seed,
        rounds=settings.rounds,
        plan=read,
    )
    write_roster(out / ROSTER, record)
    write_calendars(out / CALENDARS, result.roster, read.problem, speaker.language, force=force)
    return record
