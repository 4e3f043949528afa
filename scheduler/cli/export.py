"""scheduler export: a roster in other forms."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from scheduler.cli import export_chat, export_html, export_signin, export_xlsx
from scheduler.cli.export_options import PlanOption
from scheduler.cli.options import Force, OutFolder, RosterFile, option
from scheduler.cli.speech import speaker, words
from scheduler.cli.usage import Command

app = typer.Typer(
    help=words("Write a roster in other forms.", "将排班导出为其他格式。"), no_args_is_help=True
)

Utc = Annotated[
    bool,
    option(
        "--utc", None, "times in UTC instead of the plan's time zone", "时间以 UTC 表示，而不用计划的时区"
    ),
]


@app.command(
    cls=Command,
    rich_help_panel=words("Commands", "命令"),
    help=words(
        "Write calendar files: one per volunteer, post and organisation, and one for all.\n\n"
        "Example:  scheduler export ics out/roster.json --out calendars",
        "导出日历文件：每位志愿者、每个岗位、每个组织各一份，另有总表一份。\n\n"
        "示例：  scheduler export ics out/roster.json --out calendars",
    ),
)
def ics(
    roster: RosterFile,
    plan: PlanOption = None,
    out: OutFolder = Path("calendars"),
    utc: Utc = False,
    force: Force = False,
) -> None:
    from scheduler.io.calendars import write_calendars
    from scheduler.io.guarded import expect_no_leaks
    from scheduler.io.read import read_plan
    from scheduler.io.roster_file import read_roster

    record = read_roster(roster, None if plan is None else read_plan(plan))
    for note in record.notes:
        speaker.err.print(speaker.say(note), markup=False)
    written = write_calendars(out, record.roster, record.plan.problem, speaker.language, utc=utc, force=force)
    speaker.out.print(
        words(
            f"{len(written.files)} calendar files in {out}", f"已写入 {len(written.files)} 个日历文件：{out}"
        ),
        markup=False,
    )
    expect_no_leaks(written.files, record.plan.problem)


app.command("html", cls=Command, rich_help_panel=words("Commands", "命令"), help=export_html.HELP)(
    export_html.html
)
app.command("xlsx", cls=Command, rich_help_panel=words("Commands", "命令"), help=export_xlsx.HELP)(
    export_xlsx.xlsx
)
app.command("chat", cls=Command, rich_help_panel=words("Commands", "命令"), help=export_chat.HELP)(
    export_chat.chat
)
app.command("signin", cls=Command, rich_help_panel=words("Commands", "命令"), help=export_signin.HELP)(
    export_signin.signin
)
