"""scheduler report: figures for the office, each with the rows it comes from."""

from __future__ import annotations

from typing import Annotated

import typer

from scheduler.cli.answers import read_record
from scheduler.cli.compare import One, Other
from scheduler.cli.options import Force, Json, RosterFile, option
from scheduler.cli.report_options import AsCsv, XlsxFile, tell
from scheduler.cli.report_person_times import person_times
from scheduler.cli.report_service import service
from scheduler.cli.speech import words
from scheduler.cli.usage import Command

app = typer.Typer(
    help=words(
        "Figures of a roster: person-times, coverage, fairness.", "统计报表：人次、覆盖、公平、变更。"
    ),
    no_args_is_help=True,
)
COMMANDS = words("Commands", "命令")

app.command(
    name="person-times",
    cls=Command,
    rich_help_panel=COMMANDS,
    help=words(
        "Persons, person-times and hours by organisation, place, week and more: planned, and attended if attendance is "
        "given; totals are cross-footed, and the ready sentence for a report is written.\n\n"
        "Example:  scheduler report person-times out/roster.json --by organisation,week --as-of 2020-04-22\n\n"
        "Example:  scheduler report person-times out/roster.json --explain minjian",
        "按组织、地点、周等统计人数、人次、时数：计划数，以及（给出考勤时）实到数；合计交叉核对，并写好可直接引用的句子。\n\n"
        "示例：  scheduler report person-times out/roster.json --by organisation,week --as-of 2020-04-22\n\n"
        "示例：  scheduler report person-times out/roster.json --explain 民建",
    ),
)(person_times)


@app.command(
    cls=Command,
    rich_help_panel=COMMANDS,
    help=words(
        "Heads demanded and filled by post and by day, and every open shift.\n\n"
        "Example:  scheduler report coverage out/roster.json",
        "各岗位、各日应到与已到位人次，以及全部缺员班次。\n\n示例：  scheduler report coverage out/roster.json",
    ),
)
def coverage(
    roster: RosterFile,
    as_csv: AsCsv = False,
    as_json: Json = False,
    xlsx: XlsxFile = None,
    force: Force = False,
) -> None:
    from scheduler.report.coverage import coverage as covered
    from scheduler.report.coverage import day_grid, open_grid, post_grid

    found = covered(read_record(roster, None).roster)
    grids = [post_grid(found), day_grid(found), open_grid(found)]
    tell(grids, as_json=as_json, as_csv=as_csv, xlsx=xlsx, force=force)


People = Annotated[
    bool,
    option("--people/--no-people", None, "a row for every volunteer too", "是否列出每位志愿者"),
]


@app.command(
    cls=Command,
    rich_help_panel=COMMANDS,
    help=words(
        "Who bears how much: spread of shifts, hours, burden and nights by tier and by organisation, per member; "
        "and every volunteer's load.\n\nExample:  scheduler report fairness out/roster.json --no-people",
        "负担如何分布：按类别、组织列出班次、时长、负担分、夜班的离散程度与人均值；并列出每位志愿者的负担。\n\n"
        "示例：  scheduler report fairness out/roster.json --no-people",
    ),
)
def fairness(
    roster: RosterFile,
    people: People = True,
    as_csv: AsCsv = False,
    as_json: Json = False,
    xlsx: XlsxFile = None,
    force: Force = False,
) -> None:
    from scheduler.report.loads import fairness_grids

    grids = fairness_grids(read_record(roster, None).roster, people=people)
    tell(grids, as_json=as_json, as_csv=as_csv, xlsx=xlsx, force=force)


@app.command(
    cls=Command,
    rich_help_panel=COMMANDS,
    help=words(
        "What changes from one roster to another: by person and shift, and the score of each level by the referee.\n\n"
        "Example:  scheduler report difference old/roster.json new/roster.json",
        "两份排班的差异：按人员与班次列出新增、取消、调换，并由裁判逐级给出得分之差。\n\n"
        "示例：  scheduler report difference old/roster.json new/roster.json",
    ),
)
def difference(
    one: One,
    other: Other,
    as_csv: AsCsv = False,
    as_json: Json = False,
    xlsx: XlsxFile = None,
    force: Force = False,
) -> None:
    from scheduler.report.compare import Side, score_grid
    from scheduler.report.difference import change_grid, person_grid, shift_grid
    from scheduler.report.difference import difference as changes

    records = [read_record(path, None) for path in (one, other)]
    sides = [
        Side(path.as_posix(), record.roster, record.plan.problem.all_rules())
        for path, record in zip((one, other), records)
    ]
    found = changes(sides[0].roster, sides[1].roster)
    grids = [change_grid(found), person_grid(found), shift_grid(found), score_grid(*sides)]
    tell(grids, as_json=as_json, as_csv=as_csv, xlsx=xlsx, force=force)


app.command(
    cls=Command,
    rich_help_panel=COMMANDS,
    help=words(
        "The register of service: everybody who came, when, where and how long, from attendance alone; with "
        "certificates to be signed if asked for.\n\n"
        "Example:  scheduler report service out/roster.json --attendance attendance.json --xlsx service.xlsx\n\n"
        "Example:  scheduler report service out/roster.json --attendance attendance.json --certificates certificates",
        "志愿服务记录：依据考勤列出每人何时、何地服务、时长多少；并可为每人写一份待签章的服务证明。\n\n"
        "示例：  scheduler report service out/roster.json --attendance attendance.json --xlsx service.xlsx\n\n"
        "示例：  scheduler report service out/roster.json --attendance attendance.json --certificates 证明",
    ),
)(service)
