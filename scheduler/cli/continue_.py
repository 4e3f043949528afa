"""scheduler continue: the next period's plan, with what was served carried over."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scheduler.cli.options import ARGUMENTS, OPTIONS, Force, Json, OutFolder, PlanFile, option
from scheduler.cli.speech import speaker, words

if TYPE_CHECKING:
    from scheduler.report.carried import Served

Rosters = Annotated[
    list[Path],
    typer.Argument(
        metavar="ROSTER...",
        help=words("the rosters that were served", "已执行的排班文件"),
        rich_help_panel=ARGUMENTS,
    ),
]
Start = Annotated[
    dt.datetime,
    typer.Option(
        "--start",
        formats=["%Y-%m-%d"],
        metavar="DATE",
        help=words("first day of the next period", "下一期的第一天"),
        rich_help_panel=OPTIONS,
    ),
]
Days = Annotated[
    int,
    typer.Option("--days", min=1, max=1100, help=words("its days", "下一期的天数"), rich_help_panel=OPTIONS),
]
AttendanceFiles = Annotated[
    list[Path] | None,
    option(
        "--attendance",
        "FILE",
        "attendance of the rosters, in the same order (attendance.json)",
        "各排班的考勤文件，次序相同（attendance.json）",
    ),
]


def continue_(
    plan: PlanFile,
    rosters: Rosters,
    start: Start,
    days: Days,
    out: OutFolder,
    attendance: AttendanceFiles = None,
    force: Force = False,
    as_json: Json = False,
) -> None:
    from scheduler.cli.tables import as_json as said
    from scheduler.cli.tables import show
    from scheduler.io.continuation import Next, continue_plan
    from scheduler.io.read import read_plan

    served = _served(rosters, attendance or [])
    found = continue_plan(read_plan(plan), served, Next(start.date(), days), out, force=force)
    if as_json:
        typer.echo(said([found.carried]))
        return
    show(found.carried)
    for note in found.notes:
        speaker.err.print(speaker.say(note), markup=False)
    speaker.out.print(words(f"Plan: {found.path}", f"计划：{found.path}"), markup=False)


continue_.__doc__ = words(
    "Make the next period's plan: people and posts as they are, later days, what was served carried over.\n\n"
    "Example:  scheduler continue my/plan.yaml out/roster.json --start 2020-03-16 --days 14 --out next",
    "生成下一期的计划：人员和岗位不变，日期顺延，已服务的班次和负担结转。\n\n"
    "示例：  scheduler continue my/plan.yaml out/roster.json --start 2020-03-16 --days 14 --out next",
)


def _served(rosters: list[Path], attendance: list[Path]) -> list[Served]:
    from scheduler.cli.answers import read_record
    from scheduler.io.attendance_file import read_attendance
    from scheduler.report.carried import Served

    found: list[Served] = []
    for n, path in enumerate(rosters):
        record = read_record(path, None)
        taken = [read_attendance(attendance[n], record.plan)] if n < len(attendance) else []
        found.append(Served(record.roster, *taken))
    return found
