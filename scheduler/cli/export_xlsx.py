"""scheduler export xlsx: the roster as a workbook, to hang on the wall, to hand round and to edit."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from scheduler.cli.export_options import PlanOption, Reader
from scheduler.cli.options import Force, RosterFile, option
from scheduler.cli.speech import speaker, words
from scheduler.domain.profile import Profile
from scheduler.text import Language, Languages

if TYPE_CHECKING:
    from scheduler.io.roster_file import RosterRecord

HELP = words(
    "Write a workbook: the roster to hang on the wall, duties by person and by organisation, figures, open shifts, "
    "changes against an earlier roster, and one row a person and shift.\n\n"
    "Names changed in the first or the last sheet are taken back with `scheduler import roster`; "
    "only for readers who see names in full.\n\n"
    "Example:  scheduler export xlsx out/roster.json --out roster.xlsx",
    "导出工作簿：可张贴的总表，以及按人、按单位、统计、缺岗、变更（与旧排班比较）和明细各表。\n\n"
    "在“总表”或“明细”中改动姓名后，可用 `scheduler import roster` 读回（姓名脱敏的版本除外）。\n\n"
    "示例：  scheduler export xlsx out/roster.json --out 排班表.xlsx",
)
BookFile = Annotated[
    Path,
    option("--out", "FILE", "file to write (.xlsx)", "输出文件（.xlsx）"),
]
BookLanguage = Annotated[
    Language | None,
    option(
        "--language",
        None,
        "what it is written in: zh or en (default: the plan's, else the program's)",
        "表格使用的语言：zh 或 en（默认按计划设定，否则与程序语言相同）",
        show_default=False,
    ),
]
Previous = Annotated[
    Path | None,
    option(
        "--previous", "ROSTER", "the roster of before; adds a sheet of changes", "原排班文件；增加“变更”表"
    ),
]
AttendanceFile = Annotated[
    Path | None,
    option(
        "--attendance", "FILE", "attendance.json; adds who came", "考勤文件（attendance.json）；增加实到数据"
    ),
]


def xlsx(
    roster: RosterFile,
    plan: PlanOption = None,
    out: BookFile = Path("roster.xlsx"),
    profile: Reader = Profile.COORDINATOR,
    previous: Previous = None,
    attendance: AttendanceFile = None,
    language: BookLanguage = None,
    force: Force = False,
) -> None:
    from scheduler.cli.export_options import opened
    from scheduler.io.attendance_file import read_attendance
    from scheduler.io.files import refuse_to_overwrite
    from scheduler.io.guarded import write_guarded
    from scheduler.io.xlsx.desk import Desk
    from scheduler.io.xlsx.roster_book import roster_book

    refuse_to_overwrite([out], force=force)
    record = opened(roster, plan)
    desk = Desk(
        record.plan.problem,
        record.roster,
        language_of(language, record),
        profile,
        attendance=None if attendance is None else read_attendance(attendance, record.plan),
        previous=None if previous is None else opened(previous, None).roster,
    )
    write_guarded(out, roster_book(desk), desk.problem, desk.profile)
    speaker.out.print(words(f"The workbook is in {out}", f"工作簿已写入：{out}"), markup=False)


def language_of(given: Language | None, record: RosterRecord) -> Language:
    """The language asked for, else the plan's if it has one only, else the program's."""
    plan = record.plan.problem.publish.languages
    if given is None and plan not in (None, Languages.BOTH):
        return plan.spoken[0]
    return given or speaker.language
