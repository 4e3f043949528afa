"""scheduler import history: an old roster becomes what everybody carries into the plan."""

from __future__ import annotations

from scheduler.cli.import_options import Sheets, Strict, finished, show_all
from scheduler.cli.options import DryRun, Json, PlanFile
from scheduler.cli.speech import words


def history(
    plan: PlanFile,
    files: Sheets,
    strict: Strict = False,
    dry_run: DryRun = False,
    as_json: Json = False,
) -> None:
    from scheduler.io.edit import PlanEdit
    from scheduler.io.intake.history import take_history

    edit = PlanEdit(plan)
    past = take_history(edit, files)
    show_all((past.grid(), edit.grid()), past.notes, past.unsettled, as_json=as_json)
    finished(edit, past.evidence, past.unsettled, strict=strict, dry_run=dry_run, as_json=as_json)


history.__doc__ = words(
    "Take an old roster (dates down, shifts or posts across, or a row for each person and shift) as history: "
    "shifts and burden so far, and the last days before the plan.\n\n"
    "A file imported again replaces what it said before; a shift never counts twice.\n\n"
    "Example:  scheduler import history plan.yaml february.xlsx --dry-run",
    "将旧值班表（按日期逐行、班次或岗位为列，或每人每班一行）导入为历史：累计班数与负担，以及计划开始前的近期班次。\n\n"
    "同一文件再次导入即替换，任何班次都不会重复计算。\n\n"
    "示例：  scheduler import history plan.yaml 2月值班表.xlsx --dry-run",
)
