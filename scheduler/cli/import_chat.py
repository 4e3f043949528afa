"""scheduler import chat: a sign-up chain (接龙) becomes wishes and available times."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from scheduler.cli.import_options import Strict, finished, show_all
from scheduler.cli.options import ARGUMENTS, DryRun, Json, PlanFile, option
from scheduler.cli.speech import words

ChatFile = Annotated[
    Path,
    typer.Argument(
        metavar="FILE",
        help=words("the chat's text, - for standard input", "接龙文本文件；- 表示从标准输入读取"),
        rich_help_panel=ARGUMENTS,
    ),
]
Group = Annotated[
    str,
    option(
        "--group",
        "NAME",
        "name of the chain: the next import under it replaces this one (default: the file's name)",
        "接龙的名称：下次以同名导入时替换本次内容（默认取文件名）",
        show_default=False,
    ),
]


def chat(
    plan: PlanFile,
    file: ChatFile,
    group: Group = "",
    strict: Strict = False,
    dry_run: DryRun = False,
    as_json: Json = False,
) -> None:
    from scheduler.io.edit import PlanEdit
    from scheduler.io.intake.chat import take_chat
    from scheduler.io.source import read_bytes

    edit = PlanEdit(plan)
    piped = str(file) == "-"
    data = sys.stdin.buffer.read() if piped else read_bytes(file)
    chain = take_chat(edit, "pasted.txt" if piped else file.name, data, group)
    show_all((chain.grid(), edit.grid()), chain.notes, chain.unsettled, as_json=as_json)
    finished(edit, chain.evidence, chain.unsettled, strict=strict, dry_run=dry_run, as_json=as_json)


chat.__doc__ = words(
    "Take a sign-up chain from a chat group (接龙): each entry becomes a wish to serve and available time.\n\n"
    "Later lines of a person replace earlier ones, 退出 withdraws; what is not certain is listed, not taken.\n\n"
    "Example:  scheduler import chat plan.yaml chain.txt --dry-run",
    "将微信群接龙导入计划：每条报名成为“希望值守”的意愿，并计入可服务时间。\n\n"
    "同一人以后一行为准，“退出”即撤回；不能确定的内容逐条列出，不导入。\n\n"
    "示例：  scheduler import chat plan.yaml 接龙.txt --dry-run",
)
