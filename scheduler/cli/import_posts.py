"""scheduler import posts: tables of posts into a plan."""

from __future__ import annotations

from typing import Annotated

import typer

from scheduler.cli.import_people import Files, Ignore
from scheduler.cli.options import OPTIONS, DryRun, Json, PlanFile
from scheduler.cli.speech import words

AddPlaces = Annotated[
    bool,
    typer.Option(
        "--add-places",
        help=words("add places the plan does not list", "新增计划中没有的社区等地点"),
        rich_help_panel=OPTIONS,
    ),
]
AddShiftTypes = Annotated[
    bool,
    typer.Option(
        "--add-shift-types",
        help=words("add shift types for hours the plan does not know", "按时段新增计划中没有的班型"),
        rich_help_panel=OPTIONS,
    ),
]


def posts(
    plan: PlanFile,
    files: Files,
    add_places: AddPlaces = False,
    add_shift_types: AddShiftTypes = False,
    ignore: Ignore = None,
    dry_run: DryRun = False,
    as_json: Json = False,
) -> None:
    from scheduler.cli.changes import finish
    from scheduler.io.edit import PlanEdit
    from scheduler.io.intake.posts import PostsOptions, import_posts

    edit = PlanEdit(plan)
    taken = import_posts(edit, files, PostsOptions(add_places, add_shift_types, tuple(ignore or ())))
    finish(edit, taken.ids, taken.notes, dry_run=dry_run, as_json=as_json)


posts.__doc__ = words(
    "Take tables of posts into a plan: new ones are added, known ones updated.\n\n"
    "Example:  scheduler import posts my-plan/plan.yaml posts.xlsx --dry-run",
    "将点位表导入计划：新点位新增，已有点位更新。\n\n"
    "示例：  scheduler import posts my-plan/plan.yaml 点位表.xlsx --dry-run",
)
