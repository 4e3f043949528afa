"""scheduler init: a commented starter plan in a new folder."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from scheduler.cli.options import ARGUMENTS, Force, option
from scheduler.cli.speech import speaker, words

BLANK = "blank"
"""The example that holds nobody yet."""
Folder = Annotated[
    Path,
    typer.Argument(
        metavar="FOLDER",
        help=words("folder for the new plan", "新计划所在的文件夹"),
        rich_help_panel=ARGUMENTS,
    ),
]
ExampleName = Annotated[
    str,
    option(
        "--example",
        "NAME",
        "blank: empty, for sheets of your own; or start from an example: tiny, standby, beixinqiao, dongcheng",
        "blank 为空白计划，用于导入自己的表格；或以示例为起点：tiny、standby、beixinqiao、dongcheng",
    ),
]


def init(folder: Folder, example: ExampleName = "tiny", force: Force = False) -> None:
    from scheduler.io.starter import write_starter

    written = write_starter(folder, example, force=force)
    plan = next(path for path in written if path.stem == "plan")
    for path in written:
        speaker.out.print(str(path), markup=False)
    step = f"scheduler solve {plan} --out out"
    if example == BLANK:
        step = f"scheduler import posts {plan} {words('posts.xlsx', '点位表.xlsx')} --add-places --add-shift-types"
    speaker.err.print(words(f"Next:  {step}", f"下一步：  {step}"), markup=False)


init.__doc__ = words(
    "Write a commented starter plan into a folder.\n\nExample:  scheduler init my-plan --example beixinqiao",
    "在文件夹中写入带注释的起始计划。\n\n示例：  scheduler init my-plan --example beixinqiao",
)
