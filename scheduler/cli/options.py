"""Arguments and options that commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from scheduler.cli.speech import words
from scheduler.text import Language

ARGUMENTS = words("Arguments", "参数")
OPTIONS = words("Options", "选项")


def argument(name: str, en: str, zh: str) -> typer.models.ArgumentInfo:
    """An argument with its help in both languages, for ``Annotated``."""
    info: typer.models.ArgumentInfo = typer.Argument(
        metavar=name, help=words(en, zh), rich_help_panel=ARGUMENTS
    )
    return info


def option(
    flag: str,
    metavar: str | None,
    en: str,
    zh: str,
    *,
    least: float | None = None,
    most: float | None = None,
    show_default: bool = True,
) -> typer.models.OptionInfo:
    """An option with its help in both languages, for ``Annotated``; ``least`` and ``most`` bound a number."""
    info: typer.models.OptionInfo = typer.Option(
        flag,
        metavar=metavar,
        help=words(en, zh),
        min=least,
        max=most,
        show_default=show_default,
        rich_help_panel=OPTIONS,
    )
    return info


PlanFile = Annotated[
    Path,
    typer.Argument(
        metavar="PLAN",
        help=words("plan file (.yaml or .json)", "计划文件（.yaml 或 .json）"),
        rich_help_panel=ARGUMENTS,
    ),
]
RosterFile = Annotated[
    Path,
    typer.Argument(
        metavar="ROSTER",
        help=words("roster file (roster.json)", "排班文件（roster.json）"),
        rich_help_panel=ARGUMENTS,
    ),
]
Lang = Annotated[
    Language | None,
    typer.Option(
        "--lang",
        help=words("language: zh or en (default: the environment's)", "语言：zh 或 en（默认取自系统环境）"),
        show_default=False,
        rich_help_panel=OPTIONS,
    ),
]
Json = Annotated[
    bool,
    typer.Option(
        "--json", help=words("print JSON for machines", "输出供程序读取的 JSON"), rich_help_panel=OPTIONS
    ),
]
OutFolder = Annotated[
    Path,
    typer.Option(
        "--out",
        metavar="FOLDER",
        help=words("folder to write to (made if missing)", "输出文件夹（不存在则新建）"),
        rich_help_panel=OPTIONS,
    ),
]
Force = Annotated[
    bool,
    typer.Option(
        "--force", help=words("overwrite files that are there", "覆盖已有文件"), rich_help_panel=OPTIONS
    ),
]
DryRun = Annotated[
    bool,
    typer.Option(
        "--dry-run",
        help=words("show what would change, write nothing", "只显示将作的改动，不写入"),
        rich_help_panel=OPTIONS,
    ),
]
LedgerFile = Annotated[
    Path | None,
    typer.Option(
        "--ledger",
        metavar="FILE",
        help=words(
            "what remembers earlier publications (default: publication.sqlite beside the plan)",
            "记录历次发布的台账文件（默认：计划旁的 publication.sqlite）",
        ),
        rich_help_panel=OPTIONS,
    ),
]
