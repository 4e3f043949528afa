"""scheduler import people: tables of people into a plan."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from scheduler.cli.import_options import Strict
from scheduler.cli.options import ARGUMENTS, DryRun, Json, PlanFile, option
from scheduler.cli.speech import words

Files = Annotated[
    list[Path],
    typer.Argument(
        metavar="FILE...",
        help=words("tables: .xlsx or CSV in any encoding", "表格文件：.xlsx，或任意编码的 CSV"),
        rich_help_panel=ARGUMENTS,
    ),
]
OrganisationOption = Annotated[
    str | None,
    option(
        "--organisation",
        "NAME",
        "whose people they are, where a sheet does not say",
        "表中未写明所属组织时的组织",
    ),
]
AddOrganisations = Annotated[
    bool,
    option("--add-organisations", None, "add organisations the plan does not list", "新增计划中没有的组织"),
]
KeepIdNumbers = Annotated[
    bool,
    option("--keep-id-numbers", None, "keep identity numbers in the plan", "在计划中保存身份证号"),
]
Ignore = Annotated[
    list[str] | None,
    option(
        "--ignore",
        "TITLE",
        "leave out the column with this title (repeatable)",
        "忽略该标题的列（可重复使用）",
    ),
]


def people(
    plan: PlanFile,
    files: Files,
    organisation: OrganisationOption = None,
    add_organisations: AddOrganisations = False,
    keep_id_numbers: KeepIdNumbers = False,
    ignore: Ignore = None,
    strict: Strict = False,
    dry_run: DryRun = False,
    as_json: Json = False,
) -> None:
    from scheduler.cli.changes import finish
    from scheduler.errors import InputError
    from scheduler.io.edit import PlanEdit
    from scheduler.io.intake.people import PeopleOptions, import_people

    options = PeopleOptions(organisation, add_organisations, keep_id_numbers, tuple(ignore or ()))
    edit = PlanEdit(plan)
    taken = import_people(edit, files, options)
    if strict and taken.unsettled:
        raise InputError(list(taken.unsettled))
    finish(edit, taken.ids, taken.notes, dry_run=dry_run, as_json=as_json, unsettled=taken.unsettled)


people.__doc__ = words(
    "Take tables of people into a plan: new ones are added, known ones updated, nobody twice.\n\n"
    "Times that are not clear are listed for a person to settle; of that person everything else is taken.\n\n"
    "Example:  scheduler import people my-plan/plan.yaml sign-up.xlsx --dry-run",
    "将人员报名表导入计划：新人新增，已有人员更新，绝不重复。\n\n"
    "可服务时间有无法理解之处的，逐条列出由人工确认；此人的其他内容照常导入。\n\n"
    "示例：  scheduler import people my-plan/plan.yaml 报名表.xlsx --dry-run",
)
