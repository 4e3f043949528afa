"""scheduler import roster: a workbook that was changed becomes a roster again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scheduler.cli.options import ARGUMENTS, OPTIONS, DryRun, Force, Json, PlanFile
from scheduler.cli.speech import speaker, words

if TYPE_CHECKING:
    from scheduler.io.roster_file import RosterRecord
    from scheduler.io.roster_sheet import ReadBack

BookArgument = Annotated[
    Path,
    typer.Argument(
        metavar="FILE",
        help=words("workbook written by `scheduler export xlsx`", "由 `scheduler export xlsx` 导出的工作簿"),
        rich_help_panel=ARGUMENTS,
    ),
]
RosterOut = Annotated[
    Path,
    typer.Option(
        "--out",
        metavar="FILE",
        help=words("roster file to write (.json)", "要写入的排班文件（.json）"),
        rich_help_panel=OPTIONS,
    ),
]
Against = Annotated[
    Path | None,
    typer.Option(
        "--roster",
        metavar="ROSTER",
        help=words(
            "show what is other than in this roster (default: than when the workbook was written)",
            "显示与该排班的差别（默认为与工作簿导出时相比）",
        ),
        rich_help_panel=OPTIONS,
    ),
]


def roster(
    plan: PlanFile,
    file: BookArgument,
    out: RosterOut = Path("roster.json"),
    against: Against = None,
    dry_run: DryRun = False,
    as_json: Json = False,
    force: Force = False,
) -> None:
    from scheduler.cli import tables
    from scheduler.cli.answers import read_record
    from scheduler.io.files import refuse_to_overwrite
    from scheduler.io.read import read_plan
    from scheduler.io.roster_file import RosterRecord, changed_record, write_roster
    from scheduler.io.roster_sheet import read_roster_sheet
    from scheduler.report.difference import shift_grid

    refuse_to_overwrite([] if dry_run else [out], force=force)
    source = read_plan(plan)
    found = read_roster_sheet(file, source)
    compared = None if against is None else read_record(against, plan).roster
    changes = found.changes(compared)
    record = changed_record(RosterRecord(found.before, source), found.after)
    if not dry_run:
        write_roster(out, record)
    if as_json:
        typer.echo(tables.as_json([shift_grid(changes)]))
    elif changes.shifts:
        tables.show(shift_grid(changes))
    _end(found, record, None if dry_run else out, changed=len(changes.shifts), as_json=as_json)


roster.__doc__ = words(
    "Take a roster back from its workbook: names changed in the first or the last sheet, rows added or removed. "
    "The changes are shown; names that are not clear are listed with their cell and nothing is written.\n\n"
    "Example:  scheduler import roster plan.yaml roster.xlsx --out new.json",
    "从工作簿读回排班：“总表”或“明细”中改动的姓名、增删的行。显示全部改动；"
    "有认不出的姓名时列出所在单元格，且不写入任何文件。\n\n"
    "示例：  scheduler import roster plan.yaml 排班表.xlsx --out new.json",
)


def _end(found: ReadBack, record: RosterRecord, out: Path | None, *, changed: int, as_json: bool) -> None:
    """How many shifts changed, where the roster is, and whether it breaks a hard rule."""
    from scheduler.domain.entity import Level
    from scheduler.score import score

    console = speaker.err if as_json else speaker.out
    where = (
        words("Nothing was written (--dry-run).", "未写入任何文件（--dry-run）。")
        if out is None
        else words(f"Written: {out}", f"已写入：{out}")
    )
    count = words(f"Shifts changed: {changed}. ", f"改动 {changed} 个班次。")
    console.print(f"{count}{where}", markup=False)
    before = score(found.before, record.plan.problem.all_rules())[Level.HARD]
    assert record.score is not None, "a changed roster is scored"
    if (broken := record.score[Level.HARD]) > before:
        text = words(
            f"The changes break hard rules ({before} before, {broken} now); `scheduler check` names them.",
            f"改动违反了硬性规则（原 {before}，现 {broken}）；可用 `scheduler check` 查看。",
        )
        speaker.err.print(text, style="yellow", markup=False)
