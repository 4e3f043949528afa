"""scheduler report person-times: persons, person-times and hours that add up, with the rows behind them."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scheduler.cli.options import OPTIONS, Force, Json, option
from scheduler.cli.report_options import AsCsv, AttendanceFiles, Rosters, XlsxFile, tell, write
from scheduler.cli.speech import speaker, words
from scheduler.cli.usage import UsageError
from scheduler.errors import ExitStatus
from scheduler.report.by import By
from scheduler.report.counting import Count

if TYPE_CHECKING:
    from scheduler.problem import Problem
    from scheduler.report.duties import Period
    from scheduler.report.grid import Grid
    from scheduler.report.person_times import PersonTimes
    from scheduler.text import Text

Dimensions = Annotated[
    str,
    option(
        "--by",
        "LIST",
        "tables wanted, with commas: organisation, place, post, person, tier, day, week, month",
        "需要哪些表 （逗号分隔）： organisation 组织、 place 地点、 post 岗位、 person 人员、 tier 类别、 "
        "day 日、 week 周、 month 月",
    ),
]
AsOf = Annotated[
    dt.datetime | None,
    typer.Option(
        "--as-of",
        metavar="DATE",
        formats=["%Y-%m-%d"],
        help=words(
            "last duty day counted (default: the last of the rosters)", "截至哪一值守日 （默认为最后一日）"
        ),
        show_default=False,
        rich_help_panel=OPTIONS,
    ),
]
CountRule = Annotated[
    Count,
    option("--count", None, "what one person-time is", "人次的计法"),
]
Explain = Annotated[
    str | None,
    option(
        "--explain",
        "KEY",
        "show the duties behind a row: an id, a name, or a part of it; total for all",
        "某一行背后的每条记录： 编号、名称或其一部分； total 为全部",
    ),
]
Activity = Annotated[
    str | None,
    option(
        "--activity",
        "WORDS",
        "what the sentence says they took part in (default: the plan's name up to its first comma)",
        "句子中“参与”的事项 （默认为计划名称 第一个逗号之前）",
    ),
]


def person_times(
    rosters: Rosters,
    attendance: AttendanceFiles = None,
    by: Dimensions = "organisation",
    as_of: AsOf = None,
    count: CountRule = Count.PER_SHIFT,
    explain: Explain = None,
    activity: Activity = None,
    as_csv: AsCsv = False,
    as_json: Json = False,
    xlsx: XlsxFile = None,
    force: Force = False,
) -> None:
    from scheduler.report import person_times_words as said
    from scheduler.report.duties import book
    from scheduler.report.person_times import person_times as counted

    dimensions = _dimensions(by)
    periods, problem = read_periods(rosters, attendance or [])
    report = counted(book(periods, as_of.date() if as_of else None), dimensions, count)
    if explain is not None:
        row = said.find_row(report, explain)
        grids: Sequence[Grid] = said.explain_grids(report, row)
        if tell(grids, as_json=as_json, as_csv=as_csv, xlsx=xlsx, force=force):
            _print([said.sentence(report, row, activity_words(activity, problem.name))])
        return
    holds, footing = said.adds_up(report)
    if xlsx is not None:
        write([*_grids(report, minutes=True), said.remarks_grid(report, footing)], xlsx, force=force)
    elif as_json:
        typer.echo(_json(report, footing, activity_words(activity, problem.name)))
    elif tell(_grids(report, minutes=as_csv), as_json=False, as_csv=as_csv, xlsx=None, force=False):
        sentences = said.sentences(report, activity_words(activity, problem.name))
        _print([*said.remarks(report), footing])
        _print([said.basis(report), *sentences])
    if not holds:
        raise typer.Exit(ExitStatus.BROKEN)


def _dimensions(by: str) -> list[By]:
    known = {str(one): one for one in By}
    found = [part.strip().lower() for part in by.replace("，", ",").split(",") if part.strip()]
    unknown = [part for part in found if part not in known]
    if unknown or not found:
        wrong, choices = ", ".join(unknown) or by, ", ".join(known)
        raise UsageError(
            words(
                f'--by does not know "{wrong}"; it knows {choices}', f"--by 不认识“{wrong}”；可用：{choices}"
            )
        )
    return [known[part] for part in found]


def read_periods(rosters: Sequence[Path], attendance: Sequence[Path]) -> tuple[list[Period], Problem]:
    """The rosters with their attendance, and what the last plan says."""
    from scheduler.cli.answers import read_record
    from scheduler.io.attendance_file import read_attendance
    from scheduler.report.duties import Period

    if attendance and len(attendance) != len(rosters):
        raise UsageError(
            words(
                f"{len(rosters)} rosters, but {len(attendance)} attendance files: give one for each, in their order",
                f"排班文件 {len(rosters)} 个，考勤文件 {len(attendance)} 个：请按相同顺序逐一给出",
            )
        )
    records = [read_record(path, None) for path in rosters]
    taken = [read_attendance(path, record.plan) for path, record in zip(attendance, records)]
    found = [
        Period(path.as_posix(), record.roster, taken[n] if taken else None)
        for n, (path, record) in enumerate(zip(rosters, records))
    ]
    return found, records[-1].plan.problem


def activity_words(given: str | None, name: Text) -> Text:
    """What they took part in: the words given, else the plan's name up to its first comma."""
    from scheduler.text import Text, same

    return Text(name.en.split(",")[0], name.zh.split("，")[0]) if given is None else same(given)


def _grids(report: PersonTimes, *, minutes: bool) -> list[Grid]:
    from scheduler.report.person_times_words import table_grid
    from scheduler.report.turnout import turnout, turnout_grid

    grids = [table_grid(report, table, minutes=minutes) for table in report.tables]
    if report.book.attended is not None:
        grids.append(turnout_grid(turnout(report.book)))
    return grids


def _print(texts: Sequence[Text]) -> None:
    for text in texts:
        speaker.out.print(speaker.say(text), markup=False)


def _json(report: PersonTimes, footing: Text, activity: Text) -> str:
    from scheduler.cli import tables
    from scheduler.report.person_times_words import adds_up, basis, remarks, sentences

    data = {
        "as_of": report.book.as_of.isoformat(),
        "count": str(report.count),
        "tables": json.loads(tables.as_json(_grids(report, minutes=True))),
        "adds_up": adds_up(report)[0],
        "cross_foot": _both(footing),
        "remarks": [_both(text) for text in remarks(report)],
        "basis": _both(basis(report)),
        "sentences": [_both(text) for text in sentences(report, activity)],
    }
    return json.dumps(data, ensure_ascii=False, indent=2)


def _both(text: Text) -> dict[str, str]:
    return {"en": text.en, "zh": text.zh}
