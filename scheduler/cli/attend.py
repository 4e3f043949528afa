"""scheduler attend: who came, from the sign-in sheets."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from scheduler.cli.export_options import PlanOption
from scheduler.cli.options import DryRun, Json, RosterFile, option
from scheduler.cli.speech import speaker, words

Sheets = Annotated[
    list[Path],
    option(
        "--sheet",
        "FILE",
        "a sign-in sheet filled in: the workbook of export signin, or a table (.xlsx, .csv); repeat for several",
        "填好的签到表：export signin 导出的工作簿，或普通表格（.xlsx、.csv）；可重复给出多个",
    ),
]
Out = Annotated[
    Path | None,
    option(
        "--out",
        "FILE",
        "attendance file to write or add to (default: attendance.json beside the roster)",
        "要写入或补充的考勤文件（默认：排班文件旁的 attendance.json）",
        show_default=False,
    ),
]
Grace = Annotated[
    int,
    option(
        "--grace",
        "MINUTES",
        "so many minutes after the start are not late",
        "开始后多少分钟内签到不算迟到",
        least=0,
        most=120,
    ),
]


def attend(
    roster: RosterFile,
    sheet: Sheets,
    out: Out = None,
    grace: Grace = 0,
    plan: PlanOption = None,
    dry_run: DryRun = False,
    as_json: Json = False,
) -> None:
    from scheduler.cli.answers import read_record
    from scheduler.cli.report_options import tell
    from scheduler.domain.attendance import Attendance
    from scheduler.io.attendance_file import read_attendance, write_attendance
    from scheduler.io.attendance_sheet import take_attendance
    from scheduler.report.roll_call import roll_call, roll_call_grid

    record = read_record(roster, plan)
    path = out or roster.parent / "attendance.json"
    before = read_attendance(path, record.plan) if path.exists() else Attendance()
    taken = take_attendance(record.plan, record.roster, sheet, before, grace)
    for note in taken.notes:
        speaker.err.print(speaker.say(note), markup=False)
    if not dry_run and taken.shifts:
        write_attendance(path, record.plan, taken.attendance)
    grid = roll_call_grid(roll_call(record.roster, taken.attendance))
    if tell([grid], as_json=as_json, as_csv=False, xlsx=None, force=False):
        _end(path, len(taken.shifts), written=not dry_run and bool(taken.shifts))


attend.__doc__ = words(
    "Record who came, was late, absent, stood in or turned up, from sign-in sheets; add sheet after sheet, a shift "
    "read again is replaced. In the sheet: √ or a time, 迟到/late, 缺勤/absent, 替 张三/instead of Zhang San; "
    "walk-ins on blank lines.\n\n"
    "Example:  scheduler attend out/roster.json --sheet signed.xlsx --sheet gate.csv",
    "根据签到表登记出勤、迟到、缺勤、替班和临时参加；可逐日补充，同一班次重新读入时以新表为准。"
    "签到表中填 √ 或时间，备注写“迟到”“缺勤”“替 张三”；临时参加者写在空白行。\n\n"
    "示例：  scheduler attend out/roster.json --sheet 签到表.xlsx --sheet 西口.csv",
)


def _end(path: Path, shifts: int, *, written: bool) -> None:
    read = words(f"Shifts read: {shifts}.", f"读入 {shifts} 个班次。")
    if written:
        speaker.out.print(read + words(f" Attendance: {path}", f"考勤：{path}"), markup=False)
    else:
        speaker.out.print(read + words(" Nothing was written.", "未写入任何文件。"), markup=False)
