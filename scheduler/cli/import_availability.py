"""scheduler import availability: what people wrote or ticked becomes when they can serve."""

from __future__ import annotations

from typing import Annotated

from scheduler.cli.import_options import Sheets, Strict, finished, show_all
from scheduler.cli.options import DryRun, Json, PlanFile, option
from scheduler.cli.speech import words

SymbolMap = Annotated[
    list[str] | None,
    option(
        "--symbols",
        "MAP",
        'what marks in a tick grid mean: "上=yes,休=no,早=上午" (repeatable)',
        "勾选表中符号的含义，例如 “上=yes,休=no,早=上午”（可重复使用）",
        show_default=False,
    ),
]


def availability(
    plan: PlanFile,
    files: Sheets,
    symbols: SymbolMap = None,
    strict: Strict = False,
    dry_run: DryRun = False,
    as_json: Json = False,
) -> None:
    from scheduler.io.edit import PlanEdit
    from scheduler.io.intake.availability import take_availability

    edit = PlanEdit(plan)
    answers = take_availability(edit, files, ",".join(symbols or ()))
    show_all((answers.grid(), edit.grid()), answers.notes, answers.unsettled, as_json=as_json)
    finished(edit, answers.evidence, answers.unsettled, strict=strict, dry_run=dry_run, as_json=as_json)


availability.__doc__ = words(
    "Take what people wrote (周一至周五晚7点后, 周末全天, 每周三次以内) or ticked (√ × 休) as when they can serve.\n\n"
    "What can be understood in two ways is not guessed: it is listed, and nothing of that row is taken.\n\n"
    "Example:  scheduler import availability plan.yaml signup.xlsx --dry-run",
    "将文字（周一至周五晚7点后、周末全天、每周三次以内）或勾选（√ × 休）的可服务时间导入计划。\n\n"
    "有歧义的内容不作猜测，逐条列出由人工确认，该行一律不导入。\n\n"
    "示例：  scheduler import availability plan.yaml 报名表.xlsx --dry-run",
)
